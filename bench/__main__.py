"""Benchmarks: ``python -m bench [name …] [--quick] [--record] [--strict]``; ``--list`` says what there is."""

from __future__ import annotations

import argparse
import importlib
import sys

from bench.bars import Line
from bench.engines import EngineError
from bench.peers import PEERS, PeerError, python_of
from bench.report import keep, record, show
from bench.settings import Settings

BENCHMARKS = {
    "rules": "ten rules over 1 and 5 million persons, beside OpenFisca, Polars and a copy",
    "norms": "all norms in force over 1 million cases, beside OpenFisca and a copy; memory; warm start",
    "case": "one case: all norms, plain and explained, beside OpenFisca's trace",
    "duties": "all duties of 800 000 open cases with 10 million events",
    "intake": "a municipality's extracts into the database, beside a bare COPY and a loop of objects",
    "refusion": "100 million person-weeks of reimbursement, beside pandas and NumPy",
    "nation": "4 million synthetic persons x 260 weeks x 2 regimes, beside a copy of their state and two loops",
    "web": "the pages of 100 000 citizens, with twenty caseworkers and a leader at work",
    "regimes": "the law from its files, and 100 regimes resolved",
}


def main(arguments: list[str] | None = None) -> int:
    """Run what was asked for and print the table; 1 if a benchmark broke, or with --strict a bar was missed."""
    given = _parser().parse_args(arguments)
    if given.list:
        for name, what in BENCHMARKS.items():
            print(f"{name:8}  {what}")
        return 0
    if given.setup:
        for peer in PEERS:
            python_of(peer)
        return 0
    unknown = [name for name in given.names if name not in BENCHMARKS]
    if unknown:
        print(f"there is no benchmark '{unknown[0]}': choose among {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    settings = Settings(
        quick=given.quick,
        rounds=given.rounds or (1 if given.quick else 3),
        threads=given.threads,
        seed=given.seed,
        scale=given.scale,
        cold=given.cold,
    )
    lines, broken = _run(given.names or list(BENCHMARKS), settings)
    if lines:
        show(lines)
        keep(lines, settings, kept=given.record)
    if lines and given.record:
        record(lines, settings)
    missed = any(line.met is False for line in lines)
    return 1 if broken or (given.strict and missed) else 0


def _run(names: list[str], settings: Settings) -> tuple[list[Line], bool]:
    lines: list[Line] = []
    broken = False
    for name in names:
        print(f"{name}: {BENCHMARKS[name]}", file=sys.stderr, flush=True)
        try:
            lines += importlib.import_module(f"bench.{name}.run").run(settings)
        except (EngineError, PeerError) as error:
            broken = True
            print(f"{name} could not be measured: {error}", file=sys.stderr)
    return lines, broken


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Benchmarks side by side with peers.")
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(BENCHMARKS))
    parser.add_argument("--quick", action="store_true", help="small sizes, one round: shows that all works")
    parser.add_argument("--scale", type=int, default=1, metavar="N", help="divide the full sizes by N")
    parser.add_argument("--rounds", type=int, metavar="N", help="rounds of fresh processes (3; quick 1)")
    parser.add_argument("--threads", type=int, default=2, metavar="N", help="processors each engine may use (2)")
    parser.add_argument("--seed", type=int, default=Settings.seed, metavar="N", help="seed of the invented people")
    parser.add_argument("--cold", action="store_true", help="throw compiled kernels away first, and time making them")
    parser.add_argument("--record", action="store_true", help="keep the table in README.md, JSON in results/")
    parser.add_argument("--strict", action="store_true", help="end with 1 when a bar is missed")
    parser.add_argument("--setup", action="store_true", help="only install the peers under .bench/")
    parser.add_argument("--list", action="store_true", help="say what there is")
    return parser


if __name__ == "__main__":
    sys.exit(main())
