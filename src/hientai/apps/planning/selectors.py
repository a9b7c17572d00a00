"""Questions of succession planning."""

from __future__ import annotations

from datetime import date

import polars as pl

from hientai.apps.organization import selectors as organization
from hientai.apps.planning.coverage import PlanFrames, coverage_rows, people_in
from hientai.apps.planning.models import Plan
from hientai.apps.planning.regime import judged, regime_on
from hientai.apps.planning.types import Coverage, PlanRow
from hientai.foundation import snapshot
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound

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
    regime = regime_on(as_of)
    frames = _frames(actor, as_of, plan, unit.id if unit else None)
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


def _frames(actor: Actor, as_of: date, plan: PlanRow, unit_id: int | None) -> PlanFrames:
    generation = snapshot.current()
    scope = actor.scope(READ)
    titles = generation.frame("titles").filter(snapshot.valid_on(as_of))
    seats = generation.frame("seats").join(titles.select("title_id", "tier"), on="title_id")
    seats = seats.filter(scope.columns(unit="unit_id", tier="tier"))
    if unit_id is not None:
        seats = seats.filter(
            pl.col("unit_id").is_in(snapshot.units_below(generation, unit_id, as_of).implode())
        )
    people = generation.frame("persons").filter(
        scope.columns(unit="held_by_id", tier="tier", person="person_code")
    )
    held = generation.frame("positions").filter(snapshot.valid_on(as_of))
    slots = generation.frame("plan_slots").filter((pl.col("plan_id") == plan.id) & snapshot.valid_on(as_of))
    return PlanFrames(
        slots=_of(slots, seats, people).select(
            "slot_id", "person_id", "seat_id", "title_id", "readiness", level="unit_level"
        ),
        holders=_of(held, seats, people).select("person_id", "seat_id", "title_id"),
        seats=seats.select("seat_id", "title_id"),
        people=people.select("person_id", "sex", "born_year", "born_month", "born_day", "ethnicity"),
        titles=titles,
    )


def _of(rows: pl.DataFrame, seats: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    in_seats = rows.join(seats.select("seat_id"), on="seat_id", how="semi", maintain_order="left")
    return in_seats.join(people.select("person_id"), on="person_id", how="semi", maintain_order="left")


def _row(plan: Plan) -> PlanRow:
    return PlanRow(plan.id, plan.term, plan.government_term, plan.begins_on, plan.ends_on)
