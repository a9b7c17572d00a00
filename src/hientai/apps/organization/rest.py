"""Units over the API: as of a day, with their history and lineage."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Schema

from hientai.apps.organization import selectors
from hientai.apps.organization.types import UnitRow

router = Router(tags=["units"])
LARGEST = 20_000


class UnitOut(Schema):
    """A unit as of a day; `parent` is the code of the unit above, null for a root."""

    code: str
    name: str
    kind: str
    block: str
    level: str
    parent: str | None


class UnitsOut(Schema):
    """Units that stand on a day, in protocol order."""

    as_of: str
    total: int
    units: list[UnitOut]


class LineageUnitOut(Schema):
    """A unit of a lineage; `last_day` is inclusive, null while it stands."""

    code: str
    name: str
    since: str
    last_day: str | None


class EdgeOut(Schema):
    """`before` went to `after` on a day; `share` is an exact fraction as text, null where no decision names it."""

    before: str
    after: str
    day: str
    share: str | None
    keeps_records: bool


class LineageOut(Schema):
    """Everything a unit came from and became."""

    unit: str
    units: list[LineageUnitOut]
    edges: list[EdgeOut]


@router.get("/units", response=UnitsOut, summary="Units as of a day")
def units(request: HttpRequest, under: str = "", level: str = "", q: str = "") -> UnitsOut:
    """Units as of `?as_of=`; `under`: a subtree; `q`: words of a present or past name, blind to accents."""
    actor, as_of = request.actor, request.as_of
    if q:
        rows = [row for row, stands in selectors.find(actor=actor, as_of=as_of, text=q, most=200) if stands]
    else:
        root = selectors.unit_by_code(actor=actor, as_of=as_of, code=under).id if under else None
        rows = selectors.units(actor=actor, as_of=as_of, under=root, level=level)
    codes = {
        row.id: row.code
        for row in selectors.rows_of(actor=actor, as_of=as_of, ids={r.parent_id for r in rows if r.parent_id})
    }
    return UnitsOut(
        as_of=as_of.isoformat(), total=len(rows), units=[_unit(row, codes) for row in rows[:LARGEST]]
    )


def _unit(row: UnitRow, codes: dict[int, str]) -> UnitOut:
    return UnitOut(code=row.code, name=row.name, kind=row.kind, block=row.block, level=row.level,
                   parent=codes.get(row.parent_id or 0))  # fmt: skip


@router.get("/units/{code}", response=UnitOut, summary="One unit as of a day")
def unit(request: HttpRequest, code: str) -> UnitOut:
    """The unit as of `?as_of=`; 404 when it does not stand that day."""
    row = selectors.unit_by_code(actor=request.actor, as_of=request.as_of, code=code)
    above = selectors.rows_of(
        actor=request.actor, as_of=request.as_of, ids=[row.parent_id] if row.parent_id else []
    )
    return _unit(row, {r.id: r.code for r in above})


@router.get(
    "/units/{code}/lineage", response=LineageOut, summary="Where a unit came from and what became of it"
)
def lineage(request: HttpRequest, code: str) -> LineageOut:
    """All steps in both directions, whatever `?as_of=` says."""
    row = selectors.unit_ever(actor=request.actor, as_of=request.as_of, code=code)
    told = selectors.lineage(actor=request.actor, as_of=request.as_of, unit_id=row.id)
    ordered = sorted(told.units.values(), key=lambda u: (u.first_day, u.code))
    return LineageOut(
        unit=row.code,
        units=[
            LineageUnitOut(code=u.code, name=u.name, since=u.first_day.isoformat(),
                           last_day=u.last_day.isoformat() if u.last_day else None)
            for u in ordered
        ],
        edges=[
            EdgeOut(before=told.units[e.before].code, after=told.units[e.after].code, day=e.day.isoformat(),
                    share=str(e.share) if e.share is not None else None, keeps_records=e.keeps_records)
            for e in told.edges
        ],
    )  # fmt: skip
