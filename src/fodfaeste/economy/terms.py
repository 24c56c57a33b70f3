"""The words of reimbursement: which norms and facts are asked, and how their answers are marked."""

from __future__ import annotations

SHARE = "refusion.andel.statens-andel"
SHARED = "refusion.andel.delt"
COUNTS = "fin-bek.20.taelles"
SUPPORTS = "fin-bek.3.offentlig-forsoergelse"
TOGETHER = "refusion.andel.taelles-samlet"
ALONE = "refusion.andel.taelles-for-sig"
GAP = "refusion.andel.brud"
CO_FINANCED = "kfl.3.medfinansieret"
RESTART_WEEKS = "kfl.6.uger"
RESTART_WINDOW = "kfl.6.vindue"
RESTART_USES_UP = "kfl.6.bruges-op"
RESTART_STANDS = "kfl.6.staar-ved-magt"
ROUND_RUNNING = "refusion.andel.afrunding-loebende"

OF_SITUATIONS = (SHARED, COUNTS, SUPPORTS, TOGETHER, ALONE, CO_FINANCED, GAP)
TERMS = (RESTART_WEEKS, RESTART_WINDOW, RESTART_USES_UP, RESTART_STANDS, ROUND_RUNNING)
NORMS = (SHARE, *OF_SITUATIONS, *TERMS)
"""The norms that decide what a week costs whom."""

BENEFIT, ACTIVITY, WEEK = "refusion_ydelse", "refusion_aktivitet", "refusionsuge"
"""The facts they ask about."""

UNKNOWN_SHARE, NO_SHARE = -1, -2
"""In place of a percentage: it is not known; the benefit is not shared between state and municipality."""

F_COUNTS, F_MAY_COUNT, F_SUPPORTS, F_TOGETHER, F_ALONE = 1, 2, 4, 8, 16
"""Bits of a situation: counts on the ladder, perhaps does, is no self-support, follows the ladder, its own weeks."""

DAYS_A_WEEK = 7


def week_of(day: int) -> int:
    """The number of a calendar week, Monday to Sunday; consecutive weeks have consecutive numbers."""
    return (day + 3) // DAYS_A_WEEK


def monday_of(week: int) -> int:
    """The Monday of a week by its number."""
    return week * DAYS_A_WEEK - 3
