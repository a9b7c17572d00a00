"""Records that remember: when a thing was true, and when we wrote it down.

Valid time is half-open, `[valid_from, valid_to)`, in days; `valid_to` null means still true. Entry time is
`[recorded_from, recorded_to)`. Rows are never edited: a database trigger allows one change only, closing
`recorded_to`. "As of D, as known on K" is then two filters on one table.

Source: R. Snodgrass, Developing Time-Oriented Database Applications in SQL (2000), chapter 10 (bitemporal tables).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, ClassVar, Self, TypeVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce

from hientai.engines.wording import say
from hientai.foundation.errors import Conflict, Refused


class EffectiveDatedQuerySet(models.QuerySet[Any]):
    """The vocabulary of time that every dated question is asked in."""

    def known_on(self, moment: datetime | None = None) -> Self:
        """The versions on record at `moment`; None: what is on record now."""
        if moment is None:
            return self.filter(recorded_to__isnull=True)
        return self.filter(recorded_from__lte=moment).filter(
            Q(recorded_to__isnull=True) | Q(recorded_to__gt=moment)
        )

    def valid_on(self, day: date) -> Self:
        """The versions that say what was true on `day`."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))

    def as_of(self, day: date, known_on: datetime | None = None) -> Self:
        """What was true on `day`, as known at `known_on` (None: now)."""
        return self.known_on(known_on).valid_on(day)


