"""What standards add to the person page: which titles the person qualifies for, and the facts behind it all."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hientai.apps.screening import selectors
from hientai.engines.criteria.wording import found_text
from hientai.foundation.actor import Actor
from hientai.foundation.registry import PersonPanel
from hientai.foundation.snapshot.everybody import catalogue
from hientai.foundation.web.templatetags.formats import sentence


def standing(*, actor: Actor, person_id: int, code: str, as_of: date) -> dict[str, Any]:
    """Every standard in force with the verdict and the way to its explanation."""
    return {
        "rows": [
            {
                "title": sentence(answer.standard.title),
                "document": answer.standard.document,
                "verdict": answer.verdict.value,
                "decisive": answer.decisive,
                "url": reverse("explanation", args=[code, answer.standard.code]),
            }
            for answer in selectors.standing(actor=actor, as_of=as_of, person_code=code)
        ]
    }


def facts(*, actor: Actor, person_id: int, code: str, as_of: date) -> dict[str, Any]:
    """Every fact that is known, with its source and the day of the record; statistics-only facts stay out."""
    known = selectors.facts(actor=actor, as_of=as_of, person_code=code)
    rows = []
    for fact in catalogue():
        value = known.values[fact.code]
        if value is None or fact.statistics_only:
            continue
        evidence = known.evidence.get(fact.code)
        rows.append(
            {
                "label": sentence(fact.label),
                "value": sentence(found_text(fact, value)),
                "source": sentence(fact.source),
                "day": evidence.day if evidence else None,
            }
        )
    return {"rows": rows}


PANELS = (
    PersonPanel(
        "standing", _("Đủ tiêu chuẩn chức danh nào"), "screening/standing.html", standing, selectors.READ, 10
    ),
    PersonPanel("facts", _("Dữ kiện và nguồn"), "screening/facts.html", facts, selectors.READ, 20),
)
