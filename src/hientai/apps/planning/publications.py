"""Published lists as they are read: which lists were published, what stands on one, who may see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Count as Counting

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import name_on
from hientai.apps.planning.models import Publication, PublishedTurn
from hientai.apps.planning.types import Audience, PublicationRow, PublishedLine
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound

READ, WRITE, OWN = "planning.read", "planning.write", "person.read_own"


def publications(*, actor: Actor, as_of: date, term: str = "") -> list[PublicationRow]:
    """Lists published by a day that the actor may see, newest first; corrected ones with who and why."""
    actor.check_may(READ)
    found = Publication.objects.filter(published_on__lte=as_of, audience__in=_seen_by(actor))
    found = found.filter(plan__term=term) if term else found
    rows = list(found.select_related("plan").order_by("-published_on", "-id"))
    return _rows(actor, as_of, rows)


def publication(*, actor: Actor, as_of: date, number: int) -> PublicationRow:
    """One published list; raises NotFound where there is none that the actor may see."""
    for row in publications(actor=actor, as_of=as_of):
        if row.id == number:
            return row
    raise NotFound(str(number))


def lines(*, actor: Actor, as_of: date, number: int) -> list[PublishedLine]:
    """The turns on a list within the actor's scope, in its order; people as on the day of the list."""
    row = publication(actor=actor, as_of=as_of, number=number)
    found = list(
        PublishedTurn.objects.filter(publication_id=number).select_related("seat__title").order_by("place")
    )
    seen = _within(actor, as_of, [one.person_id for one in found])
    people = {line.id: line for line in cadres.rows(actor=actor, as_of=row.lists_on, ids=sorted(seen))}
    units = organization.unit_name_histories(actor=actor, ids={one.seat.unit_id for one in found})
    return [
        PublishedLine(
            line.name, line.code, line.born, line.sex, line.position, line.unit, one.seat.title.name,
            name_on(units.get(one.seat.unit_id, ()), row.lists_on), one.origin,
        )
        for one in found
        if (line := people.get(one.person_id)) is not None
    ]  # fmt: skip


def of_person(
    *, actor: Actor, as_of: date, person_id: int, code: str
) -> list[tuple[PublicationRow, str, str]]:
    """What published lists say of one person: (publication, title, unit); lists that stand on the day, newest first.

    Somebody without further rights sees the own turns alone, on lists that are for those named on them.
    """
    if actor.may(READ):
        if not _within(actor, as_of, [person_id]):
            return []
        audiences = _seen_by(actor)
    elif actor.may(OWN) and code and code == actor.person_code:
        audiences = [Audience.NAMED]
    else:
        return []
    turns = list(
        PublishedTurn.objects.filter(
            person_id=person_id, publication__audience__in=audiences, publication__published_on__lte=as_of
        )
        .exclude(publication__withdrawn_on__lte=as_of)
        .select_related("publication__plan", "seat__title")
        .order_by("-publication__published_on", "-publication_id", "place")
    )
    known = {row.id: row for row in _rows(actor, as_of, [one.publication for one in turns], counted=False)}
    units = organization.unit_name_histories(actor=actor, ids={one.seat.unit_id for one in turns})
    return [
        (
            known[one.publication_id], one.seat.title.name,
            name_on(units.get(one.seat.unit_id, ()), one.publication.lists_on),
        )
        for one in turns
    ]  # fmt: skip


def _seen_by(actor: Actor) -> list[Audience]:
    """The audiences that the actor belongs to."""
    return list(Audience) if actor.may(WRITE) else [Audience.UNITS, Audience.NAMED]


def _within(actor: Actor, as_of: date, people: Sequence[int]) -> set[int]:
    asked = sorted(set(people))
    hidden = cadres.outside_scope(actor=actor, as_of=as_of, ids=asked, permission=READ)
    return set(asked) - set(hidden)


def _rows(
    actor: Actor, as_of: date, rows: Iterable[Publication], *, counted: bool = True
) -> list[PublicationRow]:
    kept = list({row.pk: row for row in rows}.values())
    units = organization.unit_name_histories(actor=actor, ids={row.unit_id for row in kept if row.unit_id})
    counts = _counts(actor, as_of, [row.pk for row in kept]) if counted else {}
    found = []
    for row in kept:
        gone = row.withdrawn_on is not None and row.withdrawn_on <= as_of
        found.append(
            PublicationRow(
                row.pk, row.plan.term, name_on(units.get(row.unit_id, ()), row.lists_on) if row.unit_id else "",
                row.lists_on, row.published_on, row.published_by, row.decision, row.audience,
                str(Audience(row.audience).label), counts.get(row.pk, 0), row.withdrawn_on if gone else None,
                row.withdrawn_by if gone else "", row.because if gone else "",
            )
        )  # fmt: skip
    return found


def _counts(actor: Actor, as_of: date, ids: Sequence[int]) -> dict[int, int]:
    """How many turns of each list are of people within the actor's scope."""
    found = PublishedTurn.objects.filter(publication_id__in=ids)
    if not actor.scope(READ).is_everything:
        people = list(found.values_list("person_id", flat=True).distinct())
        found = found.filter(person_id__in=_within(actor, as_of, people))
    return dict(found.values("publication_id").annotate(n=Counting("id")).values_list("publication_id", "n"))
