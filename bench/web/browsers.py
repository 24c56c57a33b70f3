"""A browser without a screen: cookies, keep-alive, forms sent as they stand. Standard library only."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

_TIMEOUT = 60
_CHOSEN = ("radio", "checkbox", "submit", "button")
"""Inputs that are sent only when somebody chose them."""


class AnswerError(RuntimeError):
    """An answer nobody would have been content with. One sentence."""


@dataclass(frozen=True)
class Answer:
    """What came back: ``seconds`` from sending the question to the last byte of the answer."""

    status: int
    text: str
    seconds: float
    onward: str


@dataclass
class Browser:
    """One person's; not to be shared between threads."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    _link: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: list[tuple[str, str]]) -> Answer:
        return self._ask("POST", path, urlencode(fields))

    def sign_in(self, username: str) -> None:
        """Become a persona."""
        form = form_of(self.get("/persona/").text, "/persona/")
        answer = self.post("/persona/", [*form, ("persona", username)])
        if answer.status != 302:
            raise AnswerError(f"{username} could not sign in: {answer.status}")

    def close(self) -> None:
        """Let the connection go."""
        if self._link is not None:
            self._link.close()

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": self.address + path}
        link = self._connected()
        began = time.perf_counter()
        try:
            link.request(method, path, body, headers)
            response = link.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):  # kept open for too long: a browser asks again
            link.close()
            link.request(method, path, body, headers)
            response = link.getresponse()
        content = response.read()
        took = time.perf_counter() - began
        for one in response.headers.get_all("Set-Cookie") or []:
            name, _, value = one.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        return Answer(response.status, content.decode(), took, response.headers.get("Location", ""))

    def _connected(self) -> http.client.HTTPConnection:
        if self._link is None:
            parts = urlsplit(self.address)
            self._link = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=_TIMEOUT)
        return self._link


def form_of(page: str, action: str) -> list[tuple[str, str]]:
    """What a form to that address would send if it were sent as it stands. Raises AnswerError."""
    reader = _Forms(action)
    reader.feed(page)
    if reader.found is None:
        raise AnswerError(f"there is no form to {action} on the page")
    return reader.found


class _Forms(HTMLParser):
    def __init__(self, action: str) -> None:
        super().__init__()
        self._action = action
        self._inside = False
        self._select = ""
        self.found: list[tuple[str, str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and self.found is None and given.get("action", "").split("?")[0] in (self._action, ""):
            if given.get("method", "").lower() == "post":
                self._inside, self.found = True, []
        elif self._inside and self.found is not None:
            self._take(self.found, tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False

    def _take(self, found: list[tuple[str, str]], tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            found.append((self._select, given.get("value", "")))
        elif tag == "textarea" and name:
            found.append((name, ""))
        elif tag == "input" and name and (kind not in _CHOSEN or "checked" in given):
            found.append((name, given.get("value", "")))
