"""Everybody by 40 standards: ours beside a hand-written numba floor, DuckDB and plain Python, in one run."""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from functools import partial
from typing import Any

import duckdb
import numba
import numpy as np
import polars as pl

from hientai.engines.criteria.explain import explain
from hientai.engines.criteria.judge import verdict_of
from hientai.engines.criteria.tree import (
    All,
    AnyOf,
    Citation,
    Criterion,
    Node,
    Operator,
    Parameter,
    Standard,
)
from hientai.engines.facts.catalogue import Catalogue
from hientai.engines.facts.fact import Fact, FactType
from hientai.engines.facts.snapshot import PERSON, POLARS_TYPES, Snapshot
from hientai.engines.screening.impact import impact
from hientai.engines.screening.screen import screen
from hientai.engines.screening.sql import verdict_sql
from hientai.engines.wording import Sentence

FACTS, STANDARDS, CRITERIA, DISTINCT = 25, 40, 9, 57
DAY, HERE, TEXT = date(2026, 1, 1), Citation("benchmark"), Sentence("")
NUMBERS = tuple(f"number_{n:02d}" for n in range(19))
TRUTHS = tuple(f"truth_{n}" for n in range(FACTS - len(NUMBERS)))
PYTHON_PEOPLE = 2_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How often and how many people."""
    parser.add_argument("--repetitions", type=int, default=7)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument(
        "--peers",
        action="store_true",
        help="OpenFisca (in .venv-openfisca, made when asked) and PostgreSQL too",
    )


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Medians of interleaved repetitions; the answers of all are compared before any of them counts."""
    snapshot = people(options.people)
    standards = rules()
    few = Snapshot(snapshot.frame.head(100_000), snapshot.catalogue, DAY)
    rows = [few.of_person(person) for person in range(PYTHON_PEOPLE)]
    floor, query = Floor(snapshot, standards), by_duckdb(snapshot, standards)
    agree(snapshot, standards, floor, query, rows)
    works: dict[str, Callable[[], Any]] = {
        "ours: every verdict, plain and confirmed": lambda: screen(standards, snapshot),
        "floor: numba, bit-sliced, every verdict": floor.verdicts,
        "DuckDB SQL, every verdict": query,
        f"plain Python, {PYTHON_PEOPLE:,} people": lambda: [
            verdict_of(standard, row) for row in rows for standard in standards
        ],
        "ours: one person explained, 1,000 times": lambda: [
            explain(standards[0], row, snapshot.catalogue, DAY) for row in rows[:1000]
        ],
        "ours: impact of a document on 100,000 people": lambda: impact(standards[0], standards[1], few),
    }
    with ExitStack() as opened:
        peers = beside(snapshot, standards, opened) if options.peers else {}
        measured = interleaved(works | peers, options.repetitions)
    ours, numba_floor, duck = (measured[n]["seconds"] for n in range(3))
    cpu = [row["cpu_seconds"] for row in measured[: len(works)]]
    return {
        "rows": measured,
        "people": options.people,
        "ratio_to_floor": round(ours / numba_floor, 2),
        "ratio_to_floor_cpu": round(cpu[0] / cpu[1], 2),
        "ratio_to_peer": round(ours / duck, 4),
        "explained_ms_per_person": round(measured[4]["seconds"], 3),
        "explained_cpu_ms_per_person": round(cpu[4], 3),
        **{
            f"times_ours_{row['name'].split(',')[0].lower()}": round(row["seconds"] / ours, 1)
            for row in measured[len(works) :]
            if "seconds" in row
        },
    }


