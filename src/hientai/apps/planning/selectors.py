"""Questions of succession planning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import SeatRow, UnitRow, name_on
from hientai.apps.planning import units
from hientai.apps.planning.coverage import MAJORITY, PlanFrames, coverage_rows, over_planned, people_in
from hientai.apps.planning.models import Plan, Slot, Wanted
from hientai.apps.planning.programme import progress
from hientai.apps.planning.regime import judged, regime_on
from hientai.apps.planning.turns import EVERY_TURN, TurnFilter, holders_of, turns_of
from hientai.apps.planning.types import Coverage, Finding, PlanRow, SummaryRow, TurnRow, VoidedRow
from hientai.apps.planning.what_if import Addition, Difference, differences, what_if
from hientai.foundation import snapshot
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound
from hientai.foundation.scoping import Scope

READ = "planning.read"


def plans(*, actor: Actor, as_of: date) -> list[PlanRow]:
    """Plans whose term has not ended before `as_of`... and those before, newest first."""
    actor.check_may(READ)
    return [_row(plan) for plan in Plan.objects.order_by("-begins_on")]


def plan_of(*, actor: Actor, term: str) -> PlanRow:
    """The plan of a term; raises NotFound."""
    actor.check_may(READ)
    plan = Plan.objects.filter(term=term).first()
    if plan is None:
        raise NotFound(term)
    return _row(plan)


def plan_on(*, actor: Actor, as_of: date) -> PlanRow | None:
    """The plan to show on a day: the newest that had begun, else the first to come."""
    known = plans(actor=actor, as_of=as_of)
    return next((plan for plan in known if plan.begins_on <= as_of), known[-1] if known else None)


def coverage(*, actor: Actor, as_of: date, term: str, unit_code: str = "") -> Coverage:
    """How deep and how balanced the plan is, per title: only seats and people in the actor's scope.

    A slot counts when its seat and its person are both in scope; seats without anybody count as gaps.
    """
    plan = plan_of(actor=actor, term=term)
    unit = organization.unit_by_code(actor=actor, as_of=as_of, code=unit_code) if unit_code else None
    return _reckoned(snapshot.current().folder, actor.scope(READ), as_of, plan, unit)


@lru_cache(maxsize=16)
def _reckoned(
    folder: Path, scope: Scope, as_of: date, plan: PlanRow, unit: UnitRow | None
) -> Coverage:  # fmt: skip
    """The coverage from one copy of the records, which never changes: so it is reckoned once (`folder` names it)."""
    regime = regime_on(as_of)
    frames = _frames(scope, as_of, plan, unit.id if unit else None)
    rows = coverage_rows(frames, as_of, regime.measures)
    return Coverage(
        plan=plan,
        as_of=as_of,
        unit=unit.name if unit else "",
        regime=regime.document,
        young_below=dict(regime.measures.young_below),
        band_edges=regime.measures.band_edges,
        rows=tuple(judged(row, regime) for row in rows),
        total_turns=frames.slots.height,
        total_people=people_in(frames.slots),
    )


def turns(*, actor: Actor, as_of: date, term: str, wanted: TurnFilter = EVERY_TURN) -> pl.DataFrame:
    """The turns of a plan on a day that a figure counts, one row each, by protocol order of unit, title, then person.

    Columns: slot_id, person_id, seat_id, unit_id, title_id, title_code, level, readiness, origin, sex, age, ethnicity.
    """
    plan = plan_of(actor=actor, term=term)
    unit = organization.unit_by_code(actor=actor, as_of=as_of, code=wanted.unit) if wanted.unit else None
    frames = _frames(actor.scope(READ), as_of, plan, unit.id if unit else None)
    found = turns_of(frames, as_of, wanted)
    if wanted.over:
        over = over_planned(frames.slots, regime_on(as_of).measures.max_posts)
        found = found.filter(pl.col("person_id").is_in(list(over)))
    if wanted.block:
        units = (
            snapshot.current()
            .frame("units")
            .filter(snapshot.valid_on(as_of) & (pl.col("block") == wanted.block))
        )
        found = found.join(units.select("unit_id"), on="unit_id", how="semi", maintain_order="left")
    return found


def turn_rows(*, actor: Actor, as_of: date, found: pl.DataFrame, plan_id: int = 0) -> list[TurnRow]:
    """List lines of turns that `turns` answered, in their order.

    plan_id: of the plan, to tell how many people it wants for the seat and how far each programme of action is.
    """
    people = sorted(set(found.get_column("person_id").to_list()))
    lines = {row.id: row for row in cadres.rows(actor=actor, as_of=as_of, ids=people)}
    units = set(found.get_column("unit_id").to_list())
    names = organization.unit_names(actor=actor, as_of=as_of, ids=units)
    titles = {title.id: title.name for title in organization.titles(actor=actor, as_of=as_of)}
    wanted = wanted_for(actor=actor, as_of=as_of, plan_id=plan_id) if plan_id else {}
    done = progress(actor=actor, as_of=as_of, plan_id=plan_id, people=people) if plan_id else {}
    return [
        TurnRow(
            turn["slot_id"], turn["seat_id"], line.id, titles.get(turn["title_id"], turn["title_code"]),
            names.get(turn["unit_id"], ""), line.name, line.code, line.born, line.position, line.unit,
            turn["origin"], turn["readiness"],
            line.sex,
            line.professional,
            line.theory,
            wanted.get(turn["seat_id"]),
            done.get(turn["person_id"]),
        )
        for turn in found.iter_rows(named=True)
        if (line := lines.get(turn["person_id"])) is not None
    ]  # fmt: skip


def wanted_for(*, actor: Actor, as_of: date, plan_id: int) -> dict[int, int]:
    """How many people a plan wants for each seat of which it says so: seat id -> number."""
    actor.check_may(READ)
    return dict(Wanted.objects.as_of(as_of).filter(plan_id=plan_id).values_list("seat_id", "number"))


def planned_for(*, actor: Actor, as_of: date, seat_ids: Sequence[int]) -> list[TurnRow]:
    """Who is planned for the seats in the plan to show on a day, seat by seat."""
    plan = plan_on(actor=actor, as_of=as_of)
    if plan is None:
        return []
    frames = _frames(actor.scope(READ), as_of, plan, None)
    found = turns_of(frames, as_of, EVERY_TURN).filter(pl.col("seat_id").is_in(list(seat_ids)))
    return turn_rows(actor=actor, as_of=as_of, found=found)


def voided(*, actor: Actor, as_of: date) -> list[VoidedRow]:
    """People whose turns are void because the title or the unit ended by `as_of`, and whose plan goes on without them.

    From here re-planning starts: somebody on file, and not planned for anything on that day. By name.
    """
    actor.check_may(READ)
    ended = Slot.objects.known_on().filter(outcome=Finding.TITLE_ABOLISHED, valid_to__lte=as_of)
    still = Slot.objects.as_of(as_of).values("person_id")
    slots = list(
        ended.exclude(person_id__in=still)
        .select_related("plan", "seat__title")
        .order_by("person_id", "-valid_to", "id")
    )
    people = sorted({slot.person_id for slot in slots})
    hidden = set(cadres.outside_scope(actor=actor, as_of=as_of, ids=people, permission=READ))
    seen = [person for person in people if person not in hidden]
    lines = {row.id: row for row in cadres.rows(actor=actor, as_of=as_of, ids=seen)}
    units = {slot.seat.unit_id for slot in slots}
    histories = organization.unit_name_histories(actor=actor, ids=units)
    rows = {}
    for slot in slots:
        line = lines.get(slot.person_id)
        if line is not None and line.position and slot.person_id not in rows:
            unit = name_on(histories.get(slot.seat.unit_id, ()), slot.valid_from)
            rows[slot.person_id] = VoidedRow(
                line.id, line.name, line.code, line.position, line.unit, slot.plan.term, slot.seat.title.name, unit,
                slot.valid_to, slot.reason, slot.source,
            )  # fmt: skip
    order = snapshot.by_name(list(rows))
    return [rows[person] for person in order]


def holders(*, actor: Actor, as_of: date, term: str, wanted: TurnFilter = EVERY_TURN) -> pl.DataFrame:
    """Who holds the titles that a figure compares its turns with: person_id, seat_id, title_id, title_code, level."""
    plan = plan_of(actor=actor, term=term)
    unit = organization.unit_by_code(actor=actor, as_of=as_of, code=wanted.unit) if wanted.unit else None
    return holders_of(_frames(actor.scope(READ), as_of, plan, unit.id if unit else None), wanted)


def seats_of(*, actor: Actor, as_of: date, title: str = "", unit_code: str = "") -> list[SeatRow]:
    """Seats in the actor's scope that a plan may speak of, by protocol order: of one title, else of all that lead."""
    actor.check_may(READ)
    unit = organization.unit_by_code(actor=actor, as_of=as_of, code=unit_code) if unit_code else None
    titles = snapshot.current().frame("titles").filter(snapshot.valid_on(as_of))
    asked = pl.col("title_code") == title if title else pl.col("is_leadership")
    seats = snapshot.current().frame("seats").join(
        titles.filter(asked).select("title_id", "tier"), on="title_id", how="inner"
    )  # fmt: skip
    kept = (
        seats.filter(actor.scope(READ).columns(unit="unit_id", tier="tier")).get_column("seat_id").to_list()
    )
    return organization.seats(actor=actor, as_of=as_of, ids=kept, under=unit.id if unit else None)


