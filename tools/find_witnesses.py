"""Finds cases that tell the law from its mutants, and keeps them as regression data apart from the examples.

    python -m tools.find_witnesses --only lab.31

A witness says what the encoding answers today, not what the law is. Renew those of a norm after a legal change has
been read by a jurist; the witnesses of all other norms stay as they are.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path

from fodfaeste.rulebook import Law, load_law
from tools.law_mutants.hunt import Hunt
from tools.law_mutants.mutants import mutants_of_files, mutants_of_norm
from tools.law_mutants.trial import Bench
from tools.law_mutants.witnesses import Witness, examples_of, read_witnesses, write_witnesses

ROOT = Path(__file__).parents[1]
WITNESSES = ROOT / "tests" / "law" / "witnesses"
_FILE = "file "

_bench: dict[str, Bench] = {}
_hunt: dict[str, Hunt] = {}

Found = tuple[str, str, list[Witness], int, int]
"""Item, act, its witnesses, mutants that examples leave, mutants that witnesses leave."""


def hunted(item: str) -> Found:
    """The witnesses of a norm, or of the rounding of a file."""
    bench, hunt = _bench["law"], _hunt["law"]
    law = bench.law
    name = item.removeprefix(_FILE)
    mutants = list(mutants_of_norm(law, item)) if item == name else []
    if item != name:
        mutants = [mutant for mutant in mutants_of_files(law) if mutant.shown == name]
    left = [mutant for mutant in mutants if bench.judged(mutant).fate == "survived"]
    left.sort(key=lambda mutant: mutant.change.sort != "in_force")
    before = len(hunt.found)
    alive = sum(not hunt.kills(mutant) for mutant in left)
    found = hunt.found[before:]
    return item, mutants[0].act if mutants else "", found, len(left), alive


def _all(items: list[str], jobs: int) -> Iterator[Found]:
    if jobs == 1 or "fork" not in get_all_start_methods():
        yield from map(hunted, items)
        return
    with ProcessPoolExecutor(jobs, get_context("fork")) as pool:
        for done in as_completed([pool.submit(hunted, item) for item in items]):
            yield done.result()


def kept(law: Law, only: str) -> dict[str, list[Witness]]:
    """The witnesses there are, without the norms that are searched anew."""
    found: dict[str, list[Witness]] = {}
    for act, witnesses in read_witnesses(WITNESSES).items():
        for witness in witnesses:
            expect = {n: said for n, said in witness.expect.items() if n in law.norms and not n.startswith(only)}
            if expect:
                found.setdefault(act, []).append(replace(witness, expect=expect))
    return found


def main() -> int:
    """Search, and write what was found after every few norms."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", default="", metavar="PREFIX", help="norms whose id begins with this")
    parser.add_argument("--jobs", type=int, default=2, help="how many processes (2)")
    parser.add_argument("--seconds", type=float, default=0.4, help="how long to look for one mutant (0.4)")
    parser.add_argument("--more", action="store_true", help="keep all witnesses and look only for what they leave")
    asked, begun = parser.parse_args(), time.monotonic()
    law = load_law(ROOT / "law", ROOT / "regimes")
    found = read_witnesses(WITNESSES) if asked.more else kept(law, asked.only)
    known = replace(law, examples=(*law.examples, *examples_of(found)))
    _bench["law"], _hunt["law"] = Bench(known), Hunt(law, asked.seconds)
    items = [id_ for id_ in law.norms if id_.startswith(asked.only)]
    sections = dict.fromkeys(m.shown for m in mutants_of_files(law) if m.shown.startswith(asked.only))
    items += [_FILE + name for name in sections]
    searched, alive, written = 0, 0, 0.0
    for number, (_, act, witnesses, left, still) in enumerate(_all(items, asked.jobs)):
        searched, alive = searched + left, alive + still
        found.setdefault(act, []).extend(witnesses)
        if time.monotonic() - written > 15:
            written = time.monotonic()
            _write(found)
            print(f"{number + 1}/{len(items)} norms, {searched - alive}/{searched} killed", flush=True)
    _write(found)
    print(f"{searched - alive} of {searched} mutants have a witness now; {time.monotonic() - begun:.0f} s")
    return 0


def _write(found: dict[str, list[Witness]]) -> None:
    acts = {file.stem for file in WITNESSES.glob("*.json")} | {act for act, witnesses in found.items() if witnesses}
    for act in sorted(acts):
        write_witnesses(WITNESSES, act, found.get(act, ()))


if __name__ == "__main__":
    sys.exit(main())
