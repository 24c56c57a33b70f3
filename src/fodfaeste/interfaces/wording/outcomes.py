"""Outcomes: what became of a norm in a case, in a status word and in one or two sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fodfaeste.interfaces.wording.expressions import counted_kind, phrase
from fodfaeste.interfaces.wording.language import listed, sentence
from fodfaeste.interfaces.wording.reasons import Reasons
from fodfaeste.interfaces.wording.values import days_from
from fodfaeste.interfaces.wording.words import Words
from fodfaeste.reasoning import Because, Explanation, Outcome, Status
from fodfaeste.rulebook import Rulebook, ir

STATUS_WORDS: dict[Status, tuple[str, str]] = {
    Status.NOT_APPLICABLE: ("gælder ikke", "does not apply"),
    Status.UNKNOWN: ("uvist", "unknown"),
    Status.NOT_YET: ("senere", "later"),
    Status.OPEN: ("åben", "open"),
    Status.MET: ("opfyldt", "met"),
    Status.MET_LATE: ("opfyldt for sent", "met late"),
    Status.LATE: ("for sent", "late"),
    Status.PAUSED: ("på pause", "paused"),
    Status.LAPSED: ("bortfaldet", "lapsed"),
    Status.WAIVED: ("undtaget", "waived"),
    Status.BREACHED: ("ikke overholdt", "breached"),
    Status.STANDING: ("gælder hele tiden", "always applies"),
}

_NAMED = 4  # more missing facts than these are left to the questions
_LONGEST_START = 60  # a longer expression says less than the day it gives


def status_text(status: Status, words: Words) -> str:
    """A status as one or two words."""
    return words.pick(*STATUS_WORDS[status])


def outcome_text(outcome: Outcome, words: Words, type_: str = "") -> str:
    """An outcome in a few words: the status with its last day, or the value."""
    if outcome.status is None:
        return words.value(outcome.value, type_)
    said = status_text(outcome.status, words)
    if outcome.due is not None and outcome.status in (Status.OPEN, Status.LATE, Status.NOT_YET, Status.PAUSED):
        day = words.day(outcome.due)
        said += words.pick(f", sidste dag {day}", f", last day {day}")
    return said


def deadline_text(outcome: Outcome, on: date, words: Words) -> str:
    """The last day and how far it lies from the day asked about; nothing when the duty has none to show."""
    if outcome.due is None or outcome.status is None:
        return ""
    day, far = words.day(outcome.due), days_from(on, outcome.due, words.lang)
    said = words.pick(f"sidste dag {day}", f"last day {day}")
    if outcome.status in (Status.OPEN, Status.LATE, Status.NOT_YET, Status.PAUSED):
        said += f" ({far})"
    return said


def progress_text(outcome: Outcome, words: Words) -> str:
    """``1 af 4``, ``6 i alt, 4 kræves`` when more was done than the law asks; nothing when nothing is counted."""
    if outcome.required is None or outcome.count is None:
        return ""
    return counted_text(outcome.count, outcome.required, words)


def counted_text(done: int, needed: int, words: Words) -> str:
    """How much of what the law asks is done: *2 of 1* would read as a fault."""
    if done > needed:
        return words.pick(f"{done} i alt, {needed} kræves", f"{done} in all, {needed} required")
    return words.pick(f"{done} af {needed}", f"{done} of {needed}")


@dataclass(frozen=True)
class Sentences:
    """Writes the sentences of explanations from one rulebook."""

    words: Words
    rulebook: Rulebook

    @property
    def reasons(self) -> Reasons:
        """The clauses the sentences are made of."""
        return Reasons(self.words, self.rulebook)

    def why(self, explanation: Explanation) -> list[str]:
        """Why it came out so: one or two sentences, and what is missing when it is unknown."""
        steps = dict(explanation.because)
        if not explanation.outcome.known:
            return self._unknown(explanation, steps)
        status = explanation.outcome.status
        if status is None:
            return self._value(explanation, steps)
        said = [self._applies(explanation, steps)]
        if status == Status.WAIVED and "waived" in steps:
            said.append(self._exception(explanation, steps["waived"]))
        elif "requires" in steps:
            said.append(self._requires(explanation, steps["requires"], status))
        elif explanation.norm.must is not None and status not in (Status.NOT_APPLICABLE, Status.WAIVED):
            said += self._time(explanation, steps)
        return [sentence(one) for one in said if one]

    def _clauses(self, step: Because | None, node: ir.Node | None) -> str:
        return "" if step is None or node is None else self.reasons.because(step, node)

    def _applies(self, explanation: Explanation, steps: dict[str, Because]) -> str:
        because = self._clauses(steps.get("applies"), explanation.norm.applies)
        if explanation.outcome.status == Status.NOT_APPLICABLE:
            return (
                self.words.pick(f"gælder ikke, fordi {because}", f"does not apply because {because}") if because else ""
            )
        if because:
            return self.words.pick(f"gælder, fordi {because}", f"applies because {because}")
        return self._everywhere(explanation)

    def _everywhere(self, explanation: Explanation) -> str:
        each = explanation.norm.norm.each
        if each is not None:
            kind = self.words.lower(self.words.kind(each))
            return self.words.pick(f"gælder enhver {kind}", f"applies to any {kind}")
        return self.words.pick("gælder i alle sager", "applies in every case")

    def _value(self, explanation: Explanation, steps: dict[str, Because]) -> list[str]:
        node, step = explanation.norm.value, steps.get("value") or steps.get("applies")
        because = self._clauses(step, node if "value" in steps else explanation.norm.applies)
        if not because:
            return [sentence(self._everywhere(explanation))] if explanation.outcome.value is True else []
        value = explanation.outcome.value
        if isinstance(value, bool):
            head = self.words.pick("gælder" if value else "gælder ikke", "applies" if value else "does not apply")
        else:
            head = self.words.value(value, explanation.norm.norm.type)
        return [sentence(self.words.pick(f"{head}, fordi {because}", f"{head} because {because}"))]

    def _unknown(self, explanation: Explanation, steps: dict[str, Because]) -> list[str]:
        missing = list(dict.fromkeys(name for step in steps.values() for name in self.reasons.missing(step)))
        if not missing and explanation.norm.version.not_modelled:
            why = self.words.text(explanation.norm.version.not_modelled)
            return [sentence(self.words.pick(f"er ikke skrevet som regel: {why}", f"is not modelled: {why}"))]
        must = explanation.norm.must
        if not missing and must is not None:
            kind = self.words.quote(self.words.kind(must.kind))
            return [sentence(self.words.pick(
                f"kan ikke afgøres, for det er uvist, hvor mange gange {kind} er sket",
                f"cannot be settled, for it is unknown how often {kind} happened",
            ))]  # fmt: skip
        if not missing:
            return [
                sentence(
                    self.words.pick("kan ikke afgøres af det, der er oplyst", "cannot be settled by what is known")
                )
            ]
        names = listed((self.words.quote(name) for name in missing[:_NAMED]), self.words.lang)
        return [
            sentence(
                self.words.pick(
                    f"kan ikke afgøres, før dette er oplyst: {names}",
                    f"cannot be settled before this is known: {names}",
                )
            )
        ]

    def _exception(self, explanation: Explanation, step: Because) -> str:
        because = self._clauses(step, explanation.norm.waived)
        return self.words.pick(f"undtaget, fordi {because}", f"waived because {because}") if because else ""

    def _requires(self, explanation: Explanation, step: Because, status: Status) -> str:
        because = self._clauses(step, explanation.norm.requires)
        if not because:
            return ""
        kept = status == Status.MET
        return self.words.pick(
            f"{'overholdt' if kept else 'ikke overholdt'}, fordi {because}",
            f"{'kept' if kept else 'not kept'} because {because}",
        )

    def _time(self, explanation: Explanation, steps: dict[str, Because]) -> list[str]:
        outcome, must, words = explanation.outcome, explanation.norm.must, self.words
        assert must is not None
        start = phrase(words, must.start)
        named = len(start) <= _LONGEST_START and not isinstance(must.start, ir.This)
        if outcome.start is None:
            return [words.pick(f"begynder først ved {start}", f"begins only at {start}")] if named else []
        day = words.day(outcome.start)
        since = f"{start}, {day}" if named and not isinstance(must.start, ir.Const) else day
        if outcome.status == Status.NOT_YET and must.form != "not_before":
            return [words.pick(f"begynder {day}", f"begins on {day}")]
        said = words.pick(f"regnes fra {since}", f"counts from {since}")
        if outcome.due is not None:
            last = (
                words.pick("tidligst", "not before")
                if must.form == "not_before"
                else words.pick("sidste dag er", "the last day is")
            )
            said += f"; {last} {words.day(outcome.due)}"
        elif must.last is None:
            said += words.pick("; loven nævner ingen sidste dag", "; the law names no last day")
        return [f"{said}; {self._events(explanation, steps)}" if "events" in steps else said]

    def _events(self, explanation: Explanation, steps: dict[str, Because]) -> str:
        outcome, must, words = explanation.outcome, explanation.norm.must, self.words
        assert must is not None
        kind = counted_kind(words, must, short=True)
        days = [row.get("date") or row.get("from") for row in steps["events"].rows]
        latest = max((day for day in days if isinstance(day, date)), default=None)
        said = f"{kind}: {progress_text(outcome, words) or (outcome.count or 0)}"
        if outcome.met_on is not None:
            day = words.day(outcome.met_on)
            said += words.pick(f", opfyldt {day}", f", met {day}")
        elif latest is not None and outcome.count:
            said += words.pick(f", senest {words.day(latest)}", f", latest {words.day(latest)}")
        if "pauses" in steps:
            said += words.pick("; pauser flytter sidste dag", "; pauses move the last day")
        return said
