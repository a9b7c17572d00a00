"""Which fields of a file people may propose to change, and how each is read, compared and shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hientai.apps.cadres.types import Born, PersonOnFile
from hientai.engines.errors import BadInput
from hientai.engines.vitext import tidy
from hientai.engines.wording import say
from hientai.foundation.errors import Refused
from hientai.foundation.web.days import read_day

LONGEST = 250


@dataclass(frozen=True)
class RecordField:
    """name: of BiographicalRecord, or `born` for the three columns of the birth date."""

    name: str
    label: str | Promise
    is_day: bool = False
    required: bool = False


FIELDS = (
    RecordField("full_name", _("Họ và tên"), required=True),
    RecordField("other_names", _("Tên gọi khác")),
    RecordField("born", _("Ngày sinh"), required=True),
    RecordField("birth_place", _("Nơi sinh")),
    RecordField("home_place", _("Quê quán")),
    RecordField("permanent_residence", _("Nơi đăng ký thường trú")),
    RecordField("residence", _("Nơi ở hiện nay")),
    RecordField("phone", _("Điện thoại")),
    RecordField("email", _("Thư điện tử")),
    RecordField("social_insurance", _("Số bảo hiểm xã hội")),
    RecordField("party_joined_on", _("Ngày vào Đảng"), is_day=True),
    RecordField("party_official_on", _("Ngày vào Đảng chính thức"), is_day=True),
    RecordField("party_card", _("Số thẻ Đảng")),
    RecordField("army_joined_on", _("Ngày nhập ngũ"), is_day=True),
    RecordField("army_left_on", _("Ngày xuất ngũ"), is_day=True),
    RecordField("army_rank", _("Quân hàm cao nhất")),
    RecordField("academic_rank", _("Học hàm")),
    RecordField("recruited_on", _("Ngày tuyển dụng"), is_day=True),
    RecordField("recruited_by", _("Cơ quan tuyển dụng")),
)
BY_NAME = {field.name: field for field in FIELDS}


def values_of(file: PersonOnFile) -> dict[str, str]:
    """The fields as people read them."""
    known = file.biography
    born = Born(known["born_year"], known["born_month"], known["born_day"])
    return {field.name: str(born) if field.name == "born" else _shown(known[field.name]) for field in FIELDS}


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def read(name: str, text: str) -> str:
    """What was typed, tidied into the form values are shown in; raises Refused with the name of the field."""
    field, typed = BY_NAME[name], tidy(text)[:LONGEST]
    if not typed:
        if field.required:
            raise Refused("field_required", say("Không được để trống."), name)
        return ""
    if name == "born":
        return str(_born(typed))
    return f"{read_day(typed, name):%d/%m/%Y}" if field.is_day else typed


def corrections_of(changes: Mapping[str, str]) -> dict[str, object]:
    """Columns of the biographical record for shown values."""
    found: dict[str, object] = {}
    for name, text in changes.items():
        if name == "born":
            born = _born(text)
            found |= {"born_year": born.year, "born_month": born.month, "born_day": born.day}
        elif BY_NAME[name].is_day:
            found[name] = read_day(text, name) if text else None
        else:
            found[name] = text
    return found


def _born(text: str) -> Born:
    parts = text.replace("-", "/").replace(".", "/").split("/")
    try:
        numbers = [int(part) for part in parts]
        day, month, year = {1: (None, None, *numbers), 2: (None, *numbers), 3: tuple(numbers)}[len(numbers)]
        date(year, month or 1, day or 1)
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(
            "not_a_birthday",
            say("“{text}” không phải ngày sinh. Viết 05/03/1980, 03/1980 hoặc 1980.", text=text[:40]),
            "born",
        ) from error
    return Born(year, month, day)
