"""What every engine shares: the columns, the ten results, and the numbers of the invented rules.

The numbers stand here for the peers, and in ``law/`` for us; a test holds the two together. Dates are whole
days, amounts whole øre, in every engine.
"""

from __future__ import annotations

INPUTS = {
    "ordning": "int8",
    "gruppe": "int8",
    "alder": "int8",
    "samtaler": "int8",
    "uger_forloeb": "int16",
    "foerste_henvendelse": "int32",
    "foerste_holdt": "bool",
    "tilbud_uger": "int16",
    "sygeuge": "int16",
    "forventet_uger": "int16",
    "uddannelse": "bool",
    "akkumuleret": "int16",
    "ugesats": "int32",
}
"""Column → the smallest dtype that holds it."""

RESULTS = {
    "samtaler_paakraevet": "int8",
    "samtale_mangler": "bool",
    "foerste_frist": "int32",
    "foerste_overskredet": "bool",
    "tilbud_uge": "int16",
    "tilbud_overskredet": "bool",
    "undtaget": "bool",
    "sygerevurdering": "bool",
    "refusionsprocent": "int16",
    "nettoudgift": "int32",
}
"""Result → the smallest dtype that holds it. A percentage is in hundredths, as 8000."""

SIZES = {"bool": 1, "int8": 1, "int16": 2, "int32": 4}

DP, KH_JOBPARAT, UDD_PARAT, SYG, JAF = 0, 1, 3, 4, 5  # positions in the enum gruppe
TRIAL = 3  # position in the enum ordning

WINDOW = 26
SHORT, LONG, SOON_WELL, REVALUATION = 8, 26, 4, 22
YOUNG, OLD = 30, 50
FIRST_DP, FIRST = 14, 7
STEPS = ((4, 8000), (26, 4000), (52, 3000))
LAST_STEP = 2000


def touched() -> int:
    """Bytes a person costs to read and write, at the smallest dtypes."""
    return sum(SIZES[dtype] for dtype in (*INPUTS.values(), *RESULTS.values()))
