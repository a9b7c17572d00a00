"""Acts on personal records: enter people, change what changed, correct what was wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.functions import TransactionNow
from django.db import IntegrityError, transaction

from hientai.apps.cadres import (
    code_lists,
    doubles,
    entering,
    merging,
    models,
    on_file,
    portraits,
    reassigning,
    recording,
    selectors,
    undoing,
)
from hientai.apps.cadres.bulk import copied, copying
from hientai.apps.cadres.drafts import (
    CodeDraft,
    Following,
    PersonChange,
    PersonDraft,
    PositionDraft,
    QualificationDraft,
    Reassignment,
)
from hientai.apps.cadres.kinds import BIOGRAPHY, Kind
from hientai.apps.cadres.types import DoubleAnswer
from hientai.apps.organization import selectors as units
from hientai.apps.organization import services as organization
from hientai.apps.organization.types import FrozenWork
from hientai.engines.matching import find_pairs
from hientai.engines.vitext import search_key, sort_key, tidy
from hientai.engines.wording import say
from hientai.foundation import encryption, temporal
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.collecting import no_collecting
from hientai.foundation.errors import Conflict, NotFound, Refused
from hientai.foundation.jobs import Progress
from hientai.foundation.temporal import EffectiveDated

WRITE = "person.write"


@action("cadres.enter_people", permission=WRITE, subject=lambda ids: {"people": len(ids)})
@no_collecting()
def enter_people(*, actor: Actor, drafts: Sequence[PersonDraft], source: str) -> list[int]:
    """Enters people with all their records, all or nothing. Returns their ids in the order of `drafts`.

    source: the document or file the records rest on. Raises Refused when an identity number is on file already
    or two records of one person overlap in time.
    """
    ids = entering.new_ids(len(drafts))
    try:
        with transaction.atomic(), copying() as to:
            entering.write_people(to, ids, drafts)
            entering.write_records(to, ids, drafts, source)
    except IntegrityError as error:
        raise Refused(
            "records_conflict",
            say("Có hồ sơ trùng số định danh hoặc trùng thời gian giữ chức vụ; chưa ghi gì cả. ({what})",
                what=getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""),
        ) from error  # fmt: skip
    return ids


@action("cadres.change_people", permission=WRITE, subject=lambda made: {"people": made})
def change_people(*, actor: Actor, changes: Sequence[PersonChange], source: str, because: str) -> int:
    """Writes what a list changes in many files, all or nothing; returns how many files.

    because: why biographical fields are corrected. Raises Conflict when a file is no longer as it was seen, NotFound
    when one is out of scope, Refused when records of one person would overlap in time.
    """
    _check_unchanged(actor, changes)
    try:
        with transaction.atomic():
            _rewrite_biographies(changes, source, because)
            _end_positions(changes, source)
            with copying() as to:
                numbers = [(c.person_id, n, c.on) for c in changes for n in c.identities]
                entering.write_identities(to, numbers, source)
                entering.write_additions(to, [(c.person_id, c) for c in changes], source)
            _follow(models.Grade, [(c.person_id, c.grade) for c in changes if c.grade], source)
            _follow(models.HealthState, [(c.person_id, c.health) for c in changes if c.health], source)
            _follow(models.ListedText, [(c.person_id, text) for c in changes for text in c.texts], source)
    except IntegrityError as error:
        raise Refused(
            "records_conflict",
            say(
                "Danh sách mâu thuẫn với hồ sơ đã có (trùng số định danh hoặc trùng thời gian); chưa ghi gì cả."
            ),
        ) from error
    return len(changes)


def _check_unchanged(actor: Actor, changes: Sequence[PersonChange]) -> None:
    ids = sorted(c.person_id for c in changes)
    list(models.Person.objects.filter(id__in=ids).order_by("id").select_for_update())
    seen = on_file.read_files(models.Person.objects.visible_to(actor, WRITE).filter(id__in=ids), actor.today)
    for change in changes:
        if change.person_id not in seen:
            raise NotFound(str(change.person_id))
        if seen[change.person_id].version != change.version:
            raise Conflict(
                "changed_meanwhile",
                say(
                    "Hồ sơ vừa được người khác thay đổi sau khi xem trước; chưa ghi gì cả. Hãy xem trước lại."
                ),
                seen[change.person_id].code,
            )


def _close(model: type[EffectiveDated], ids: Sequence[int]) -> dict[int, Any]:
    """The versions with these ids, no longer current from this transaction on."""
    rows = {row.pk: row for row in model.objects.known_on().filter(pk__in=ids)}
    closed = model.objects.known_on().filter(pk__in=ids).update(recorded_to=TransactionNow())
    if closed != len(set(ids)):
        raise Conflict("changed_meanwhile", say("Bản ghi vừa được người khác thay đổi; chưa ghi gì cả."))
    return rows


def _rewrite_biographies(changes: Sequence[PersonChange], source: str, because: str) -> None:
    wanted = [c for c in changes if c.corrections or c.changes]
    old = _close(models.BiographicalRecord, [c.biography_id for c in wanted])
    new = []
    for change in wanted:
        row = old[change.biography_id]
        corrections = _with_keys(change.corrections)
        reason = because if corrections else row.reason
        if change.changes and change.on > row.valid_from:
            new.append(copied(row, valid_to=change.on, reason=reason, **corrections))
            new.append(
                copied(row, valid_from=change.on, source=source, reason="", **corrections, **change.changes)
            )
        else:
            new.append(copied(row, reason=because, **corrections, **change.changes))
    models.BiographicalRecord.objects.bulk_create(new, batch_size=1000)


def _with_keys(fixes: Mapping[str, Any]) -> dict[str, Any]:
    """A changed name changes what it is sorted and found by."""
    if "full_name" not in fixes:
        return dict(fixes)
    name = tidy(str(fixes["full_name"]))
    return {**fixes, "full_name": name, "sort_key": sort_key(name), "search_key": search_key(name)}


def _end_positions(changes: Sequence[PersonChange], source: str) -> None:
    on = {position: change.on for change in changes for position in change.ending}
    old = _close(models.Position, list(on))
    ended = [copied(old[i], valid_to=day, source=source) for i, day in on.items()]
    models.Position.objects.bulk_create(ended, batch_size=1000)


def _follow(model: type[EffectiveDated], states: Sequence[tuple[int, Following]], source: str) -> None:
    old = _close(model, [state.row_id for _, state in states if state.row_id is not None])
    new = []
    for person_id, state in states:
        row = old.get(state.row_id or 0)
        if row is None:
            dated = {"valid_from": state.on, "valid_to": state.until, "source": source}
            new.append(model(person_id=person_id, **dated, **state.values))
        elif row.valid_from < state.on:
            new.append(copied(row, valid_to=state.on))
            new.append(copied(row, valid_from=state.on, source=source, **state.values))
        else:
            new.append(copied(row, source=source, reason=source, **state.values))
    model.objects.bulk_create(new, batch_size=1000)


@action("cadres.correct_biography", permission=WRITE, subject=lambda row: {"person_id": row.person_id})
def correct_biography(
    *, actor: Actor, person_id: int, because: str, **fixes: Any
) -> models.BiographicalRecord:
    """The biographical record was wrong: what it should say. Raises NotFound outside the actor's scope."""
    _check_visible(actor, person_id)
    record = (
        models.BiographicalRecord.objects.known_on()
        .filter(person_id=person_id)
        .order_by("-valid_from")
        .first()
    )
    if record is None:
        raise NotFound(str(person_id))
    return temporal.correct(record, because=because, **_with_keys(fixes))


