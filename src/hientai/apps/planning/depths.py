"""Which seats of a plan need a look: too few people, too many, a key title without women, nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import SeatRow
from hientai.apps.planning import selectors
from hientai.apps.planning.regime import regime_on
from hientai.apps.planning.turns import POSTS, group_of
from hientai.apps.planning.types import PlanRow
from hientai.foundation import snapshot
from hientai.foundation.actor import Actor

UNDER, OVER, NO_WOMEN = "under", "over", "no_women"
KINDS = (UNDER, OVER, NO_WOMEN)


@dataclass(frozen=True)
class Depth:
    """One leading seat and how many are planned for it.

    most: persons the regime allows, None without a confirmed limit; is_key: of a key title; wanted: people the plan
    asks for, None where it says nothing.
    """

    seat: SeatRow
    is_key: bool
    places: int
    planned: int
    women: int
    wanted: int | None
    most: int | None

    @property
    def kinds(self) -> tuple[str, ...]:
        """What to look at: nobody or one person, or fewer than wanted; more than allowed; no woman among them."""
        thin = self.planned <= 1 or (self.wanted is not None and self.planned < self.wanted)
        over = self.most is not None and self.planned > self.most
        no_women = self.is_key and self.planned > 0 and not self.women
        found = zip(KINDS, (thin, over, no_women), strict=True)
        return tuple(kind for kind, holds in found if holds)


def depths(*, actor: Actor, as_of: date, plan: PlanRow, unit_code: str = "") -> list[Depth]:
    """Every leading seat in scope with its depth in a plan, by protocol order."""
    seats = selectors.seats_of(actor=actor, as_of=as_of, unit_code=unit_code)
    ids = [seat.id for seat in seats]
    turns = selectors.turns(actor=actor, as_of=as_of, term=plan.term).filter(pl.col("seat_id").is_in(ids))
    counted = turns.group_by("seat_id").agg(
        pl.col("person_id").n_unique(), (pl.col("sex") == "F").sum().alias("women")
    )
    planned = {seat: (people, women) for seat, people, women in counted.iter_rows()}
    titles = snapshot.current().frame("titles").filter(snapshot.valid_on(as_of))
    keys = set(titles.filter(pl.col("is_key")).get_column("title_id").to_list())
    places = organization.seat_places(actor=actor, as_of=as_of, ids=ids)
    wanted = selectors.wanted_for(actor=actor, as_of=as_of, plan_id=plan.id)
    bound = regime_on(as_of).bound("plan.max_persons_per_post")
    most = int(str(bound.value)) if bound is not None and bound.verified else None
    return [
        Depth(
            seat, seat.title_id in keys, places.get(seat.id, 1), *planned.get(seat.id, (0, 0)), wanted.get(seat.id),
            None if most is None or group_of(seat.title_code) != POSTS else most * places.get(seat.id, 1),
        )
        for seat in seats
    ]  # fmt: skip


def counted(rows: Sequence[Depth]) -> dict[str, int]:
    """How many seats of each kind."""
    return {kind: sum(kind in row.kinds for row in rows) for kind in KINDS}
