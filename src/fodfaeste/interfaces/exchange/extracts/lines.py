"""Spells, events, facts and reimbursements: tables whose rows are lines the law, or the economy, reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from fodfaeste.facts import UnfitValueError
from fodfaeste.interfaces.exchange.extracts import cellvalues
from fodfaeste.interfaces.exchange.extracts.keys import keys, mixed
from fodfaeste.interfaces.exchange.extracts.people import counted
from fodfaeste.interfaces.exchange.extracts.reading import Lines, Table


def spells(table: Table) -> Lines:
    """What lasts: from the first day to the last, both included; no last day while it goes on."""
    person = table.person()
    first, last = table.day("fra", past=True), table.day("til")
    table.faults.add(last < first, "til", "backwards", last)
    kind = _kind(table, "spell")
    frame = pl.DataFrame(
        {
            "row": table.row,
            "person": person,
            "kind": kind,
            "first": first,
            "after": last.dt.offset_by("1d"),
            "attrs": _attributes(table, kind, table.known.words.vocabulary.spells),
            "recorded": table.day("registreret"),
            "source": table.source(),
        }
    )
    return _keyed(table, "spell", frame, ["person", "kind", "first"])


def events(table: Table) -> Lines:
    """What happened on a day."""
    person = table.person()
    kind = _kind(table, "event")
    frame = pl.DataFrame(
        {
            "row": table.row,
            "person": person,
            "kind": kind,
            "first": table.day("dato", past=True),
            "attrs": _attributes(table, kind, table.known.words.vocabulary.events),
            "recorded": table.day("registreret"),
            "source": table.source(),
        }
    )
    return _keyed(table, "event", frame, ["person", "kind", "first"])


def facts(table: Table) -> Lines:
    """Values of fields; an empty cell says that nobody knows. A judged field says who judged."""
    person = table.person()
    first, last = table.day("fra"), table.day("til")
    table.faults.add(last < first, "til", "backwards", last)
    field = table.read("felt", pl.String, table.known.words.kinds("field"))
    author = table.text("af").str.slice(0, 80)
    judged = [name for name, one in table.known.words.vocabulary.fields.items() if one.kind == "judged"]
    table.faults.add(field.is_in(judged) & author.is_null(), "af", "by_whom")
    frame = pl.DataFrame(
        {
            "row": table.row,
            "person": person,
            "field": field,
            "value": _values(table, field),
            "first": first,
            "after": last.dt.offset_by("1d"),
            "author": author,
            "purpose": table.text("formaal").str.slice(0, 200),
            "recorded": table.day("registreret"),
            "source": table.source(),
        }
    )
    return _keyed(table, "fact", frame, ["person", "field", "first"])


def reimbursements(table: Table) -> Lines:
    """Lines of the state's extract, in øre."""
    number = table.person("cpr_nummer", among=False)
    week = table.read("uge", pl.Date, cellvalues.week_of)
    frame = pl.DataFrame(
        {
            "row": table.row,
            "person_number": number.cast(pl.String).str.zfill(10),
            "week": week,
            "benefit": table.text("ydelse").str.slice(0, 80),
            "persons": table.read("antal", pl.Int32, cellvalues.count_of),
            "total": _money(table, "total"),
            "reimbursed": _money(table, "refusion"),
            "own_share": _money(table, "medfinansiering"),
            "paid_by": table.text("finansiering_kommunenavn").str.slice(0, 60),
        }
    )
    return _keyed(table, "reimbursement", frame, ["week", "benefit", "person_number", "paid_by"])


def _money(table: Table, name: str) -> pl.Series:
    column = table.text(name)
    comma = bool(column.str.contains(",", literal=True).any())
    return cellvalues.read(column, pl.Int64, cellvalues.money_of(comma), table.faults, name)


def _kind(table: Table, what: str) -> pl.Series:
    if table.spec.kind is not None:
        return pl.Series("kind", [table.spec.kind], dtype=pl.String).new_from_index(0, table.frame.height)
    return table.read("art", pl.String, table.known.words.kinds(what)).alias("kind")


