"""An invented municipality: citizens, courses and caseworkers, as extracts of its systems would hold them."""

from fodfaeste.population.municipality.extracts import Municipality, invent, write
from fodfaeste.population.municipality.staffing import PERSONAS, Persona

__all__ = ["PERSONAS", "Municipality", "Persona", "invent", "write"]
