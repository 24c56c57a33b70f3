"""What is said beside an answer about a day that lies before the law that is written here."""

from __future__ import annotations

from collections.abc import Iterable

from fodfaeste.foundation import from_day
from fodfaeste.interfaces.wording.language import Language, pick
from fodfaeste.interfaces.wording.values import day_text
from fodfaeste.rulebook import Law


def before_law(law: Law, day: int, lang: Language) -> str:
    """One sentence when the day (days since 1970) lies before the law begins, as its files say; else nothing."""
    if law.begins is None or day >= law.begins:
        return ""
    asked, begins = (day_text(from_day(one), lang) for one in (day, law.begins))
    return pick(
        lang,
        f"{asked} ligger før den lov, der er skrevet her, begynder ({begins}): regler kan mangle, og andre kan være "
        "yngre end den dag.",
        f"{asked} lies before the law written here begins ({begins}): rules may be missing, and others may be "
        "younger than that day.",
    )


def warnings_of(law: Law, days: Iterable[int], lang: Language) -> list[str]:
    """A sentence for each day that lies before the law begins; empty when none does."""
    return [said for said in (before_law(law, day, lang) for day in dict.fromkeys(days)) if said]
