"""Questions about imports: what a list would change, and where an import stands."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.paginator import Page
from django.db import connection
from django.db.models import Q

from hientai.apps.cadres import selectors as cadres
from hientai.apps.cadres.selectors import PeopleFilter
from hientai.apps.exchange import returning, staging
from hientai.apps.exchange.judging import judge
from hientai.apps.exchange.models import ImportBatch, UnitRequest
from hientai.apps.exchange.pictures import with_pictures
from hientai.apps.exchange.placing import Places
from hientai.apps.exchange.types import (
    IMPORT,
    NO_CHOICES,
    UNIT_ASKED,
    BatchRow,
    BatchState,
    Choices,
    Judgement,
    RequestRow,
    RowStatus,
    StagedRow,
    Unexplained,
)
from hientai.apps.exchange.words import field_label
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import UnitRow
from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.engines.worksheet import Extraction, SavedMapping, TableProposal, propose
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound
from hientai.foundation.pages import nearest_page, page_of
from hientai.rulebook.code_lists import code_lists

ROWS = 50
_MOST_SPELLINGS = 20


def preview(
    *, actor: Actor, as_of: date, extraction: Extraction, unit_code: str = "", choices: Choices = NO_CHOICES,
    strict: bool = False, content: bytes = b"",
) -> Judgement:  # fmt: skip
    """Every row of a list with what a commit would do; nothing is written. See `judging.judge`.

    as_of: the day of reading, which holds where the list states no day; unit_code: the unit the list belongs to;
    content: the file, for the portraits on its rows.
    """
    actor.check_may(IMPORT)
    judged = judge(
        extraction,
        actor=actor,
        base=unit_of_list(actor=actor, as_of=extraction.as_of or as_of, code=unit_code),
        choices=choices,
        strict=strict,
    )
    return with_pictures(judged, content, actor=actor)


def unit_of_list(*, actor: Actor, as_of: date, code: str) -> UnitRow | None:
    """The unit named by its code, as of the list's day, else as it is today; None when no code is given."""
    if not code:
        return None
    try:
        return organization.unit_by_code(actor=actor, as_of=as_of, code=code)
    except NotFound:
        return organization.unit_by_code(actor=actor, as_of=actor.today, code=code)


def batches(*, actor: Actor, as_of: date) -> list[BatchRow]:
    """The actor's last thirty imports, newest first."""
    actor.check_may(IMPORT)
    found = ImportBatch.objects.visible_to(actor).select_related("unit").order_by("-created_at", "-id")[:30]
    names = organization.unit_names(actor=actor, as_of=as_of, ids=[b.unit_id for b in found if b.unit_id])
    return [_batch_row(b, names) for b in found]


def batch(*, actor: Actor, as_of: date, token: UUID) -> BatchRow:
    """One import; raises NotFound for another account's."""
    found = _batch(actor, token)
    ids = [found.unit_id] if found.unit_id else []
    return _batch_row(found, organization.unit_names(actor=actor, as_of=as_of, ids=ids))


def _batch(actor: Actor, token: UUID) -> ImportBatch:
    actor.check_may(IMPORT)
    found = ImportBatch.objects.visible_to(actor).select_related("unit").filter(token=token).first()
    if found is None:
        raise NotFound(str(token))
    return found


def _batch_row(b: ImportBatch, names: dict[int, str]) -> BatchRow:
    return BatchRow(
        b.id, str(b.token), b.name, b.state, b.unit.code if b.unit else "", names.get(b.unit_id or 0, ""), b.counts,
        tuple(b.notes), b.as_of, b.version, b.created_at, b.committed_at, b.error_file,
        is_old=b.state == BatchState.PREVIEW and not b.seen,
    )  # fmt: skip


def tables(*, actor: Actor, as_of: date, token: UUID) -> tuple[list[TableProposal], SavedMapping]:
    """The tables of an import's file with their columns as mapped so far, those of skipped sheets too."""
    found = _batch(actor, token)
    mapping = SavedMapping.from_yaml(found.mapping)
    content = staging.read_file(str(found.token), found.digest)
    book = staging.workbook_of(content, found.name, {})
    return propose(book, SavedMapping(mapping.headings, mapping.columns)), mapping


def staged_rows(*, actor: Actor, as_of: date, token: UUID, status: str = "", page: int = 1) -> Page:
    """Rows of a preview in the order of the file, of one status or all."""
    found = _batch(actor, token).rows.select_related("person").order_by("place")
    if status:
        found = found.filter(status=status)
    total = found.count()
    number = nearest_page(page, total, ROWS)
    shown = found[(number - 1) * ROWS : number * ROWS]
    rows = [StagedRow(r.sheet, r.row, r.status, r.shown, r.person.code if r.person else "") for r in shown]
    return page_of(rows, total, number, ROWS)


