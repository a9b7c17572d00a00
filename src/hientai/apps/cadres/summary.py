"""What the prescribed biographical forms say of a person, field by field; what is not stored stays blank.

Four forms share their values: the summary in the order of 2C, 2C-TCTW-98 (party), 2C-BNV/2008 (civil servants) and
HS02-VC/BNV (public employees, Circular 07/2019/TT-BNV). Economy and foreign relations are never stored (boundaries of
the program), family only as far as conflicts of interest need it, which is no business of these forms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hientai.apps.cadres import columns, models, selectors
from hientai.apps.cadres.kinds import TEXTS
from hientai.apps.cadres.selectors import code_names
from hientai.apps.cadres.types import HealthClass, QualificationKind
from hientai.engines.interval import last_day
from hientai.foundation.actor import Actor
from hientai.foundation.documents.report import Picture, cell_text
from hientai.foundation.documents.template import fill
from hientai.foundation.errors import NotFound

FOLDER = Path(__file__).parent / "templates_word"
DOTS = "." * 22
_PLAIN = (
    "other_names", "permanent_residence", "recruited_by", "party_card", "army_rank", "academic_rank",
    "social_insurance", "personnel_number", "phone",
)  # fmt: skip
_DAYS = {"army_joined": "army_joined_on", "army_left": "army_left_on"}
_WHO = ("name", "code", "sex", "born", "ethnicity", "religion", "birth_place", "home_place", "residence",
        "party_joined", "party_official", "recruited", "photo")  # fmt: skip
_POSTS = ("post", "since", "concurrent")
_LEARNING = ("general", "professional", "political_theory", "state_management", "language", "informatics")
_SERVICE = ("grade", "step", "coefficient", "paid_since", "commendations", "disciplines")


@dataclass(frozen=True)
class PrescribedForm:
    """A form. slug: in the address; file: its Word template; verified: laid beside the printed one."""

    slug: str
    label: str | Promise
    file: str
    verified: bool = False


FORMS: dict[str, PrescribedForm] = {
    form.slug: form
    for form in (
        PrescribedForm("tom-tat-2c", _l("Tóm tắt theo mục của 2C"), "so-yeu-ly-lich-2c.docx", verified=True),
        PrescribedForm("2c-tctw-98", _l("Mẫu 2C/TCTW-98"), "2c-tctw-98.docx"),
        PrescribedForm("2c-bnv-2008", _l("Mẫu 2C-BNV/2008"), "2c-bnv-2008.docx"),
        PrescribedForm("hs02-vc-bnv", _l("Mẫu HS02-VC/BNV (viên chức)"), "hs02-vc-bnv.docx"),
    )
}


def summary_docx(*, actor: Actor, as_of: date, code: str, form: str = "tom-tat-2c") -> bytes:
    """The form as a Word document. Raises NotFound outside the scope, or for a form that is none."""
    if form not in FORMS:
        raise NotFound(form)
    values, photo = _values(actor, as_of, code)
    if not FORMS[form].verified:
        said = _("Thứ tự và tên các mục của mẫu này chưa được đối chiếu với bản in ban hành.")
        values["banner"] = ". ".join(filter(None, (values["banner"], said)))
    pictures = {"photo": (photo, 30)} if photo else {}
    return fill(_template(FORMS[form].file), values, pictures=pictures)


def summary_fields(*, actor: Actor, as_of: date, code: str) -> Mapping[str, Any]:
    """What the forms say, by the names of the templates; raises NotFound outside the scope."""
    return _values(actor, as_of, code)[0]


@cache
def _template(file: str) -> bytes:
    return (FOLDER / file).read_bytes()


def _values(actor: Actor, as_of: date, code: str) -> tuple[dict[str, Any], bytes | None]:
    card = selectors.card(actor=actor, as_of=as_of, code=code)
    person = card.row.id
    known = _columns(actor, as_of, person)
    picture = known.pop("photo", None)
    record = models.BiographicalRecord.objects.as_of(as_of).get(person_id=person)
    health = models.HealthState.objects.as_of(as_of).filter(person_id=person).order_by("-valid_from").first()
    grade = models.Grade.objects.as_of(as_of).filter(person_id=person).first()
    texts = dict(models.ListedText.objects.as_of(as_of).filter(person_id=person).values_list("kind", "text"))
    values: dict[str, Any] = {
        **{name: cell_text(value) or DOTS for name, value in known.items()},
        **{name: getattr(record, name) or DOTS for name in _PLAIN},
        **{name: cell_text(getattr(record, field)) or DOTS for name, field in _DAYS.items()},
        **{kind: texts.get(kind) or DOTS for kind in TEXTS},
        "allowance": cell_text(float(grade.allowance)) if grade and grade.allowance is not None else DOTS,
        "health": str(HealthClass(health.health_class).label) if health else DOTS,
        "name": record.full_name.upper(),
        "agency": (settings.AGENCY_NAME or _("Ban Tổ chức")).upper(),
        "as_of": f"{as_of:%d/%m/%Y}",
        "banner": _("Dữ liệu hư cấu – bản trình diễn") if settings.DEMO else "",
        "blank": DOTS,
        "photo": _("(Ảnh 4 × 6)"),
        "study": _study(actor, as_of, person),
        "career": _career(card, as_of),
        "pay": _pay(actor, as_of, person),
        "ratings": [{"year": year, "rating": rating} for year, rating in card.ratings],
    }  # fmt: skip
    return values, picture.content if isinstance(picture, Picture) else None


def _study(actor: Actor, as_of: date, person: int) -> list[dict[str, str]]:
    names = code_names(actor=actor, as_of=as_of)
    held = models.Qualification.objects.as_of(as_of).filter(person_id=person).order_by("valid_from", "id")
    found = []
    for q in held:
        level = names.get((q.kind, q.level), (0, q.level))[1]
        plain = q.kind in (QualificationKind.PROFESSIONAL, QualificationKind.GENERAL)
        days = [f"{day:%m/%Y}" for day in (q.studied_from, q.studied_to or q.valid_from) if day]
        found.append({
            "kind": q.get_kind_display(), "level": level, "field": q.field, "institution": q.institution,
            "since": f"{q.valid_from:%m/%Y}", "period": " - ".join(days), "mode": q.mode,
            "degree": level if plain else f"{q.get_kind_display()}: {level}",
        })  # fmt: skip
    return found


def _career(card: Any, as_of: date) -> list[dict[str, str]]:
    """Posts here and work elsewhere, the oldest first."""
    lines = [
        (p.valid_from, None if p.is_current else p.last_day, ", ".join(filter(None, (p.title, p.unit))))
        for p in card.positions
    ]
    elsewhere = models.EarlierWork.objects.known_on().filter(person_id=card.row.id, valid_from__lte=as_of)
    for work in elsewhere.order_by("valid_from", "id"):
        ended = last_day(work.valid_to)
        current = ended is None or ended >= as_of
        lines.append(
            (work.valid_from, None if current else ended, ", ".join(filter(None, (work.work, work.place))))
        )
    return [
        {"since": f"{since:%d/%m/%Y}", "until": f"{until:%d/%m/%Y}" if until else _("nay"), "post": post,
         "period": f"{since:%m/%Y} - " + (f"{until:%m/%Y}" if until else _("nay"))}
        for since, until, post in sorted(lines, key=lambda line: line[0])
    ]  # fmt: skip


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
        {"since": f"{g.valid_from:%m/%Y}", "code": g.grade, "grade": names.get(("grade", g.grade), (0, g.grade))[1],
         "step": str(g.step or ""),
         "coefficient": "" if g.coefficient is None else cell_text(float(g.coefficient))}
        for g in kept
    ]  # fmt: skip
