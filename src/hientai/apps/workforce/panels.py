"""What the workforce adds to the person page and to the unit page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from hientai.apps.workforce import drawing, gaps, selectors
from hientai.apps.workforce.types import ASSESS, OWN, READ, JobFilter, summary
from hientai.foundation.actor import Actor
from hientai.foundation.registry import PersonPanel, UnitPanel


def of_person(*, actor: Actor, person_id: int, code: str, as_of: date) -> dict[str, Any]:
    """The job position of a person, and required against assessed levels."""
    job, lines = gaps.of_person(actor=actor, as_of=as_of, person_id=person_id)
    return {
        "job": job, "lines": lines, "chart": drawing.person_chart(lines) if lines else None, "code": code,
        "may_assess": actor.may(ASSESS), "may_open": actor.may(READ),
    }  # fmt: skip


def of_unit(*, actor: Actor, unit_id: int, code: str, as_of: date) -> dict[str, Any]:
    """The job positions of a unit itself."""
    inside = selectors.jobs(actor=actor, as_of=as_of, wanted=JobFilter(unit_id=unit_id))
    own = [row for row in inside if row.unit_id == unit_id]
    return {"rows": own, "below": summary(inside), "code": code, "outside": len(inside) - len(own)}


PERSON = PersonPanel(
    "competencies", _("Vị trí việc làm và năng lực"), "workforce/person_panel.html", of_person, OWN, 45
)
UNIT = UnitPanel("jobs", _("Vị trí việc làm"), "workforce/unit_panel.html", of_unit, READ, 20)
