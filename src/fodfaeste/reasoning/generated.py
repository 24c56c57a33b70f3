"""One case, fast: the rulebook as generated Python functions. No heavy import, so it lives in a web process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fodfaeste.facts.view import View
from fodfaeste.foundation import FAR, workdays
from fodfaeste.foundation import calendar as cal
from fodfaeste.reasoning import history
from fodfaeste.reasoning.emit import ARGS, Emitter
from fodfaeste.reasoning.emit_history import plan
from fodfaeste.reasoning.history import MANY, NONE
from fodfaeste.reasoning.outcome import Raw
from fodfaeste.reasoning.reference import percent_of
from fodfaeste.reasoning.rows import MISSING, Rows
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.compiler import FALSE
from fodfaeste.rulebook.norms import Must
from fodfaeste.rulebook.rulebook import ResolvedNorm, Rulebook

_NA: Raw = (0, NONE, NONE, NONE, NONE, NONE, NONE)
_WAIVED: Raw = (9, NONE, NONE, NONE, NONE, NONE, NONE)
_UNKNOWN: Raw = (1, NONE, NONE, NONE, NONE, NONE, NONE)

Function = Callable[[list[int | None], list[int | None], Rows, int, Any], Any]
"""A generated function; its arguments are emit.ARGS."""


class Judge:
    """All norms of a rulebook for one view after another."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        emitter = Emitter(rulebook)
        names = [_norm_function(emitter, norm) for norm in rulebook.norms.values()]
        emitter.functions.append(_everybody(emitter, rulebook, names))
        space = _runtime() | emitter.constants
        source = "\n".join(emitter.functions)
        exec(compile(source, "<generated from the rulebook>", "exec"), space)  # noqa: S102 - from a closed grammar
        self.source = source
        self._plans, self._answers = emitter.plans, emitter.answers
        self._functions: list[Function] = [space[name] for name in names]
        self._each = [norm.norm.each for norm in rulebook.norms.values()]
        self._index = emitter.index
        self._everybody = space["everybody"]
        self._of_items = [
            (i, f, each) for i, (f, each) in enumerate(zip(self._functions, self._each, strict=True)) if each
        ]
        self._needs: dict[str, list[int]] = {}

    def all(self, view: View) -> list[Raw | list[Raw]]:
        """The outcome of every norm, in the rulebook's order."""
        return self.all_with_values(view)[0]

    def all_with_values(self, view: View) -> tuple[list[Raw | list[Raw]], list[int | None]]:
        """As ``all``, with the value of each norm about the person (the status where it is a duty)."""
        facts, on = view.fields, view.on
        rows = Rows(view, self._plans, self._answers)
        values: list[int | None] = [None] * len(self._functions)
        found: list[Raw | list[Raw]] = [[]] * len(values)
        self._everybody(facts, values, rows, on, None, found)
        for i, function, each in self._of_items:
            there = view.spells.get(each) or view.events.get(each)
            if there:
                listed = there if each in view.spells else items(view, each)
                found[i] = [function(facts, values, rows, on, item) for item in listed]
        return found, values

    def one(self, view: View, norm: str) -> Raw | list[Raw]:
        """The outcome of one norm, evaluating only what it reads."""
        rows = Rows(view, self._plans, self._answers)
        values: list[int | None] = [None] * len(self._functions)
        raw: Any = None
        for i in self._closure(norm):
            function, each = self._functions[i], self._each[i]
            if each is None:
                raw = function(view.fields, values, rows, view.on, None)
                values[i] = raw[0]
            else:
                raw = [function(view.fields, values, rows, view.on, item) for item in items(view, each)]
        found: Raw | list[Raw] = raw
        return found

    def _closure(self, norm: str) -> list[int]:
        if norm not in self._needs:
            self._needs[norm] = sorted(self._index[id_] for id_ in closure(self.rulebook, norm))
        return self._needs[norm]


def closure(rulebook: Rulebook, norm: str) -> set[str]:
    """A norm and everything it reads, directly or not."""
    found: set[str] = set()
    waiting = [norm]
    while waiting:
        id_ = waiting.pop()
        if id_ not in found:
            found.add(id_)
            waiting += rulebook.norms[id_].reads
    return found


def items(view: View, kind: str) -> list[Any]:
    """What an ``each`` norm is judged for: (first, last, attributes)."""
    if kind in view.spells:
        return view.spells[kind]
    return [(day, day, attrs) for day, attrs in view.events[kind]]


def judge_of(rulebook: Rulebook) -> Judge:
    """The compiled judge of a rulebook, made once."""
    found = rulebook.cache.get("judge")
    if not isinstance(found, Judge):
        found = Judge(rulebook)
        rulebook.cache["judge"] = found
    return found


def _runtime() -> dict[str, Any]:
    space: dict[str, Any] = {
        "FAR": FAR, "NO": NONE - 1, "MISSING": MISSING, "MANY": MANY, "NA": _NA, "WAIVED": _WAIVED, "UNKNOWN": _UNKNOWN,
        "add_days": cal.add_days, "add_months": cal.add_months, "age": cal.age, "months_between": cal.months_between,
        "end_of_week": cal.end_of_week, "end_of_month": cal.end_of_month, "start_of_month": cal.start_of_month,
        "next_workday": workdays.next_workday, "add_workdays": workdays.add_workdays, "percent_of": percent_of,
    }  # fmt: skip
    for name in (
        "count", "count_sure", "count_possible", "nth", "first", "last", "total", "reached_total", "active", "covering",
        "spell_start", "spell_end", "run_start", "days_in", "reached", "shifted", "duty_status", "every_status",
        "not_before_status", "demand_status", "standing_status",
    ):  # fmt: skip
        space[name] = getattr(history, name)
    return space