def beside(
    snapshot: Snapshot, standards: list[Standard], opened: ExitStack
) -> dict[str, Callable[[], dict[str, Any]]]:
    """OpenFisca and PostgreSQL on the same people and standards; they stop the run where they count otherwise."""
    from benchmarks.peers.screening import Missing, openfisca, postgres

    found = screen(standards, snapshot)
    wanted = [[c.met, c.not_met] for c in map(found.counts, standards)]
    works: dict[str, Callable[[], dict[str, Any]]] = {}

    def agreeing(name: str, ask: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        answer = ask()
        assert answer.pop("counts") == wanted, name
        return answer

    for name, peer in (("OpenFisca", openfisca), ("PostgreSQL", postgres)):
        try:
            ask = opened.enter_context(peer(snapshot, standards))
        except Missing as why:
            works[f"{name}, missing: {why}"] = dict
            continue
        works[f"{name}, every verdict"] = partial(agreeing, name, ask)
    return works


def interleaved(works: dict[str, Callable[[], Any]], repetitions: int) -> list[dict[str, Any]]:
    """Wall and CPU seconds of each work, medians, one after the other in every repetition; a work of another process
    says its own."""
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in works}
    for _ in range(repetitions):
        for name, work in works.items():
            wall, cpu = time.perf_counter(), time.process_time()
            told = work()
            own = {"seconds": time.perf_counter() - wall, "cpu_seconds": time.process_time() - cpu}
            own["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            taken[name].append(told if isinstance(told, dict) else own)
    return [
        {"name": name, **{key: round(statistics.median(one[key] for one in many), 4) for key in many[0]}}
        for name, many in taken.items()
    ]


def people(count: int) -> Snapshot:
    """Numbers 0 to 99 and truths, a twentieth of each unknown."""
    draw = np.random.default_rng(1)
    columns = {PERSON: pl.Series(np.arange(count))}
    for code in (*NUMBERS, *TRUTHS):
        truth = code in TRUTHS
        values = draw.random(count) < 0.9 if truth else draw.integers(0, 100, count)
        known = pl.Series(draw.random(count) >= 0.05)
        kind = POLARS_TYPES[FactType.BOOLEAN if truth else FactType.INTEGER]
        columns[code] = pl.select(
            pl.when(known).then(pl.Series(values)).otherwise(None).cast(kind)
        ).to_series()
    catalogue = Catalogue(
        Fact(code, TEXT, FactType.BOOLEAN if code in TRUTHS else FactType.INTEGER, TEXT, TEXT, TEXT)
        for code in (*NUMBERS, *TRUTHS)
    )
    return Snapshot(pl.DataFrame(columns), catalogue, DAY)


def rules() -> list[Standard]:
    """40 standards of 9 criteria out of 57 distinct ones: seven must hold, one of the last two is enough."""
    draw = np.random.default_rng(2)
    distinct = [criterion(code, Operator.IS_TRUE, True) for code in TRUTHS]
    while len(distinct) < DISTINCT:
        code, bound = str(draw.choice(NUMBERS)), int(draw.integers(5, 40))
        found = criterion(code, Operator.AT_LEAST, bound)
        if found not in distinct:
            distinct.append(found)
    standards = []
    for number in range(STANDARDS):
        chosen = [distinct[place] for place in draw.choice(DISTINCT, CRITERIA, replace=False)]
        rule: Node = All("rule", TEXT, HERE, (*chosen[:7], AnyOf("either", TEXT, HERE, tuple(chosen[7:]))))
        standards.append(Standard(f"s{number}", TEXT, f"d{number}", rule))
    return standards


def criterion(code: str, operator: Operator, required: int | bool) -> Criterion:
    """One verified comparison."""
    return Criterion(
        f"{code}_{required}", TEXT, HERE, code, operator, Parameter("", required, "", HERE, True)
    )


def by_duckdb(snapshot: Snapshot, standards: list[Standard]) -> Callable[[], pl.DataFrame]:
    """The same verdicts as one SQL statement over a DuckDB table."""
    connection = duckdb.connect(":memory:")
    connection.register("given", snapshot.frame.to_arrow())
    connection.execute("CREATE TABLE everybody AS SELECT * FROM given")
    columns = ", ".join(f"{verdict_sql(standard.rule)} AS {standard.code}" for standard in standards)

    def query() -> pl.DataFrame:
        table = connection.sql(f"SELECT {columns} FROM everybody").to_arrow_table()
        return pl.DataFrame(pl.from_arrow(table))

    return query


class Floor:
    """What is left when everything is fixed beforehand: arrays in, 64 people a word, two bits a criterion."""

    def __init__(self, snapshot: Snapshot, standards: list[Standard]) -> None:
        frame = snapshot.frame
        self.size = len(snapshot)
        codes = (*NUMBERS, *TRUTHS)
        padded = -(-self.size // 64) * 64
        self.values = np.zeros((len(codes), padded), dtype=np.int32)
        self.known = np.zeros((len(codes), padded // 64), dtype=np.uint64)
        for place, code in enumerate(codes):
            self.values[place, : self.size] = frame[code].fill_null(0).cast(pl.Int32).to_numpy()
            bits = np.zeros(padded, dtype=np.bool_)
            bits[: self.size] = frame[code].is_not_null().to_numpy()
            self.known[place] = np.packbits(bits, bitorder="little").view(np.uint64)
        distinct = list(dict.fromkeys(c.comparison for standard in standards for c in standard.criteria()))
        places = {comparison: place for place, comparison in enumerate(distinct)}
        self.facts = np.array([codes.index(code) for code, _, _ in distinct], dtype=np.int64)
        self.bounds = np.array([int(required) for _, _, required in distinct], dtype=np.int32)  # type: ignore[arg-type]
        self.rule = np.array([[places[c.comparison] for c in standard.criteria()] for standard in standards])

    def verdicts(self) -> tuple[np.ndarray, np.ndarray]:
        """Bits met and bits not met, standards x words of 64 people."""
        return _bit_sliced(self.values, self.known, self.facts, self.bounds, self.rule)


@numba.njit(parallel=True)  # type: ignore[untyped-decorator]
def _bit_sliced(values, known, facts, bounds, rule):  # type: ignore[no-untyped-def]
    words = known.shape[1]
    met = np.empty((rule.shape[0], words), dtype=np.uint64)
    failed = np.empty((rule.shape[0], words), dtype=np.uint64)
    for block in numba.prange(numba.get_num_threads()):
        yes = np.empty(facts.shape[0], dtype=np.uint64)
        no = np.empty(facts.shape[0], dtype=np.uint64)
        held = np.empty(64, dtype=np.uint8)
        eights = held.view(np.uint64)
        share = words // numba.get_num_threads() + 1
        for word in range(block * share, min((block + 1) * share, words)):
            for place in range(facts.shape[0]):
                column, bound = values[facts[place], word * 64 : word * 64 + 64], bounds[place]
                for bit in range(64):
                    held[bit] = column[bit] >= bound
                packed = np.uint64(0)
                for eight in range(8):
                    byte = (eights[eight] * np.uint64(0x0102040810204080)) >> np.uint64(56)
                    packed |= byte << np.uint64(eight * 8)
                seen = known[facts[place], word]
                yes[place] = packed & seen
                no[place] = ~packed & seen
            for standard in range(rule.shape[0]):
                every, some_failed = ~np.uint64(0), np.uint64(0)
                for part in range(7):
                    every &= yes[rule[standard, part]]
                    some_failed |= no[rule[standard, part]]
                met[standard, word] = every & (yes[rule[standard, 7]] | yes[rule[standard, 8]])
                failed[standard, word] = some_failed | (no[rule[standard, 7]] & no[rule[standard, 8]])
    return met, failed


def agree(
    snapshot: Snapshot,
    standards: list[Standard],
    floor: Floor,
    query: Callable[[], pl.DataFrame],
    rows: list[dict[str, Any]],
) -> None:
    """Stops where any two of the four disagree about anybody."""
    found = screen(standards, snapshot).verdicts
    met, failed = floor.verdicts()
    answered = query()
    for number, standard in enumerate(standards):
        ours = found[standard.key]
        for bits, wanted in ((met[number], ours), (failed[number], ~ours)):
            unpacked = np.unpackbits(bits.view(np.uint8), bitorder="little")[: floor.size].astype(bool)
            assert np.array_equal(unpacked, wanted.fill_null(False).to_numpy()), standard.key
        assert answered[standard.code].equals(ours, check_names=False, null_equal=True), standard.key
        words = [None if bit is None else "met" if bit else "not_met" for bit in ours.head(len(rows))]
        assert words == [v if (v := verdict_of(standard, row).value) != "unknown" else None for row in rows]
