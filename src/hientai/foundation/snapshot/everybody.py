"""Facts of everybody as of a day, reckoned once per generation and day and kept beside it for all processes."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock

import polars as pl

from hientai.engines.facts.catalogue import Catalogue
from hientai.engines.facts.compute import compute_person
from hientai.engines.facts.evidence import KnownPerson
from hientai.engines.facts.kept import definition, keep, kept, renew
from hientai.engines.facts.snapshot import Snapshot
from hientai.engines.facts.standard import standard_catalogue
from hientai.foundation.snapshot.generation import Generation, current

KEPT, FILES_KEPT = 4, 12
RECKONED_IN_PLACE = (
    5_000  # people; more are reckoned by a process of its own, which gives all its memory back
)
_kept: OrderedDict[tuple[Path, date], Snapshot] = OrderedDict()
_lock = Lock()


@cache
def catalogue() -> Catalogue:
    """The facts the program knows to ask."""
    return standard_catalogue()


def facts_as_of(as_of: date) -> Snapshot:
    """All facts of all people on file as of a day, as known now. Not scoped: callers filter by the actor's scope.

    Whoever asks first reckons, everybody else who asks for the same waits for it, in this process and in others.
    """
    generation = current()
    key = generation.folder, as_of
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    snapshot = kept(_reckoned(generation, as_of), as_of)
    with _lock:
        _kept[key] = snapshot
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return snapshot


def facts_of_person(person_id: int, as_of: date) -> KnownPerson:
    """All facts of one person with the record behind each. The caller has checked that the actor may read it."""
    return compute_person(catalogue(), current().tables, as_of, person_id)


def _reckoned(generation: Generation, as_of: date) -> Path:
    """The file with the facts of a day, reckoned now where nobody has asked before."""
    folder = generation.folder / "facts"
    folder.mkdir(exist_ok=True, mode=0o700)
    file = folder / f"{definition()}-facts-{as_of.isoformat()}.arrow"
    with _alone(folder / f".{file.stem}.lock"):
        if not file.exists():
            _reckon(generation, as_of, file)
            _forget_old(folder, file)
    return file


def _reckon(generation: Generation, as_of: date, file: Path) -> None:
    earlier = generation.before / "facts" / file.name
    if generation.people is not None and earlier.exists():
        renew(kept(earlier, as_of), generation.tables, generation.people, file)
        return
    people = pl.scan_parquet(generation.tables["persons"]).select(pl.len()).collect().item()
    if people > RECKONED_IN_PLACE:
        program = [sys.executable, "-m", "hientai.engines.facts.kept"]
        asked = [str(generation.folder), as_of.isoformat(), str(file)]
        if subprocess.run([*program, *asked], stdin=subprocess.DEVNULL, capture_output=True).returncode == 0:
            return
    keep(
        generation.tables, as_of, file
    )  # here too after a failure, so that its reason is raised where it is asked


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Holds a lock that threads and processes respect alike, as each opens the file anew."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _forget_old(folder: Path, newest: Path) -> None:
    """Files that somebody still maps stay readable until they let go."""
    files = sorted(folder.glob("*-facts-*.arrow"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[FILES_KEPT:]:
        if file != newest:
            file.unlink(missing_ok=True)
