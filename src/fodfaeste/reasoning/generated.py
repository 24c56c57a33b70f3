"""One case, fast: the rulebook as generated Python functions. No heavy import, so it lives in a web process."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from fodfaeste.facts.view import View
from fodfaeste.foundation import EPOCH, FAR, from_day, workdays
from fodfaeste.foundation import calendar as cal
from fodfaeste.reasoning import history
from fodfaeste.reasoning.emit import ARGS, Emitter
from fodfaeste.reasoning.emit_history import columns
from fodfaeste.reasoning.history import MANY, NONE, demand_status, standing_status
from fodfaeste.reasoning.outcome import Raw
from fodfaeste.reasoning.reference import percent_of
from fodfaeste.reasoning.rows import Rows, Shape
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.compiler import FALSE
from fodfaeste.rulebook.norms import Must
from fodfaeste.rulebook.rulebook import ResolvedNorm, Rulebook

_BLANK = (NONE,) * 6
NA: Raw = (0, *_BLANK)
"""The outcome of a norm that does not apply."""

_WAIVED: Raw = (9, *_BLANK)
_UNKNOWN: Raw = (1, *_BLANK)

_ORDINAL = from_day(EPOCH).toordinal()

BARE: tuple[Raw, ...] = ((0,), (1,), (2,))
"""Outcomes of predicates, by truth."""

DEMAND: tuple[tuple[tuple[Raw, ...], ...], ...] = tuple(
    tuple(tuple((demand_status(applies, waived, met), *_BLANK) for met in range(3)) for waived in range(3))
    for applies in range(3)
)
"""Outcomes of demands, by whether they apply, are waived and are met."""

STANDING: tuple[tuple[Raw, ...], ...] = tuple(
    tuple((standing_status(applies, waived), *_BLANK) for waived in range(3)) for applies in range(3)
)
"""Outcomes of duties of content, by whether they apply and are waived."""

Function = Callable[[list[int | None], list[int | None], Rows, int, Any, list[Any]], Any]
"""A generated function; its arguments are emit.ARGS."""


class Judge:
    """All norms of a rulebook for one view after another."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.emitter = emitter = Emitter(rulebook)
        names = [_norm_function(emitter, norm) for norm in rulebook.norms.values()]
        self.names = dict(zip(rulebook.norms, names, strict=True))
        self._written = 0
        self._space = _runtime()
        space = self.extend([_everybody(emitter, rulebook, names)], {})
        self._functions: list[Function] = [space[name] for name in names]
        self._each = [norm.norm.each for norm in rulebook.norms.values()]
        self._index = emitter.index
        self._everybody = space["everybody"]
        self.values, self.outcomes = constants(rulebook)
        self.of_items: dict[str, list[tuple[int, Function]]] = {}
        for i, (function, each) in enumerate(zip(self._functions, self._each, strict=True)):
            if each is not None:
                self.of_items.setdefault(each, []).append((i, function))
        self._needs: dict[str, list[int]] = {}

    def extend(self, functions: list[str], names: Mapping[str, Any]) -> dict[str, Any]:
        """Compile what the emitter has written since, and these functions; gives all compiled so far, by name."""
        emitter = self.emitter
        emitter.functions += functions
        source = "\n".join(emitter.functions[self._written :])
        self._written = len(emitter.functions)
        self._space |= emitter.constants
        self._space |= names
        exec(compile(source, "<generated from the rulebook>", "exec"), self._space)  # noqa: S102 - from a closed grammar
        self.shape = shape_of(emitter)
        return self._space

    def all(self, view: View) -> list[Raw | list[Raw]]:
        """The outcome of every norm, in the rulebook's order."""
        return self.judge(view, Rows(view, self.shape))[0]

    def judge(self, view: View, rows: Rows) -> tuple[list[Raw | list[Raw]], list[int | None]]:
        """As ``all``, with the value of each norm about the person that others read."""
        facts, on, answers = view.fields, view.on, rows.answers
        values, found = self.values.copy(), self.outcomes.copy()
        self._everybody(facts, values, rows, on, None, answers, found)
        for kind in rows.there:
            if kind in self.of_items:
                there = items(view, kind)
                for i, function in self.of_items[kind]:
                    found[i] = [function(facts, values, rows, on, item, answers) for item in there]
        return found, values

    def one(self, view: View, norm: str) -> Raw | list[Raw]:
        """The outcome of one norm, evaluating only what it reads."""
        rows = Rows(view, self.shape)
        values = self.values.copy()
        raw: Any = None
        for i in self._closure(norm):
            function, each = self._functions[i], self._each[i]
            if each is None:
                raw = function(view.fields, values, rows, view.on, None, rows.answers)
                values[i] = raw[0]
            else:
                raw = [function(view.fields, values, rows, view.on, item, rows.answers) for item in items(view, each)]
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


def shape_of(emitter: Emitter) -> Shape:
    """What the generated functions ask of any case."""
    plans = tuple(emitter.plans)
    kinds = {kind for kind, _ in plans} | set(emitter.asked)
    touched = {
        kind: ([i for i, one in enumerate(plans) if one[0] == kind], emitter.asked.get(kind, [])) for kind in kinds
    }
    return Shape(plans, emitter.answers.copy(), touched)


