"""Facts of everybody as of a day, reckoned once per generation and day and kept beside it."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock

from hientai.engines.facts.catalogue import Catalogue
from hientai.engines.facts.compute import compute_person
from hientai.engines.facts.evidence import KnownPerson
from hientai.engines.facts.kept import definition, keep, kept, renew
from hientai.engines.facts.snapshot import Snapshot
from hientai.engines.facts.standard import standard_catalogue
from hientai.foundation.snapshot.apart import apart
from hientai.foundation.snapshot.beside import beside
from hientai.foundation.snapshot.generation import Generation
from hientai.foundation.snapshot.taking import current

KIND = "facts"
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
        for known in [known for known in _kept if known[0] != generation.folder]:
            del _kept[known]  # mapped files of earlier copies are counted as memory of this process as well
        _kept[key] = snapshot
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return snapshot


def facts_of_person(person_id: int, as_of: date) -> KnownPerson:
    """All facts of one person with the record behind each. The caller has checked that the actor may read it."""
    tables = current().tables_about([person_id])
    return compute_person(catalogue(), tables, as_of, person_id)


def _reckoned(generation: Generation, as_of: date) -> Path:
    """The folder with the facts of a day, reckoned now where nobody has asked before."""
    name = f"{definition()}-{KIND}-{as_of.isoformat()}"
    return beside(generation, KIND, name, lambda folder: _reckon(generation, as_of, folder), most=FILES_KEPT)


def _reckon(generation: Generation, as_of: date, folder: Path) -> None:
    earlier = generation.before / KIND / folder.name
    if generation.people is not None and earlier.exists():
        tables = generation.tables_about(generation.people)
        renew(earlier, tables, as_of, generation.people, folder, generation.written())
        return
    asked = (str(generation.folder), as_of.isoformat(), str(folder))
    if generation.height("persons") > RECKONED_IN_PLACE and apart("hientai.engines.facts.kept", *asked):
        return
    # here too after a failure, so that its reason is raised where it is asked
    keep(generation.tables, as_of, folder)
