"""Figures held against the targets that documents set: shown with the citation, judged only where it is confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from hientai.apps.regulations import selectors
from hientai.apps.regulations.types import HeldFigure, HeldTarget, Standing, TargetRow
from hientai.foundation import registry
from hientai.foundation.actor import Actor
from hientai.foundation.registry import HomePanel, MeasuredFigure
from hientai.rulebook.targets import Target

SHARE = "tỷ lệ"


def held(
    *, actor: Actor, as_of: date, rows: Sequence[TargetRow] | None = None, judging: bool = True
) -> list[HeldTarget]:
    """The targets of documents in force on a day with the figures of that day, the nearest day first.

    rows: of these targets only; judging: False for those of a document out of force. A target nobody measures here
    comes without figures, and so does one of a unit or of a measure that the actor may not see.
    """
    wanted = selectors.targets(actor=actor, as_of=as_of) if rows is None else rows
    return [_held(actor, as_of, row, judging) for row in wanted]


def _held(actor: Actor, as_of: date, row: TargetRow, judging: bool) -> HeldTarget:
    source = registry.measures().get(row.target.measure)
    if source is None or row.target.unit != SHARE:
        return HeldTarget(row, "", ())
    if not actor.may(source.permission):
        return HeldTarget(row, source.label, ())
    found = source.figures(actor=actor, as_of=as_of, unit_id=row.unit_id)
    target = row.target if judging else replace(row.target, verified=False)
    figures = tuple(HeldFigure(one, standing_of(one, target)) for one in found)
    return HeldTarget(row, source.label, figures)


def standing_of(figure: MeasuredFigure, target: Target) -> Standing:
    """How one figure stands to a target; shares are compared exactly, as fractions of whole people."""
    share = figure.share
    if share is None:
        return Standing.NOTHING
    if not target.verified:
        return Standing.SHOWN
    return Standing.REACHED if target.is_reached_by(share) else Standing.SHORT


def of_home(*, actor: Actor, as_of: date) -> dict[str, Any]:
    """The targets that something here measures."""
    return {"held": [one for one in held(actor=actor, as_of=as_of) if one.figures]}


PANEL = HomePanel(
    gettext_lazy("Số liệu so với chỉ tiêu của văn bản"),
    "regulations/home_targets.html",
    of_home,
    selectors.READ,
    45,
)