def _attributes(table: Table, kind: pl.Series, kinds: Mapping[str, Any]) -> pl.Series:
    """The attributes of each row as JSON: every different set of cells is read once."""
    names = [name for name in table.frame.columns if name.startswith("@")]
    known = {"@" + attr for one in kinds.values() for attr in one.attrs}
    cells = pl.DataFrame({"kind": kind, **{name: table.text(name) for name in names if name in known}})
    sets = cells.unique()
    columns = [name for name in cells.columns if name != "kind"]
    said: list[str | None] = []
    for one in sets.iter_rows(named=True):
        told, wrong = _set(table, one, columns, kinds)
        said.append(told)
        for name, error in wrong:
            where = cells.select(pl.all_horizontal(pl.col(c).eq_missing(v) for c, v in one.items())).to_series()
            if isinstance(error, UnfitValueError):
                table.faults.unfit(where, name[1:], one[name], error)
            else:
                table.faults.add(where, name[1:], "not_an_attribute", one[name], more=error)
    if not columns and sets.height == 1:
        return pl.Series("attrs", ["{}"], dtype=pl.String).new_from_index(0, cells.height)
    sets = sets.with_columns(pl.Series("attrs", said, dtype=pl.String))
    return cells.join(sets, on=cells.columns, how="left", nulls_equal=True, maintain_order="left")["attrs"]


def _set(
    table: Table, one: dict[str, Any], columns: list[str], kinds: Mapping[str, Any]
) -> tuple[str | None, list[tuple[str, UnfitValueError | str]]]:
    """A set of cells as JSON, and what is wrong with it: a sentence's error, or the kind that has no such attribute."""
    kind = kinds.get(one["kind"] or "")
    values: dict[str, Any] = {}
    wrong: list[tuple[str, UnfitValueError | str]] = []
    for name in columns:
        if one[name] is None or kind is None:
            continue
        if name[1:] not in kind.attrs:
            wrong.append((name, kind.name))
            continue
        try:
            values[name[1:]] = table.known.words.value(one[name], kind.attrs[name[1:]])
        except UnfitValueError as error:
            wrong.append((name, error))
    return json.dumps(values, ensure_ascii=False, sort_keys=True), wrong


def _values(table: Table, field: pl.Series) -> pl.Series:
    """The value of each row as JSON, by the type of its field."""
    cells = pl.DataFrame({"field": field, "given": table.text("vaerdi")})
    pairs = cells.unique()
    said: list[str | None] = []
    for one in pairs.iter_rows(named=True):
        name, given = one["field"], one["given"]
        if name is None or given is None:
            said.append("null" if given is None else None)
            continue
        try:
            said.append(json.dumps(table.known.words.fact(given, name), ensure_ascii=False))
        except UnfitValueError as error:
            said.append(None)
            table.faults.unfit((cells["field"] == name) & (cells["given"] == given), "vaerdi", given, error)
    pairs = pairs.with_columns(pl.Series("value", said, dtype=pl.String))
    return cells.join(pairs, on=["field", "given"], how="left", nulls_equal=True, maintain_order="left")["value"]


def _keyed(table: Table, shape: str, frame: pl.DataFrame, by: list[str]) -> Lines:
    """The good rows with their keys, in the order of persons and days, which keeps a case together on disk."""
    ids = table.text("id") if "id" in table.spec.columns else None
    kept = table.faults.good()
    good, named = (frame, ids) if kept is None else (frame.filter(kept), None if ids is None else ids.filter(kept))
    repeats = 0
    while True:
        key, repeated = keys(mixed([good[name] for name in by], shape), named, table.spec.name)
        keyed = good.with_columns(key.alias("key"))
        if repeated is None:
            break
        said = pl.struct(pl.exclude("row"))
        told = keyed.with_columns(
            repeated.alias("repeated"),
            (said == said.first().over("key")).alias("same"),
            named.alias("id"),  # type: ignore[union-attr]
        )
        for row, one in told.filter(pl.col("repeated") & ~pl.col("same")).select("row", "id").iter_rows():
            table.faults.at(row, "id", "id_twice", one)
        repeats = told.filter(pl.col("repeated") & pl.col("same")).height
        good, named = good.filter(~repeated), named.filter(~repeated)  # type: ignore[union-attr]
    order = [name for name in ("person", "week", "first") if name in keyed.columns]
    return Lines({shape: counted(keyed.sort(order))}, faults=table.faults.rows, repeats=repeats)


READERS = {
    "oplysninger": facts, "refusion": reimbursements, "samtaler": events, "haendelser": events, "anmodninger": events,
    "maalgrupper": spells, "ydelser": spells, "tilbud": spells, "fravaer": spells, "perioder": spells,
}  # fmt: skip
"""How each of these tables is read."""