@action("cadres.change_position", permission=WRITE, subject=lambda row: {"position_id": row.pk})
def take_up_position(
    *, actor: Actor, person_id: int, position: PositionDraft, ending: Sequence[int] = (), source: str
) -> models.Position:
    """The person takes a seat on a day; positions named in `ending` (ids) end that day."""
    _check_visible(actor, person_id)
    kind = FrozenWork.TRANSFER if ending else FrozenWork.APPOINTMENT
    where = units.units_of_seats(actor=actor, as_of=position.valid_from, seat_ids=[position.seat_id])
    units.check_not_frozen(actor=actor, as_of=position.valid_from, kind=kind, unit_ids=where.values())
    for held in models.Position.objects.known_on().filter(person_id=person_id, pk__in=ending).order_by("pk"):
        temporal.end(held, position.valid_from, source=source)
    new = entering.position_row(person_id, position, source)
    new.save(force_insert=True)
    return new


@action("cadres.end_position", permission=WRITE, subject=lambda row: {"position_id": row.pk})
def end_position(*, actor: Actor, position_id: int, on: date, source: str) -> models.Position:
    """The person no longer holds the seat from `on`."""
    held = models.Position.objects.known_on().filter(pk=position_id).first()
    if held is None:
        raise NotFound(str(position_id))
    _check_visible(actor, held.person_id)
    return temporal.end(held, on, source=source)


