"""Twenty caseworkers and a leader at work, each a thread with a browser of her own; all in one process."""

from __future__ import annotations

import random
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from bench.web.browsers import Answer, AnswerError, Browser, form_of

_CITIZEN = re.compile(r'href="(/borger/[0-9a-f-]{36}/)"')
_SAVE_EVERY = 3
"""Every so many citizens looked at, a conversation is registered."""


class Clock:
    """Times by kind of page. ``warm`` says when they begin to count; before that they are kept apart."""

    def __init__(self, warm: float, until: float) -> None:
        self.warm, self.until = warm, until
        self.times: dict[str, list[float]] = defaultdict(list)
        self.faults: list[str] = []
        self._lock = threading.Lock()

    def note(self, what: str, seconds: float) -> None:
        with self._lock:
            self.times[what if time.monotonic() >= self.warm else f"cold {what}"].append(seconds)

    def fault(self, text: str) -> None:
        with self._lock:
            self.faults.append(text)


def run(
    address: str,
    caseworkers: list[str],
    leader: str,
    seconds: float,
    warm: float,
    think: list[float],
    seed: int,
    threads: int,
) -> dict[str, Any]:
    """Everyone signs in, works for ``warm`` seconds unmeasured and ``seconds`` measured; times in seconds."""
    browsers = [(name, Browser(address)) for name in [*caseworkers, leader] if name]
    for name, browser in browsers:
        if leader:
            browser.sign_in(name)
    began = time.monotonic()
    clock = Clock(began + warm, began + warm + seconds)
    work = [
        threading.Thread(target=_at_work, args=(clock, browser, _day_of(name, leader), think, random.Random(seed + at)))
        for at, (name, browser) in enumerate(browsers)
    ]
    for one in work:
        one.start()
    for one in work:
        one.join()
    for _, browser in browsers:
        browser.close()
    return {"times": dict(clock.times), "faults": clock.faults}


Day = Callable[[Clock, Browser, Callable[[], None], random.Random], None]


def _day_of(name: str, leader: str) -> Day:
    if not leader:
        return _bare
    return _leads if name == leader else _works


def _at_work(clock: Clock, browser: Browser, day: Day, think: list[float], dice: random.Random) -> None:
    def pause() -> None:
        time.sleep(max(min(dice.uniform(*think), clock.until - time.monotonic()), 0))

    time.sleep(dice.uniform(0, think[1]))  # nobody begins at the same moment
    while time.monotonic() < clock.until:
        try:
            day(clock, browser, pause, dice)
        except (AnswerError, OSError) as error:
            clock.fault(str(error))
            pause()


def _works(clock: Clock, browser: Browser, pause: Callable[[], None], dice: random.Random) -> None:
    """Her day, citizens of it, and now and then a conversation."""
    inbox = _good(browser.get("/min-dag/"))
    clock.note("inbox", inbox.seconds)
    references = sorted(set(_CITIZEN.findall(inbox.text)))
    if not references:
        raise AnswerError("there is no citizen on the day of a caseworker with open cases")
    pause()
    reference = dice.choice(references)
    clock.note("citizen", _good(browser.get(reference)).seconds)
    pause()
    if dice.randrange(_SAVE_EVERY) == 0 and time.monotonic() < clock.until:
        _registers(clock, browser, reference + "samtale/", pause)


def _registers(clock: Clock, browser: Browser, path: str, pause: Callable[[], None]) -> None:
    page = _good(browser.get(path))
    clock.note("form", page.seconds)
    fields = [(name, "Aftalt at tale videre." if name == "note" else value) for name, value in form_of(page.text, path)]
    pause()
    saved = browser.post(path, fields)
    if saved.status != 302:
        said = " ".join(re.sub(r"<[^>]+>", " ", saved.text.partition("form-error")[2][:600]).split())
        raise AnswerError(f"a conversation was not saved: {saved.status} {said}")
    receipt = _good(browser.get(saved.onward))
    clock.note("save", saved.seconds)
    clock.note("save and receipt", saved.seconds + receipt.seconds)
    pause()


def _leads(clock: Clock, browser: Browser, pause: Callable[[], None], _: random.Random) -> None:
    clock.note("leader", _good(browser.get("/kommunen/")).seconds)
    pause()


def _bare(clock: Clock, browser: Browser, pause: Callable[[], None], _: random.Random) -> None:
    clock.note("bare", _good(browser.get("/")).seconds)
    pause()


def _good(answer: Answer) -> Answer:
    if answer.status != 200:
        raise AnswerError(f"a page answered {answer.status} {answer.onward}")
    return answer
