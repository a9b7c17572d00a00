"""Code lists as pages show them: values with their time, how offices write them, and spellings nobody has explained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from hientai.apps.cadres import models
from hientai.apps.cadres.kinds import Label
from hientai.apps.cadres.selectors import WRITE
from hientai.apps.cadres.types import QualificationKind
from hientai.apps.organization import selectors as organization
from hientai.engines.vitext import search_key
from hientai.foundation.actor import Actor
from hientai.foundation.code_names import code_label
from hientai.foundation.errors import NotFound

BIOGRAPHICAL: dict[str, Label] = {"ethnicity": _("Dân tộc"), "religion": _("Tôn giáo")}
LISTS: dict[str, Label] = {
    **BIOGRAPHICAL,
    **{kind.value: kind.label for kind in QualificationKind},
    "grade": _("Ngạch, hạng chức danh nghề nghiệp"),
}


@dataclass(frozen=True)
class AliasRow:
    """How an office (unit "": everybody) writes a code."""

    id: int
    text: str
    unit: str


@dataclass(frozen=True)
class CodeRow:
    """A value of a list with its time and its spellings."""

    code: str
    name: str
    valid_from: date | None
    valid_to: date | None
    aliases: tuple[AliasRow, ...]


@dataclass(frozen=True)
class Spelling:
    """What stands in files and is no value of the list; files: in how many that the actor may write."""

    text: str
    files: int


def codes_of(*, actor: Actor, as_of: date, name: str) -> list[CodeRow]:
    """The values of a list, those of the past too, in its order. Raises NotFound for no list."""
    actor.check_may(WRITE)
    if name not in LISTS:
        raise NotFound(name)
    spelt: dict[int, list[AliasRow]] = {}
    aliases = list(models.CodeAlias.objects.filter(list=name).order_by("folded", "id"))
    units = organization.unit_names(actor=actor, as_of=as_of, ids={a.unit_id for a in aliases if a.unit_id})
    for alias in aliases:
        unit = units.get(alias.unit_id, "…") if alias.unit_id else ""
        spelt.setdefault(alias.code_id, []).append(AliasRow(alias.pk, alias.folded, unit))
    known = models.Code.objects.filter(list=name).order_by(
        F("valid_to").desc(nulls_first=True), "-rank", "order", "code"
    )
    return [
        CodeRow(c.code, code_label(c.name), c.valid_from, c.valid_to, tuple(spelt.get(c.pk, ())))
        for c in known
    ]


def unexplained(*, actor: Actor, as_of: date, name: str) -> list[Spelling]:
    """Spellings in files that are no value of the list, the commonest first, at most a hundred."""
    actor.check_may(WRITE)
    found: list[Spelling] = []
    for rows, field in _places(actor, name):
        counted = (
            rows.values(field).annotate(files=Count("person_id", distinct=True)).order_by("-files", field)
        )
        found += [Spelling(row[field], row["files"]) for row in counted[:100]]
    return found


def rows_written(actor: Actor, name: str, text: str) -> Iterator[tuple[object, str]]:
    """The versions now on record that say `text` where a value of the list belongs, with the field that says it."""
    for rows, field in _places(actor, name):
        for row in rows.order_by("pk"):
            if search_key(getattr(row, field)) == search_key(text):
                yield row, field


def _places(actor: Actor, name: str) -> Iterator[tuple[models.models.QuerySet, str]]:
    known = models.Code.objects.filter(list=name).values("code")
    visible = models.Person.objects.visible_to(actor, WRITE).values("id")
    if name in BIOGRAPHICAL:
        rows, field = models.BiographicalRecord.objects.known_on(), name
    elif name == "grade":
        rows, field = models.Grade.objects.known_on(), "grade"
    elif name in QualificationKind.values:
        rows, field = models.Qualification.objects.known_on().filter(kind=name), "level"
    else:
        raise NotFound(name)
    yield rows.filter(person_id__in=visible).exclude(Q(**{f"{field}__in": known}) | Q(**{field: ""})), field