def thought(
    *,
    actor: Actor,
    as_of: date,
    term: str,
    unit_code: str = "",
    drops: Sequence[int],
    adds: Sequence[Addition],
) -> list[Difference]:
    """What dropping turns (slot ids of `turns`) and adding people would do to every figure; nothing is written."""
    plan = plan_of(actor=actor, term=term)
    unit = organization.unit_by_code(actor=actor, as_of=as_of, code=unit_code) if unit_code else None
    frames = _frames(actor.scope(READ), as_of, plan, unit.id if unit else None)
    return what_if(frames, drops, adds, as_of, regime_on(as_of).measures)


def between(*, actor: Actor, as_of: date, term: str, unit_code: str = "", since: date) -> list[Difference]:
    """Every figure of a plan that is otherwise on `as_of` than on `since`, by the measures of each day."""
    first = coverage(actor=actor, as_of=since, term=term, unit_code=unit_code)
    return differences(first.rows, coverage(actor=actor, as_of=as_of, term=term, unit_code=unit_code).rows)


def summary(*, actor: Actor, as_of: date, term: str, by: str) -> list[SummaryRow]:
    """Turns and people of a plan by level, block or unit of the seats, in protocol order."""
    plan = plan_of(actor=actor, term=term)
    found = turns_of(_frames(actor.scope(READ), as_of, plan, None), as_of, EVERY_TURN)
    units = snapshot.current().frame("units").filter(snapshot.valid_on(as_of))
    joined = found.join(
        units.select("unit_id", "unit_code", "name", "block", pl.col("order").alias("unit_order"), unit_level="level"),
        on="unit_id", how="left", maintain_order="left",
    )  # fmt: skip
    young = regime_on(as_of).measures.young_below
    joined = joined.with_columns(
        young=pl.any_horizontal(
            pl.lit(value=False),
            *((pl.col("level") == level) & (pl.col("age") < age) for level, age in young.items()),
        )
    )
    column = {"level": "level", "block": "block", "unit": "unit_code"}[by]
    wanted = wanted_for(actor=actor, as_of=as_of, plan_id=plan.id)
    asked = pl.DataFrame(
        {"seat_id": list(wanted), "wanted": list(wanted.values())},
        schema={"seat_id": pl.Int64, "wanted": pl.Int64},
    )
    of_seats = joined.unique("seat_id").join(asked, on="seat_id", how="inner")
    wanted_by = dict(of_seats.group_by(column).agg(pl.col("wanted").sum()).iter_rows())
    first = joined.group_by(column, maintain_order=True).agg(
        pl.len().alias("turns"),
        pl.col("person_id").n_unique().alias("people"),
        pl.col("seat_id").n_unique().alias("seats"),
        pl.col("person_id").filter(pl.col("sex") == "F").n_unique().alias("women"),
        pl.col("person_id").filter(pl.col("ethnicity") != MAJORITY).n_unique().alias("ethnic"),
        pl.col("person_id").filter(pl.col("young")).n_unique().alias("young"),
        pl.col("name").first(),
        pl.col("unit_order").min(),
    )
    ordered = first.sort("unit_order", column) if by == "unit" else first
    return [
        SummaryRow(
            row[column] or "", row["name"] or "" if by == "unit" else "", row["seats"], row["turns"], row["people"],
            row["women"], row["ethnic"], row["young"] if young else None, wanted_by.get(row[column]),
        )
        for row in ordered.iter_rows(named=True)
    ]  # fmt: skip


