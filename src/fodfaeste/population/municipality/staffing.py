"""Invented caseworkers, each with a team and about as many open cases; and the personas of a demonstration."""

from __future__ import annotations

import random
from dataclasses import dataclass

from fodfaeste.population.municipality.histories import assumed
from fodfaeste.population.municipality.persons import name

TEAMS = {
    "dp": "Job og virksomhed", "kh-jobparat": "Job og virksomhed", "syg": "Sygedagpenge", "jaf": "Sygedagpenge",
    "kh-aktivitetsparat": "Udsatte og fleksjob", "fleks": "Udsatte og fleksjob",
}  # fmt: skip
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


@dataclass(frozen=True)
class Persona:
    """Somebody at work in the municipality, whom a visitor may be. ``job`` orders a caseworker's day."""

    username: str
    first_name: str
    last_name: str
    role: str
    team: str
    job: str = ""


@dataclass(frozen=True)
class CitizenPersona:
    """A citizen a visitor may be: one of a caseworker's, in a target group. ``told`` says whom a visitor will meet."""

    username: str
    caseworker: str
    group: str
    told: str


@dataclass(frozen=True)
class PartnerPersona:
    """A partner a visitor may be, let in to the plan of a citizen persona with her consent."""

    username: str
    first_name: str
    last_name: str
    organisation: str
    kind: str
    citizen: str
    purpose: str


PERSONAS = (
    Persona("mette", "Mette", "Holm", "caseworker", "Job og virksomhed", "sagsbehandler"),
    Persona("viggo", "Viggo", "Dahl", "caseworker", "Job og virksomhed", "beskaeftigelse"),
    Persona("line", "Line", "Krogh", "caseworker", "Job og virksomhed", "virksomhed"),
    Persona("jonas", "Jonas", "Friis", "caseworker", "Sygedagpenge", "sagsbehandler"),
    Persona("amina", "Amina", "Larsen", "caseworker", "Udsatte og fleksjob", "sagsbehandler"),
    Persona("lars", "Lars", "Bro", "leader", "Ledelsen"),
    Persona("judith", "Judith", "Vang", "jurist", "Jura"),
)

CITIZENS = (
    CitizenPersona("borger-dagpenge", "mette", "dp", "Søger job, på dagpenge"),
    CitizenPersona("borger-syg", "jonas", "syg", "Sygemeldt, på sygedagpenge"),
    CitizenPersona("borger-laenge", "amina", "kh-aktivitetsparat", "Længe uden arbejde"),
)

PARTNERS = (
    PartnerPersona("a-kasse", "Susanne", "Kvist", "En opdigtet a-kasse", "a-kasse", "borger-dagpenge",
                   "At være fælles om planen og samtalerne"),
    PartnerPersona("arbejdsgiver", "Karl", "Bæk", "Bæks Gartneri (opdigtet)", "arbejdsgiver", "borger-syg",
                   "At komme tilbage til arbejdet lidt ad gangen"),
)  # fmt: skip


class Staff:
    """Gives each open case a caseworker of the right team; takes on another when all have enough."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._cases: dict[str, int] = {}
        self._of: dict[str, list[str]] = {team: [] for team in TEAMS.values()}
        self.members: list[tuple[str, str, str, str]] = []
        for persona in PERSONAS:
            if persona.team in self._of:
                self._of[persona.team].append(persona.username)
                self.members.append((persona.username, persona.first_name, persona.last_name, persona.team))

    def caseworker_for(self, group: str) -> str:
        """The user name of whoever takes the case."""
        team = TEAMS[group]
        at, many = self._cases.get(team, 0), int(assumed("cases_per_caseworker"))
        self._cases[team] = at + 1
        while at // many >= len(self._of[team]):
            self._take_on(team)
        return self._of[team][at // many]

    def _take_on(self, team: str) -> None:
        chance = random.Random(f"{self._seed}:{team}:{len(self._of[team])}")  # noqa: S311 - invented people
        first, last = name(chance, chance.random() < 0.7).split(" ", 1)
        username = f"{first}.{last}{len(self.members)}".lower().translate(_LETTERS)
        self._of[team].append(username)
        self.members.append((username, first, last, team))
