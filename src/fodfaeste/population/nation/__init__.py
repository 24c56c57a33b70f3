"""A nation of synthetic persons from published figures, the same on every machine for the same seed."""

from fodfaeste.population.nation.cells import counts, published_persons
from fodfaeste.population.nation.people import People, everybody, nation_day, people, persons_of
from fodfaeste.population.nation.sources import AGES, SEXES, educations, kommuner, states

__all__ = [
    "AGES", "SEXES", "People", "counts", "educations", "everybody", "kommuner", "nation_day", "people", "persons_of",
    "published_persons", "states",
]  # fmt: skip
