"""People over the API: the same answers as the screens."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Schema

from hientai.apps.cadres import selectors
from hientai.apps.cadres.knowledge import asked_knowledge, end_of_day
from hientai.apps.cadres.selectors import PeopleFilter
from hientai.apps.cadres.types import PersonRow
from hientai.apps.organization import selectors as organization
from hientai.foundation import audit

router = Router(tags=["people"])
LARGEST_PAGE = 500


class PersonOut(Schema):
    """One line of a people list; `born` is YYYY, YYYY-MM or YYYY-MM-DD."""

    code: str
    name: str
    sex: str
    born: str
    position: str
    unit: str
    professional: str
    theory: str


class PeopleOut(Schema):
    """A page of people with the number of all."""

    as_of: str
    known_on: str | None
    total: int
    page: int
    people: list[PersonOut]


class PositionOut(Schema):
    """A post held; `last_day` is inclusive, null while it lasts."""

    title: str
    unit: str
    kind: str
    since: str
    last_day: str | None
    source: str


class CardOut(Schema):
    """A person with the history of posts, newest first."""

    as_of: str
    known_on: str | None
    person: PersonOut
    positions: list[PositionOut]


@router.get("/people", response=PeopleOut, summary="People on file, by given name")
def people(
    request: HttpRequest, q: str = "", unit: str = "", sex: str = "", page: int = 1, size: int = 50,
    known_on: str = "",
) -> PeopleOut:  # fmt: skip
    """People in the caller's scope as of `?as_of=`; `q` matches names blind to accents, codes, identity numbers.

    `known_on`: as the records stood that evening.
    """
    request.actor.check_may(selectors.READ)
    known = asked_knowledge(request)
    unit_id = (
        organization.unit_by_code(actor=request.actor, as_of=request.as_of, code=unit).id if unit else None
    )
    found = selectors.people(
        actor=request.actor, as_of=request.as_of, wanted=PeopleFilter(text=q, unit_id=unit_id, sex=sex),
        page=page, size=min(max(1, size), LARGEST_PAGE), known_on=end_of_day(known) if known else None,
    )  # fmt: skip
    return PeopleOut(
        as_of=request.as_of.isoformat(),
        known_on=known.isoformat() if known else None,
        total=found.paginator.count,
        page=found.number,
        people=[_line(row) for row in found],
    )


@router.get("/people/{code}", response=CardOut, summary="One person with the history of posts")
def person(request: HttpRequest, code: str, known_on: str = "") -> CardOut:
    """The person page's data; 404 outside the caller's scope. `known_on`: as the records stood that evening."""
    known = asked_knowledge(request)
    card = selectors.card(
        actor=request.actor, as_of=request.as_of, code=code, known_on=end_of_day(known) if known else None
    )
    audit.record_reading(actor=request.actor, what="person", details={"person_id": card.row.id})
    return CardOut(
        as_of=request.as_of.isoformat(),
        known_on=known.isoformat() if known else None,
        person=_line(card.row),
        positions=[
            PositionOut(
                title=p.title, unit=p.unit, kind=p.kind, since=p.valid_from.isoformat(),
                last_day=p.last_day.isoformat() if p.last_day else None, source=p.source,
            )
            for p in card.positions
        ],
    )  # fmt: skip


def _line(row: PersonRow) -> PersonOut:
    return PersonOut(
        code=row.code, name=row.name, sex=row.sex, born=row.born.iso, position=row.position, unit=row.unit,
        professional=row.professional, theory=row.theory,
    )  # fmt: skip