def constants(rulebook: Rulebook) -> tuple[list[int | None], list[Any]]:
    """Values and outcomes of the norms that are the same in every case, None for the others."""
    values: list[int | None] = [None] * len(rulebook.norms)
    outcomes: list[Any] = [None] * len(rulebook.norms)
    for i, norm in enumerate(rulebook.norms.values()):
        if _constant(norm):
            assert isinstance(norm.value, ir.Const)
            value = 1 if norm.value.value is None and norm.value.type == "bool" else norm.value.value
            values[i], outcomes[i] = value, (value,)
    return values, outcomes


def _plain(norm: ResolvedNorm) -> bool:
    """Whether a norm about the person is its value."""
    return norm.must is None and norm.requires is None and norm.norm.kind not in ("duty", "quota")


def _constant(norm: ResolvedNorm) -> bool:
    return norm.norm.each is None and _plain(norm) and isinstance(norm.value, ir.Const)


def add_months(day: int, n: int, last_day: bool) -> int:
    """As ``calendar.add_months``, by the machine's own calendar where it can tell: a third of the time."""
    if -_ORDINAL < day < FAR:
        old = date.fromordinal(day + _ORDINAL)
        year, month = divmod(old.year * 12 + old.month - 1 + n, 12)
        try:
            return date(year, month + 1, old.day).toordinal() - _ORDINAL
        except ValueError:  # no such day in that month, or no such year
            pass
    return cal.add_months(day, n, last_day)


def age(born: int, at: int) -> int:
    """As ``calendar.age``, by the machine's own calendar where it can tell."""
    if -_ORDINAL < born < FAR and -_ORDINAL < at < FAR:
        birth, now = date.fromordinal(born + _ORDINAL), date.fromordinal(at + _ORDINAL)
        return now.year - birth.year - ((now.month, now.day) < (birth.month, birth.day))
    return cal.age(born, at)


def _runtime() -> dict[str, Any]:
    space: dict[str, Any] = {
        "FAR": FAR, "NO": NONE - 1, "MANY": MANY, "NA": NA, "WAIVED": _WAIVED, "UNKNOWN": _UNKNOWN, "BARE": BARE,
        "DEMAND": DEMAND, "STANDING": STANDING,
        "add_days": cal.add_days, "add_months": add_months, "age": age, "months_between": cal.months_between,
        "end_of_week": cal.end_of_week, "end_of_month": cal.end_of_month, "start_of_month": cal.start_of_month,
        "next_workday": workdays.next_workday, "add_workdays": workdays.add_workdays, "percent_of": percent_of,
    }  # fmt: skip
    for name in (
        "count", "count_sure", "count_possible", "nth", "first", "last", "total", "reached_total", "active", "covering",
        "spell_start", "spell_end", "run_start", "days_in", "reached", "shifted", "duty_status", "every_status",
        "not_before_status",
    ):  # fmt: skip
        space[name] = getattr(history, name)
    return space


def _everybody(emitter: Emitter, rulebook: Rulebook, names: list[str]) -> str:
    """One function for all norms about the person, in order: a call for each would cost more than the norm.

    It works in local names where it can, and few of them: they are the quickest to reach.
    """
    lines = [f"def everybody({ARGS},R):"]
    of_items = [f"R[{i}]=" for i, norm in enumerate(rulebook.norms.values()) if norm.norm.each is not None]
    if of_items:
        lines.append(f" {''.join(of_items)}[]")
    found: set[str] = set()
    read = {id_ for norm in rulebook.norms.values() for id_ in norm.reads}
    for i, (norm, name) in enumerate(zip(rulebook.norms.values(), names, strict=True)):
        if norm.norm.each is not None or _constant(norm):
            continue
        if _plain(norm):
            assert norm.value is not None
            text = _in_locals(emitter.write(norm.value), found)
            bare = norm.value.type == "bool"
            if norm.id in read:
                lines.append(f" N[{i}]=n{i}={text};R[{i}]={f'BARE[n{i}]' if bare else f'(n{i},)'}")
                found.add(str(i))
            else:
                lines.append(f" R[{i}]={f'BARE[{text}]' if bare else f'({text},)'}")
        else:
            lines.append(f" R[{i}]={_in_locals(_outcome(emitter, norm, name), found)}")
    return "\n".join([*lines, " return"])


def _in_locals(text: str, found: set[str]) -> str:
    """The same expression, reading the norms found so far as locals, its own names as few as it can do with."""
    own: dict[str, str] = {}
    text = re.sub(r"\b[tbf]\d+\b", lambda name: own.setdefault(name[0], f"x{len(own)}"), text)
    return re.sub(r"\bN\[(\d+)\]", lambda norm: f"n{norm[1]}" if norm[1] in found else norm[0], text)


