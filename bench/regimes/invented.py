"""Enough regimes for the benchmark: those of the repository, and invented ones that edit the norms of the law."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import yaml

from bench.encoded import ON, ROOT
from bench.peers import HOME
from fodfaeste.foundation import from_day
from fodfaeste.rulebook import Law
from fodfaeste.rulebook.regimes import protection

EDITS = 12
"""Edits of an invented regime."""


def folder_of_regimes(law: Law, wanted: int, seed: int) -> Path:
    """A folder with the repository's regimes and as many invented ones as are missing."""
    folder = HOME / "data" / "regimes"
    shutil.rmtree(folder, ignore_errors=True)
    if (ROOT / "regimes").is_dir():
        shutil.copytree(ROOT / "regimes", folder)
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(seed)
    live = sum(regime.window.covers(ON) for regime in law.regimes.values())
    for number in range(wanted - live):
        name = f"maal-{number:03}"
        text = yaml.safe_dump(_regime(law, name, draw), allow_unicode=True, sort_keys=False)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def _regime(law: Law, name: str, draw: random.Random) -> dict[str, Any]:
    free = [n for n in law.norms.values() if protection(n.id, law) is None and n.each is None]
    duties = draw.sample([n.id for n in free if n.kind == "duty"], EDITS * 2 // 3)
    rights = draw.sample([n.id for n in free if n.kind == "right"], EDITS // 3)
    older, younger = f"age(foedt, on) >= {draw.randint(25, 50)}", f"age(foedt, on) < {draw.randint(20, 30)}"
    edits: list[dict[str, Any]] = [
        *({"op": "set_aside", "norm": id_, "why": "invented"} for id_ in duties[::2]),
        *({"op": "narrow", "norm": id_, "applies": older} for id_ in duties[1::2]),
        *({"op": "extend", "norm": id_, "applies": younger} for id_ in rights),
    ]
    year = from_day(ON).year
    both = {"da": name, "en": name}
    return {
        "id": name,
        "kind": "proposal",
        "status": "proposed",
        "title": both,
        "legal_basis": "none: invented for the benchmark",
        "purpose": both,
        "saving": "none claimed",
        "who": "all",
        "window": {"from": f"{year - 1}-01-01", "to": f"{year + 1}-12-31"},
        "assumed_window": True,
        "edits": edits,
        "safeguards": ["none: invented"],
        "evaluation": "none",
        "stop_rule": "none",
        "running_cases": "none",
        "source": [next(iter(law.sources))],
    }
