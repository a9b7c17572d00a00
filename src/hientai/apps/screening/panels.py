"""What standards add to the person page: which titles the person qualifies for, and the way to the facts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hientai.apps.screening import selectors
from hientai.foundation.actor import Actor
from hientai.foundation.registry import PersonPanel
from hientai.foundation.web.templatetags.formats import sentence


def standing(*, actor: Actor, person_id: int, code: str, as_of: date) -> dict[str, Any]:
    """Every standard in force with the verdict and the way to its explanation."""
    return {
        "facts": reverse("facts", args=[code]),
        "rows": [
            {
                "title": sentence(answer.standard.title),
                "document": answer.standard.document,
                "verdict": answer.verdict.value,
                "decisive": answer.decisive,
                "url": reverse("explanation", args=[code, answer.standard.code]),
            }
            for answer in selectors.standing(actor=actor, as_of=as_of, person_code=code)
        ],
    }


PANELS = (
    PersonPanel(
        "standing", _("Đủ tiêu chuẩn chức danh nào"), "screening/standing.html", standing, selectors.READ, 10
    ),
)
