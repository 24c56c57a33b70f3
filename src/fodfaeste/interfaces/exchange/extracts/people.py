"""Citizens, caseworkers, appointments, words and steps: tables that are not lines of the law's case."""

from __future__ import annotations

import datetime as dt

import polars as pl

from fodfaeste.interfaces.exchange.extracts import cellvalues
from fodfaeste.interfaces.exchange.extracts.keys import keys, mixed
from fodfaeste.interfaces.exchange.extracts.reading import Known, Lines, Table

_ZONE = "Europe/Copenhagen"
_FORMS = {
    "fysisk": "fysisk", "fysisk møde": "fysisk", "fysisk fremmøde": "fysisk", "møde": "fysisk",
    "telefon": "telefon", "telefonisk": "telefon", "video": "video",
}  # fmt: skip
_WORDS = {"mål": "goal", "maal": "goal", "mit mål": "goal", "situation": "situation", "min situation": "situation"}
_OWNERS = {"borger": "borger", "borgeren": "borger", "kommune": "kommune", "kommunen": "kommune"}
_OLDEST = 120


def staff(table: Table) -> Lines:
    """Caseworkers. They cannot sign in until somebody gives them a way to."""
    username = table.text("brugernavn").str.to_lowercase()
    elsewhere = username.is_in(list(table.known.elsewhere))
    table.faults.add(elsewhere, "brugernavn", "user_elsewhere", username)
    frame = table.good(
        pl.DataFrame(
            {
                "row": table.row,
                "username": username,
                "first_name": table.text("fornavn").str.slice(0, 150),
                "last_name": table.text("efternavn").str.slice(0, 150),
                "team": table.text("team").str.slice(0, 60),
            }
        )
    )
    kept = frame.unique("username", keep="first", maintain_order=True)
    table.known.users |= set(kept["username"])
    return Lines({"staff": counted(kept)}, faults=table.faults.rows, repeats=frame.height - kept.height)


def citizens(table: Table) -> Lines:
    """Citizens, and their day of birth as a fact: the given one, else what the person number says."""
    person = table.person(among=False)
    given = table.text("personnummer")
    born = table.day("foedselsdato", past=True)
    caseworker = table.text("sagsbehandler").str.to_lowercase()
    table.faults.add(caseworker.is_not_null() & ~caseworker.is_in(list(table.known.users)), "sagsbehandler",
                     "unknown_user", caseworker)  # fmt: skip
    opened, closed = table.day("sag_aabnet"), table.day("sag_lukket")
    table.faults.add(closed < opened, "sag_lukket", "backwards", closed)
    frame = pl.DataFrame(
        {
            "row": table.row,
            "person": person,
            "name": table.text("navn").str.slice(0, 120),
            "born": born.rename("born").zip_with(born.is_not_null(), _born(person, table.known.day)),
            "phone": table.text("telefon").str.slice(0, 30),
            "protected": table.read("beskyttet", pl.Boolean, cellvalues.truth_of),
            "opened": opened,
            "closed": closed,
            "caseworker": caseworker,
        }
    )
    first = pl.col("row").first().over("person")
    said = pl.struct(pl.exclude("row"))
    if frame["person"].drop_nulls().is_duplicated().any():
        told = frame.with_columns(first.alias("first"), (said == said.first().over("person")).alias("same"))
        other = told["person"].is_not_null() & (told["row"] != told["first"]) & ~told["same"]
        table.faults.add(other, "personnummer", "person_twice", told["first"].cast(pl.String))
    del given
    good = table.good(frame)
    kept = good.unique("person", keep="first", maintain_order=True)
    table.known.people = pl.concat([table.known.people, kept["person"]]).unique()
    births = kept.filter(pl.col("born").is_not_null())
    base = mixed([births["person"], pl.Series(["foedt"] * births.height)], "fact")
    fact = births.select(
        "row", pl.lit(0).alias("rows"), "person", pl.lit("foedt").alias("field"),
        ('"' + pl.col("born").dt.strftime("%Y-%m-%d") + '"').alias("value"),
        keys(base, None, "borgere")[0].alias("key"), pl.lit("CPR").alias("source"),
    )  # fmt: skip
    return Lines({"people": counted(kept), "fact": fact}, faults=table.faults.rows, repeats=good.height - kept.height)


