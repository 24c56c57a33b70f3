"""Every norm of a case explained, fast: the rulebook's explanations as generated Python functions.

What comes out is what because.Explainer says, step for step; a test holds the two together. Steps that say nothing
of one person (a rate, a truth among facts of few values, a history without rows) are kept between cases.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from fodfaeste.facts.view import View
from fodfaeste.foundation import FAR, from_day
from fodfaeste.reasoning.because import Because, Common, Explainer, Explanation
from fodfaeste.reasoning.emit import ARGS as JUDGED
from fodfaeste.reasoning.emit_steps import ARGS, NOT, TRUTH, StepEmitter, Truth, keep, rest
from fodfaeste.reasoning.generated import NA, Judge, items, judge_of, last_day
from fodfaeste.reasoning.history import NONE
from fodfaeste.reasoning.outcome import Outcome, Raw, outcome
from fodfaeste.reasoning.seen import Seen, shown_as
from fodfaeste.rulebook.compiler import FALSE, TRUE
from fodfaeste.rulebook.norms import Must
from fodfaeste.rulebook.rulebook import ResolvedNorm, Rulebook

Roles = tuple[tuple[str, Because], ...]
"""What each step decided, and the step."""

_FEW = 20  # making the functions takes as long as explaining some hundred cases without them

BLANK = (NONE,) * 3


class Teller:
    """All norms of a rulebook explained, for one view after another."""

    def __init__(self, judge: Judge) -> None:
        self.judge, self.rulebook = judge, judge.rulebook
        steps = StepEmitter(judge.emitter)
        norms = list(self.rulebook.norms.values())
        told = [(i, norm) for i, norm in enumerate(norms) if not norm.absent]
        names = {i: _telling(steps, norm, judge) for i, norm in told}
        lines = [f"def everybody_told({ARGS},R,T):"]
        lines += [
            f" T[{k}]=[{_fast(steps, i, norm, names[i])}]" for k, (i, norm) in enumerate(told) if not norm.norm.each
        ]
        space = judge.extend(["\n".join([*lines, " return"])], _runtime(steps))
        self._ids = [norm.id for _, norm in told]
        self._everybody = space["everybody_told"]
        self._of_items: dict[str, list[tuple[int, int, Any]]] = {}
        for k, (i, norm) in enumerate(told):
            if norm.norm.each:
                self._of_items.setdefault(norm.norm.each, []).append((k, i, space[names[i]]))
        self._nothing: list[Any] = [None] * len(told)
        self._for_each = [k for k, (_, norm) in enumerate(told) if norm.norm.each]
        self._steps = (steps.of_person, steps.of_item)
        self._shown = shown_as(self.rulebook.vocabulary)

    def all(self, view: View) -> dict[str, list[Explanation]]:
        """Every norm in force, explained."""
        judge = self.judge
        rows = Seen(view, judge.shape, self._shown)
        found, values = judge.judge(view, rows)
        facts, on, answers = view.fields, view.on, rows.answers
        of_person: list[Any] = [None] * self._steps[0]
        told: list[list[Explanation]] = self._nothing.copy()
        for k in self._for_each:
            told[k] = []
        self._everybody(facts, values, rows, on, None, answers, of_person, None, found, told)
        for kind in rows.there:
            if kind in self._of_items:
                functions = self._of_items[kind]
                for j, (item, shown) in enumerate(zip(items(view, kind), rows.shown(kind), strict=True)):
                    of_item: list[Any] = [None] * self._steps[1]
                    for k, i, tell in functions:
                        raw = found[i][j]
                        told[k].append(tell(facts, values, rows, on, item, answers, of_person, of_item, raw, shown))
        return dict(zip(self._ids, told, strict=True))


def teller_of(rulebook: Rulebook) -> Teller:
    """The compiled teller of a rulebook, made once; whoever explains many cases may make it beforehand."""
    found = rulebook.cache.get("teller")
    if not isinstance(found, Teller):
        found = rulebook.cache["teller"] = Teller(judge_of(rulebook))
    return found


def explain_all(rulebook: Rulebook, view: View) -> dict[str, list[Explanation]]:
    """Every norm in force, explained. After the first few cases by functions made for the rulebook."""
    if "teller" not in rulebook.cache:
        told = rulebook.cache.get("told", 0)
        assert isinstance(told, int)
        if told < _FEW:
            rulebook.cache["told"] = told + 1
            return Explainer(rulebook, view).all()
    return teller_of(rulebook).all(view)


# -- what the generated functions call ------------------------------------------------------------------------------


def _runtime(steps: StepEmitter) -> dict[str, Any]:
    vocabulary = steps.rulebook.vocabulary
    days: dict[tuple[int, str], Because] = {}

    def today(on: int, text: str) -> Because:
        return days.get((on, text)) or keep(days, (on, text), Common("today", "on", text, day(on)))

    def tell(
        norm: ResolvedNorm, answers: dict[Raw, Outcome], raw: Raw, because: Roles, item: dict[str, Any] | None
    ) -> Explanation:
        answer = answers.get(raw)
        if answer is None:
            answer = outcome(norm, raw, vocabulary)
            if raw[1:4] == BLANK:
                answers[raw] = answer
        return Explanation(norm, answer, because, item)

    return {
        "Because": Because, "Common": Common, "Explanation": Explanation, "Outcome": Outcome, "TRUTH": TRUTH,
        "NOT": NOT, "rest": rest, "keep": keep, "day": day, "today": today, "tell": tell, "valued": valued,
    }  # fmt: skip


def day(raw: int) -> date:
    """The date of an encoded day; what lies beyond is never."""
    return from_day(min(raw, FAR))


def valued(shelf: dict[Any, Explanation], norm: ResolvedNorm, step: Because) -> Explanation:
    """The explanation of a norm that is its value, if the step says nothing of one person."""
    made = Explanation(norm, Outcome(norm.id, None, step.value), (("value", step),))
    return keep(shelf, step, made)


# -- writing --------------------------------------------------------------------------------------------------------


def _is_value(norm: ResolvedNorm) -> bool:
    return norm.value is not None and norm.requires is None and norm.must is None


def _fast(steps: StepEmitter, i: int, norm: ResolvedNorm, name: str) -> str:
    """The explanation of a norm about the person as an expression; what most norms come to is seen without a call."""
    kept = steps.keep(norm, "norm")
    if _is_value(norm):
        value = norm.value
        assert value is not None

        def say(known: Truth) -> str:
            same = steps.same(value, known)
            if same is not None:
                return steps.keep(valued({}, norm, same))
            shelf = steps.shelf()
            answer = f"Outcome({norm.id!r},None,c.value)"
            if known is not None:
                answer = steps.keep(Outcome(norm.id, None, TRUTH[known]))
            made = f"Explanation({kept},{answer},(('value',c),))"
            step = steps.step(value, known)
            return f"({made} if type(c:={step}) is Because else {shelf}.get(c) or valued({shelf},{kept},c))"

        return steps.by_truth(value, f"R[{i}][0]", say)
    answer = outcome(norm, (0,) if norm.norm.kind == "quota" else NA, steps.rulebook.vocabulary)
    same = steps.same(norm.applies, 0)
    if same is not None:
        idle = steps.keep(Explanation(norm, answer, (("applies", same),)))
    else:
        shelf = steps.shelf()
        made = f"Explanation({kept},{steps.keep(answer)},(('applies',c),))"
        idle = (
            f"{made} if type(c:={steps.step(norm.applies, 0)}) is Because else {shelf}.get(c) or keep({shelf},c,{made})"
        )
    return f"({idle}) if (raw:=R[{i}])[0]==0 else {name}({ARGS},raw,None)"


def _telling(steps: StepEmitter, norm: ResolvedNorm, judge: Judge) -> str:
    """Write the function that explains one norm, given its raw outcome and what it is judged for; gives its name."""
    kept, answers = steps.keep(norm, "norm"), steps.keep({})
    args = f"{ARGS},raw,item"
    if _is_value(norm):
        if norm.norm.each is None:
            return ""
        assert norm.value is not None
        value = norm.value
        lines = [
            f"c={steps.by_truth(value, 'raw[0]', lambda known: steps.step(value, known))}",
            f"return Explanation({kept},Outcome({norm.id!r},None,c.value),(('value',c),),item)",
        ]
        return steps.emitter.function("e", lines, args)
    tell = f"return tell({kept},{answers},raw,because,item)"
    lines = []
    if norm.norm.each is not None:
        lines += ["if raw[0]==0:", f" because=(('applies',{steps.step(norm.applies, 0)}),)", " " + tell]
    certain = norm.applies is TRUE
    lines.append("ap=2" if certain else f"ap=2 if raw[0]>2 else {steps.emitter.write(norm.applies)}")
    lines.append(f"because=(('applies',{steps.step(norm.applies, 2)} if ap==2 else {steps.step(norm.applies, 1)}),)")
    if norm.norm.kind != "quota":
        lines += _applying(steps, norm, judge)
    return steps.emitter.function("e", [*lines, tell], args)


def _applying(steps: StepEmitter, norm: ResolvedNorm, judge: Judge) -> list[str]:
    """Lines that add what else decided to ``because``, for a norm that applies or may apply."""
    write = steps.emitter.write
    lines = []
    if norm.waived is not FALSE:
        lines += [f"wv={write(norm.waived)}"]
        lines += [f"if wv==2: because+=(('waived',{steps.step(norm.waived, 2)}),)"]
        lines += [f"elif wv: because+=(('waived',{steps.step(norm.waived, 1)}),)"]
    further: list[str] = []
    required = norm.requires
    if required is not None:
        by = steps.by_truth(required, "rq", lambda known: steps.step(required, known))
        further = [f"rq={write(required)}", f"because+=(('requires',{by}),)"]
    elif norm.must is not None:
        further = _duty(steps, norm, norm.must, judge)
    if not further:
        return lines
    return [*lines, "if raw[0]!=9 and ap==2:", *(" " + line for line in further)]


def _duty(steps: StepEmitter, norm: ResolvedNorm, must: Must, judge: Judge) -> list[str]:
    write = steps.emitter.write
    lines = ["whole=raw"]
    if norm.waived is not FALSE:
        lines.append(f"if wv==1: whole={judge.names[norm.id]}_({JUDGED},2,True)")
    lines.append(f"because+=(('start',{steps.step(must.start)}),)")
    not_yet = "" if must.form == "not_before" else " and raw[0]!=2"
    inner = []
    if must.last is not None:
        inner.append(f"because+=(('due',{steps.step(must.last)}),)")
    text = f"{must.kind} since {must.count_from.text}"
    rows = steps.rows(must.kind, must.filters, write(must.count_from))
    inner += [f"rows={rows}", f"because+=(('events',Because('history',{must.kind!r},{text!r},whole[3],(),rows)),)"]
    if must.pauses:
        said = ", ".join(must.pauses)
        moved = f"({NONE} if (x:={last_day(steps.emitter, must)}) is None else x)!=whole[2]"
        inner += [
            f"P=H.pauses({must.pauses!r})",
            f"if P is None or active(P[0],P[1],[2]*len(P[0]),0,len(P[0]),on) or {moved}:",
            f" because+=(('pauses',Because('history',{must.pauses[0]!r},{said!r},None,(),H.paused({must.pauses!r}))),)",
        ]
    if norm.lapses_when is not FALSE:
        inner.append(f"lapsed={write(norm.lapses_when)}")
        inner.append(f"if lapsed==2: because+=(('lapses',{steps.step(norm.lapses_when, 2)}),)")
        inner.append(f"elif lapsed: because+=(('lapses',{steps.step(norm.lapses_when, 1)}),)")
    return [*lines, f"if whole[1]!={NONE}{not_yet}:", *(" " + line for line in inner)]
