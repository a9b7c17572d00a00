"""Facts of everybody as of a day, computed once per generation and day and kept for the next question."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock

from hientai.engines.facts.catalogue import Catalogue
from hientai.engines.facts.compute import compute, compute_person
from hientai.engines.facts.evidence import KnownPerson
from hientai.engines.facts.snapshot import Snapshot
from hientai.engines.facts.standard import standard_catalogue
from hientai.foundation.snapshot.generation import current

KEPT = 4
_kept: OrderedDict[tuple[Path, date], Snapshot] = OrderedDict()
_lock = Lock()


@cache
def catalogue() -> Catalogue:
    """The facts the program knows to ask."""
    return standard_catalogue()


def facts_as_of(as_of: date) -> Snapshot:
    """All facts of all people on file as of a day, as known now. Not scoped: callers filter by the actor's scope."""
    generation = current()
    key = generation.folder, as_of
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    snapshot = compute(catalogue(), generation.tables, as_of)
    with _lock:
        _kept[key] = snapshot
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return snapshot


def facts_of_person(person_id: int, as_of: date) -> KnownPerson:
    """All facts of one person with the record behind each. The caller has checked that the actor may read it."""
    return compute_person(catalogue(), current().tables, as_of, person_id)
