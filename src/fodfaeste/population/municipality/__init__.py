"""An invented municipality: citizens, courses and caseworkers, as extracts of its systems would hold them."""

from fodfaeste.population.municipality.extracts import Municipality, invent, write
from fodfaeste.population.municipality.persons import PROMISES, words
from fodfaeste.population.municipality.staffing import (
    CITIZENS,
    PARTNERS,
    PERSONAS,
    CitizenPersona,
    PartnerPersona,
    Persona,
)

__all__ = [
    "CITIZENS", "PARTNERS", "PERSONAS", "PROMISES", "CitizenPersona", "Municipality", "PartnerPersona", "Persona",
    "invent", "words", "write",
]  # fmt: skip
