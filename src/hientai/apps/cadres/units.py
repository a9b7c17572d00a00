"""What people give to units: who holds a seat, how many are there, what keeps a unit from ending."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from hientai.apps.cadres import models
from hientai.apps.cadres.selectors import READ
from hientai.apps.organization import selectors as organization
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Refused


def holding(*, unit_ids: Iterable[int], since: date) -> list[str]:
    """Codes of people who hold a seat of these units on or after a day."""
    held = _still(models.Position.objects.known_on(), since).filter(seat__unit_id__in=list(unit_ids))
    return list(held.order_by("person__code").values_list("person__code", flat=True).distinct())


def kept(*, unit_ids: Iterable[int], since: date) -> list[str]:
    """Codes of people whose file these units keep on or after a day."""
    managed = _still(models.Management.objects.known_on(), since).filter(unit_id__in=list(unit_ids))
    return list(managed.order_by("person__code").values_list("person__code", flat=True).distinct())


def _still(rows: Any, since: date) -> Any:
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=since))


def _managed(actor: Actor, as_of: date) -> QuerySet:
    managed = models.Management.objects.as_of(as_of)
    if actor.scope(READ).is_everything:
        return managed
    return managed.filter(person_id__in=models.Person.objects.visible_to(actor, READ).values("id"))


def present(*, actor: Actor, as_of: date, unit_ids: Iterable[int]) -> dict[int, int]:
    """People on file at each unit and below it on a day, within scope; one statement for the numbers of all."""
    wanted = list(unit_ids)
    pairs = organization.below(actor=actor, as_of=as_of, unit_ids=wanted)
    own = own_numbers(actor=actor, as_of=as_of, unit_ids={unit for _, unit in pairs})
    total: dict[int, int] = dict.fromkeys(wanted, 0)
    for unit, inside in pairs:
        total[unit] += own.get(inside, 0)
    return total


def own_numbers(*, actor: Actor, as_of: date, unit_ids: Iterable[int]) -> dict[int, int]:
    """People on file at each unit itself on a day, within scope."""
    rows = _managed(actor, as_of).filter(unit_id__in=list(unit_ids)).order_by().values("unit_id")
    return dict(rows.annotate(number=Count("pk")).values_list("unit_id", "number"))


def list_url(code: str, as_of: date) -> str:
    """The people list of a unit and all below it."""
    return f"{reverse('people')}?{urlencode({'unit': code, 'as_of': as_of.isoformat()})}"


def holders(*, actor: Actor, as_of: date, seat_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """Who holds each seat on a day, by name; people outside the actor's scope are not named."""
    held = models.Position.objects.as_of(as_of).filter(seat_id__in=list(seat_ids))
    if not actor.scope(READ).is_everything:
        held = held.filter(person_id__in=models.Person.objects.visible_to(actor, READ).values("id"))
    rows = list(held.order_by("valid_from", "pk").values_list("seat_id", "person_id", "person__code"))
    names = dict(
        models.BiographicalRecord.objects.as_of(as_of)
        .filter(person_id__in=[person for _, person, _ in rows])
        .values_list("person_id", "full_name")
    )
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for seat, person, code in rows:
        found[seat].append({"text": names.get(person, code), "url": reverse("person", args=[code])})
    return found


def then_and_now(*, actor: Actor, unit_id: int, code: str, as_of: date) -> dict[str, Any]:
    """People at a unit at the end of past years and on the day, following the lineage or saying why not."""
    days = [date(year, 12, 31) for year in (2019, 2021, 2023, 2024, 2025) if date(year, 12, 31) < as_of]
    lines, refused = [], None
    for day in [*days, as_of]:
        try:
            units = organization.same_units(actor=actor, as_of=as_of, unit_ids=[unit_id], other=day)
        except Refused as error:
            refused = error.message
            continue
        rows = organization.rows_of(actor=actor, as_of=day, ids=units)
        if rows:
            numbers = present(actor=actor, as_of=day, unit_ids=[row.id for row in rows])
            lines.append({
                "day": day, "total": sum(numbers.values()),
                "units": [{"name": r.name, "number": numbers[r.id], "url": list_url(r.code, day)} for r in rows],
            })  # fmt: skip
    return {"lines": lines, "refused": refused}