@action("cadres.add_qualification", permission=WRITE, subject=lambda row: {"qualification_id": row.pk})
def add_qualification(
    *, actor: Actor, person_id: int, qualification: QualificationDraft, source: str
) -> models.Qualification:
    """A degree or certificate was awarded."""
    _check_visible(actor, person_id)
    new = models.Qualification(person_id=person_id, **vars(qualification), source=source)
    new.save(force_insert=True)
    return new


def _check_visible(actor: Actor, person_id: int) -> None:
    if not models.Person.objects.visible_to(actor, WRITE).filter(pk=person_id).exists():
        raise NotFound(str(person_id))


# --- one record written by hand


def _named(row: Any) -> dict[str, int | str]:
    return {"person_id": row.person_id, "record": row.pk, "of": type(row).__name__}


@action("cadres.add_record", permission=WRITE, subject=_named)
def add_record(
    *, actor: Actor, person_id: int, slug: str, values: Mapping[str, Any], since: date | None,
    until: date | None = None, source: str,
) -> EffectiveDated:  # fmt: skip
    """Something new in a file: `values` by the fields of the kind `slug`, true from `since` (and before `until`).

    Of a kind that follows (grade, health, management) the record that held until then ends. Raises NotFound outside
    the actor's scope, Refused when it overlaps what is on file or the number is somebody else's.
    """
    _check_visible(actor, person_id)
    kind = recording.kind_named(slug)
    with recording.said_in_words(kind.one):
        row = recording.new_row(kind, person_id, _columns(actor, kind, values, since), since, until, source)
        _follow_up(kind, row, values)
    return row


@action("cadres.change_record", permission=WRITE, subject=_named)
def change_record(
    *, actor: Actor, slug: str, row_id: int, values: Mapping[str, Any], on: date, source: str
) -> EffectiveDated:
    """Reality changed on a day: what the record says from then on. Raises Conflict when it is no longer current."""
    kind = recording.kind_named(slug)
    row = recording.current(kind, row_id)
    _check_visible(actor, row.person_id)
    with recording.said_in_words(kind.one):
        new = temporal.supersede(row, on, source=source, **_columns(actor, kind, values, on))
        _follow_up(kind, new, values)
    return new


@action("cadres.correct_record", permission=WRITE, subject=_named)
def correct_record(
    *, actor: Actor, slug: str, row_id: int, values: Mapping[str, Any], since: date | None, until: date | None,
    because: str,
) -> EffectiveDated:  # fmt: skip
    """The record was wrong: what it should have said all along, and for which time; both stay readable.

    since None keeps the first day. Raises Conflict when it is no longer current, Refused without a reason.
    """
    kind = recording.kind_named(slug)
    row = recording.current(kind, row_id)
    _check_visible(actor, row.person_id)
    fixes = _columns(actor, kind, values, since or row.valid_from)
    if kind.slug == "xep-loai":
        since = date(values["year"], 12, 31)
    with recording.said_in_words(kind.one):
        _forget_number(row)
        new = temporal.correct(
            row, because=because, valid_from=since or row.valid_from, valid_to=until, **fixes
        )
        _follow_up(kind, new, values)
    return new


@action("cadres.end_record", permission=WRITE, subject=_named)
def end_record(*, actor: Actor, slug: str, row_id: int, on: date, source: str) -> EffectiveDated:
    """It is no longer true from `on`. Raises Conflict when the record is no longer current."""
    row = recording.current(recording.kind_named(slug), row_id)
    _check_visible(actor, row.person_id)
    return temporal.end(row, on, source=source)


@action("cadres.withdraw_record", permission=WRITE, subject=_named)
def withdraw_record(*, actor: Actor, slug: str, row_id: int, because: str) -> EffectiveDated:
    """It should never have been entered: no longer on record, still readable. Raises Conflict, Refused likewise."""
    kind = recording.kind_named(slug)
    row = recording.current(kind, row_id)
    _check_visible(actor, row.person_id)
    if kind.slug in ("so-yeu", "quan-ly") and _is_the_only(kind, row):
        raise Refused("the_only_one", say("Hồ sơ phải có ít nhất một bản ghi loại này; hãy đính chính."))
    _forget_number(row)
    temporal.withdraw(row, because=because)
    if kind.slug == "quan-ly":
        recording.repeat_management(row.person_id)
    return row


