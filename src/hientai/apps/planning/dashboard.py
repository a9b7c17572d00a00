"""What plans give to the home page: how deep the plan is for each key title; each number opens its list."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hientai.apps.planning import selectors
from hientai.apps.planning.types import CoverageRow
from hientai.foundation.actor import Actor
from hientai.foundation.registry import HomePanel


def depth(*, actor: Actor, as_of: date) -> dict[str, Any]:
    """Key titles of the plan of the day: holders, people planned, women among them, ready now, thin seats."""
    plan = selectors.plan_on(actor=actor, as_of=as_of)
    if plan is None:
        return {"plan": None, "rows": []}
    found = selectors.coverage(actor=actor, as_of=as_of, term=plan.term)
    return {"plan": plan, "rows": [_row(row) for row in found.rows if row.is_key and row.seats.value]}


def _row(row: CoverageRow) -> dict[str, Any]:
    counts = {"current": row.current, "planned": row.people, "women": row.women, "ready": row.ready}
    figures = [
        {"value": count.value, "url": reverse("coverage-behind", args=[row.title_code, measure])}
        for measure, count in counts.items()
    ]
    thin = f"{reverse('plan-bench', args=[row.title_code])}?only=thin"
    return {
        "title": row.title, "figures": figures, "thin": row.gaps.value, "thin_url": thin, "seats": row.seats.value,
    }  # fmt: skip


PANEL = HomePanel(
    _("Chiều sâu quy hoạch, chức danh chủ chốt"), "planning/home_depth.html", depth, selectors.READ, 40
)
