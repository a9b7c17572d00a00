"""What plans rest on units: slots that hold there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from hientai.apps.planning.models import Slot


def planned(*, unit_ids: Iterable[int], since: date) -> list[str]:
    """Codes of people planned for a seat of these units on or after a day."""
    open_ones = Slot.objects.known_on().filter(Q(valid_to__isnull=True) | Q(valid_to__gt=since))
    found = open_ones.filter(seat__unit_id__in=list(unit_ids)).order_by("person__code")
    return list(found.values_list("person__code", flat=True).distinct())