class EffectiveDated(models.Model):
    """Base of every record that holds for a time and rests on a source.

    KEY names the fields within which no two current versions may overlap in time; `line` joins the versions
    of one record, so that other rows can refer to the record and never to a version.
    """

    KEY: ClassVar[tuple[str, ...]] = ()

    line = models.UUIDField(default=uuid.uuid4, editable=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    recorded_from = models.DateTimeField(db_default=TransactionNow(), editable=False)
    recorded_to = models.DateTimeField(null=True, editable=False)
    source = models.CharField(max_length=300, blank=True, default="")
    reason = models.CharField(max_length=300, blank=True, default="")

    objects = EffectiveDatedQuerySet.as_manager()

    class Meta:
        abstract = True
        triggers = [
            pgtrigger.Trigger(
                name="versions_are_never_edited",
                when=pgtrigger.After,
                operation=pgtrigger.Update | pgtrigger.Delete,
                declare=[("kept", "jsonb")],
                func="""
                    IF TG_OP = 'DELETE' THEN
                        RAISE EXCEPTION 'a version is never deleted: use correct() or expunge()';
                    END IF;
                    kept := to_jsonb(OLD) - 'recorded_to';
                    IF OLD.recorded_to IS NOT NULL OR NEW.recorded_to IS NULL
                       OR kept <> to_jsonb(NEW) - 'recorded_to' THEN
                        RAISE EXCEPTION 'a version is never edited: use supersede() or correct()';
                    END IF;
                    RETURN NULL;
                """,
            )
        ]


def history_constraints(
    name: str, *key: str, text: Iterable[str] = (), optional: Iterable[str] = ()
) -> list[models.BaseConstraint]:
    """The two rules of every history: it runs forwards, and no two current versions of one key overlap.

    key: integer columns (`person_id`); text: columns of text or uuid type, hashed to an integer because
    GiST indexes integer ranges without any extension; optional: integer columns where null is a key of its own.
    """
    wrapped = [(_range_of(F(column)), "&&") for column in key]
    wrapped += [(_hashed_range(column), "&&") for column in text]
    wrapped += [(_range_of(Coalesce(F(column), Value(0))), "&&") for column in optional]
    period = Func(
        F("valid_from"), F("valid_to"), Value("[)"), function="daterange", output_field=DateRangeField()
    )
    return [
        models.CheckConstraint(
            name=f"{name}_runs_forwards", condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to"))
        ),
        ExclusionConstraint(
            name=f"{name}_no_overlap",
            expressions=[*wrapped, (period, "&&")],
            condition=Q(recorded_to__isnull=True),
        ),
    ]


def boxed_history(name: str, *key: str, text: str = "", line: bool = False) -> list[models.BaseConstraint]:
    """The same two rules, where many rows are written at once: key and time are the sides of one box.

    GiST keeps boxes three times as fast as two ranges. key: one or two integer columns; text: a further column of text
    beside one integer; line: the key is `line` alone. Key to number is a function, so equal keys always meet; different
    ones may only where ids pass 2^26 or hashes of 53 bits agree: that refuses a lawful row, it lets no overlap pass.
    Days from 2199 on count as one.
    """
    across = _number_of(*key, text=text, line=line)
    start = Func(F("valid_from"), template=f"least(%(expressions)s - {_EPOCH}, {_LAST_DAY})::float8")
    end = Func(F("valid_to"), template=f"least(%(expressions)s - {_EPOCH} - 0.5, {_LAST_DAY})::float8")
    box = Func(Func(across, start, function="point"), Func(across, end, function="point"), function="box")
    runs_forwards = history_constraints(name, *key)[0]
    return [
        runs_forwards,
        ExclusionConstraint(
            name=f"{name}_no_overlap", expressions=[(box, "&&")], condition=Q(recorded_to__isnull=True)
        ),
    ]


_EPOCH = "DATE '2000-01-01'"
_LAST_DAY = 73_000  # days after the epoch; least() passes over a missing end
_SECOND_KEY = 1 << 27


def _number_of(*key: str, text: str, line: bool) -> Func:
    if line:
        return Func(F("line"), template="uuid_hash_extended(%(expressions)s, 0)::float8")
    if text:
        hashed = f"(hashtextextended({text}, 0) & {_SECOND_KEY - 1})"
        return Func(F(key[0]), template=f"(%(expressions)s * {_SECOND_KEY} + {hashed})::float8")
    if len(key) == 1:
        return Func(F(key[0]), template="(%(expressions)s)::float8")
    # the words in the order in which a migration writes them, else it is taken for another rule
    return Func(F(key[0]), F(key[1]), arg_joiner=f" * {_SECOND_KEY} + ", template="(%(expressions)s)::float8")


def _range_of(number: F | Func) -> Func:
    return Func(number, number, Value("[]"), function="int8range")


def _hashed_range(column: str) -> Func:
    as_text = Func(F(column), template="(%(expressions)s)::text")
    return _range_of(Func(as_text, Value(0), function="hashtextextended"))


Row = TypeVar("Row", bound=EffectiveDated)

_OWN_FIELDS = {"id", "recorded_from", "recorded_to"}
_CHANGED_MEANWHILE = say(
    "Bản ghi này vừa được người khác thay đổi. Hãy tải lại trang rồi làm lại; chưa có gì bị ghi đè."
)


def supersede(row: Row, on: date, *, source: str = "", **changes: Any) -> Row:
    """Reality changed on day `on`: the old state ends there, a new version begins. Returns the new version.

    Raises Refused when `on` is not inside the row's validity, Conflict when somebody else changed it first.
    """
    _check_inside(row, on)
    _close(row)
    revised(row, valid_to=on).save(force_insert=True)
    new = revised(row, valid_from=on, source=source or row.source, reason="", **changes)
    new.save(force_insert=True)
    return new


def end(row: Row, on: date, *, source: str = "") -> Row:
    """Reality changed on day `on` and nothing follows: the last day it was true is the day before."""
    _check_inside(row, on)
    _close(row)
    ended = revised(row, valid_to=on, **({"source": source} if source else {}))
    ended.save(force_insert=True)
    return ended


def end_all(rows: Sequence[Row], on: date, *, source: str = "", reason: str = "", **changes: Any) -> int:
    """Reality changed on day `on` for many rows of one table, in two statements; returns how many.

    Rows that would only have begun on that day or later never came true: they are taken back, with the reason.
    Raises Refused without a reason, Conflict when somebody changed one of them meanwhile.
    """
    if not reason.strip():
        raise Refused("reason_missing", say("Kết thúc nhiều bản ghi phải ghi lý do."), "reason")
    if not rows:
        return 0
    table = type(rows[0]).objects
    current = table.filter(pk__in=[row.pk for row in rows], recorded_to__isnull=True)
    if current.update(recorded_to=TransactionNow()) != len(rows):
        raise Conflict("changed_meanwhile", _CHANGED_MEANWHILE)
    begun = [row for row in rows if row.valid_from < on]
    closing = {"valid_to": on, "reason": reason, **({"source": source} if source else {}), **changes}
    table.bulk_create([revised(row, **closing) for row in begun], batch_size=5000)
    return len(rows)


def correct(row: Row, *, because: str, **fixes: Any) -> Row:
    """The record was wrong: what it should have said all along. Both stay readable. Returns the new version."""
    if not because.strip():
        raise Refused("reason_missing", say("Sửa hồ sơ phải ghi lý do."), "reason")
    _close(row)
    new = revised(row, reason=because, **fixes)
    new.save(force_insert=True)
    return new


def withdraw(row: EffectiveDated, *, because: str) -> None:
    """The record should never have been made (an import undone): it is no longer current, and stays readable."""
    if not because.strip():
        raise Refused("reason_missing", say("Rút bản ghi phải ghi lý do."), "reason")
    _close(row)


def revised(row: Row, **changes: Any) -> Row:
    """An unsaved further version of `row`: the same line and values but for `changes` (field or column names)."""
    fields = {field.name: field for field in row._meta.concrete_fields}
    values = {f.attname: getattr(row, f.attname) for name, f in fields.items() if name not in _OWN_FIELDS}
    columns = {field.attname for field in fields.values()}
    for name, value in changes.items():
        if name not in columns:
            values.pop(fields[name].attname, None)
        values[name] = value
    return type(row)(**values)


def _check_inside(row: EffectiveDated, on: date) -> None:
    if on <= row.valid_from or (row.valid_to is not None and on >= row.valid_to):
        raise Refused(
            "day_outside_validity",
            say(
                "Ngày {day} không nằm trong thời gian hiệu lực của bản ghi (từ {start}). "
                "Nếu bản ghi vốn sai, hãy dùng “đính chính”.",
                day=f"{on:%d/%m/%Y}",
                start=f"{row.valid_from:%d/%m/%Y}",
            ),
            "valid_from",
        )


def _close(row: EffectiveDated) -> None:
    closed = (
        type(row).objects.filter(pk=row.pk, recorded_to__isnull=True).update(recorded_to=TransactionNow())
    )
    if not closed:
        raise Conflict("changed_meanwhile", _CHANGED_MEANWHILE)
