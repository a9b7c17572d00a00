"""30 cross-tables over 1,000,000 rows: ours beside plain Polars and DuckDB, persons and turns, in one run."""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable
from itertools import combinations
from typing import Any

import duckdb
import numpy as np
import polars as pl

from hientai.engines.cube import Bands, Column, CrossTable, Persons, Table, Turns, count

EDGES = (30, 35, 40, 45, 50, 55)
CATEGORIES = {
    "sex": 2,
    "block": 4,
    "degree": 6,
    "theory": 4,
    "rating": 5,
    "province": 34,
    "tier": 5,
    "ethnic": 54,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How often and how large."""
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--rows", type=int, default=1_000_000)


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Medians of interleaved repetitions; every answer is compared with plain Polars before it counts."""
    one_each, several = snapshot(options.rows, options.rows), snapshot(options.rows, options.rows // 4)
    persons, turns = tables(Persons), tables(Turns)
    _agree(several, persons, "n_unique"), _agree(one_each, turns, "len")
    works: dict[str, Callable[[], Any]] = {
        "30 tables of persons, one row each": lambda: count(one_each, persons, "person"),
        "30 tables of turns": lambda: count(several, turns, "person"),
        "30 tables of distinct persons, four rows each": lambda: count(several, persons, "person"),
        "Polars group_by, turns, no totals": lambda: plain(several, persons, "len"),
        "Polars group_by, distinct persons, no totals": lambda: plain(several, persons, "n_unique"),
        "DuckDB group by, turns, no totals": lambda: by_duckdb(several, persons, "count(*)"),
    }
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for _ in range(options.repetitions):
        for name, work in works.items():
            wall, cpu = time.perf_counter(), time.process_time()
            work()
            taken[name].append((time.perf_counter() - wall, time.process_time() - cpu))
    rows = [
        {
            "name": name,
            "seconds": round(statistics.median(wall for wall, _ in seconds), 3),
            "cpu_seconds": round(statistics.median(cpu for _, cpu in seconds), 3),
            "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
        for name, seconds in taken.items()
    ]
    return {"rows": rows, "ratio_to_peer": round(rows[1]["seconds"] / rows[3]["seconds"], 3)}


def snapshot(size: int, people: int) -> pl.DataFrame:
    """Categories, an age, a year; a twentieth of one column unknown; about size / people rows a person."""
    draw = np.random.default_rng(1)
    of = np.arange(size) if people == size else draw.integers(0, people, size)
    columns: dict[str, Any] = {"person": of}
    for name, width in CATEGORIES.items():
        names = np.array([f"{name} {i:02d}" for i in range(width)])
        columns[name] = names[draw.integers(0, width, size)]
    frame = pl.DataFrame(
        columns | {"age": draw.integers(22, 62, size), "year": draw.integers(2015, 2027, size)}
    )
    unknown = pl.Series(draw.random(size) < 0.05)
    return frame.with_columns(degree=pl.when(unknown).then(None).otherwise(pl.col("degree")))


def tables(kind: type[Persons] | type[Turns]) -> list[CrossTable]:
    """Thirty pairs of ten dimensions."""
    dimensions = [*(Column(name) for name in CATEGORIES), Column("year"), Bands("age", EDGES)]
    return [
        CrossTable(f"{i}", kind, a, b) for i, (a, b) in enumerate(list(combinations(dimensions, 2))[-30:])
    ]


def _key(dimension: Any) -> pl.Expr:
    if isinstance(dimension, Column):
        return pl.col(dimension.column).alias(f"by {dimension.column}")
    return pl.col("age").cut([edge - 0.5 for edge in EDGES]).alias("by age")


def plain(frame: pl.DataFrame, wanted: list[CrossTable], how: str) -> list[pl.DataFrame]:
    """The same cells, without totals and lists, as one would write them."""
    number = pl.len() if how == "len" else pl.col("person").n_unique()
    lazy = frame.lazy()
    return pl.collect_all([lazy.group_by(_key(t.rows), _key(t.columns)).agg(n=number) for t in wanted])


def by_duckdb(frame: pl.DataFrame, wanted: list[CrossTable], number: str) -> None:
    """The same cells in SQL over the same frame."""

    def key(dimension: Any) -> str:
        if isinstance(dimension, Column):
            return dimension.column
        return "case " + " ".join(f"when age < {edge} then {edge}" for edge in EDGES) + " else 99 end"

    connection = duckdb.connect()
    connection.register("frame", frame.to_arrow())
    connection.execute("create table people as select * from frame")
    for table in wanted:
        connection.execute(
            f"select {key(table.rows)}, {key(table.columns)}, {number} from people group by 1, 2"
        ).fetchall()


def _agree(frame: pl.DataFrame, wanted: list[CrossTable], how: str) -> None:
    ours = count(frame, wanted, "person")
    for table, other in zip(ours, plain(frame, wanted, how), strict=True):
        assert _cells(table) == sorted(other["n"].to_list()), table.name


def _cells(table: Table) -> list[int]:
    return sorted(cell.count for row in table.cells for cell in row if cell.count)
