"""Each peer in a virtual environment of its own under ``.bench/``, made when it is first needed (pip only)."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".bench"

PEERS: dict[str, list[str]] = {
    "openfisca": ["OpenFisca-Core==46.0.1", "numpy==2.4.6"],
    "polars": ["polars==2.1.0", "numpy==2.4.6"],
    "copy": ["numpy==2.4.6"],
    "pandas": ["pandas==3.1.1", "numpy==2.4.6"],
}
"""Peer → what is installed for it. The product never imports any of it."""


class PeerError(RuntimeError):
    """A peer could not be installed. One sentence."""


def python_of(peer: str) -> str:
    """The Python that runs a peer; '' names the product's own."""
    if not peer:
        return sys.executable
    folder = HOME / peer
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    stamp = folder / "installed.txt"
    wanted = "\n".join(PEERS[peer])
    if not (stamp.exists() and stamp.read_text(encoding="utf-8") == wanted):
        _install(peer, folder, python)
        stamp.write_text(wanted, encoding="utf-8")
    return str(python)


def _install(peer: str, folder: Path, python: Path) -> None:
    print(f"Setting up {peer} in {folder.relative_to(ROOT)} (once) …", file=sys.stderr)
    venv.create(folder, with_pip=True, clear=True)
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PEERS[peer]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise PeerError(f"{peer} could not be installed: {last}; give pip a package index it can reach")
