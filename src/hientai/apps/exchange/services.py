"""Acts of importing: commit a judged list, all of it or its good rows; take it back."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import connection, transaction
from django.db.models import F, Q

from hientai.apps.cadres import selectors as cadre_questions
from hientai.apps.cadres import services as cadres
from hientai.apps.cadres.drafts import PersonChange, PersonDraft, PositionDraft
from hientai.apps.exchange import returning, staging
from hientai.apps.exchange import selectors as exchange_questions
from hientai.apps.exchange.comparing import position_drafts
from hientai.apps.exchange.judging import judge, with_conflicts, with_positions
from hientai.apps.exchange.models import ImportBatch, ImportRow, LearnedMapping, UnitRequest
from hientai.apps.exchange.pictures import with_pictures
from hientai.apps.exchange.reading import check_has_list, error_bytes, error_file
from hientai.apps.exchange.types import (
    IMPORT,
    WRITTEN,
    BatchState,
    Choices,
    JudgedRow,
    Judgement,
    Outcome,
    RowStatus,
)
from hientai.apps.exchange.wanted import code_draft
from hientai.apps.organization import services as organization
from hientai.apps.organization.types import UnitRow
from hientai.engines.wording import say
from hientai.engines.worksheet import Extraction, SavedMapping, extract, propose
from hientai.foundation import encryption
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.collecting import no_collecting
from hientai.foundation.errors import Conflict, NotFound, Refused
from hientai.foundation.jobs import Progress
from hientai.rulebook.code_lists import code_lists

AT_ONCE = 5000
PREVIEW_IS_OLD = say(
    "Hồ sơ hoặc danh sách đã thay đổi sau khi xem trước; chưa ghi gì cả. Hãy đối chiếu lại rồi xem trước lại."
)


@action(
    "exchange.import",
    permission=IMPORT,
    subject=lambda done: {"created": len(done.created), "updated": len(done.updated)},
)
@no_collecting()
def commit_list(*, actor: Actor, judgement: Judgement, source: str, allow_partial: bool = False) -> Outcome:
    """Writes what the list creates and changes, in one transaction.

    source: what the records rest on (the file's name and day). Raises Refused `rows_refused` when a row is refused and
    `allow_partial` is not given, Conflict when a file changed since it was judged.
    """
    if not allow_partial and not judgement.may_commit_whole:
        raise Refused(
            "rows_refused",
            say("Có {count} dòng bị từ chối nên chưa ghi gì cả. Hãy sửa các dòng đó, hoặc chọn chỉ ghi các dòng đúng.",
                count=judgement.counts()[RowStatus.REFUSED]),
        )  # fmt: skip
    rows = [row for row in judgement.rows if row.status in WRITTEN]
    cadres.enter_codes(actor=actor, codes=judgement.codes)
    drafts, changes = _with_seats(actor, rows, judgement.day, source)
    created: list[int] = []
    for first in range(0, len(drafts), AT_ONCE):
        part = drafts[first : first + AT_ONCE]
        created += cadres.enter_people(actor=actor, drafts=part, source=source)
    if changes:
        cadres.change_people(actor=actor, changes=changes, source=source, because=source)
    _keep_portraits(actor, rows, created, judgement, source)
    updated = (row.person_id for row in rows if row.draft is None and row.person_id is not None)
    return Outcome(tuple(created), tuple(updated), _now())


def _keep_portraits(
    actor: Actor, rows: Sequence[JudgedRow], created: Sequence[int], judgement: Judgement, source: str
) -> None:
    """The pictures of the rows for their people: of those just entered, in their order, and of those on file."""
    entered = iter(created)
    wanted = {}
    for row in rows:
        person = next(entered) if row.draft is not None else row.person_id
        if row.photo and person is not None:
            wanted[person] = judgement.pictures.read(row.photo)
    if wanted:
        cadres.keep_photos(actor=actor, pictures=wanted, taken_on=judgement.day, source=source)


def _with_seats(
    actor: Actor, rows: Sequence[JudgedRow], day: date, source: str
) -> tuple[list[PersonDraft], list[PersonChange]]:
    """Enters new titles, opens seats, and completes what the rows write by their positions."""
    posts = [post for row in rows for post in row.posts]
    new = {post.new_title.code: post.new_title for post in posts if post.new_title}
    titles = organization.enter_titles(actor=actor, drafts=new.values()) if new else {}
    pairs = {
        (post.unit_id, titles[post.new_title.code] if post.new_title else post.title_id or 0)
        for post in posts
        if post.unit_id is not None
    }
    since = min([day, *(post.valid_from for post in posts)])
    seats = (
        organization.open_seats(actor=actor, wanted=pairs, valid_from=since, source=source) if pairs else {}
    )
    drafts: list[PersonDraft] = []
    changes: list[PersonChange] = []
    for row in rows:
        if row.draft is None and row.change is None:  # only its portrait is new
            continue
        what = with_positions(row, _positions(row, seats, titles))
        (drafts if isinstance(what, PersonDraft) else changes).append(what)  # type: ignore[arg-type]
    return drafts, changes


def _positions(
    row: JudgedRow, seats: dict[tuple[int, int], int], titles: dict[str, int]
) -> tuple[PositionDraft, ...]:
    supersedes = row.change.on if row.change and row.change.ending else None
    return position_drafts(row.posts, row.held, seats, titles, supersedes)


def _now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT transaction_timestamp()")
        return cursor.fetchone()[0]


# --- an import by steps


@action("exchange.begin", permission=IMPORT, subject=lambda batch: {"batch": batch.pk})
def begin(*, actor: Actor, name: str, content: bytes, unit_id: int | None = None) -> ImportBatch:
    """Keeps a list that an officer brought. Raises BadInput for a file that cannot or should not be read."""
    clean = "".join(c for c in Path(name).name if c.isprintable())[-150:] or "danh-sach"
    book = staging.workbook_of(content, clean, {})
    mapping = SavedMapping(headings=_learned(unit_id))
    check_has_list(propose(book, mapping), clean)
    batch = ImportBatch(
        user_id=actor.user_id, name=clean, unit_id=unit_id, read_on=actor.today, mapping=mapping.to_yaml()
    )
    batch.digest = staging.keep_file(str(batch.token), content)
    batch.save(force_insert=True)
    return batch


def _learned(unit_id: int | None) -> dict[str, str]:
    """Headings as everybody taught them, then as this office did."""
    taught = LearnedMapping.objects.filter(Q(unit__isnull=True) | Q(unit_id=unit_id))
    return dict(taught.order_by(F("unit_id").asc(nulls_first=True)).values_list("heading", "field"))


def _open(actor: Actor, batch_id: int, *states: str) -> ImportBatch:
    """The actor's import, locked, in one of `states`; NotFound or Conflict otherwise."""
    batch = ImportBatch.objects.visible_to(actor).select_for_update().filter(pk=batch_id).first()
    if batch is None:
        raise NotFound(str(batch_id))
    if batch.state not in states:
        raise Conflict(
            "step_passed",
            say(
                "Lần nhập này đang ở bước “{state}”; không làm lại bước trước được.",
                state=str(BatchState(batch.state).label),
            ),
        )
    return batch


BEFORE_COMMIT = (BatchState.MAPPING, BatchState.PREVIEW)


@action("exchange.map", permission=IMPORT, subject=lambda batch: {"batch": batch.pk})
def set_mapping(
    *, actor: Actor, batch_id: int, mapping: SavedMapping, unit_id: int | None, remember: bool = False
) -> ImportBatch:
    """Which column holds what, and whose list it is; remember: the next list of this office is mapped likewise."""
    batch = _open(actor, batch_id, *BEFORE_COMMIT)
    batch.mapping, batch.unit_id = mapping.to_yaml(), unit_id
    batch.state = BatchState.MAPPING
    _changed(batch)
    if remember:
        for heading, field in mapping.headings.items():
            LearnedMapping.objects.update_or_create(
                unit_id=unit_id, heading=heading[:300], defaults={"field": field}
            )
    return batch


def _changed(batch: ImportBatch) -> None:
    """What the preview showed no longer counts."""
    batch.version += 1
    batch.seen = ""
    batch.save()


@action("exchange.choose_unit", permission=IMPORT, subject=lambda batch: {"batch": batch.pk})
def choose_unit(*, actor: Actor, batch_id: int, unit_id: int) -> ImportBatch:
    """Whose list it is, said after the preview showed rows without a unit."""
    batch = _open(actor, batch_id, BatchState.PREVIEW)
    batch.unit_id = unit_id
    _changed(batch)
    return batch


@action("exchange.teach", permission=IMPORT, subject=lambda batch: {"batch": batch.pk})
def teach_spelling(*, actor: Actor, batch_id: int, code_list: str, text: str, code: str) -> ImportBatch:
    """The office of the list means `code` by `text`, here and in its next lists. Raises Refused for no such code."""
    batch = _open(actor, batch_id, BatchState.PREVIEW)
    listed = next((e for e in code_lists() if (e.list, e.code) == (code_list, code)), None)
    if listed is not None:
        cadres.enter_codes(actor=actor, codes=[code_draft(listed)])
    cadres.learn_alias(actor=actor, code_list=code_list, text=text, code=code, unit_id=batch.unit_id)
    _changed(batch)
    return batch


@action("exchange.mark_old", permission=IMPORT, subject=lambda batch: {"batch": batch.pk})
def mark_old(*, actor: Actor, batch_id: int) -> ImportBatch:
    """The preview no longer says what a commit would do; it is not written before it was judged again."""
    batch = _open(actor, batch_id, *BEFORE_COMMIT)
    _changed(batch)
    return batch


@action("exchange.mend", permission=IMPORT, subject=lambda batch: {"batch": batch.pk})
def mend_cells(*, actor: Actor, batch_id: int, fixes: Mapping[tuple[str, str], str]) -> ImportBatch:
    """Cells typed anew on the page: (sheet, address) -> text."""
    batch = _open(actor, batch_id, BatchState.PREVIEW)
    book = staging.workbook_of(staging.read_file(str(batch.token), batch.digest), batch.name, {})
    for sheet, cell in fixes:
        staging.check_cell(sheet, cell, book)
    chosen = staging.open_choices(batch.choices)
    batch.choices = staging.seal_choices(replace(chosen, fixes={**chosen.fixes, **fixes}))
    _changed(batch)
    return batch


@action("exchange.tell_apart", permission=IMPORT, subject=lambda batch: {"batch": batch.pk})
def choose_person(*, actor: Actor, batch_id: int, sheet: str, row: int, code: str) -> ImportBatch:
    """A row in doubt is the person with `code`, or ("") somebody new."""
    batch = _open(actor, batch_id, BatchState.PREVIEW)
    person = cadre_questions.person_id_of(actor=actor, code=code) if code else None
    chosen = staging.open_choices(batch.choices)
    batch.choices = staging.seal_choices(replace(chosen, same_as={**chosen.same_as, (sheet, row): person}))
    _changed(batch)
    return batch


@action("exchange.judge", permission=IMPORT, subject=lambda batch: {"batch": batch.pk})
def judge_batch(*, actor: Actor, batch_id: int, progress: Progress | None = None) -> ImportBatch:
    """Reads the list and holds it against the records; the preview is what comes of it."""
    batch = _open(actor, batch_id, *BEFORE_COMMIT)
    _content, _extraction, judgement = _judged(actor, batch, progress)
    _keep_rows(batch, judgement, progress)
    batch.state = BatchState.PREVIEW
    batch.version += 1
    batch.save()
    return batch


@no_collecting()
def _judged(
    actor: Actor, batch: ImportBatch, progress: Progress | None
) -> tuple[bytes, Extraction, Judgement]:
    content = staging.read_file(str(batch.token), batch.digest)
    choices = staging.open_choices(batch.choices)
    book = staging.workbook_of(content, batch.name, choices.fixes)
    tables = propose(book, SavedMapping.from_yaml(batch.mapping))
    _step(progress, 1, 4)
    extraction = extract(book, tables, batch.read_on)
    _step(progress, 2, 4)
    base = None
    if batch.unit_id is not None:
        base = exchange_questions.unit_of_list(
            actor=actor, as_of=extraction.as_of or batch.read_on, code=batch.unit.code
        )
    judgement = _judged_return(actor, batch, extraction, choices, base)
    if judgement is None:
        judgement = judge(extraction, actor=actor, base=base, choices=choices, strict=True)
    judgement = with_pictures(judgement, content, actor=actor)
    _step(progress, 3, 4)
    return content, extraction, judgement


def _judged_return(
    actor: Actor, batch: ImportBatch, extraction: Extraction, choices: Choices, base: UnitRow | None
) -> Judgement | None:
    """The judgement of a unit's workbook that came back: only what the unit changed counts. None for other lists."""
    start = returning.request_of(extraction)
    request = _request_starting(actor, start)
    if request is None:
        return None
    token = str(request.token)
    sent = json.loads(encryption.reveal(bytes(request.sent)))
    now = exchange_questions.unit_document(
        actor=actor, as_of=request.as_of, unit_id=request.unit_id, token=token
    )
    merged, conflicts, missing = returning.merge(
        extraction, token, sent, returning.read_back(now, request.as_of), choices.sides
    )
    codes = {(r.sheet, r.row): returning.code_in(r.person, token) for r in extraction.rows}
    people = cadre_questions.ids_of(actor=actor, as_of=request.as_of, codes=[c for c in codes.values() if c])
    same_as = {key: people[code] for key, code in codes.items() if code in people}
    choices = replace(choices, same_as={**same_as, **choices.same_as})
    judgement = judge(merged, actor=actor, base=base, choices=choices, strict=True)
    notes = (
        [say("{count} người đã gửi đi không có trong tệp trả về; hồ sơ giữ nguyên.", count=len(missing))]
        if missing
        else []
    )
    UnitRequest.objects.filter(pk=request.pk).update(returned=batch)
    return with_conflicts(replace(judgement, notes=(*judgement.notes, *notes)), conflicts)


def _request_starting(actor: Actor, start: str) -> UnitRequest | None:
    if len(start) != 12:
        return None
    own = UnitRequest.objects.filter(user_id=actor.user_id)
    return next((r for r in own.order_by("-id") if str(r.token).replace("-", "").startswith(start)), None)


@action(
    "exchange.request",
    permission=IMPORT,
    subject=lambda request: {"request": request.pk, "people": request.people},
)
def send_request(
    *, actor: Actor, unit_id: int, as_of: date, title: str, due_on: date | None = None
) -> UnitRequest:
    """Prepares a unit's workbook and keeps what it says, so that what comes back can be told from what was sent."""
    request = UnitRequest(
        unit_id=unit_id, user_id=actor.user_id, as_of=as_of, title=title[:200], due_on=due_on
    )
    content = exchange_questions.unit_document(
        actor=actor, as_of=as_of, unit_id=unit_id, token=str(request.token)
    )
    sent = returning.read_back(content, as_of)
    if not sent:
        raise Refused(
            "nobody_there", say("Đơn vị này không có ai trong phạm vi quản lý của anh/chị vào ngày đó.")
        )
    request.sent, request.people = encryption.seal(json.dumps(sent, ensure_ascii=False)), len(sent)
    request.save(force_insert=True)
    return request


@action("exchange.decide", permission=IMPORT, subject=lambda batch: {"batch": batch.pk})
def choose_side(*, actor: Actor, batch_id: int, sheet: str, row: int, side: str) -> ImportBatch:
    """Whose word counts in a conflict: "unit" or "file"."""
    batch = _open(actor, batch_id, BatchState.PREVIEW)
    if side not in ("unit", "file"):
        raise Refused("no_side", say("Hãy chọn bên đúng: hồ sơ hoặc đơn vị."), "side")
    chosen = staging.open_choices(batch.choices)
    batch.choices = staging.seal_choices(replace(chosen, sides={**chosen.sides, (sheet, row): side}))
    _changed(batch)
    return batch


def _step(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress.step(done, total)


def _keep_rows(batch: ImportBatch, judgement: Judgement, progress: Progress | None) -> None:
    batch.rows.all().delete()
    ImportRow.objects.bulk_create(
        [
            ImportRow(batch=batch, place=place, sheet=r.row.sheet[:100], row=r.row.row, status=r.status,
                      shown=staging.shown(r), person_id=r.person_id)
            for place, r in enumerate(judgement.rows)
        ],
        batch_size=2000,
    )  # fmt: skip
    batch.counts, batch.notes = judgement.counts(), [str(note) for note in judgement.notes]
    batch.as_of, batch.seen = judgement.day, staging.digest_of(judgement)
    _step(progress, 4, 4)


@action("exchange.commit", permission=IMPORT, subject=lambda batch: {"batch": batch.pk, **batch.counts})
def commit_batch(
    *, actor: Actor, batch_id: int, version: int, allow_partial: bool, progress: Progress | None = None
) -> ImportBatch:
    """Writes the list exactly as its preview of `version` showed it, all or (allow_partial) its good rows.

    Raises Conflict when the records or the choices changed since: the preview must be looked at again.
    """
    batch = _open(actor, batch_id, BatchState.PREVIEW)
    if batch.version != version or not batch.seen:
        raise Conflict("another_preview", PREVIEW_IS_OLD)
    content, extraction, judgement = _judged(actor, batch, progress)
    if staging.digest_of(judgement) != batch.seen:
        raise Conflict("preview_is_old", PREVIEW_IS_OLD)
    outcome = commit_list(
        actor=actor, judgement=judgement, source=source_of(batch), allow_partial=allow_partial
    )
    _step(progress, 4, 4)
    _link_created(batch, judgement, outcome)
    batch.state, batch.committed_at = BatchState.COMMITTED, outcome.recorded_at
    batch.error_file = error_file(content, extraction, judgement, batch.name)
    batch.save()
    transaction.on_commit(lambda: staging.remove_file(str(batch.token)))
    return batch


def source_of(batch: ImportBatch) -> str:
    """What the written records rest on."""
    return f"{batch.name} ({batch.as_of:%d/%m/%Y}, {str(batch.token)[:8]})"


def _link_created(batch: ImportBatch, judgement: Judgement, outcome: Outcome) -> None:
    places = [place for place, row in enumerate(judgement.rows) if row.status == RowStatus.CREATED]
    rows = {row.place: row for row in batch.rows.filter(place__in=places)}
    for place, person in zip(places, outcome.created, strict=True):
        rows[place].person_id = person
    ImportRow.objects.bulk_update(rows.values(), ["person"], batch_size=2000)


@action("exchange.undo", permission=IMPORT, subject=lambda batch: {"batch": batch.pk})
def undo_batch(*, actor: Actor, batch_id: int, because: str) -> ImportBatch:
    """Takes a committed list back. Raises Conflict while anything rests on what it wrote, Refused without a reason."""
    if not because.strip():
        raise Refused("reason_missing", say("Hoàn tác phải ghi lý do."), "because")
    batch = _open(actor, batch_id, BatchState.COMMITTED)
    written = batch.rows.filter(status__in=WRITTEN, person__isnull=False)
    created = list(written.filter(status=RowStatus.CREATED).values_list("person_id", flat=True))
    cadres.undo_recording(
        actor=actor, person_ids=list(written.values_list("person_id", flat=True)), created=created,
        recorded_at=batch.committed_at, because=because,
    )  # fmt: skip
    batch.state = BatchState.UNDONE
    batch.save()
    return batch


@action("exchange.abandon", permission=IMPORT, subject=lambda batch: {"batch": batch.pk})
def abandon(*, actor: Actor, batch_id: int) -> ImportBatch:
    """Gives a list up before it was written: its file and rows are removed."""
    batch = _open(actor, batch_id, *BEFORE_COMMIT)
    batch.state, batch.choices = BatchState.ABANDONED, None
    batch.rows.all().delete()
    batch.save()
    transaction.on_commit(lambda: staging.remove_file(str(batch.token)))
    return batch


KEPT_DAYS = 30


@action("exchange.sweep", permission=IMPORT, subject=lambda swept: {"imports": swept})
def sweep(*, actor: Actor) -> int:
    """Gives up every list begun more than KEPT_DAYS ago and never written, and removes files that no list owns.

    Returns how many lists were given up. What stays longer than it is needed can only leak.
    """
    begun = ImportBatch.objects.visible_to(actor).filter(
        state__in=BEFORE_COMMIT, created_at__date__lt=actor.today - timedelta(days=KEPT_DAYS)
    )
    old = list(begun.select_for_update().order_by("pk"))
    ImportRow.objects.filter(batch__in=old).delete()
    ImportBatch.objects.filter(pk__in=[b.pk for b in old]).update(state=BatchState.ABANDONED, choices=None)
    if actor.is_system:
        open_now = ImportBatch.objects.filter(state__in=BEFORE_COMMIT).values_list("token", flat=True)
        owned = {str(token) for token in open_now}
        transaction.on_commit(lambda: staging.remove_others(owned, actor.today))
    return len(old)


@action("exchange.results", permission=IMPORT)
def results_of(*, actor: Actor, batch_id: int) -> bytes:
    """The workbook of results: of the preview while there is one, else as it was kept at commit. Raises NotFound."""
    batch = _open(actor, batch_id, BatchState.PREVIEW, BatchState.COMMITTED, BatchState.UNDONE)
    if batch.state == BatchState.PREVIEW:
        content, extraction, judgement = _judged(actor, batch, None)
        return error_bytes(content, extraction, judgement, batch.name)
    if not batch.error_file or not Path(batch.error_file).exists():
        raise NotFound(batch.name)
    return Path(batch.error_file).read_bytes()


@action("exchange.erase", permission="record.expunge", subject=lambda places: {"places": places})
def erase_people(*, actor: Actor, codes: Collection[str]) -> int:
    """Takes people whose files were destroyed out of workbooks sent to units and of previews; how many places."""
    places = 0
    for request in UnitRequest.objects.select_for_update().order_by("pk"):
        sent = json.loads(encryption.reveal(bytes(request.sent)))
        left = {code: fields for code, fields in sent.items() if code not in codes}
        if len(left) != len(sent):
            places += len(sent) - len(left)
            request.sent, request.people = encryption.seal(json.dumps(left, ensure_ascii=False)), len(left)
            request.save(update_fields=["sent", "people"])
    for code in codes:
        for row in ImportRow.objects.filter(shown__icontains=code).order_by("pk"):
            row.shown = {
                **row.shown,
                "likely": [each for each in row.shown.get("likely", ()) if each["code"] != code],
            }
            if row.shown.get("code") == code:
                row.shown = {"name": "", "reasons": [], "changes": [], "likely": []}
            row.save(update_fields=["shown"])
            places += 1
    return places
