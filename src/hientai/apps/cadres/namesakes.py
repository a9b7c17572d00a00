"""Finds who on file may be one of many people given by name and birth. Used by the selectors only.

Of a hundred thousand people most share a birthday with somebody on a long list. So names and births are read first and
compared, and only who is near has the rest read and the numbers opened.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import BigIntegerField, CharField, Count, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from hientai.apps.cadres import models
from hientai.apps.cadres.bulk import any_of
from hientai.apps.cadres.types import Born, Namesake, Namesakes
from hientai.engines.matching import Commonness, NameAndBirth, near
from hientai.engines.vitext import search_key
from hientai.foundation import encryption


def find(known: QuerySet, people: Iterable[tuple[str, Born]]) -> Namesakes:
    """known: current biographies that may be seen; people: names as written, with births. Five statements at most."""
    asked = [NameAndBirth(search_key(name), b.year, b.month or 0, b.day or 0) for name, b in people]
    ids, briefs = _near_in_name_or_birth(known, asked)
    pairs = near(asked, briefs)
    of: dict[int, list[int]] = defaultdict(list)
    twins: dict[int, list[int]] = defaultdict(list)
    for one, other in pairs:
        of[one].append(ids[other])
        if asked[one].day and asked[one] == briefs[other]:
            twins[one].append(ids[other])
    return Namesakes(
        _people(known, sorted({ids[other] for _, other in pairs})),
        {one: tuple(found) for one, found in of.items()},
        {one: tuple(found) for one, found in twins.items()},
        _commonness(known, asked, briefs, {asked[one].name for one in of}),
    )


def _near_in_name_or_birth(
    known: QuerySet, asked: Sequence[NameAndBirth]
) -> tuple[list[int], list[NameAndBirth]]:
    birthday = Cast("born_year", IntegerField()) * 10_000 + F("born_month") * 100 + F("born_day")
    key = Concat("search_key", Value(" "), "born_year", output_field=CharField())
    days = {each.year * 10_000 + each.month * 100 + each.day for each in asked if each.day}
    found = known.annotate(birthday=birthday, key=key).filter(
        Q(any_of("key", sorted({f"{each.name} {each.year}" for each in asked}), CharField()))
        | Q(any_of("birthday", sorted(days), IntegerField()))
    )
    month, day = Coalesce("born_month", Value(0)), Coalesce("born_day", Value(0))
    rows = found.order_by("person_id").values_list("person_id", "search_key", "born_year", month, day)
    read = list(rows)
    return [row[0] for row in read], [NameAndBirth._make(row[1:]) for row in read]


def _people(known: QuerySet, ids: Sequence[int]) -> dict[int, Namesake]:
    if not ids:
        return {}
    numbers: dict[int, tuple[str, ...]] = {}
    sealed = models.IdentityNumber.objects.known_on().filter(any_of("person_id", ids, BigIntegerField()))
    for person, number in sealed.order_by("id").values_list("person_id", "sealed"):
        numbers[person] = (*numbers.get(person, ()), encryption.reveal(number))
    rows = known.filter(any_of("person_id", ids, BigIntegerField())).order_by("person_id")
    return {
        person: Namesake(person, code, name, sex, Born(year, month, day), home, numbers.get(person, ()))
        for person, code, name, sex, year, month, day, home in rows.values_list(
            "person_id", "person__code", "full_name", "sex", "born_year", "born_month", "born_day", "home_place"
        )
    }  # fmt: skip


def _commonness(
    known: QuerySet, asked: Sequence[NameAndBirth], briefs: Sequence[NameAndBirth], names: set[str]
) -> Commonness:
    """Counted on file and among those asked; whoever shares a birthday that was asked for is among `briefs`."""
    if not names:
        return Commonness(len(asked), {}, {})
    bearers = Counter(each.name for each in asked if each.name in names)
    counted = known.filter(any_of("search_key", sorted(names), CharField())).values("search_key")
    bearers.update(dict(counted.order_by("search_key").values_list("search_key", Count("id"))))
    return Commonness(
        known.count() + len(asked),
        bearers,
        Counter(each[1:] for people in (asked, briefs) for each in people if each.day),
    )
