"""A real Chromium before the real server. Without a Chromium these tests are skipped, and one sentence says why.

A new browser with a new page costs a second of reckoning, several times what a page of ours does. So the pages of a
process are few: each is used by one test after the other, emptied of who was signed in and of how it was looked at.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps a loop running; these tests use it one at a time

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, expect, sync_playwright

from tests.browser import people
from tests.browser.site import Site
from tests.django_site import *  # noqa: F403
from tests.django_site import RUN
from tools.chromium import HELP, find_chromium

PAGE_PATIENCE = 15_000
"""Milliseconds a page may take, on a machine with much else to do."""
expect.set_options(timeout=PAGE_PATIENCE)
USUAL = {"width": 1280, "height": 720}
"""The window of a page that is asked for without a word about it."""


@pytest.fixture(scope="session")
def site(django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The running site; ``with site.rows():`` lets a test write what it needs."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    running = Site(f"browser_{RUN}_{worker}", tmp_path_factory.mktemp("site") / "log", django_db_blocker)
    running.make_database()
    try:
        with running.rows():
            people.fill()
        running.start()
        yield running
    finally:
        running.stop()
        running.drop_database()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = find_chromium()
        if path is None:
            pytest.skip(HELP)
        plain = ["--disable-background-networking", "--disable-component-update"]
        browser = playwright.chromium.launch(executable_path=path, args=[*plain, "--no-sandbox"])
        yield browser
        browser.close()


class Watch:
    """Everything a page complains of. ``allow`` takes part of a complaint that a test means to provoke."""

    def __init__(self, home: str) -> None:
        self.home = urlsplit(home).netloc
        self.complaints: list[str] = []
        self.allowed: list[str] = ["status of 422"]  # a form with something to mend is no fault

    def allow(self, part: str) -> None:
        self.allowed.append(part)

    def over(self, page: Page) -> None:
        """Listen to a page."""
        page.on("console", self._said)
        page.on("pageerror", self._thrown)
        page.on("request", self._asked)

    def leave(self, page: Page) -> None:
        """Listen no more."""
        page.remove_listener("console", self._said)
        page.remove_listener("pageerror", self._thrown)
        page.remove_listener("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        # The bare drawing a page rests on between two tests names no icon, so the browser asks for the usual one.
        if message.type == "error" and not message.location["url"].endswith("/favicon.ico"):
            self._note(f"{message.type}: {message.text} {message.location['url']}")

    def _thrown(self, error: Error) -> None:
        self._note(f"script: {error}")

    def _asked(self, request: Request) -> None:
        self._host(request.url)

    def _host(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.home:
            self._note(f"asked another host: {url}")

    def _note(self, complaint: str) -> None:
        self.complaints.append(complaint)

    @property
    def unmeant(self) -> list[str]:
        return [one for one in self.complaints if not any(part in one for part in self.allowed)]


@pytest.fixture
def watch(site: Site) -> Iterator[Watch]:
    """Fails the test afterwards when a page wrote an error to its console or asked another host for anything."""
    watching = Watch(site.url)
    yield watching
    assert watching.unmeant == []


class Pages:
    """The pages of this process, kept by how they were made. Who asks has one to herself until she gives it back."""

    def __init__(self, browser: Browser, home: str) -> None:
        self.browser = browser
        self.home = home
        self.free: dict[str, list[Page]] = {}

    def take(self, options: dict[str, object]) -> Page:
        free = self.free.get(repr(sorted(options.items())), [])
        if free:
            return free.pop()
        context = self.browser.new_context(base_url=self.home, locale="da-DK", **options)  # type: ignore[arg-type]
        context.set_default_timeout(PAGE_PATIENCE)
        return context.new_page()

    def give_back(self, page: Page, options: dict[str, object]) -> None:
        """As nobody had used it; a page that can no longer be made so is closed."""
        try:
            for other in page.context.pages:
                if other != page:
                    other.close()
            page.goto("/static/web/icon.svg")  # nothing of the last page goes on
            page.context.clear_cookies()
            page.emulate_media(media="null", color_scheme="null")
            page.set_viewport_size(options.get("viewport", USUAL))  # type: ignore[arg-type]
        except Error:
            page.context.close()
        else:
            self.free.setdefault(repr(sorted(options.items())), []).append(page)


@pytest.fixture(scope="session")
def pages(site: Site, chromium: Browser) -> Pages:
    return Pages(chromium, site.url)


@pytest.fixture
def new_page(pages: Pages, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Make pages, each in a browser of its own: ``new_page(java_script_enabled=False)``. Addresses may be relative."""
    taken = []

    def make(**options: object) -> Page:
        page = pages.take(options)
        taken.append((page, options))
        watch.over(page)
        return page

    yield make
    for page, options in taken:
        watch.leave(page)
        pages.give_back(page, options)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A browser in which nobody has signed in."""
    return new_page()


@pytest.fixture
def page_as(site: Site, new_page: Callable[..., Page]) -> Callable[..., Page]:
    """A browser in which a persona has signed in: ``page_as("mette")``; it stands on her first page."""

    def signed_in(username: str, **options: object) -> Page:
        page = new_page(**options)
        page.context.add_cookies([{"name": "sessionid", "value": site.session_of(username), "url": site.url}])
        page.goto("/")
        return page

    return signed_in