def _everybody(emitter: Emitter, rulebook: Rulebook, names: list[str]) -> str:
    """One function for all norms about the person, in order: a call for each would cost more than the norm."""
    lines = [f"def everybody({ARGS},R):"]
    for i, (norm, name) in enumerate(zip(rulebook.norms.values(), names, strict=True)):
        if norm.norm.each is not None:
            continue
        if norm.must is None and norm.requires is None and norm.norm.kind not in ("duty", "quota"):
            assert norm.value is not None
            lines.append(f" N[{i}]=x={emitter.write(norm.value)};R[{i}]=(x,)")
        else:
            lines.append(f" R[{i}]={name}({ARGS})")
    return "\n".join([*lines, " return"])


def _norm_function(emitter: Emitter, norm: ResolvedNorm) -> str:
    if norm.must is not None:
        return emitter.function("d", _duty(emitter, norm, norm.must))
    applies, waived = emitter.write(norm.applies), emitter.write(norm.waived)
    nothing = ",".join([str(NONE)] * 6)
    if norm.requires is not None:
        status = f"demand_status(ap,{waived},{emitter.write(norm.requires)})"
        return emitter.function("r", [f"ap={applies}", "if ap==0: return NA", f"return ({status},{nothing})"])
    if norm.norm.kind == "duty":
        return emitter.function("s", [f"return (standing_status({applies},{waived}),{nothing})"])
    if norm.norm.kind == "quota":
        return emitter.function("u", [f"return ({applies},)"])
    assert norm.value is not None
    return emitter.function("v", [f"return ({emitter.write(norm.value)},)"])


def _duty(emitter: Emitter, norm: ResolvedNorm, must: Must) -> list[str]:
    """Statements that give the raw outcome of a duty, leaving early where they can."""
    lines = [f"ap={emitter.write(norm.applies)}", "if ap==0: return NA"]
    if norm.waived is not FALSE:
        lines += [f"wv={emitter.write(norm.waived)}", "if ap==2 and wv==2: return WAIVED"]
        lines += ["if ap==1 or wv==1: return UNKNOWN"]
    else:
        lines += ["if ap==1: return UNKNOWN"]
    lines += [f"s={emitter.write(must.start)}", f"due={_last(emitter, must)}"]
    lines += _pauses(must) if must.pauses else ["pz=0"]
    until = "on"
    if must.form == "not_before":
        until = f"({NONE} if due is None else min(on,due-1))"
    since = "s" if must.count_from is must.start else emitter.write(must.count_from)
    lines += _done(emitter, must, since, until, emitter.write(must.needed))
    lines += [
        f"s={NONE} if s is None else s",
        f"due={NONE} if due is None else due",
        f"return ({_status(emitter, norm, must)},s,due,sure,need,met,{_promise(emitter, norm.promise)})",
    ]
    return lines


def _last(emitter: Emitter, must: Must) -> str:
    return "FAR" if must.last is None else emitter.write(must.last)


def _promise(emitter: Emitter, promise: ir.Node | None) -> str:
    if promise is None:
        return "FAR"
    return f"({NONE} if (pr:={emitter.write(promise)}) is None else pr)"


def _pauses(must: Must) -> list[str]:
    return [
        f"P=H.pauses({must.pauses!r})",
        "pz=1",
        "if P is None: due=None",
        "else:",
        "  k=len(P[0])",
        "  if k and due is not None: due=None if s is None else shifted(P[0],P[1],0,k,s,due)",
        "  pz=active(P[0],P[1],[2]*k,0,k,on)",
    ]


def _done(emitter: Emitter, must: Must, since: str, until: str, needed: str) -> list[str]:
    number = plan(emitter, must.kind, False, must.filters)
    return [
        f"need={needed} or 1",
        f"a={since}",
        "timely=0",
        "if a is None: sure,possible,met=0,MANY," + str(NONE),
        "else:",
        f"  D,E,M,n,R=H.of({number})",
        f"  b={until}",
        "  sure=count_sure(D,M,0,n,a,b) if n else 0",
        "  possible=count_possible(D,M,0,n,a,b) if n else 0",
        f"  met=nth(D,M,0,n,a,b,need) if sure>=need else {NONE}",
        "  if due is not None and met>due: timely=count_possible(D,M,0,n,a,due)",
        f"  if H.unobserved and {must.kind!r} in H.unobserved: possible=timely=MANY",
    ]


def _status(emitter: Emitter, norm: ResolvedNorm, must: Must) -> str:
    waived = "0" if norm.waived is FALSE else "wv"
    lapses = emitter.write(norm.lapses_when)
    if must.form == "every":
        return f"every_status(ap,{waived},s,due,{lapses},pz,on)"
    if must.form == "not_before":
        return f"not_before_status(ap,{waived},s,due,sure,possible,on)"
    return f"duty_status(ap,{waived},s,due,need,sure,possible,timely,met,{lapses},pz,on)"
