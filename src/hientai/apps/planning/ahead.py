"""Looking ahead: who leaves which seat, whether anybody planned will be ready, who is ready and has no slot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import TitleRow
from hientai.apps.planning.judging import judge, prospects_on
from hientai.apps.planning.turns import COMMITTEE, group_of
from hientai.engines.criteria.tree import Verdict
from hientai.engines.forecast import look_ahead
from hientai.foundation import snapshot
from hientai.foundation.actor import Actor
from hientai.foundation.snapshot.everybody import facts_as_of

READ = "planning.read"
KINDS = ("retires", "term_ends", "short", "short_strict")


@dataclass(frozen=True)
class TitleAhead:
    """One title in the coming years: numbers year by year, first year first. planned: turns; ready: ready now."""

    code: str
    name: str
    seats: int
    holders: int
    planned: int
    ready: int
    retirements: tuple[int, ...]
    term_ends: tuple[int, ...]
    shortages: tuple[int, ...]
    strict_shortages: tuple[int, ...]

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Retirements and shortages of each year."""
        return list(zip(self.retirements, self.shortages, strict=True))


@dataclass(frozen=True)
class Ahead:
    """The forecast of a day. vacancies as the engine answers them, with title_code and unit_id beside."""

    begins: date
    years: int
    titles: tuple[TitleAhead, ...]
    vacancies: pl.DataFrame
    by_year: pl.DataFrame
    unknown: int
    unplanned: tuple[int, ...]


@dataclass(frozen=True)
class VacancyRow:
    """A seat that falls vacant, as a list shows it. successors: planned for it, ready and in service that day."""

    title: str
    unit: str
    name: str
    code: str
    on: date
    reason: str
    successors: int
    short: bool
    short_strict: bool


def ahead(*, actor: Actor, as_of: date, years: int, unit_code: str = "") -> Ahead:
    """The coming years of the leading seats in scope; people planned in any plan that stands on the day."""
    actor.check_may(READ)
    unit = organization.unit_by_code(actor=actor, as_of=as_of, code=unit_code) if unit_code else None
    titles = {
        title.id: title for title in organization.titles(actor=actor, as_of=as_of) if title.is_leadership
    }
    seats, people = _within(actor, as_of, unit.id if unit else None, list(titles))
    held, planned = _held(as_of, seats, people), _planned(as_of, seats, people, titles)
    found = look_ahead(held, planned, as_of, years)
    places = seats.select("seat_id", "title_id", "unit_id")
    vacancies = found.vacancies.join(places, on="seat_id", how="left", maintain_order="left").with_columns(
        title_code=pl.col("title_id").replace_strict({t.id: t.code for t in titles.values()}, default=None)
    )
    return Ahead(
        as_of, years, tuple(_titles(titles, seats, held, planned, vacancies, years)), vacancies, found.years,
        found.unknown, _unplanned(as_of, people, titles, unit.id if unit else None),
    )  # fmt: skip


def vacancy_rows(
    *, actor: Actor, as_of: date, found: Ahead, title: str = "", year: int = 0, kind: str = ""
) -> list[VacancyRow]:
    """The vacancies behind a number: of a title, a year (1 is the first), a kind of KINDS; in order of time."""
    kept = found.vacancies
    if title:
        kept = kept.filter(pl.col("title_code") == title)
    if year:
        kept = kept.filter(pl.col("year") == year)
    if kind in ("retires", "term_ends"):
        kept = kept.filter(pl.col("reason") == kind)
    elif kind:
        kept = kept.filter(pl.col(kind))
    people = {
        row.id: row
        for row in cadres.rows(actor=actor, as_of=as_of, ids=kept.get_column("person_id").unique().to_list())
    }
    units = organization.unit_names(actor=actor, as_of=as_of, ids=set(kept.get_column("unit_id").to_list()))
    names = {t.code: t.name for t in organization.titles(actor=actor, as_of=as_of)}
    return [
        VacancyRow(
            names.get(row["title_code"], ""), units.get(row["unit_id"], ""), person.name, person.code, row["on"],
            row["reason"], row["successors"], row["short"], row["short_strict"],
        )
        for row in kept.iter_rows(named=True)
        if (person := people.get(row["person_id"])) is not None
    ]  # fmt: skip


