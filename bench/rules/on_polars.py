"""The ten rules in Polars: lazy, in memory, one ``with_columns`` for each level of dependence."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from bench.measure import checksum, repeated
from bench.rules import terms as t
from bench.rules.people_files import expect, read_people

c = pl.col


def small(value: int) -> pl.Expr:
    """A literal that does not widen the 16-bit column it meets."""
    return pl.lit(value, pl.Int16)


def index(cell: pl.Expr) -> pl.Expr:
    """A small whole number as Polars wants positions; unchecked, which is four times faster."""
    return cell.cast(pl.UInt32, wrap_numerical=True)


def plan(frame: pl.DataFrame, tables: dict[str, Any], on: int) -> pl.LazyFrame:
    """The query, not yet run."""
    needed = pl.Series(np.array(tables["samtaler_paakraevet"], np.int8).ravel())
    offers = pl.Series(np.array(tables["tilbud_grund"], np.int16).ravel())
    groups, bands = len(tables["samtaler_paakraevet"][0]), 3
    young, middle, old = (pl.lit(band, pl.Int8) for band in range(bands))
    percent = pl.when(c("akkumuleret") <= t.STEPS[0][0]).then(small(t.STEPS[0][1]))
    for weeks, rate in t.STEPS[1:]:
        percent = percent.when(c("akkumuleret") <= weeks).then(small(rate))
    refunded = (c("refusionsprocent").cast(pl.Int32) // 100 * c("ugesats") * 2 + 100) // 200  # within 32 bits
    pace = (c("samtaler").cast(pl.Int16) + 1) * t.WINDOW
    return (
        frame.lazy()
        .with_columns(
            band=pl.when(c("alder") < t.YOUNG).then(young).when(c("alder") < t.OLD).then(middle).otherwise(old),
            near_job=c("gruppe").is_in([t.DP, t.KH_JOBPARAT, t.UDD_PARAT]),
            sick=c("gruppe").is_in([t.SYG, t.JAF]),
            cell=c("ordning") * groups + c("gruppe"),
            weeks=pl.min_horizontal(c("uger_forloeb"), small(t.WINDOW)),
            last=c("foerste_henvendelse")
            + pl.when(c("gruppe") == t.DP).then(pl.lit(t.FIRST_DP, pl.Int32)).otherwise(pl.lit(t.FIRST, pl.Int32)),
            refusionsprocent=percent.otherwise(small(t.LAST_STEP)),
        )
        .with_columns(
            samtaler_paakraevet=pl.lit(needed).gather(index(c("cell") * bands + c("band"))),
            ground=pl.lit(offers).gather(index(c("cell"))),
            undtaget=c("forventet_uger")
            < pl.when((c("ordning") == t.TRIAL) & c("near_job")).then(small(t.SHORT)).otherwise(small(t.LONG)),
            weekday=c("last").cast(pl.Date).dt.weekday().cast(pl.Int32),
            sygerevurdering=c("sick") & (c("sygeuge") >= t.REVALUATION) & ~(c("forventet_uger") <= t.SOON_WELL),
            nettoudgift=c("ugesats") - refunded,
        )
        .with_columns(
            samtale_mangler=(c("samtaler_paakraevet") > c("samtaler"))
            & ~c("undtaget")
            & (pace <= c("samtaler_paakraevet").cast(pl.Int16) * c("weeks")),
            foerste_frist=pl.when(c("weekday") >= 6).then(c("last") + 8 - c("weekday")).otherwise(c("last")),
            tilbud_uge=pl.when((c("band") == 0) & ~c("uddannelse")).then(c("ground") // 2).otherwise(c("ground")),
        )
        .with_columns(
            foerste_overskredet=~c("foerste_holdt") & ~c("undtaget") & (c("foerste_frist") < on),
            tilbud_overskredet=(c("tilbud_uger") == 0) & ~c("undtaget") & (c("uger_forloeb") > c("tilbud_uge")),
        )
        .select(list(t.RESULTS))
    )


def run(folder: str, sums: dict[str, int], tables: dict[str, Any], on: int, **_: Any) -> dict[str, Any]:
    """Times from columns in memory to all ten result columns in memory."""
    frame = pl.DataFrame(read_people(folder)).rechunk()

    def answered() -> pl.DataFrame:
        return plan(frame, tables, on).collect(engine="in-memory")

    found = answered()
    expect({name: checksum(found[name].to_numpy()) for name in t.RESULTS}, sums)
    return {"times": repeated(answered), "version": pl.__version__}