def _frames(scope: Scope, as_of: date, plan: PlanRow, unit_id: int | None) -> PlanFrames:
    generation = snapshot.current()
    titles = generation.frame("titles").filter(snapshot.valid_on(as_of))
    seats = generation.frame("seats").join(titles.select("title_id", "tier"), on="title_id")
    seats = seats.filter(scope.columns(unit="unit_id", tier="tier"))
    if unit_id is not None:
        seats = seats.filter(
            pl.col("unit_id").is_in(snapshot.units_below(generation, unit_id, as_of).implode())
        )
    shown = ("sex", "born_year", "born_month", "born_day", "ethnicity")
    people = generation.frame("persons", "person_id", "person_code", "held_by_id", "tier", *shown).filter(
        scope.columns(unit="held_by_id", tier="tier", person="person_code")
    )
    dated = ("valid_from", "valid_to")
    held = generation.frame("positions", "person_id", "seat_id", "title_id", *dated)
    held = held.filter(snapshot.valid_on(as_of))
    slots = generation.frame("plan_slots").filter((pl.col("plan_id") == plan.id) & snapshot.valid_on(as_of))
    return PlanFrames(
        slots=_of(slots, seats, people).select(
            "slot_id",
            "person_id",
            "seat_id",
            "unit_id",
            "title_id",
            "readiness",
            "origin",
            level="unit_level",
        ),
        holders=_of(held, seats, people).select("person_id", "seat_id", "title_id"),
        seats=seats.select("seat_id", "title_id"),
        people=people.select("person_id", *shown),
        titles=titles,
    )


def _of(rows: pl.DataFrame, seats: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    in_seats = rows.join(seats.select("seat_id"), on="seat_id", how="semi", maintain_order="left")
    return in_seats.join(people.select("person_id"), on="person_id", how="semi", maintain_order="left")


def _row(plan: Plan) -> PlanRow:
    return PlanRow(plan.id, plan.term, plan.government_term, plan.begins_on, plan.ends_on)


def planned_at(*, actor: Actor, as_of: date, unit_ids: Iterable[int]) -> list[str]:
    """Codes of people planned for a seat of these units on or after a day: what a reorganisation makes void."""
    actor.check_may(READ)
    return units.planned(unit_ids=unit_ids, since=as_of)
