"""Moves the records of one file into another, and back. Used by the services only.

Versions are never edited: what moves is closed in the one file and written in the other under the same line, so that
the history of both stays readable. Where both files say something about the same time (one grade, one seat, one rating
a year), the side that was chosen keeps the time and the other fills what is left of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.functions import TransactionNow
from django.db import IntegrityError, transaction
from django.db.models import Model

from hientai.apps.cadres import models, on_file
from hientai.apps.cadres.bulk import copied
from hientai.engines.wording import say
from hientai.foundation import encryption
from hientai.foundation.errors import Conflict
from hientai.foundation.temporal import EffectiveDated

Times = list[tuple[date, date]]
OWN = (*on_file.IN_VERSION, models.FamilyRelation)
_NOT_CONTENT = {"id", "line", "person_id", "recorded_from", "recorded_to", "source", "reason", "sealed"}
Moved = dict[str, dict[str, list[Any]]]


def label_of(model: type[Model]) -> str:
    """The table by the word that a merge keeps."""
    return model._meta.label_lower


def move_all(keep: int, other: int, sides: Mapping[str, str], because: str) -> Moved:
    """Moves everything that refers to `other` to `keep`; answers what was closed, written and pointed elsewhere.

    sides: label of a table -> "other" where the file that goes away is right about times both speak of.
    """
    moved: Moved = {}
    for model in OWN:
        moved[label_of(model)] = _move_dated(model, "person_id", keep, other, sides, because)
    for model, column in references():
        key = f"{label_of(model)}.{column}"
        if issubclass(model, EffectiveDated):
            moved[key] = _move_dated(model, column, keep, other, {}, because)
        else:
            moved[key] = {"pointed": _point(model, column, keep, other)}
    return {table: found for table, found in moved.items() if any(found.values())}


def references() -> Iterator[tuple[type[Model], str]]:
    """Tables of whatever capability that refer to a person, but for the file itself and its merges."""
    own = {*OWN, models.IdentityIndex, models.PersonMerge, models.LikelyDouble}
    for relation in models.Person._meta.related_objects:
        if relation.related_model not in own:
            yield relation.related_model, relation.field.attname
    yield models.FamilyRelation, "relative_id"


def _move_dated(
    model: type[Any], column: str, keep: int, other: int, sides: Mapping[str, str], because: str
) -> dict[str, list[Any]]:
    theirs = list(model.objects.known_on().filter(**{column: other}).order_by("valid_from", "id"))
    if not theirs:
        return {}
    ours = list(model.objects.known_on().filter(**{column: keep}).order_by("valid_from", "id"))
    theirs_first = sides.get(label_of(model)) == "other"
    winners, losers = (theirs, ours) if theirs_first else (ours, theirs)
    taken = _times_by_key(winners, column)
    closing, writing = [row.pk for row in theirs], []
    if theirs_first:
        writing += [copied(row, **{column: keep}) for row in theirs]
    same = {_content(row) for row in ours}
    for row in losers:
        pieces = _left_over(_time(row), taken[_key(row, column)])
        if row in ours:
            if pieces == [_time(row)]:
                continue
            closing.append(row.pk)
        elif not theirs_first and _keyless(model, column) and _content(row) in same:
            continue  # the same degree twice
        writing += [_piece(row, piece, {column: keep}, because) for piece in pieces]
    model.objects.filter(pk__in=closing).update(recorded_to=TransactionNow())
    for row in writing:
        row.save(force_insert=True)
    return {"closed": closing, "written": [row.pk for row in writing]}


def _piece(row: Any, piece: tuple[date, date], moved: Mapping[str, int], because: str) -> Any:
    start, end = piece
    days = (
        {}
        if piece == _time(row)
        else {"valid_from": start, "valid_to": None if end == date.max else end, "reason": because}
    )
    return copied(row, **moved, **days)


def _keyless(model: type[EffectiveDated], column: str) -> bool:
    return tuple(model.KEY) == ("line",)


def _key(row: Any, column: str) -> tuple[Any, ...]:
    """Within what the row may not overlap: its key without the person."""
    return tuple(getattr(row, name) for name in type(row).KEY if name != column)


def _content(row: Any) -> tuple[Any, ...]:
    fields = [f.attname for f in row._meta.concrete_fields if f.attname not in _NOT_CONTENT]
    return tuple(getattr(row, name) for name in fields)


def _time(row: Any) -> tuple[date, date]:
    return row.valid_from, row.valid_to or date.max


def _times_by_key(rows: Iterable[Any], column: str) -> Mapping[tuple[Any, ...], Times]:
    found: dict[tuple[Any, ...], Times] = defaultdict(list)
    for row in rows:
        found[_key(row, column)].append(_time(row))
    return found


def _left_over(time: tuple[date, date], taken: Times) -> Times:
    """What of [from, to) lies in none of `taken`."""
    pieces = [time]
    for start, end in taken:
        pieces = [
            piece
            for a, b in pieces
            for piece in ((a, min(b, start)), (max(a, end), b))
            if piece[0] < piece[1]
        ]
    return pieces


def overlap(left: Sequence[Any], right: Sequence[Any]) -> bool:
    """Whether two sets of versions of one table say something about the same key and time."""
    taken = _times_by_key(left, "person_id")
    return any(_left_over(_time(row), taken[_key(row, "person_id")]) != [_time(row)] for row in right)


def _point(model: type[Any], column: str, keep: int, other: int) -> list[int]:
    """Rows of plain tables now point to the file that is kept; one that may not (a unique rule) stays as it is."""
    pointed = []
    for pk in model._default_manager.filter(**{column: other}).order_by("pk").values_list("pk", flat=True):
        try:
            with transaction.atomic():
                model._default_manager.filter(pk=pk).update(**{column: keep})
        except IntegrityError:
            continue
        pointed.append(pk)
    return pointed


def move_numbers(keep: int, other: int) -> None:
    """The blind index as the current numbers of both files say."""
    people = (keep, other)
    numbers = models.IdentityNumber.objects.known_on().filter(person_id__in=people)
    wanted = {
        encryption.fingerprint(encryption.reveal(sealed)): person
        for person, sealed in numbers.values_list("person_id", "sealed")
    }
    index = models.IdentityIndex._default_manager
    index.filter(person_id__in=people).delete()
    index.bulk_create([models.IdentityIndex(fingerprint=f, person_id=p) for f, p in sorted(wanted.items())])


def put_back(merge: models.PersonMerge, because: str) -> None:
    """Undoes `move_all`: closes what it wrote, writes again what it closed, points back what it pointed elsewhere.

    Raises Conflict when a record that was moved has been changed since: it must be put right by hand first.
    """
    tables = {label_of(model): model for model in OWN}
    columns: dict[str, str] = {}
    for model, column in references():
        tables[f"{label_of(model)}.{column}"], columns[f"{label_of(model)}.{column}"] = model, column
    for table, found in merge.moved.items():
        if table not in tables:
            raise Conflict(
                "table_gone",
                say("Không hoàn tác được: có dữ liệu thuộc phần không còn dùng ({what}).", what=table),
            )
        model = tables[table]
        if "pointed" in found:
            rows = model._default_manager.filter(pk__in=found["pointed"], **{columns[table]: merge.person_id})
            rows.update(**{columns[table]: merge.other_id})
            continue
        _put_back_dated(model, found, because)


def _put_back_dated(model: type[Any], found: Mapping[str, list[int]], because: str) -> None:
    written = model.objects.filter(pk__in=found["written"], recorded_to__isnull=True)
    if written.update(recorded_to=TransactionNow()) != len(found["written"]):
        raise Conflict(
            "changed_since",
            say(
                "Không hoàn tác được: bản ghi đã gộp ({what}) được sửa đổi sau khi gộp.",
                what=str(model._meta.verbose_name),
            ),
        )
    for row in model.objects.filter(pk__in=found["closed"]).order_by("valid_from", "id"):
        copied(row, reason=because).save(force_insert=True)
