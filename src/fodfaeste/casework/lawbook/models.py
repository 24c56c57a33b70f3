"""Passages of the law for full-text search: derived from the law's files, and thrown away without loss."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, Func, GeneratedField, When

CONFIGURATIONS = {"da": "danish", "en": "english"}
"""Language of a page → how PostgreSQL reads its words."""


class Kind(models.TextChoices):
    """What a passage is about."""

    SECTION = "section"
    NORM = "norm"
    RATE = "rate"
    REGIME = "regime"
    EXAMPLE = "example"


def _weighed() -> Func:
    """The title weighs most, then names and sections as they are written, then the rule in words, then notes."""

    def read(field: str, language: str, weight: str) -> SearchVector:
        return SearchVector(field, config=CONFIGURATIONS[language], weight=weight)

    def in_its_language(field: str, weight: str) -> Case:
        return Case(
            When(language="en", then=read(field, "en", weight)),
            default=read(field, "da", weight),
            output_field=SearchVectorField(),
        )

    return Func(
        in_its_language("title", "A"),
        SearchVector("names", config="simple", weight="B"),
        in_its_language("body", "C"),
        in_its_language("notes", "D"),
        read("notes", "en", "D"),
        template="(%(expressions)s)",
        arg_joiner=" || ",
        output_field=SearchVectorField(),
    )


class Passage(models.Model):
    """One piece of the law that can be found, in one language.

    ``key`` is the id of the norm, regime or example, or ``act/section``; ``act`` and ``section`` (the name of its
    file) say where it stands, empty for a regime. ``body`` is the rule in words of the language; ``notes`` too,
    where they have been translated from the English. ``until`` is the last day it is in force, None without an end.
    """

    language = models.CharField(max_length=2)
    kind = models.CharField(max_length=8, choices=Kind)
    key = models.CharField(max_length=120)
    act = models.CharField(max_length=20, blank=True)
    section = models.CharField(max_length=40, blank=True)
    names = models.TextField(blank=True)
    title = models.TextField()
    body = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    until = models.DateField(null=True, blank=True)
    vector = GeneratedField(expression=_weighed(), output_field=SearchVectorField(), db_persist=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [GinIndex(fields=["vector"], name="passage_vector")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["language", "kind", "key"], name="passage_once"),
        ]


class Edition(models.Model):
    """Which law the passages were made of, and the words that occur in them by language, the commonest first."""

    digest = models.CharField(max_length=64)
    words = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now=True)
