"""25 facts of everybody as of a day from about 17 rows of history a person: ours beside a numba floor, in one run."""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from benchmarks.floors.facts import Histories, one_pass
from hientai.engines.facts.compute import compute
from hientai.engines.facts.kept import PREPARED
from hientai.engines.facts.opening import Tables, prepared
from hientai.engines.facts.snapshot import PERSON
from hientai.engines.facts.standard import standard_catalogue

DAY = date(2025, 1, 15)
FACTS = (
    "age_years", "age_months", "months_to_retirement", "terms_left", "service_months", "party_months",
    "ethnic_minority", "title_rank", "months_in_position", "consecutive_terms", "concurrent_posts", "posts_held",
    "leads_now", "ever_rotated", "months_leadership", "months_at_commune", "professional_rank",
    "political_theory_rank", "state_management_rank", "rating_last", "rating_lowest_3_years", "good_years_in_row",
    "discipline_in_force", "disciplines", "planned_slots",
)  # fmt: skip
ROWS_TOGETHER = 65_536  # in a Parquet file, as `foundation.snapshot.generation` writes them
KINDS = ("appointed", "elected", "acting", "rotated")
LEVELS = ("central", "province", "district", "commune")
STUDIES = (
    "general",
    "professional",
    "political_theory",
    "state_management",
    "foreign_language",
    "informatics",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How often and how many people."""
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--people", type=int, default=1_000_000)


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Medians of interleaved repetitions; the floor's answers are compared with ours before any of them counts."""
    catalogue = standard_catalogue().only(FACTS)
    tables = histories(options.people)
    rows = sum(frame.height for frame in tables.values())
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        ready = stored(prepared(tables), Path(folder))
        joining = time.process_time() - started
        floor = Histories(tables)
        agree(compute(catalogue, ready, DAY).frame, one_pass(floor, DAY))
        changed = list(range(0, options.people, max(options.people // 1000, 1)))[:1000]
        few = {name: frame.filter(pl.col(PERSON).is_in(changed)) for name, frame in tables.items()}
        works: dict[str, Callable[[], Any]] = {
            "ours: 25 facts of everybody, from files": lambda: compute(catalogue, ready, DAY),
            "floor: numba, one pass over sorted arrays": lambda: one_pass(floor, DAY),
            "ours: 25 facts of 1,000 changed people, from their rows": lambda: compute(catalogue, few, DAY),
            "ours: all facts of everybody": lambda: compute(standard_catalogue(), ready, DAY),
        }
        measured = interleaved(works, options.repetitions)
    return {
        "rows": measured,
        "people": options.people,
        "history_rows": rows,
        "stretches_joined_once_cpu_seconds": round(joining, 3),
        "ratio_to_floor": round(measured[0]["seconds"] / measured[1]["seconds"], 2),
        "ratio_to_floor_cpu": round(measured[0]["cpu_seconds"] / measured[1]["cpu_seconds"], 2),
    }


def interleaved(works: dict[str, Callable[[], Any]], repetitions: int) -> list[dict[str, Any]]:
    """Wall and CPU seconds of each work, medians, one after the other in every repetition."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for _ in range(repetitions):
        for name, work in works.items():
            wall, cpu = time.perf_counter(), time.process_time()
            work()
            taken[name].append((time.perf_counter() - wall, time.process_time() - cpu))
    return [
        {
            "name": name,
            "seconds": round(statistics.median(wall for wall, _ in seconds), 4),
            "cpu_seconds": round(statistics.median(cpu for _, cpu in seconds), 4),
            "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
        for name, seconds in taken.items()
    ]


def stored(tables: Tables, folder: Path) -> dict[str, Path]:
    """The tables as files, as a generation of the snapshot (Parquet) and `facts.kept` (Arrow) keep them."""
    files = {}
    for name, frame in tables.items():
        assert isinstance(frame, pl.DataFrame)
        if name in PREPARED:
            files[name] = folder / f"{name}.arrow"
            frame.rechunk().write_ipc(files[name], compression="uncompressed")
        else:
            files[name] = folder / f"{name}.parquet"
            frame.write_parquet(files[name], row_group_size=ROWS_TOGETHER)
    return files


def agree(ours: pl.DataFrame, floor: dict[str, np.ndarray]) -> None:
    """Stops where the two differ about anybody; the floor writes unknown as the smallest number."""
    for code in FACTS:
        wanted = ours[code].cast(pl.Int32).fill_null(np.iinfo(np.int32).min).to_numpy()
        different = np.flatnonzero(wanted != floor[code])
        assert not len(different), (code, int(different[0]), wanted[different[0]], floor[code][different[0]])


def histories(count: int) -> dict[str, pl.DataFrame]:
    """Invented people with about five positions, four degrees and seven ratings each."""
    draw = np.random.default_rng(3)
    born = draw.integers(_day(1962), _day(2002), count)
    return {
        "persons": _persons(draw, born),
        "positions": _positions(draw, born),
        "qualifications": _qualifications(draw, count),
        "ratings": _ratings(draw, count),
        "disciplines": _dated(
            draw, count // 20, count, {"form": ["reprimand", "warning"]}, 365, "discipline_id"
        ),
        "plan_slots": _dated(draw, count // 2, count, {"unit_level": list(LEVELS)}, 1826, "slot_id"),
    }


def _persons(draw: np.random.Generator, born: np.ndarray) -> pl.DataFrame:
    count = len(born)
    birth = _dates(born)
    joined = pl.Series(np.where(draw.random(count) < 0.6, born + 9800, -1))
    return pl.DataFrame(
        {
            PERSON: np.arange(count),
            "sex": draw.choice(["M", "F"], count),
            "born_year": birth.dt.year(),
            "born_month": birth.dt.month().cast(pl.Int32),
            "born_day": birth.dt.day().cast(pl.Int32),
            "ethnicity": draw.choice(["kinh", "thai", "mong"], count),
            "religion": draw.choice(["none", "x"], count),
            "recruited": _dates(born + 8400),
            "party_member": draw.random(count) < 0.6,
            "party_joined": pl.select(pl.when(joined >= 0).then(joined))
            .to_series()
            .cast(pl.Int32)
            .cast(pl.Date),
            "party_official": _dates(born + 10200),
            "retires_on": _dates(born + 22200),
            "origin_commune": draw.integers(1, 3000, count),
            "origin_district": draw.integers(1, 300, count),
            "origin_province": draw.integers(1, 34, count),
        }
    )


def _positions(draw: np.random.Generator, born: np.ndarray) -> pl.DataFrame:
    number = draw.integers(1, 10, len(born))
    size = int(number.sum())
    last = np.cumsum(number) - 1
    lasts = draw.integers(200, 2000, size)
    pauses = draw.choice([0, 0, 0, 0, 0, 30, 400, -150], size)
    before = np.cumsum(lasts + pauses) - (lasts + pauses)
    start = before - np.repeat(before[last - number + 1], number) + np.repeat(born + 8400, number)
    seat = draw.integers(0, 300_000, size)
    ends = _dates(start + lasts)
    goes_on = np.zeros(size, dtype=bool)
    goes_on[last] = True
    return pl.DataFrame(
        {
            "position_id": np.arange(size),
            PERSON: np.repeat(np.arange(len(born)), number),
            "seat_id": seat,
            "unit_id": seat % 12_000,
            "title_code": pl.Series(seat % 40).cast(pl.String),
            "title_rank": (seat % 40 // 4).astype(np.int32),
            "unit_level": pl.Series(LEVELS).gather(pl.Series(seat % 4)),
            "is_leadership": seat % 40 > 15,
            "kind": draw.choice(KINDS, size, p=[0.6, 0.3, 0.05, 0.05]),
            "valid_from": _dates(start),
            "valid_to": pl.select(pl.when(~pl.Series(goes_on)).then(ends)).to_series(),
        }
    )


def _qualifications(draw: np.random.Generator, count: int) -> pl.DataFrame:
    number = draw.integers(2, 6, count)
    size = int(number.sum())
    return pl.DataFrame(
        {
            "qualification_id": np.arange(size),
            PERSON: np.repeat(np.arange(count), number),
            "kind": draw.choice(STUDIES, size),
            "level_rank": draw.integers(1, 4, size).astype(np.int32),
            "valid_from": _dates(draw.integers(_day(2000), _day(2026), size)),
        }
    )


def _ratings(draw: np.random.Generator, count: int) -> pl.DataFrame:
    size = count * 7
    kept = draw.random(size) < 0.95
    frame = pl.DataFrame(
        {
            "rating_id": np.arange(size),
            PERSON: np.repeat(np.arange(count), 7),
            "year": np.tile(np.arange(2018, 2025), count).astype(np.int32),
            "rating": draw.choice([1, 2, 3, 4], size, p=[0.02, 0.2, 0.6, 0.18]).astype(np.int32),
            "decided_on": pl.Series([None], dtype=pl.Date).new_from_index(0, size),
        }
    )
    return frame.filter(pl.Series(kept))


def _dated(
    draw: np.random.Generator, size: int, count: int, choices: dict[str, list[str]], lasts: int, key: str
) -> pl.DataFrame:
    """Disciplines or slots of a plan: some people, a day, an end."""
    start = draw.integers(_day(2016), _day(2025), size)
    first, end = ("decided_on", "expires_on") if key == "discipline_id" else ("valid_from", "valid_to")
    columns: dict[str, Any] = {key: np.arange(size), PERSON: np.sort(draw.integers(0, count, size))}
    columns |= {name: draw.choice(words, size) for name, words in choices.items()}
    columns |= {first: _dates(start), end: _dates(start + lasts)}
    if key == "slot_id":
        columns |= {"term": "2020-2025", "title_code": "x", "title_rank": 1, "unit_id": 1}
    return pl.DataFrame(columns)


def _day(year: int) -> int:
    return (date(year, 1, 1) - date(1970, 1, 1)).days


def _dates(days: np.ndarray) -> pl.Series:
    return pl.Series(np.asarray(days).astype(np.int32)).cast(pl.Date)
