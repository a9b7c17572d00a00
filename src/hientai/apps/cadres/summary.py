"""What the biographical summary (2C) of a person says, field by field; what is not stored stays blank to be written in.

Fields as in the prescribed form 2C; economy and foreign relations are never stored (boundaries of the program), family
only as far as conflicts of interest need it, which is no business of this form.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from hientai.apps.cadres import columns, models, selectors
from hientai.apps.cadres.selectors import code_names
from hientai.apps.cadres.types import HealthClass
from hientai.foundation.actor import Actor
from hientai.foundation.documents.report import Picture, cell_text
from hientai.foundation.documents.template import fill

TEMPLATE = Path(__file__).parent / "templates_word" / "so-yeu-ly-lich-2c.docx"
DOTS = "." * 30
_PLAIN = (
    "other_names", "permanent_residence", "recruited_by", "party_card", "army_rank", "academic_rank",
    "social_insurance", "personnel_number",
)  # fmt: skip
_DAYS = {"army_joined": "army_joined_on", "army_left": "army_left_on"}
_WHO = ("name", "code", "sex", "born", "ethnicity", "religion", "birth_place", "home_place", "residence",
        "party_joined", "party_official", "recruited", "photo")  # fmt: skip
_POSTS = ("post", "since", "concurrent")
_LEARNING = ("general", "professional", "political_theory", "state_management", "language", "informatics")
_SERVICE = ("grade", "step", "coefficient", "paid_since", "commendations", "disciplines")


def summary_docx(*, actor: Actor, as_of: date, code: str) -> bytes:
    """The summary as a Word document. Raises NotFound outside the scope."""
    values, photo = _values(actor, as_of, code)
    return fill(_template(), values, pictures={"photo": (photo, 30)} if photo else {})


def summary_fields(*, actor: Actor, as_of: date, code: str) -> Mapping[str, Any]:
    """What the summary says, by the names of the template; raises NotFound outside the scope."""
    return _values(actor, as_of, code)[0]


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def _values(actor: Actor, as_of: date, code: str) -> tuple[dict[str, Any], bytes | None]:
    card = selectors.card(actor=actor, as_of=as_of, code=code)
    person = card.row.id
    known = _columns(actor, as_of, person)
    picture = known.pop("photo", None)
    record = models.BiographicalRecord.objects.as_of(as_of).get(person_id=person)
    health = models.HealthState.objects.as_of(as_of).filter(person_id=person).order_by("-valid_from").first()
    values: dict[str, Any] = {
        **{name: cell_text(value) or DOTS for name, value in known.items()},
        **{name: getattr(record, name) or DOTS for name in _PLAIN},
        **{name: cell_text(getattr(record, field)) or DOTS for name, field in _DAYS.items()},
        "health": str(HealthClass(health.health_class).label) if health else DOTS,
        "name": record.full_name.upper(),
        "agency": (settings.AGENCY_NAME or _("Ban Tổ chức")).upper(),
        "as_of": f"{as_of:%d/%m/%Y}",
        "banner": _("Dữ liệu hư cấu – bản trình diễn") if settings.DEMO else "",
        "blank": DOTS,
        "photo": _("(Ảnh 4 × 6)"),
        "study": [
            {"kind": q.kind, "level": q.level, "field": q.field, "institution": q.institution,
             "since": f"{q.valid_from:%m/%Y}"}
            for q in card.qualifications
        ],
        "career": [
            {"since": f"{p.valid_from:%d/%m/%Y}",
             "until": _("nay") if p.is_current or not p.last_day else f"{p.last_day:%d/%m/%Y}",
             "post": ", ".join(filter(None, (p.title, p.unit)))}
            for p in reversed(card.positions)
        ],
        "pay": _pay(actor, as_of, person),
        "ratings": [{"year": year, "rating": rating} for year, rating in card.ratings],
    }  # fmt: skip
    return values, picture.content if isinstance(picture, Picture) else None


def _columns(actor: Actor, as_of: date, person: int) -> dict[str, Any]:
    """One person's values of the columns that lists show, so that a list and the summary never differ."""
    who = (*_WHO, "identity") if actor.may("person.read_identity") else _WHO
    found: dict[str, Any] = {"identity": None}
    for read, wanted in (
        (columns.read_who, who), (columns.read_posts, _POSTS), (columns.read_learning, _LEARNING),
        (columns.read_service, _SERVICE),
    ):  # fmt: skip
        answered = read(actor=actor, as_of=as_of, ids=[person], wanted=wanted)
        found |= {code: values.get(person) for code, values in answered.items()}
    return {
        code: value.replace("\n", "; ") if isinstance(value, str) else value for code, value in found.items()
    }


def _pay(actor: Actor, as_of: date, person: int) -> list[dict[str, str]]:
    names = code_names(actor=actor, as_of=as_of)
    kept = (
        models.Grade.objects.known_on().filter(person_id=person, valid_from__lte=as_of).order_by("valid_from")
    )
    return [
        {"since": f"{g.valid_from:%m/%Y}", "grade": names.get(("grade", g.grade), (0, g.grade))[1],
         "step": str(g.step or ""),
         "coefficient": "" if g.coefficient is None else cell_text(float(g.coefficient))}
        for g in kept
    ]  # fmt: skip