def _born(person: pl.Series, day: dt.date) -> pl.Series:
    """The day of birth a person number tells: the seventh digit gives the century; null where it tells none."""
    frame = pl.DataFrame({"p": person}).with_columns(
        (pl.col("p") // 10**8 % 60).alias("d"), (pl.col("p") // 10**6 % 100).alias("m"),
        (pl.col("p") // 10**4 % 100).alias("y"), (pl.col("p") // 1000 % 10).alias("c"),
    )  # fmt: skip
    late = pl.col("y") <= 36  # for 4 and 9
    century = (
        pl.when(pl.col("c") <= 3).then(1900)
        .when(pl.col("c").is_in([4, 9])).then(pl.when(late).then(2000).otherwise(1900))
        .otherwise(pl.when(pl.col("y") <= 57).then(2000).otherwise(1800))
    )  # fmt: skip
    told = frame.select(
        pl.format("{}-{}-{}", century + pl.col("y"), pl.col("m"), pl.col("d")).str.to_date("%Y-%m-%d", strict=False)
        .alias("born")
    ).to_series()  # fmt: skip
    lived = (pl.lit(day) - told).dt.total_days()
    likely = pl.select(lived.is_between(0, int(_OLDEST * 365.25))).to_series() if len(told) else told.is_not_null()
    return pl.select(pl.when(likely).then(told).otherwise(None)).to_series()


def appointments(table: Table) -> Lines:
    """Conversations agreed for a time."""
    person = table.person()
    caseworker = table.text("sagsbehandler").str.to_lowercase()
    table.faults.add(caseworker.is_not_null() & ~caseworker.is_in(list(table.known.users)), "sagsbehandler",
                     "unknown_user", caseworker)  # fmt: skip
    at = table.read("tidspunkt", pl.Datetime, cellvalues.time_of)
    frame = pl.DataFrame(
        {
            "row": table.row,
            "person": person,
            "caseworker": caseworker,
            "at": _zoned(at),
            "form": table.read("form", pl.String, cellvalues.choice_of(_FORMS, "a way to meet")),
            "place": table.text("sted").str.slice(0, 80),
            "cancelled": _zoned(table.day("aflyst").cast(pl.Datetime)),
        }
    )
    return _once(table, "appointment", frame, ["person", "at"])


def words(table: Table) -> Lines:
    """What citizens wrote about their goal and situation; without a word on which, it is the goal."""
    kind = table.read("art", pl.String, cellvalues.choice_of(_WORDS, "goal or situation"))
    missing = kind.is_null() & cellvalues.text(table.frame, "art").is_null()
    frame = pl.DataFrame(
        {
            "row": table.row,
            "person": table.person(),
            "kind": kind.zip_with(~missing, pl.Series(["goal"] * len(kind), dtype=pl.String)),
            "text": table.text("tekst"),
            "written": _zoned(table.day("skrevet", past=True).cast(pl.Datetime)),
        }
    )
    return _once(table, "words", frame, ["person", "kind", "text", "written"])


def steps(table: Table) -> Lines:
    """Steps of plans."""
    frame = pl.DataFrame(
        {
            "row": table.row,
            "person": table.person(),
            "text": table.text("tekst").str.slice(0, 300),
            "owner": table.read("hvem", pl.String, cellvalues.choice_of(_OWNERS, "borger or kommune")),
            "first": table.day("dato"),
            "reason": table.text("begrundelse").str.slice(0, 300),
            "agreed": table.read("aftalt", pl.Boolean, cellvalues.truth_of),
            "done": table.day("udfoert", past=True),
        }
    )
    return _once(table, "step", frame, ["person", "text"])


def _once(table: Table, shape: str, frame: pl.DataFrame, by: list[str]) -> Lines:
    """Rows that name the same thing in the same words are one; with other words, the later is at fault."""
    key = pl.struct(by)
    if frame.select(key.is_duplicated().any()).item():
        said = pl.struct(pl.exclude("row"))
        told = frame.with_columns(
            pl.col("row").first().over(by).alias("first"), (said == said.first().over(by)).alias("same")
        )
        other = (told["row"] != told["first"]) & ~told["same"] & told["person"].is_not_null()
        table.faults.add(other, by[-1], "contradicts", "række " + told["first"].cast(pl.String))
    good = table.good(frame)
    kept = good.unique(by, keep="first", maintain_order=True)
    return Lines({shape: counted(kept)}, faults=table.faults.rows, repeats=good.height - kept.height)


def _zoned(times: pl.Series) -> pl.Series:
    return times.dt.replace_time_zone(_ZONE, ambiguous="earliest", non_existent="null")


def counted(frame: pl.DataFrame) -> pl.DataFrame:
    """Lines that stand for one row each."""
    return frame.with_columns(pl.lit(1).alias("rows"))


READERS = {"medarbejdere": staff, "borgere": citizens, "aftaler": appointments, "maal": words, "skridt": steps}
"""How each of these tables is read."""

__all__ = ["READERS", "Known", "counted"]