def _outcome(emitter: Emitter, norm: ResolvedNorm, name: str) -> str:
    """The raw outcome of a norm as an expression; most norms do not apply, and that is seen without a call."""
    applies = emitter.write(norm.applies)
    if norm.must is not None:
        return f"NA if (ap:={applies})==0 else {name}_({ARGS},ap)"
    if norm.requires is not None:
        return f"NA if (ap:={applies})==0 else DEMAND[ap][{emitter.write(norm.waived)}][{emitter.write(norm.requires)}]"
    if norm.norm.kind == "duty":
        return f"STANDING[{applies}][{emitter.write(norm.waived)}]"
    return f"BARE[{applies}]"


def _norm_function(emitter: Emitter, norm: ResolvedNorm) -> str:
    if norm.must is not None:
        name = f"d{len(emitter.functions)}"
        body = "\n ".join(_duty(emitter, norm, norm.must))
        emitter.functions.append(f"def {name}_({ARGS},ap,whole=False):\n {body}")
        emitter.functions.append(f"def {name}({ARGS}):\n return {_outcome(emitter, norm, name)}")
        return name
    if _plain(norm):
        assert norm.value is not None
        return emitter.function("v", [f"return ({emitter.write(norm.value)},)"])
    return emitter.function("r", [f"return {_outcome(emitter, norm, '')}"])


def _duty(emitter: Emitter, norm: ResolvedNorm, must: Must) -> list[str]:
    """Statements that give the raw outcome of a duty that applies or may apply, leaving early where they can.

    ``whole`` asks for all that is known of it although it is not known whether it is waived.
    """
    if norm.waived is not FALSE:
        lines = [f"wv={emitter.write(norm.waived)}", "if ap==2 and wv==2: return WAIVED"]
        lines += ["if (ap==1 or wv==1) and not whole: return UNKNOWN"]
    else:
        lines = ["if ap==1: return UNKNOWN"]
    lines += [f"s={emitter.write(must.start)}", f"due={last_day(emitter, must)}"]
    lines += _pauses(must) if must.pauses else []
    until = "on"
    if must.form == "not_before":
        until = f"({NONE} if due is None else min(on,due-1))"
    since = "s" if must.count_from is must.start else emitter.write(must.count_from)
    lines += _done(emitter, must, since, until, emitter.write(must.needed))
    lines += [
        f"if s is None: s={NONE}",
        f"if due is None: due={NONE}",
        f"return ({_status(emitter, norm, must)},s,due,sure,need,met,{_promise(emitter, norm, must)})",
    ]
    return lines


def last_day(emitter: Emitter, must: Must) -> str:
    """The last day of a duty, before pauses move it."""
    return "FAR" if must.last is None else emitter.write(must.last)


def _promise(emitter: Emitter, norm: ResolvedNorm, must: Must) -> str:
    """The last day promised; pauses move it as they move the last day of the law."""
    if norm.promise is None:
        return "FAR"
    last = f"(pr:={emitter.write(norm.promise)})"
    if not must.pauses:
        return f"({NONE} if {last} is None else pr)"
    begin = "s"
    if norm.promise_from is not None:
        begin = f"({NONE} if (pb:={emitter.write(norm.promise_from)}) is None else pb)"
    moved = f"({NONE} if (sb:={begin})=={NONE} else shifted(P[0],P[1],0,k,sb,pr))"
    return f"({NONE} if {last} is None or P is None else {moved} if k else pr)"


def _pauses(must: Must) -> list[str]:
    return [
        f"P=H.pauses({must.pauses!r})",
        f"up={NONE} if due is None else due",
        "pz=1",
        "if P is None: due=None",
        "else:",
        "  k=len(P[0])",
        "  if k and due is not None: due=None if s is None else shifted(P[0],P[1],0,k,s,due)",
        "  pz=active(P[0],P[1],[2]*k,0,k,on) if k else 0",
    ]


def _done(emitter: Emitter, must: Must, since: str, until: str, needed: str) -> list[str]:
    read = columns(emitter, must.kind, must.filters)
    return [
        f"need={needed if needed.isdigit() and needed != '0' else needed + ' or 1'}",
        f"a={since}",
        f"sure=possible=timely=0;met={NONE}",
        "if a is None: possible=MANY",
        "else:",
        f"  D,E,X,n,R={read}",
        "  if n:",
        f"    b={until}",
        "    sure=count_sure(D,X,0,n,a,b)",
        "    possible=count_possible(D,X,0,n,a,b)",
        "    if sure>=need: met=nth(D,X,0,n,a,b,need)",
        "    if due is not None and met>due: timely=count_possible(D,X,0,n,a,due)",
        f"  if H.unobserved and {must.kind!r} in H.unobserved: possible=timely=MANY",
    ]


def _status(emitter: Emitter, norm: ResolvedNorm, must: Must) -> str:
    waived = "0" if norm.waived is FALSE else "wv"
    lapses, paused = emitter.write(norm.lapses_when), "pz" if must.pauses else "0"
    if must.form == "every":
        return f"every_status(ap,{waived},s,due,{lapses},{paused},on)"
    if must.form == "not_before":
        return f"not_before_status(ap,{waived},s,due,sure,possible,on)"
    unpaused = "up" if must.pauses else "due"
    return f"duty_status(ap,{waived},s,{unpaused},due,need,sure,possible,timely,met,{lapses},{paused},on)"