def _is_the_only(kind: Kind, row: Any) -> bool:
    others = type(row).objects.known_on().filter(person_id=row.person_id).exclude(pk=row.pk)
    return not others.exists()


def _columns(actor: Actor, kind: Kind, values: Mapping[str, Any], on: date | None) -> dict[str, Any]:
    found = recording.prepared(kind, values)
    if kind.slug == "chuc-vu" and "title" in values:
        pair = (values["unit"], values["title"])
        if on is not None:
            units.check_not_frozen(
                actor=actor, as_of=on, kind=FrozenWork.APPOINTMENT, unit_ids=[values["unit"]]
            )
        seats = organization.open_seats(actor=actor, wanted=[pair], valid_from=on or actor.today)
        found["seat_id"] = seats[pair]
    return found


def _follow_up(kind: Kind, row: Any, values: Mapping[str, Any]) -> None:
    if kind.slug == "so-dinh-danh":
        number = "".join(str(values["number"]).split())
        models.IdentityIndex.objects.create(
            person_id=row.person_id, fingerprint=encryption.fingerprint(number)
        )
    if kind.slug == "quan-ly":
        recording.repeat_management(row.person_id)


def _forget_number(row: Any) -> None:
    """A number that is no longer on record is no longer found by."""
    if isinstance(row, models.IdentityNumber):
        known = encryption.fingerprint(encryption.reveal(row.sealed))
        models.IdentityIndex.objects.filter(person_id=row.person_id, fingerprint=known).delete()


@action("cadres.keep_photo", permission=WRITE, subject=_named)
def keep_photo(
    *, actor: Actor, person_id: int, content: bytes, taken_on: date, source: str
) -> EffectiveDated:
    """The portrait from the day it was taken; the one before stays in the history. Raises Refused for no picture."""
    _check_visible(actor, person_id)
    plain = portraits.made_plain(content)
    values = {"sealed": encryption.seal_bytes(plain), "content_type": portraits.CONTENT_TYPE}
    with recording.said_in_words("ảnh"):
        return recording.following(models.Photo, person_id, values, taken_on, source)


@action("cadres.keep_photos", permission=WRITE, subject=lambda made: {"people": made})
def keep_photos(*, actor: Actor, pictures: Mapping[int, bytes], taken_on: date, source: str) -> int:
    """Portraits of many people, person id -> picture, each kept as by `keep_photo`; returns how many."""
    for person_id, content in sorted(pictures.items()):
        keep_photo(actor=actor, person_id=person_id, content=content, taken_on=taken_on, source=source)
    return len(pictures)


# --- two files of one person


@action("cadres.find_doubles", permission=WRITE, subject=lambda found: {"pairs": found})
def find_doubles(*, actor: Actor, progress: Progress | None = None) -> int:
    """Looks for people with two files among everybody on record; what officers answered before is kept.

    Returns how many likely pairs there are. Pairs are shown to those only who may write both files.
    """
    _step(progress, 1)
    records = doubles.everybody()
    _step(progress, 2)
    pairs = find_pairs(records)
    _step(progress, 3)
    rows = [doubles.row_of(pair) for pair in pairs]
    models.LikelyDouble.objects.filter(answer=DoubleAnswer.OPEN).delete()
    models.LikelyDouble.objects.bulk_create(rows, batch_size=2000, ignore_conflicts=True)
    _step(progress, 4)
    return len(rows)


def _step(progress: Progress | None, done: int) -> None:
    if progress is not None:
        progress.step(done, 4)


@action("cadres.tell_apart", permission=WRITE, subject=lambda pair: {"pair": pair.pk})
def tell_apart(*, actor: Actor, pair_id: int, because: str) -> models.LikelyDouble:
    """The two are different people; the pair is not shown again. Raises Refused without a reason."""
    pair = models.LikelyDouble.objects.select_for_update().filter(pk=pair_id).first()
    if pair is None:
        raise NotFound(str(pair_id))
    for person in (pair.person_id, pair.other_id):
        _check_visible(actor, person)
    _check_reason(because)
    pair.answer, pair.because = DoubleAnswer.DIFFERENT, because
    pair.save()
    return pair


def _check_reason(because: str) -> None:
    if not because.strip():
        raise Refused("reason_missing", say("Phải ghi lý do."), "because")


