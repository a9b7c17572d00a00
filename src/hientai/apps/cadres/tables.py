"""Lists of people."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from hientai.apps.cadres.types import PersonRow, Sex
from hientai.foundation.tables import List


class PeopleTable(List):
    """One line a person: who, what now, what learned."""

    class Meta(List.Meta):
        pass

    name = tables.Column(verbose_name=_("Họ và tên"), attrs={"row_header": True})
    code = tables.Column(verbose_name=_("Mã"))
    sex = tables.Column(verbose_name=_("Giới tính"))
    born = tables.Column(
        verbose_name=_("Ngày sinh"), attrs={"td": {"class": "number"}, "th": {"class": "number"}}
    )
    position = tables.Column(verbose_name=_("Chức vụ"))
    unit = tables.Column(verbose_name=_("Đơn vị"))
    professional = tables.Column(verbose_name=_("Chuyên môn"))
    theory = tables.Column(verbose_name=_("Lý luận chính trị"))

    def render_name(self, record: PersonRow) -> str:
        return format_html('<a href="{}">{}</a>', reverse("person", args=[record.code]), record.name)

    def value_name(self, record: PersonRow) -> str:
        return record.name

    def render_sex(self, value: str) -> Any:
        return Sex(value).label

    def value_born(self, value: Any) -> str:
        return str(value)
