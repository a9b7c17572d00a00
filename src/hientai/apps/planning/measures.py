"""What a plan gives to targets of documents: shares of the people planned at each level, each number with its list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import Level
from hientai.apps.planning import selectors
from hientai.apps.planning.types import Count, Coverage, CoverageRow
from hientai.foundation import snapshot
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound
from hientai.foundation.people_lists import FoundPeople, PeopleSource
from hientai.foundation.registry import MeasuredFigure, MeasureSource
from hientai.foundation.web.templatetags.formats import number

SOURCE = "plan-share"
PLANNED = "planned"
PARTS: Mapping[str, Callable[[CoverageRow], Count | None]] = {
    PLANNED: lambda row: row.people,
    "women": lambda row: row.women,
    "young": lambda row: row.young,
    "ethnic": lambda row: row.ethnic,
    "ready": lambda row: row.ready,
}
LABELS: Mapping[str, str | Promise] = {
    PLANNED: gettext_lazy("Người được quy hoạch"),
    "women": gettext_lazy("Tỷ lệ nữ trong quy hoạch"),
    "young": gettext_lazy("Tỷ lệ trẻ trong quy hoạch"),
    "ethnic": gettext_lazy("Tỷ lệ người dân tộc thiểu số trong quy hoạch"),
    "ready": gettext_lazy("Tỷ lệ đảm nhận được ngay trong quy hoạch"),
}


def figures(part: str, *, actor: Actor, as_of: date, unit_id: int | None = None) -> list[MeasuredFigure]:
    """The share of one part of the people planned, a line a level that has anybody planned; none without a plan."""
    units = organization.rows_of(actor=actor, as_of=as_of, ids=[unit_id]) if unit_id is not None else []
    plan = selectors.plan_on(actor=actor, as_of=as_of)
    if plan is None or (unit_id is not None and not units):
        return []
    unit = units[0].code if units else ""
    found = selectors.coverage(actor=actor, as_of=as_of, term=plan.term, unit_code=unit)
    return list(_lines(found, part, unit))


def _lines(found: Coverage, part: str, unit: str) -> Iterator[MeasuredFigure]:
    for level, label in Level.choices:
        base = people_of(found, level, PLANNED)
        if not base:
            continue
        counted = people_of(found, level, part)
        count = None if counted is None else len(counted)
        asked = {"level": level, "term": found.plan.term, "unit": unit}
        yield MeasuredFigure(
            label, count, len(base), _address(found.as_of, part=part, **asked) if count else "",
            _address(found.as_of, part=PLANNED, **asked),
        )  # fmt: skip


def people_of(found: Coverage, level: str, part: str) -> tuple[int, ...] | None:
    """Distinct people of one part over all titles of a level; None where the regime gives no basis to tell."""
    counts = [PARTS[part](row) for row in found.rows if row.level == level and row.people.value]
    known = [count for count in counts if count is not None]
    if counts and not known:
        return None
    return tuple(sorted({person for count in known for person in count.ids}))


def _address(as_of: date, **asked: str) -> str:
    return f"{reverse('extract')}?{urlencode({'from': SOURCE, 'as_of': as_of.isoformat(), **asked})}"


def find(*, actor: Actor, as_of: date, asked: Mapping[str, str]) -> FoundPeople:
    """The people behind one figure; the address names part, level, term and unit. Raises NotFound."""
    part, level = asked.get("part", ""), asked.get("level", "")
    usual = selectors.plan_on(actor=actor, as_of=as_of)
    term = asked.get("term") or (usual.term if usual else "")
    if part not in PARTS or level not in Level.values or not term:
        raise NotFound(f"{level}/{part}")
    found = selectors.coverage(actor=actor, as_of=as_of, term=term, unit_code=asked.get("unit", ""))
    ids, everybody = people_of(found, level, part) or (), people_of(found, level, PLANNED) or ()
    said = [str(LABELS[part]), str(Level(level).label), f"{_('nhiệm kỳ')} {term}", found.unit]
    base = _("cấp này có {people} người trong quy hoạch").format(people=number(len(everybody)))
    return FoundPeople(tuple(snapshot.by_name(ids)), " · ".join(filter(None, said)), base)


def _figures_of(part: str) -> Callable[..., list[MeasuredFigure]]:
    def share(*, actor: Actor, as_of: date, unit_id: int | None = None) -> list[MeasuredFigure]:
        return figures(part, actor=actor, as_of=as_of, unit_id=unit_id)

    return share


PEOPLE = PeopleSource(SOURCE, find, selectors.READ)
MEASURES = tuple(
    MeasureSource(f"plan.share_{part}", LABELS[part], _figures_of(part), selectors.READ)
    for part in PARTS
    if part != PLANNED
)
