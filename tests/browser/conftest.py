"""A real Chromium before the real server. Without a Chromium these tests are skipped, and one sentence says why."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps a loop running; these tests use it one at a time

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import people
from tests.browser.site import Site
from tests.django_site import *  # noqa: F403
from tests.django_site import RUN, forget_dead_runs
from tools.chromium import HELP, find_chromium

PAGE_PATIENCE = 15_000
"""Milliseconds a page may take, on a machine with much else to do."""


@pytest.fixture(scope="session")
def site(django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The running site; ``with site.rows():`` lets a test write what it needs."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    if worker == "gw0":
        forget_dead_runs("browser_")
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
        page.on("console", lambda said: self._note(f"{said.type}: {said.text}") if said.type == "error" else None)
        page.on("pageerror", lambda error: self._note(f"script: {error}"))
        page.on("request", lambda request: self._host(request.url))

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


@pytest.fixture
def new_page(site: Site, chromium: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Make pages, each in a browser of its own: ``new_page(java_script_enabled=False)``. Addresses may be relative."""
    made = []

    def make(**options: object) -> Page:
        context = chromium.new_context(base_url=site.url, locale="da-DK", **options)  # type: ignore[arg-type]
        context.set_default_timeout(PAGE_PATIENCE)
        made.append(context)
        page = context.new_page()
        watch.over(page)
        return page

    yield make
    for context in made:
        context.close()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A browser in which nobody has signed in."""
    return new_page()


@pytest.fixture
def page_as(new_page: Callable[..., Page]) -> Callable[..., Page]:
    """A browser in which a persona has signed in: ``page_as("mette")``; it stands on her first page."""

    def signed_in(username: str, **options: object) -> Page:
        page = new_page(**options)
        page.goto("/persona/")
        page.locator(f'button[name=persona][value="{username}"]').click()
        page.wait_for_url(re.compile(r"^(?!.*/persona/)"))
        return page

    return signed_in
