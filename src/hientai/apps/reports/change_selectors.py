"""Questions of change: the locked days, and what changed since one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.reports.changes import CAME, LEFT, Group, Kind, Known, compare, groups, of_kinds
from hientai.apps.reports.models import LockedDay
from hientai.apps.reports.types import LockRow
from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.foundation import snapshot
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound
from hientai.foundation.scoping import Scope

READ = cadres.READ


def locked_days(*, actor: Actor, as_of: date) -> list[LockRow]:
    """The days that were locked, newest day first."""
    actor.check_may(READ)
    kept = LockedDay.objects.order_by("-day", "-known_at", "-id")
    return [LockRow(lock.pk, lock.day, lock.name, lock.known_at, lock.locked_by) for lock in kept]


def locked_day(*, actor: Actor, as_of: date, day: str) -> LockRow:
    """The lock of an ISO day, the newest where it was locked again; raises NotFound."""
    found = next(
        (lock for lock in locked_days(actor=actor, as_of=as_of) if lock.day.isoformat() == day), None
    )
    if found is None:
        raise NotFound(day)
    return found


@dataclass(frozen=True)
class ChangesAnswer:
    """What changed from a locked day to a day, at or below a unit ("" for everything in scope)."""

    lock: LockRow
    as_of: date
    unit: str
    unit_name: str
    rows: pl.DataFrame

    @property
    def before(self) -> tuple[int, ...]:
        return tuple(self.rows.filter(pl.col("was").is_not_null()).get_column("person_id").to_list())

    @property
    def after(self) -> tuple[int, ...]:
        return tuple(self.rows.filter(pl.col("now").is_not_null()).get_column("person_id").to_list())

    def people(self, *kinds: Kind) -> tuple[int, ...]:
        return of_kinds(self.rows, kinds)

    @property
    def came(self) -> tuple[int, ...]:
        return self.people(*CAME)

    @property
    def left(self) -> tuple[int, ...]:
        return self.people(*LEFT)

    def by(self, column: str) -> list[Group]:
        """Groups by `level`, `block` or `part` (the units right below the one asked about)."""
        return groups(self.rows, column)


def changes(*, actor: Actor, as_of: date, lock: str, unit: str = "") -> ChangesAnswer:
    """Who was on file on the locked day, as known when it was locked, against who is on file on `as_of` as known now.

    Only units within the actor's scope. Raises NotFound for a day that was not locked, BadInput for a day before it.
    """
    locked = locked_day(actor=actor, as_of=as_of, day=lock)
    if as_of < locked.day:
        said = say("Ngày tính đến phải sau ngày khóa {day}.", day=f"{locked.day:%d/%m/%Y}")
        raise BadInput("before_the_lock", said, "as_of")
    scope = actor.scope(READ)
    then = _in_scope(
        cadres.standings(actor=actor, as_of=locked.day, known_on=locked.known_at), scope, locked.day
    )
    known_now = cadres.standings(actor=actor, as_of=locked.day, known_on=None)
    now = _in_scope(cadres.standings(actor=actor, as_of=as_of, known_on=None), scope, as_of)
    before, after = _grouped(then, unit, locked.day), _grouped(now, unit, as_of)
    known = Known(
        elsewhere_before=_ids(then) - _ids(before),
        elsewhere_after=_ids(now) - _ids(after),
        known_before=_ids(known_now),
        earlier=_earlier(locked.day),
        retired=_retired(as_of),
        ended_units=_ended_units(locked.day, as_of),
    )
    return ChangesAnswer(
        locked, as_of, unit, _name(actor, unit, as_of, locked.day), compare(before, after, known)
    )


def _name(actor: Actor, unit: str, *days: date) -> str:
    """What the unit was called, on the first of the days that knows it; raises NotFound."""
    for day in days if unit else ():
        if found := organization.named(actor=actor, as_of=day, code=unit):
            return found[0][1]
    if unit:
        raise NotFound(unit)
    return ""


def _in_scope(people: pl.DataFrame, scope: Scope, day: date) -> pl.DataFrame:
    """Those whose file was kept within the scope that day: whoever left it belongs to what it was."""
    return people.filter(replace(scope, today=day).columns(unit="unit_id", tier="tier"))


def _grouped(people: pl.DataFrame, unit: str, day: date) -> pl.DataFrame:
    """At or below the unit, with level, block and `part`: the unit right below it that each belongs to that day."""
    generation = snapshot.current()
    units = generation.frame("units").filter(snapshot.valid_on(day))
    subtrees = generation.frame("unit_subtrees").filter(snapshot.valid_on(day))
    tops = units.filter(pl.col("unit_code") == unit) if unit else units.filter(pl.col("parent_id").is_null())
    below = subtrees.filter(pl.col("ancestor_id").is_in(tops.get_column("unit_id").implode()))
    parts = subtrees.join(
        below.filter(pl.col("depth") == 1).select(ancestor_id="descendant_id"), on="ancestor_id"
    )
    parts = parts.select(unit_id="descendant_id", part="ancestor_id").unique(
        "unit_id", keep="first", maintain_order=True
    )
    own = below.filter(pl.col("depth") == 0).select(unit_id="descendant_id", part="ancestor_id")
    placed = pl.concat([parts, own]).join(units.select("unit_id", "level", "block"), on="unit_id")
    kept = people.join(placed, on="unit_id", how="inner" if unit else "left", maintain_order="left")
    return kept.select("person_id", "unit_id", "title_id", "rank", "level", "block", "part")


def _ids(people: pl.DataFrame) -> frozenset[int]:
    return frozenset(people.get_column("person_id").to_list())


def _earlier(day: date) -> frozenset[int]:
    managed = snapshot.current().frame("managements")
    return _ids(managed.filter(pl.col("valid_from") < day))


def _retired(as_of: date) -> frozenset[int]:
    """People whose file ended no earlier than the day after their last day in service."""
    generation = snapshot.current()
    ends = generation.frame("managements").group_by("person_id").agg(pl.col("valid_to").max().alias("ended"))
    persons = generation.frame("persons").select("person_id", "retires_on")
    return _ids(persons.join(ends, on="person_id").filter(pl.col("ended") > pl.col("retires_on")))


def _ended_units(first: date, last: date) -> frozenset[int]:
    units = snapshot.current().frame("units")
    then = set(units.filter(snapshot.valid_on(first)).get_column("unit_id"))
    return frozenset(then - set(units.filter(snapshot.valid_on(last)).get_column("unit_id")))
