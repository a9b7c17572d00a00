"""Lists of the workforce: one declaration for the page and for the workbook."""

from __future__ import annotations

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hientai.apps.workforce.types import JobRow
from hientai.foundation.tables import List

_NUMBER = {"th": {"class": "number"}, "td": {"class": "number"}}


class JobsTable(List):
    """One line a job position."""

    class Meta(List.Meta):
        pass

    name = tables.Column(verbose_name=_("Vị trí việc làm"), attrs={"row_header": True})
    code = tables.Column(verbose_name=_("Mã"))
    unit = tables.Column(verbose_name=_("Đơn vị"))
    group_name = tables.Column(verbose_name=_("Nhóm"))
    decree = tables.Column(verbose_name=_("Nghị định"), attrs={"td": {"class": "nowrap"}})
    posts = tables.Column(verbose_name=_("Chỉ tiêu"), attrs=_NUMBER)
    holders = tables.Column(verbose_name=_("Có mặt"), attrs=_NUMBER, empty_values=())
    filling_name = tables.Column(verbose_name=_("Tình trạng"), attrs={"td": {"class": "nowrap"}})

    def render_name(self, record: JobRow) -> str:
        return format_html('<a href="{}">{}</a>', reverse("job", args=[record.code]), record.name)

    def value_name(self, record: JobRow) -> str:
        return record.name

    def render_unit(self, record: JobRow) -> str:
        return format_html('<a href="{}">{}</a>', reverse("unit", args=[record.unit_code]), record.unit)

    def value_unit(self, record: JobRow) -> str:
        return record.unit

    def render_group_name(self, record: JobRow) -> str:
        return (
            record.group_name if record.group_verified else f"{record.group_name} ({_now('chưa đối chiếu')})"
        )

    def render_holders(self, record: JobRow) -> str:
        if record.holders is None:
            return "–"
        return format_html('<a href="{}#nguoi">{}</a>', reverse("job", args=[record.code]), record.holders)

    def value_holders(self, record: JobRow) -> int | None:
        return record.holders
