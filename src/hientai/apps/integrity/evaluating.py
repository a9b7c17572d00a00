"""What the rules of good records find for everybody, kept beside the generation it was read from, once a day asked."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import polars as pl

from hientai.foundation import snapshot
from hientai.rulebook.quality import evaluating, load_quality_rules

KIND, FILES_KEPT = "faults", 12
EVALUATED_IN_PLACE = 5_000  # people; more are judged by a process of its own, which gives all its memory back


def faults(as_of: date) -> pl.LazyFrame:
    """person_id, rule, record, detail of everybody on file; not scoped: callers join the people they may see."""
    generation = snapshot.current()
    name = f"{evaluating.definition()}-{KIND}-{as_of.isoformat()}.parquet"

    def make(file: Path) -> None:
        earlier = generation.before / KIND / name
        rules, tables = load_quality_rules(), generation.tables
        if generation.people is not None and earlier.exists():
            if not generation.people:
                os.link(earlier, file)
                return
            found = evaluating.renewed(pl.read_parquet(earlier), tables, rules, as_of, generation.people)
            evaluating.keep(found, file)
            return
        asked = (str(generation.folder), as_of.isoformat(), str(file))
        if generation.height("persons") > EVALUATED_IN_PLACE and snapshot.apart(evaluating.__name__, *asked):
            return
        evaluating.keep(evaluating.evaluated(tables, rules, as_of), file)

    return pl.scan_parquet(snapshot.beside(generation, KIND, name, make, most=FILES_KEPT))
