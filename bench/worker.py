"""Run one part of a benchmark in this process and print its answer: ``python -m bench.worker <module> <json>``.

Every engine is measured in a fresh process, and a peer in a Python of its own: this module and those it
runs there must not import the product.
"""

from __future__ import annotations

import importlib
import json
import os
import sys

MARK = "@answer "


def pin(threads: int) -> None:
    """Give the process that many processors, whatever the machine has, so that all engines get the same."""
    if hasattr(os, "sched_setaffinity"):
        allowed = sorted(os.sched_getaffinity(0))[:threads]
        os.sched_setaffinity(0, allowed)


def main(module: str, text: str) -> None:
    arguments = json.loads(text)
    pin(arguments.get("threads", 2))
    answer = importlib.import_module(module).run(**arguments)
    sys.stdout.write(MARK + json.dumps(answer) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
