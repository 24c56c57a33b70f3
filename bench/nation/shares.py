"""How a caseload is made up: groups, what they do, and how often.

Shares are rounded from published counts of recipients; weights of events are guesses at what an office writes
down. Names the vocabulary does not have are passed over, and names not listed here get the small default.
"""

from __future__ import annotations

GROUPS = {
    "dp": 0.27,
    "kh-jobparat": 0.045,
    "kh-aktivitetsparat": 0.13,
    "udd-parat": 0.02,
    "udd-aktivitetsparat": 0.055,
    "syg": 0.20,
    "jaf": 0.05,
    "ressource": 0.03,
    "fleks": 0.17,
    "reval": 0.005,
    "ftp": 0.005,
    "selvforsoergende": 0.015,
    "u18": 0.005,
}

BENEFIT = {
    "dp": "dagpenge",
    "kh-jobparat": "kontanthjaelp",
    "kh-aktivitetsparat": "kontanthjaelp",
    "udd-parat": "uddannelseshjaelp",
    "udd-aktivitetsparat": "uddannelseshjaelp",
    "syg": "sygedagpenge",
    "jaf": "ressourceydelse-jaf",
    "ressource": "ressourceydelse-rf",
    "fleks": "ledighedsydelse",
    "reval": "revalideringsydelse",
    "ftp": "foertidspension",
}

WEEKS = {"dp": 30, "syg": 22, "kh-jobparat": 60, "kh-aktivitetsparat": 150, "fleks": 130, "jaf": 70, "ressource": 120}
"""Mean weeks in the course so far; 50 for the rest."""

YOUNG = ("udd-parat", "udd-aktivitetsparat", "u18")

ONCE = {
    "tilmelding": ("dp", "kh-jobparat", "selvforsoergende"),
    "dp-indplacering": ("dp",),
    "foerste-henvendelse": ("kh-jobparat", "kh-aktivitetsparat", "udd-parat", "udd-aktivitetsparat"),
    "foerste-fravaersdag": ("syg", "jaf"),
    "sygefravaer-anmeldt": ("syg",),
}
"""Events that begin a course, once, in these groups."""

WEIGHTS = {
    "jobsamtale": 20.0,
    "jobtjek": 18.0,
    "jobansoegning": 12.0,
    "notat": 12.0,
    "indkaldelse": 10.0,
    "afsendelse": 5.0,
    "journalisering": 4.0,
    "dagpengetimer": 4.0,
    "sygeopfoelgning": 4.0,
    "minplan": 3.0,
    "afgoerelse": 2.0,
    "cv-registreret": 2.0,
    "attest-svar": 1.0,
    "attest-anmodet": 1.0,
    "anmodning": 1.0,
    "partshoering": 1.0,
}
"""Share of all events; the default is ``RARE``."""

RARE = 0.1

ONLY = {
    "syg": ("syg", "jaf"),
    "fleks": ("fleks",),
    "attest": ("syg", "jaf", "ressource", "fleks"),
    "rehab": ("jaf", "ressource", "fleks"),
}
"""A kind whose name has this in it happens in these groups only."""

SPELLS = {
    "fravaer": (0.15, 3),
    "pause": (0.05, 5),
    "tilbud": (0.35, 11),
    "fritagelse-samtaler": (0.04, 20),
    "fritagelsesgrund": (0.06, 20),
    "delvist-i-arbejde": (0.05, 15),
    "fleksjob": (0.08, 90),
    "samtykke": (0.3, 100),
}
"""Spell → (mean number a person, mean weeks); the default is ``SELDOM``."""

SELDOM = (0.02, 8)

OBSERVED_UNKNOWN, JUDGED_UNKNOWN, YES = 0.35, 0.8, 0.25
"""Share of facts nobody recorded, by kind, and of truths that are true."""
