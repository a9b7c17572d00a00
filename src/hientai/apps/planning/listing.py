"""What planning gives to lists of people: the list behind a figure of the coverage, and a column of planned titles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hientai.apps.planning import documents, selectors
from hientai.foundation import snapshot
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound
from hientai.foundation.people_lists import ColumnSource, FoundPeople, ListColumn, PeopleSource
from hientai.foundation.web.templatetags.formats import number


def find(*, actor: Actor, as_of: date, asked: Mapping[str, str]) -> FoundPeople:
    """The people behind one figure: title, measure, term and unit as in the address of its list."""
    usual = selectors.plan_on(actor=actor, as_of=as_of)
    term = asked.get("term") or (usual.term if usual else "")
    found = selectors.coverage(actor=actor, as_of=as_of, term=term, unit_code=asked.get("unit", ""))
    title, measure = asked.get("title", ""), asked.get("measure", "")
    row = next((row for row in found.rows if row.title_code == title), None)
    if row is None or measure not in documents.PEOPLE_MEASURES:
        raise NotFound(f"{title}/{measure}")
    ids = documents.PEOPLE_MEASURES[measure](row).ids
    said = [
        row.title,
        str(documents.measure_label(measure)),
        f"{_('nhiệm kỳ')} {found.plan.term}",
        found.unit,
    ]
    base = _("chức danh có {people} người trong quy hoạch").format(people=number(row.people.value))
    return FoundPeople(tuple(snapshot.by_name(ids)), " · ".join(filter(None, said)), base)


def read(
    *, actor: Actor, as_of: date, ids: Sequence[int], wanted: Sequence[str]
) -> dict[str, dict[int, Any]]:
    """Titles each is planned for on the day, one a line, in protocol order."""
    generation = snapshot.current()
    titles = generation.frame("titles").select("title_id", "name", "order")
    slots = generation.frame("plan_slots").filter(
        snapshot.valid_on(as_of) & pl.col("person_id").is_in(list(ids))
    )
    said: dict[int, list[str]] = defaultdict(list)
    for row in slots.join(titles, on="title_id").sort("order", "term", "slot_id").iter_rows(named=True):
        line = f"{row['name']} ({row['term']})"
        if line not in said[row["person_id"]]:
            said[row["person_id"]].append(line)
    return {"planned": {person: "\n".join(lines) for person, lines in said.items()}}


PEOPLE = PeopleSource("coverage", find, selectors.READ)
COLUMNS = ColumnSource(
    gettext_lazy("Quy hoạch"),
    lambda: (
        ListColumn("planned", gettext_lazy("Quy hoạch chức danh"), width=2.4, permission=selectors.READ),
    ),
    read,
    50,
)
