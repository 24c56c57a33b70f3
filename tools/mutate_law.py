"""Changes the law on purpose, one operator, number or day at a time, and says which changes no example notices.

    python -m tools.mutate_law --only lab.31 --list-survivors

A change is killed when the law no longer loads, or when an example's outcome is not the expected one any more.
A change that survives is a missing example, or law that makes no difference. The files are never touched.
What no example notices is put to the witnesses as well (tests/law/witnesses): cases found by search that say what the
encoding answers, not what the law is. They are counted apart.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from typing import Any

from fodfaeste.foundation import ProblemError
from fodfaeste.rulebook import Example, Law, load_law
from tools.law_mutants.mutants import mutants_of_files, mutants_of_norm
from tools.law_mutants.trial import Bench, Verdict
from tools.law_mutants.witnesses import examples_of, read_witnesses

ROOT = Path(__file__).parents[1]
WITNESSES = ROOT / "tests" / "law" / "witnesses"
ENOUGH = 90  # per cent of the mutants that the examples and the witnesses must kill together

RULES = {
    "same law": "the changed text means the very same law (its typed expressions are equal)",
    "share": "it is the share of a quota, and an example is one case, which shows only who is counted",
    "first day": "it moves the first day of a norm's oldest version, before any day that an example asks about",
}
"""Why a mutant is left out of the count."""

NOT_CHANGED = (
    "verified_until, seen_valid, refs, sources, labels, notes; versions that are not_modelled; regimes; "
    "1 January 1900, which says from the beginning"
)

_bench: dict[str, Bench] = {}
_FILE = "file "


def tried(law: Law, only: str = "", jobs: int = 1, witnesses: Sequence[Example] = ()) -> list[Verdict]:
    """What becomes of every mutant of the norms and sections whose name begins with ``only``.

    ``witnesses`` are asked about what no example notices.
    """
    norms = [id_ for id_ in law.norms if id_.startswith(only)]
    files = sorted({m.shown for m in mutants_of_files(law) if m.shown.startswith(only)})
    work = [*norms, *(f"{_FILE}{name}" for name in files)]
    _bench["law"] = Bench(law)
    _bench.pop("witnesses", None)
    if witnesses:
        _bench["witnesses"] = Bench(replace(law, examples=tuple(witnesses)))
        _bench["witnesses"].first_day = _bench["law"].first_day
    if jobs == 1 or "fork" not in get_all_start_methods():
        return [verdict for item in work for verdict in _try(item)]
    with ProcessPoolExecutor(jobs, get_context("fork")) as pool:  # each begins with the law as it is here
        return [verdict for found in pool.map(_try, work, chunksize=10) for verdict in found]


def _try(item: str) -> list[Verdict]:
    bench = _bench["law"]
    if item.startswith(_FILE):
        wanted = item.removeprefix(_FILE)
        mutants = [mutant for mutant in mutants_of_files(bench.law) if mutant.shown == wanted]
    else:
        mutants = list(mutants_of_norm(bench.law, item))
    return [_witnessed(bench.judged(mutant)) for mutant in mutants]


def _witnessed(verdict: Verdict) -> Verdict:
    """The verdict after the witnesses were asked too."""
    if verdict.fate != "survived" or "witnesses" not in _bench:
        return verdict
    again = _bench["witnesses"].judged(verdict.mutant)
    return replace(verdict, fate="witnessed", by=again.by) if again.fate == "noticed" else verdict


def counted(verdicts: Iterable[Verdict]) -> dict[str, Counter[str]]:
    """How many mutants of each act met which fate."""
    acts: dict[str, Counter[str]] = {}
    for verdict in verdicts:
        acts.setdefault(verdict.mutant.act, Counter())[verdict.fate] += 1
    return dict(sorted(acts.items()))


_BY_EXAMPLES = ("refused", "noticed")
_KILLED = (*_BY_EXAMPLES, "witnessed")


def share(fates: Counter[str], killers: Sequence[str] = _KILLED) -> float:
    """Per cent of the mutants that are killed; all of them when there are none."""
    all_ = _mutants(fates)
    return 100 * sum(fates[fate] for fate in killers) / all_ if all_ else 100.0


def _mutants(fates: Counter[str]) -> int:
    return sum(fates[fate] for fate in (*_KILLED, "survived"))


def table(verdicts: list[Verdict], by: dict[str, Counter[str]], first: str) -> Iterable[str]:
    """The lines of the summary: one for each act (or sort of change), and the total."""
    columns = f"{'mutants':>9}{'refused':>9}{'examples':>10}{'witnesses':>11}{'survived':>10}"
    yield f"{first:14}{columns}{'by examples':>13}{'in sum':>9}"
    total = Counter(verdict.fate for verdict in verdicts)
    for name, fates in [*by.items(), ("total", total)]:
        counts = f"{fates['refused']:9}{fates['noticed']:10}{fates['witnessed']:11}{fates['survived']:10}"
        yield f"{name:14}{_mutants(fates):9}{counts}{share(fates, _BY_EXAMPLES):11.1f} %{share(fates):7.1f} %"


def sorts(verdicts: Iterable[Verdict]) -> dict[str, Counter[str]]:
    """How many mutants of each sort of change met which fate."""
    found: dict[str, Counter[str]] = {}
    for verdict in verdicts:
        found.setdefault(verdict.mutant.change.sort, Counter())[verdict.fate] += 1
    return dict(sorted(found.items()))


def survivors(verdicts: Iterable[Verdict]) -> dict[str, list[dict[str, Any]]]:
    """File → its surviving mutants, ready for JSON. ``asked`` expectations could have noticed, and did not."""
    found: dict[str, list[dict[str, Any]]] = {}
    for verdict in verdicts:
        if verdict.fate == "survived":
            mutant, change = verdict.mutant, verdict.mutant.change
            row = {"norm": mutant.shown, "field": mutant.field, "sort": change.sort, "asked": verdict.asked}
            found.setdefault(mutant.file, []).append({**row, "before": change.before, "after": change.after})
    return dict(sorted(found.items()))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", default="", metavar="PREFIX", help="norms whose id begins with this")
    parser.add_argument("--jobs", type=int, default=2, help="how many processes (2)")
    parser.add_argument("--list-survivors", action="store_true", help="print each change that no example notices")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the survivors there as JSON, by file")
    parser.add_argument("--law", type=Path, default=ROOT / "law", help="the law folder (law)")
    parser.add_argument("--witnesses", type=Path, help="their folder (that of the law in law; else none)")
    parser.add_argument("--regimes", type=Path, help="the folder of regimes (regimes beside the law)")
    return parser.parse_args()


def main() -> int:
    """Try every mutant and print the summary; 1 when too few are killed, 2 when the law does not stand."""
    asked, begun = _arguments(), time.monotonic()
    try:
        law = load_law(asked.law, asked.regimes or asked.law.parent / "regimes")
    except ProblemError as error:
        print(*error.problems, "The law does not load: mend it first.", sep="\n", file=sys.stderr)
        return 2
    folder = asked.witnesses or (WITNESSES if asked.law == ROOT / "law" else None)
    verdicts = tried(law, asked.only, asked.jobs, examples_of(read_witnesses(folder)) if folder else ())
    broken = [told for bench in _bench.values() for told in bench.broken]
    if broken:
        print(*broken, "These expectations are not met as the law stands; they judge no mutant.", sep="\n")
    found = survivors(verdicts)
    if asked.list_survivors:
        for file, rows in found.items():
            print(file, *(_line(row) for row in rows), "", sep="\n")
    if asked.out:
        asked.out.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(*table(verdicts, sorts(verdicts), "change"), "", sep="\n")
    print(*table(verdicts, counted(verdicts), "act"), "", sep="\n")
    for rule, why in RULES.items():
        number = sum(verdict.by == rule and verdict.fate == "rule" for verdict in verdicts)
        print(f"Left out: {number} mutants, because {why}.")
    print(f"Never changed: {NOT_CHANGED}.")
    fates = Counter(verdict.fate for verdict in verdicts)
    seconds = time.monotonic() - begun
    print(f"By the examples alone: {share(fates, _BY_EXAMPLES):.1f} %. Witnesses hold the encoding fast, not the law.")
    print(f"{share(fates):.1f} % of {_mutants(fates)} mutants killed in {seconds:.0f} s; {ENOUGH} % is enough.")
    return 0 if share(fates) >= ENOUGH else 1


def _line(row: dict[str, Any]) -> str:
    return f"  {row['norm']}  {row['field']}  {row['before']}  →  {row['after']}"


if __name__ == "__main__":
    sys.exit(main())
