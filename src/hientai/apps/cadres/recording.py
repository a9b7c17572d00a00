"""How one record is written by hand: a new one, one that follows, one that was wrong. Used by the services only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from hientai.apps.cadres import models
from hientai.apps.cadres.file_records import MODELS, columns, first_day
from hientai.apps.cadres.kinds import KINDS, Kind, Label
from hientai.engines.vitext import name_case, search_key, sort_key, tidy
from hientai.engines.wording import Sentence, say
from hientai.foundation import encryption, temporal
from hientai.foundation.errors import Conflict, NotFound, Refused
from hientai.foundation.temporal import EffectiveDated


def new_row(
    kind: Kind, person_id: int, values: Mapping[str, Any], since: date | None, until: date | None, source: str
) -> EffectiveDated:
    """A record that was not there; of a kind that follows, the one before ends that day. `values` are columns."""
    start = first_day(kind, values, since)
    if kind.follows:
        return following(MODELS[kind.slug], person_id, values, start, source)
    row: EffectiveDated = MODELS[kind.slug](
        person_id=person_id, valid_from=start, valid_to=until, source=source, **values
    )
    row.save(force_insert=True)
    return row


def following(
    model: type[EffectiveDated], person_id: int, values: Mapping[str, Any], start: date, source: str
) -> EffectiveDated:
    """The value from a day on in a history of one value: what held until then ends, what begins later stays."""
    held = model.objects.as_of(start).filter(person_id=person_id).first()
    if held is not None and held.valid_from == start:
        raise Refused(
            "already_from_that_day",
            say("Đã có bản ghi từ chính ngày đó; hãy đính chính bản ghi ấy."),
            "since",
        )
    if held is not None:
        return temporal.supersede(held, start, source=source, **values)
    later = model.objects.known_on().filter(person_id=person_id, valid_from__gt=start).order_by("valid_from")
    until = later.values_list("valid_from", flat=True).first()
    row: EffectiveDated = model(
        person_id=person_id, valid_from=start, valid_to=until, source=source, **values
    )
    row.save(force_insert=True)
    return row


def prepared(kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    """Form values as columns; a name with its keys, a number sealed, a relative by id. Seats are the service's."""
    found = columns(kind, values)
    if "full_name" in found:
        name = name_case(tidy(found["full_name"]))
        found |= {"full_name": name, "sort_key": sort_key(name), "search_key": search_key(name)}
    if kind.slug == "so-dinh-danh":
        number = "".join(str(values["number"]).split())
        found |= {"kind": "cccd" if len(number) == 12 else "cmnd", "sealed": encryption.seal(number)}
    if kind.slug == "than-nhan":
        relative = models.Person.objects.filter(code__iexact=str(values["relative"]).strip()).first()
        if relative is None:
            raise Refused("no_such_person", say("Không có cán bộ nào mang mã này."), "relative")
        found["relative_id"] = relative.pk
    return found


def current(kind: Kind, row_id: int) -> Any:
    """The version, when it is still the one on record; Conflict when somebody changed it since, else NotFound."""
    row = MODELS[kind.slug].objects.filter(pk=row_id).first()
    if row is None:
        raise NotFound(str(row_id))
    if row.recorded_to is not None:
        raise Conflict(
            "changed_meanwhile",
            say(
                "Bản ghi này vừa được người khác thay đổi; chưa có gì bị ghi đè. Hãy xem bản hiện nay rồi làm lại."
            ),
        )
    return row


def repeat_management(person_id: int) -> None:
    """Person.held_by and tier as the newest record of management says."""
    newest = models.Management.objects.known_on().filter(person_id=person_id).order_by("-valid_from").first()
    held_by, tier = (newest.unit_id, newest.tier) if newest else (None, "")
    models.Person.objects.filter(pk=person_id).update(held_by=held_by, tier=tier)


@contextmanager
def said_in_words(one: Label) -> Iterator[None]:
    """What the database refuses, as the officer can understand it."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        broken = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
        raise Refused(*_reason(broken, one)) from error


def _reason(broken: str, one: Label) -> tuple[str, Sentence, str]:
    if "fingerprint" in broken:
        return "number_taken", say("Số định danh này đã có trong hồ sơ của người khác."), "number"
    if broken.endswith("_runs_forwards"):
        return "ends_before_it_begins", say("Ngày hết phải sau ngày bắt đầu."), "until"
    return "overlaps", say("Trùng thời gian với một bản ghi {what} đã có.", what=str(one)), "since"


def kind_named(slug: str) -> Kind:
    """The kind; NotFound for a word that names none."""
    if slug not in KINDS:
        raise NotFound(slug)
    return KINDS[slug]