def unit_named(*, actor: Actor, as_of: date, text: str) -> UnitRow | None:
    """The unit an officer means by a code or a name; None for nothing; BadInput with the names that fit."""
    wanted = text.strip()
    if not wanted:
        return None
    units = organization.units(actor=actor, as_of=as_of)
    by_code = next((unit for unit in units if unit.code.lower() == wanted.lower()), None)
    if by_code is not None:
        return by_code
    found = Places(units, (), None).find(wanted)
    if found.unit is None:
        names = ", ".join(found.candidates)
        message = (
            say("“{text}” khớp nhiều đơn vị: {names}. Hãy ghi mã đơn vị.", text=wanted[:80], names=names)
            if names
            else say("Không có đơn vị “{text}”.", text=wanted[:80])
        )
        raise BadInput("unknown_unit", message, "unit")
    return found.unit


def units_alike(*, actor: Actor, as_of: date, text: str) -> list[tuple[str, str]]:
    """(code, name and where) of units that a name typed by an officer may mean, for choosing one."""
    return Places(organization.units(actor=actor, as_of=as_of), (), None).alike(text.strip())


def without_unit(*, actor: Actor, as_of: date, token: UUID) -> int:
    """How many rows of a preview are refused because nobody said which unit they belong to."""
    refused = _batch(actor, token).rows.filter(status=RowStatus.REFUSED)
    asked = Q()
    for code in UNIT_ASKED:
        asked |= Q(shown__reasons__contains=[{"code": code}])
    return refused.filter(asked).count()


def unexplained(*, actor: Actor, as_of: date, token: UUID) -> list[Unexplained]:
    """Spellings in a preview that are no value of their code list, the commonest first, with what each may mean."""
    found = _batch(actor, token)
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT s->>'list', s->>'text', count(*) FROM exchange_importrow r,
               jsonb_array_elements(coalesce(r.shown->'unexplained', '[]')) s
               WHERE r.batch_id = %s GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT %s""",
            [found.pk, _MOST_SPELLINGS],
        )
        spelt = cursor.fetchall()
    return [
        Unexplained(name, str(field_label(name)), text, rows, _meanings(name)) for name, text, rows in spelt
    ]


def _meanings(code_list: str) -> tuple[tuple[str, str], ...]:
    return tuple((entry.code, entry.name) for entry in code_lists() if entry.list == code_list)


def requests(*, actor: Actor, as_of: date) -> list[RequestRow]:
    """Workbooks sent to units, those not returned first, then newest first."""
    actor.check_may(IMPORT)
    found = UnitRequest.objects.select_related("returned").order_by("-created_at", "-id")[:200]
    seen = [r for r in found if actor.is_system or r.user_id == actor.user_id]
    names = organization.unit_names(actor=actor, as_of=as_of, ids=[r.unit_id for r in seen])
    rows = [
        RequestRow(
            str(r.token), names.get(r.unit_id, ""), r.title, r.as_of, r.due_on, r.people, r.created_at,
            str(r.returned.token) if r.returned else "", r.returned.state if r.returned else "",
        )
        for r in seen
    ]  # fmt: skip
    return sorted(rows, key=lambda row: bool(row.batch_token))


def request_workbook(*, actor: Actor, as_of: date, token: UUID) -> tuple[str, bytes]:
    """File name and content of a unit's workbook, prefilled with what is on file now; raises NotFound."""
    actor.check_may(IMPORT)
    found = UnitRequest.objects.select_related("unit").filter(token=token, user_id=actor.user_id).first()
    if found is None:
        raise NotFound(str(token))
    content = unit_document(actor=actor, as_of=found.as_of, unit_id=found.unit_id, token=str(found.token))
    return f"{found.unit.code}-{found.as_of:%Y-%m-%d}.xlsx", content


def unit_document(*, actor: Actor, as_of: date, unit_id: int, token: str) -> bytes:
    """The workbook of everybody at or below a unit, rows keyed by request and person."""
    rows = cadres.everybody(actor=actor, as_of=as_of, wanted=PeopleFilter(unit_id=unit_id))
    files = cadres.files(actor=actor, as_of=as_of, ids=[row.id for row in rows])
    people = [files[row.id] for row in rows if row.id in files]
    ids = {unit_id, *(p.unit_id for p in people if p.unit_id)}
    units = organization.unit_names(actor=actor, as_of=as_of, ids=ids)
    names = cadres.code_names(actor=actor, as_of=as_of)
    return returning.unit_workbook(token, units.get(unit_id, ""), as_of, people, units, names)