def _within(
    actor: Actor, as_of: date, unit_id: int | None, titles: Sequence[int]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Seats (with tier) and people (with their last day in service) in the actor's scope and the unit."""
    generation, scope = snapshot.current(), actor.scope(READ)
    tiers = generation.frame("titles").select("title_id", "tier", "term_years")
    seats = (
        generation.frame("seats").filter(pl.col("title_id").is_in(list(titles))).join(tiers, on="title_id")
    )
    seats = seats.filter(scope.columns(unit="unit_id", tier="tier"))
    standing = generation.frame("units").filter(snapshot.valid_on(as_of)).select("unit_id")
    seats = seats.join(standing, on="unit_id", how="semi")
    if unit_id is not None:
        below = snapshot.units_below(generation, unit_id, as_of)
        seats = seats.filter(pl.col("unit_id").is_in(below.implode()))
    people = generation.frame("persons").filter(
        scope.columns(unit="held_by_id", tier="tier", person="person_code")
    )
    return seats, people.select("person_id", "retires_on")


def _held(as_of: date, seats: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    positions = snapshot.current().frame("positions").filter(snapshot.valid_on(as_of))
    return (
        positions.select("person_id", "seat_id", since="valid_from")
        .join(
            seats.select("seat_id", "title_id", term_years=pl.col("term_years").cast(pl.Int64)), on="seat_id"
        )
        .join(people, on="person_id", maintain_order="left")
    )


def _planned(
    as_of: date, seats: pl.DataFrame, people: pl.DataFrame, titles: Mapping[int, TitleRow]
) -> pl.DataFrame:
    """Turns of the plans that stand, with readiness reckoned by the rules of the day."""
    slots = (
        snapshot.current().frame("plan_slots").filter(snapshot.valid_on(as_of))
        .select("person_id", "seat_id", "title_id", "title_code").unique(maintain_order=True)
        .join(seats.select("seat_id"), on="seat_id", how="semi", maintain_order="left")
        .join(people, on="person_id", maintain_order="left")
    )  # fmt: skip
    pairs = list(
        zip(slots.get_column("person_id").to_list(), slots.get_column("title_code").to_list(), strict=True)
    )
    found = prospects_on(pairs, {title.code: title.standard for title in titles.values()}, as_of)
    levels = [found[pair].level.value if pair in found else "" for pair in pairs]
    return slots.with_columns(readiness=pl.Series("readiness", levels, dtype=pl.String))


def _titles(
    titles: Mapping[int, TitleRow], seats: pl.DataFrame, held: pl.DataFrame, planned: pl.DataFrame,
    vacancies: pl.DataFrame, years: int,
) -> list[TitleAhead]:  # fmt: skip
    found = []
    for title in titles.values():
        mine = pl.col("title_id") == title.id
        gone, own = vacancies.filter(mine), planned.filter(mine)
        holders = held.filter(mine).height
        if not holders and own.is_empty():
            continue
        found.append(
            TitleAhead(
                title.code, title.name, seats.filter(mine).height, holders, own.height,
                own.filter(pl.col("readiness") == "now").height,
                _by_year(gone, pl.col("reason") == "retires", years),
                _by_year(gone, pl.col("reason") == "term_ends", years),
                _by_year(gone, pl.col("short"), years), _by_year(gone, pl.col("short_strict"), years),
            )
        )  # fmt: skip
    return found


def _by_year(gone: pl.DataFrame, kept: pl.Expr, years: int) -> tuple[int, ...]:
    counts = dict(gone.filter(kept).group_by("year").len().iter_rows())
    return tuple(counts.get(year, 0) for year in range(1, years + 1))


def _unplanned(
    as_of: date, people: pl.DataFrame, titles: Mapping[int, TitleRow], unit_id: int | None
) -> tuple[int, ...]:
    """People who lead now, meet the planning standard of the committee of their level, and are in no plan; by name."""
    generation = snapshot.current()
    planned = generation.frame("plan_slots").filter(snapshot.valid_on(as_of)).select("person_id")
    managed = generation.frame("managements").filter(snapshot.valid_on(as_of))
    if unit_id is not None:
        managed = managed.filter(
            pl.col("unit_id").is_in(snapshot.units_below(generation, unit_id, as_of).implode())
        )
    free = (
        people.join(managed.select("person_id"), on="person_id", how="semi")
        .join(planned, on="person_id", how="anti").get_column("person_id")
    )  # fmt: skip
    facts = facts_as_of(as_of).frame.select("person_id", "leads_now", "unit_level")
    leading = facts.filter(
        pl.col("person_id").is_in(free.implode()) & pl.col("leads_now").fill_null(value=False)
    )
    committee = {
        title.level: title for title in titles.values()
        if group_of(title.code) == COMMITTEE and title.standard
    }  # fmt: skip
    pairs = [
        (person, committee[level].code)
        for person, level in leading.select("person_id", "unit_level").iter_rows()
        if level in committee
    ]
    verdicts = judge(pairs, {title.code: title.standard for title in committee.values()}, as_of)
    return tuple(
        snapshot.by_name([p for (p, _), judged in verdicts.items() if judged.verdict is Verdict.MET])
    )
