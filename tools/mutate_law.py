"""Changes the law on purpose, one operator, number or day at a time, and says which changes no example notices.

    python -m tools.mutate_law --only lab.31 --list-survivors

A change is killed when the law no longer loads, or when an example's outcome is not the expected one any more.
A change that survives is a missing example, or law that makes no difference. The files are never touched.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from typing import Any

from fodfaeste.foundation import ProblemError
from fodfaeste.rulebook import Law, load_law
from tools.law_mutants.mutants import mutants_of_files, mutants_of_norm
from tools.law_mutants.trial import Bench, Verdict

ROOT = Path(__file__).parents[1]
ENOUGH = 90  # per cent of the mutants that the examples must kill

RULES = {
    "same law": "the changed text means the very same law (its typed expressions are equal)",
    "share": "it is the share of a quota, and an example is one case, which shows only who is counted",
    "first day": "it moves the first day of a norm's oldest version, before any day that an example asks about",
}
"""Why a mutant is left out of the count."""

NOT_CHANGED = "verified_until, seen_valid, refs, sources, labels, notes; versions that are not_modelled; regimes"

_bench: dict[str, Bench] = {}
_FILE = "file "


def tried(law: Law, only: str = "", jobs: int = 1) -> list[Verdict]:
    """What becomes of every mutant of the norms and sections whose name begins with ``only``."""
    norms = [id_ for id_ in law.norms if id_.startswith(only)]
    files = sorted({m.shown for m in mutants_of_files(law) if m.shown.startswith(only)})
    work = [*norms, *(f"{_FILE}{name}" for name in files)]
    _bench["law"] = Bench(law)
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
    return [bench.judged(mutant) for mutant in mutants]


def counted(verdicts: Iterable[Verdict]) -> dict[str, Counter[str]]:
    """How many mutants of each act met which fate."""
    acts: dict[str, Counter[str]] = {}
    for verdict in verdicts:
        acts.setdefault(verdict.mutant.act, Counter())[verdict.fate] += 1
    return dict(sorted(acts.items()))


def share(fates: Counter[str]) -> float:
    """Per cent of the mutants that are killed; all of them when there are none."""
    killed, all_ = fates["refused"] + fates["noticed"], _mutants(fates)
    return 100 * killed / all_ if all_ else 100.0


def _mutants(fates: Counter[str]) -> int:
    return fates["refused"] + fates["noticed"] + fates["survived"]


def table(verdicts: list[Verdict], by: dict[str, Counter[str]], first: str) -> Iterable[str]:
    """The lines of the summary: one for each act (or sort of change), and the total."""
    yield f"{first:14}{'mutants':>9}{'refused':>9}{'noticed':>9}{'survived':>10}{'killed':>9}"
    total = Counter(verdict.fate for verdict in verdicts)
    for name, fates in [*by.items(), ("total", total)]:
        counts = f"{fates['refused']:9}{fates['noticed']:9}{fates['survived']:10}"
        yield f"{name:14}{_mutants(fates):9}{counts}{share(fates):7.1f} %"


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
    verdicts = tried(law, asked.only, asked.jobs)
    broken = _bench["law"].broken
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
    print(f"{share(fates):.1f} % of {_mutants(fates)} mutants killed in {seconds:.0f} s; {ENOUGH} % is enough.")
    return 0 if share(fates) >= ENOUGH else 1


def _line(row: dict[str, Any]) -> str:
    return f"  {row['norm']}  {row['field']}  {row['before']}  →  {row['after']}"


if __name__ == "__main__":
    sys.exit(main())
