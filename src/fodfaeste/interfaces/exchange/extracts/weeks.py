"""Weeks in DREAM's status codes as spells: what was paid, and the activity beside it."""

from __future__ import annotations

import csv
import datetime as dt
import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import polars as pl
import yaml

from fodfaeste.interfaces.exchange.extracts import cellvalues
from fodfaeste.interfaces.exchange.extracts.keys import keys, mixed
from fodfaeste.interfaces.exchange.extracts.reading import Lines, Table


@dataclass(frozen=True)
class Status:
    """What a code says: the benefit, and the offer; None where there is none."""

    benefit: str | None
    offer: str | None
    """Attributes of the offer as JSON."""


@lru_cache(maxsize=1)
def statuses() -> dict[str, Status]:
    """Every code that is known."""
    room = files(__package__)
    rules: dict[str, Any] = yaml.safe_load(room.joinpath("dream.yaml").read_text(encoding="utf-8"))
    found = {}
    for row in csv.DictReader(room.joinpath("dream.csv").read_text(encoding="utf-8").splitlines()):
        said = rules["codes"].get(row["kode"]) or rules["groups"][row["gruppe"]]
        activity = rules["activities"][row["aktivitet"]]
        offer = None
        if activity is not None and said["ydelse"] is not None:
            offer = json.dumps(activity | ({"sektor": row["sektor"]} if row["sektor"] else {}), sort_keys=True)
        found[row["kode"]] = Status(said["ydelse"], offer)
    return found


def weeks(table: Table) -> Lines:
    """Unbroken weeks of one benefit as one spell, which stands for all their rows; offers beside them for none."""
    person = table.person()
    week = table.read("uge", pl.Date, cellvalues.week_of)
    table.faults.add(week > table.known.day, "uge", "future", table.text("uge"))
    code = table.text("kode")
    table.faults.add(code.is_not_null() & ~code.is_in(list(statuses())), "kode", "unknown_code", code)
    frame = pl.DataFrame({"row": table.row, "person": person, "week": week, "code": code})
    repeats = _twice(table, frame)
    good = table.good(frame).sort("person", "week", "row")
    good = good.unique(["person", "week"], keep="first", maintain_order=True)
    said = statuses()
    good = good.with_columns(
        pl.col("code").replace_strict({key: one.benefit for key, one in said.items()}, return_dtype=pl.String)
        .alias("benefit"),
        pl.col("code").replace_strict({key: one.offer for key, one in said.items()}, return_dtype=pl.String)
        .alias("offer"),
    )  # fmt: skip
    paid = _runs(good.filter(pl.col("benefit").is_not_null()), "benefit").with_columns(
        pl.lit("ydelse").alias("kind"), ('{"type": "' + pl.col("benefit") + '"}').alias("attrs")
    )
    parts = [paid]
    if table.known.weekly_offers:
        offers = _runs(good.filter(pl.col("offer").is_not_null()), "offer").with_columns(
            pl.lit("tilbud").alias("kind"), pl.col("offer").alias("attrs"), pl.lit(0, pl.UInt32).alias("rows")
        )
        parts.append(offers)
    spans = pl.concat([part.select(_SPAN) for part in parts])
    key = keys(mixed([spans["person"], spans["kind"], spans["first"]], "span"), None, "ydelsesuger")[0]
    held = spans.with_columns(key.alias("key"), pl.lit("Udtræk: ydelsesuger").alias("source")).sort("person", "first")
    without = good.filter(pl.col("benefit").is_null()).height
    first, last = good["week"].min(), good["week"].max()
    span = (first, last + dt.timedelta(days=7)) if isinstance(first, dt.date) and isinstance(last, dt.date) else None
    return Lines({"spell": held}, without=without, faults=table.faults.rows, repeats=repeats, span=span)


_SPAN = ["row", "rows", "person", "kind", "first", "after", "attrs"]


def _twice(table: Table, frame: pl.DataFrame) -> int:
    """How many rows say of a week what an earlier row says; those that say otherwise are at fault."""
    by = ["person", "week"]
    if not frame.select(pl.struct(by).is_duplicated().any()).item():
        return 0
    told = frame.with_columns(pl.col("row").first().over(by).alias("at"), pl.col("code").first().over(by).alias("said"))
    later = (told["row"] != told["at"]) & told["person"].is_not_null() & told["week"].is_not_null()
    other = later & (told["code"] != told["said"]).fill_null(value=True)
    table.faults.add(other, "uge", "week_twice", told["at"].cast(pl.String))
    kept = table.faults.good()
    return int((later if kept is None else later & kept).sum())


def _runs(frame: pl.DataFrame, what: str) -> pl.DataFrame:
    """Unbroken weeks of the same: first day, the day after the last, how many weeks, and the row of the first."""
    begins = (
        (pl.col("person") != pl.col("person").shift())
        | (pl.col(what) != pl.col(what).shift())
        | (pl.col("week") != pl.col("week").shift().dt.offset_by("7d"))
    ).fill_null(value=True)
    return (
        frame.with_columns(begins.cum_sum().alias("run"))
        .group_by("run", maintain_order=True)
        .agg(
            pl.col("row", "person", what).first(), pl.len().alias("rows"), pl.col("week").first().alias("first"),
            pl.col("week").last().dt.offset_by("7d").alias("after"),
        )
    )  # fmt: skip