@action(
    "cadres.merge_people", permission=WRITE,
    subject=lambda merge: {"merge": merge.pk, "person_id": merge.person_id, "other_id": merge.other_id},
)  # fmt: skip
def merge_people(
    *, actor: Actor, keep: int, other: int, versions: tuple[str, str], because: str,
    fixes: Mapping[str, Any] | None = None, sides: Mapping[str, str] | None = None,
) -> models.PersonMerge:  # fmt: skip
    """Two files are of one person: the records of `other` go into the file `keep`, whose code goes on.

    versions: of both files as they were compared. fixes: fields of the biography (see `kinds`) as the officer chose
    them. sides: see `merging.move_all`. Raises Conflict when a file changed since, NotFound outside the actor's scope,
    Refused for one file twice or without a reason.
    """
    _check_reason(because)
    if keep == other:
        raise Refused("the_same_file", say("Đây là một hồ sơ, không phải hai."))
    list(models.Person.objects.filter(pk__in=(keep, other)).order_by("pk").select_for_update())
    for person in (keep, other):
        _check_visible(actor, person)
    seen = on_file.read_files(models.Person.objects.filter(pk__in=(keep, other)), actor.today)
    if tuple(seen[p].version if p in seen else "" for p in (keep, other)) != tuple(versions):
        message = say("Một trong hai hồ sơ vừa được thay đổi; chưa gộp gì. Hãy so sánh lại.")
        raise Conflict("changed_meanwhile", message)
    moved = merging.move_all(keep, other, sides or {}, because)
    merge = models.PersonMerge(person_id=keep, other_id=other, reason=because, moved=moved)
    merge.merged_at = entering.now()
    if fixes:
        columns = recording.prepared(BIOGRAPHY, fixes)
        merge.moved = doubles.with_corrected_biography(moved, keep, columns, because)
    merge.save(force_insert=True)
    _after_moving(keep, other)
    first, second = sorted((keep, other))
    models.LikelyDouble.objects.filter(person_id=first, other_id=second).update(answer=DoubleAnswer.MERGED)
    return merge


def _after_moving(keep: int, other: int) -> None:
    merging.move_numbers(keep, other)
    for person in (keep, other):
        recording.repeat_management(person)


@action(
    "cadres.undo_merge", permission=WRITE,
    subject=lambda merge: {"merge": merge.pk, "person_id": merge.person_id, "other_id": merge.other_id},
)  # fmt: skip
def undo_merge(*, actor: Actor, merge_id: int, because: str) -> models.PersonMerge:
    """Two files again, each as it was; what was written since stays with the file that was kept.

    Raises Conflict when a moved record was changed since, NotFound, Refused without a reason.
    """
    merge = models.PersonMerge.objects.select_for_update().filter(pk=merge_id, undone_at__isnull=True).first()
    if merge is None:
        raise NotFound(str(merge_id))
    _check_visible(actor, merge.person_id)
    _check_reason(because)
    merging.put_back(merge, because)
    _after_moving(merge.person_id, merge.other_id)
    merge.undone_at, merge.undone_because = entering.now(), because
    merge.save()
    first, second = sorted((merge.person_id, merge.other_id))
    models.LikelyDouble.objects.filter(person_id=first, other_id=second).update(answer=DoubleAnswer.OPEN)
    return merge


@action("cadres.enter_codes", permission=WRITE, subject=lambda made: {"codes": made})
def enter_codes(*, actor: Actor, codes: Iterable[CodeDraft]) -> int:
    """Enters values of code lists that are not there yet; returns how many were new."""
    wanted = {(c.list, c.code): c for c in codes}
    known = set(models.Code.objects.values_list("list", "code"))
    new = [models.Code(**vars(c)) for key, c in wanted.items() if key not in known]
    return len(models.Code.objects.bulk_create(new, ignore_conflicts=True))


@action("cadres.learn_alias", permission=WRITE, subject=lambda alias: {"alias_id": alias.pk})
def learn_alias(
    *, actor: Actor, code_list: str, text: str, code: str, unit_id: int | None = None
) -> models.CodeAlias:
    """An office writes `text` and means `code`; unit_id: the office, None for everybody. Raises Refused for no code."""
    meant = models.Code.objects.filter(list=code_list, code=code).first()
    if meant is None:
        raise Refused("unknown_code", say("Danh mục không có mã “{code}”.", code=code), code_list)
    key = {"list": code_list, "folded": search_key(text), "unit_id": unit_id}
    return models.CodeAlias.objects.update_or_create(**key, defaults={"code": meant})[0]


