"""Laws nobody would write: random norms in the words of Hven, so that every construct meets every other."""

from __future__ import annotations

from pathlib import Path
from random import Random

from fodfaeste.rulebook import Law
from tests.rulebook.hven import hven, norm, try_island

NORMS = 45
DEPTH = 3
DAYS = ("2024-02-29", "2023-12-31", "2024-01-31", "2020-06-01", "2024-10-01")


class Inventor:
    """Writes expressions of a type. What the grammar refuses (a range that may overflow, say) is left out later."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.names: dict[str, list[str]] = {}
        self.each: str | None = None

    def pick(self, *choices: str) -> str:
        return self.random.choice(choices)

    def of(self, type_: str, depth: int = DEPTH) -> str:
        """An expression of a type; deeper ones are longer."""
        own = self.names.get(type_, [])
        if depth <= 0 or self.random.random() < 0.15:
            return self.pick(*LEAVES[type_], *own, *own, *self._of_item(type_))
        draw = self.random.random()
        if draw < 0.1:
            return f"({self.of(type_, depth - 1)} if {self.of('bool', depth - 1)} else {self.of(type_, depth - 1)})"
        write = getattr(self, f"_{type_}", None)
        if write is None:  # an enum
            return self.pick(f"current('service', 'trade', {self.of('date', depth - 1)})", *LEAVES[type_])
        text: str = write(depth - 1)
        return text

    def _of_item(self, type_: str) -> list[str]:
        if self.each is None:
            return []
        spell = self.each in hven().vocabulary.spells
        if type_ == "date":
            return ["this.start", "this.end"] * 3 if spell else ["this.date"] * 6
        attrs = hven().vocabulary.kind(self.each).attrs.items()
        return [f"this.{name}" for name, attr_type in attrs if attr_type == type_] * 4

    def _bool(self, d: int) -> str:
        compared = self.pick("int", "date", "date", "days", "money", "hours", "percent")
        return self.pick(
            f"({self.of('bool', d)} {self.pick('and', 'or')} {self.of('bool', d)})",
            f"(not {self.of('bool', d)})",
            f"({self.of(compared, d)} {self.pick('<', '<=', '>', '>=', '==', '!=')} {self.of(compared, d)})",
            f"({self.of('date', d)} <= {self.of('date', d)} < {self.of('date', d)})",
            f"({self.of('trade', d)} {self.pick('in', 'not in')} {{'keeper', 'goatherd'}})",
            f"({self.of('trade', d)} {self.pick('==', '!=')} 'ferryman')",
            f"known({self.of(self.pick('date', 'int', 'bool', 'trade'), d)})",
            self._history("active", "spell", self.of("date", d)),
            self._history("active", "spell", "on"),
        )

    def _int(self, d: int) -> str:
        return self.pick(
            f"({self.of('int', d)} {self.pick('+', '-', '*')} {self.of('int', d)})",
            f"({self.of('int', d)} // {self.random.randint(1, 7)})",
            f"{self.pick('min', 'max')}({self.of('int', d)}, {self.of('int', d)})",
            f"{self.pick('age', 'months_between')}({self.of('date', d)}, {self.of('date', d)})",
            self._history("count", self.pick("event", "spell"), *self._bounds(d)),
            f"total('trip', 'goats', {', '.join(self._bounds(d))})",
            f"current('grazing', 'goats', {self.of('date', d)})",
        )

    def _date(self, d: int) -> str:
        rounded = self.pick("end_of_week", "end_of_month", "start_of_month", "next_workday")
        default = self.pick("", f"default={self.of('date', d)}")
        return self.pick(
            f"({self.of('date', d)} {self.pick('+', '-')} {self.of('days', d)})",
            f"({self.of('date', d)} {self.pick('+', '-')} months({self.pick('1', '6', '11', '13')}))",
            f"{rounded}({self.of('date', d)})",
            f"add_workdays({self.of('date', d)}, {self.random.randint(-9, 9)})",
            f"{self.pick('min', 'max')}({self.of('date', d)}, {self.of('date', d)}, {self.of('date', d)})",
            self._history(self.pick("first", "last"), self.pick("event", "spell"), *self._bounds(d), default),
            self._history(self.pick("spell_start", "spell_end"), "spell", self.of("date", d)),
            self._history("run_start", "spell", self.of("date", d), f"gap=days({self.pick('0', '1', '30')})"),
            self._reached(d),
            f"reached_total('watch', 'hours', hours({self.pick('0', '1', '9.5', '100')}), {self.of('date', d)})",
        )

    def _reached(self, d: int) -> str:
        window = self.pick("days(7)", "weeks(10)", "months(1)", "months(9)")
        days = f"days({self.pick('0', '1', '2', '7', '40')})"
        return self._history("reached", "spell", days, window, self.of("date", d))

    def _days(self, d: int) -> str:
        return self.pick(
            f"({self.of('date', d)} - {self.of('date', d)})",
            f"({self.of('days', d)} {self.pick('+', '-')} {self.of('days', d)})",
            f"({self.of('days', d)} * {self.random.randint(-2, 3)})",
            f"{self.pick('min', 'max')}({self.of('days', d)}, {self.of('days', d)})",
            self._history("days_in", "spell", *self._bounds(d)),
        )

    def _money(self, d: int) -> str:
        return self.pick(
            f"({self.of('money', d)} {self.pick('+', '-')} {self.of('money', d)})",
            f"percent_of({self.of('percent', d)}, {self.of('money', d)})",
            f"total('trip', 'fare', {', '.join(self._bounds(d))}, harbour='backviken')",
            f"current('pass', 'price', {self.of('date', d)})",
            f"({self.of('money', d)} // {self.random.randint(1, 5)})",
        )

    def _hours(self, d: int) -> str:
        return self.pick(f"total('watch', 'hours', {', '.join(self._bounds(d))})", *LEAVES["hours"])

    def _percent(self, d: int) -> str:
        return self.pick(f"({self.of('percent', d)} + percent(1.25))", *LEAVES["percent"])

    def _bounds(self, d: int) -> list[str]:
        return self.random.choice([[], [self.of("date", d)], [self.of("date", d), self.of("date", d)]])

    def _history(self, name: str, sort: str, *args: str) -> str:
        vocabulary = hven().vocabulary
        kind = self.random.choice(sorted(vocabulary.spells if sort == "spell" else vocabulary.events))
        positional = [arg for arg in args if arg and not arg.startswith(("gap=", "default="))]
        named = [arg for arg in args if arg.startswith(("gap=", "default="))]
        return f"{name}({', '.join([repr(kind), *positional, *named, *self._filters(kind)])})"

    def _filters(self, kind: str) -> list[str]:
        vocabulary = hven().vocabulary
        found = []
        for attr, type_ in vocabulary.kind(kind).attrs.items():
            values = vocabulary.enums[type_].values if type_ in vocabulary.enums else ()
            literals = [repr(value) for value in values] or {"bool": ["True", "False"], "int": ["1", "2"]}.get(
                type_, []
            )
            if literals and self.random.random() < 0.4:
                some = ", ".join(sorted(self.random.sample(literals, self.random.randint(1, 2))))
                found.append(f"{attr}{self.pick('', '_not')}={{{some}}}")
        return found

    # -- norms ---------------------------------------------------------------------------------------------

    def one(self, number: int) -> str:
        """A norm in YAML, with whatever it may have."""
        self.each = self.random.choice([None, None, None, "pass", "grazing", "trip", "watch", "fog"])
        more = [f"each: {self.each}"] if self.each else []
        kind = self.pick("definition", "definition", "condition", "condition", "duty", "duty", "duty", "right")
        if kind == "duty":
            return self._a_duty(f"lighthouse.1.n{number}", more)
        type_ = self.pick(*LEAVES) if kind == "definition" else "bool"
        if not self.each:
            more.append(f"name: n{number}")
        applies = self._quoted("applies", self.of("bool")) if self.random.random() < 0.3 or kind == "right" else ""
        value = "" if kind == "right" else self._quoted("value", self.of(type_))
        if kind == "condition" and self.random.random() < 0.3:
            value, type_ = self._quoted("requires", self.of("bool")), ""
        written = norm(f"lighthouse.1.n{number}", kind, ", ".join(filter(None, (applies, value))), "\n".join(more))
        if not self.each and type_:
            self.names.setdefault(type_, []).append(f"n{number}")
        return written

    def _quoted(self, key: str, text: str) -> str:
        return f'{key}: "{text}"'

    def _a_duty(self, id_: str, more: list[str]) -> str:
        vocabulary = hven().vocabulary
        kind = self.random.choice(sorted((*vocabulary.events, *vocabulary.spells)))
        period = self.pick("1 week", "3 days", "1 month", "5 workdays", "0 days")
        last = self.pick(f"by: {period}", f"within: {period}", 'until: "' + self.of("date") + '"', "by: unstated")
        form = self.pick(
            f"once: {kind}, {last}",
            f"at_least: {self.random.randint(1, 3)}, of: {kind}, {last}",
            f"every: {self.pick('1 week', '2 months')}, of: {kind}" + self.pick("", f", first: {period}"),
            f'agreed: "{self.of("date")}", of: {kind}',
            f'not_before: "{self.of("date")}", of: {kind}',
        )
        since = self.pick("", f', count_from: "{self.of("date")}"')
        fields = [f'must: {{{form}, from: "{self.of("date")}"{since}}}', self._quoted("applies", self.of("bool", 1))]
        if self.random.random() < 0.5:
            pauses = self.random.sample(sorted(vocabulary.spells), self.random.randint(1, 2))
            fields.append(f"paused_by: [{', '.join(pauses)}]")
        if self.random.random() < 0.3:
            fields.append(self._quoted("lapses_when", self.of("bool", 1)))
        return norm(id_, "duty", ", ".join(fields), "\n".join(more))


LEAVES = {
    "bool": ["islander", "married", "steadfast", "True", "False"],
    "int": ["goats", "children", "tower_steps", "0", "1", "3"],
    "date": ["on", "on", "born", "agreed_day", "never", *(f"date('{day}')" for day in DAYS)],
    "days": ["voyage", "days(0)", "days(1)", "weeks(2)", "days(400)"],
    "money": ["savings", "kr(0)", "kr(12.50)"],
    "hours": ["sleep", "hours(9.5)"],
    "percent": ["catch_share", "percent(12.5)", "percent(0)"],
    "trade": ["trade", "trade"],
}


def invented(folder: Path, seed: int) -> Law:
    """A law of norms nobody thought of; those the loader refuses are left out."""
    inventor = Inventor(Random(seed))
    norms = {f"lighthouse.1.n{number}": inventor.one(number) for number in range(NORMS)}
    while True:
        law, problems = try_island(folder, *norms.values())
        if law is not None and not problems:
            return law
        refused = {id_ for id_ in norms for problem in problems if problem.where.startswith((f"{id_}.", f"{id_} "))}
        refused |= {id_ for id_ in norms for problem in problems if problem.where == id_}
        assert refused, "\n".join(map(str, problems))
        for id_ in refused:
            del norms[id_]