@action("cadres.forget_alias", permission=WRITE, subject=lambda alias: {"alias_id": alias})
def forget_alias(*, actor: Actor, alias_id: int) -> int:
    """An office no longer means that code by that spelling; files already written stay as they are."""
    if not models.CodeAlias.objects.filter(pk=alias_id).delete()[0]:
        raise NotFound(str(alias_id))
    return alias_id


@action("cadres.explain_spelling", permission=WRITE, subject=lambda files: {"records": files})
def explain_spelling(*, actor: Actor, code_list: str, text: str, code: str, because: str) -> int:
    """What files say as `text` is the code: the records within the actor's scope are corrected; returns how many."""
    _check_reason(because)
    if not models.Code.objects.filter(list=code_list, code=code).exists():
        raise Refused("unknown_code", say("Danh mục không có mã “{code}”.", code=code), code_list)
    rows = list(code_lists.rows_written(actor, code_list, text))
    for row, field in rows:
        temporal.correct(row, because=because, **{field: code})  # type: ignore[type-var]
    return len(rows)


@action("cadres.undo_recording", permission=WRITE, subject=lambda made: {"people": made})
def undo_recording(
    *, actor: Actor, person_ids: Sequence[int], created: Sequence[int], recorded_at: datetime, because: str
) -> int:
    """Takes back everything one act wrote at `recorded_at` into the files of `person_ids`; returns how many files.

    created: those of them that the act opened; their files are left without a current record. What was closed by the
    act is written again; every version stays readable. Raises Conflict when something rests on it since.
    """
    undoing.check_nothing_rests_on(person_ids, created, recorded_at)
    for model in on_file.IN_VERSION:
        written = model.objects.filter(person_id__in=person_ids, recorded_from=recorded_at)
        numbers = list(written.values_list("sealed", flat=True)) if model is models.IdentityNumber else []
        written.filter(recorded_to__isnull=True).update(recorded_to=TransactionNow())
        closed = model.objects.filter(person_id__in=person_ids, recorded_to=recorded_at)
        again = [copied(row, reason=because) for row in closed.exclude(recorded_from=recorded_at)]
        model.objects.bulk_create(again, batch_size=1000)
        prints = [encryption.fingerprint(encryption.reveal(sealed)) for sealed in numbers]
        models.IdentityIndex.objects.filter(fingerprint__in=prints, person_id__in=person_ids).delete()
    models.Person.objects.filter(id__in=created).update(held_by=None, tier="")
    return len(set(person_ids))


@action("cadres.reassign_people", permission=WRITE, subject=lambda made: {"people": made})
def reassign_people(*, actor: Actor, moves: Sequence[Reassignment], on: date, source: str) -> int:
    """A reorganisation moves people: posts end, posts begin, files go along; all or nothing. Returns how many people.

    Freeze windows do not stop it: they were made for it. Raises NotFound when somebody is outside the actor's scope,
    Conflict when a post was changed meanwhile, Refused when somebody would hold one seat twice.
    """
    ids = [move.person_id for move in moves]
    outside = selectors.outside_scope(actor=actor, as_of=actor.today, ids=ids, permission=WRITE)
    if outside:
        raise NotFound(str(outside[0]))
    try:
        with transaction.atomic():
            reassigning.move(moves, on, source)
    except IntegrityError as error:
        raise Refused(
            "records_conflict", say("Có người giữ hai lần cùng một vị trí; chưa ghi gì cả.")
        ) from error
    reassigning.repeat_managements(ids)
    return len(set(ids))


@action("cadres.undo_reassignment", permission=WRITE, subject=lambda made: {"people": made})
def undo_reassignment(*, actor: Actor, recorded_at: datetime, source: str, because: str) -> int:
    """Takes back what `reassign_people` wrote at `recorded_at` by `source`. Returns how many people.

    Raises Conflict naming the code of somebody whose post or file was changed since.
    """
    ids = reassigning.moved_then(recorded_at, source)
    outside = selectors.outside_scope(actor=actor, as_of=actor.today, ids=sorted(ids), permission=WRITE)
    if outside:
        raise NotFound(str(outside[0]))
    for model in reassigning.TABLES:
        closed = model.objects.filter(person_id__in=ids, recorded_to=recorded_at).exclude(
            recorded_from=recorded_at
        )
        again = [copied(row, reason=because) for row in closed]
        model.objects.known_on().filter(recorded_from=recorded_at, source=source, person_id__in=ids).update(
            recorded_to=TransactionNow()
        )
        model.objects.bulk_create(again, batch_size=1000)
    reassigning.repeat_managements(sorted(ids))
    return len(ids)
