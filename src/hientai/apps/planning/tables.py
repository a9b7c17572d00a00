"""Lists of planned people."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hientai.apps.planning.ahead import VacancyRow
from hientai.apps.planning.types import Finding, Readiness, Source, TurnRow, VoidedRow
from hientai.foundation.tables import List
from hientai.foundation.web.templatetags.formats import day

_NUMBER = {"td": {"class": "number"}, "th": {"class": "number"}}


class TurnsTable(List):
    """One line a turn: who, for what, from where, how ready the plan says they are."""

    class Meta(List.Meta):
        pass

    title = tables.Column(verbose_name=_("Quy hoạch chức danh"))
    at = tables.Column(verbose_name=_("Tại"))
    name = tables.Column(verbose_name=_("Họ và tên"), attrs={"row_header": True})
    code = tables.Column(verbose_name=_("Mã"))
    born = tables.Column(verbose_name=_("Ngày sinh"), attrs=_NUMBER)
    position = tables.Column(verbose_name=_("Chức vụ, đơn vị hiện nay"), empty_values=())
    origin = tables.Column(verbose_name=_("Nguồn"))
    readiness = tables.Column(verbose_name=_("Sẵn sàng"))
    wanted = tables.Column(verbose_name=_("Số cần cho vị trí"), attrs=_NUMBER, default="–")
    programme = tables.Column(verbose_name=_("Chương trình hành động"), empty_values=())

    def render_programme(self, record: TurnRow) -> str:
        if record.programme is None:
            return "–"
        said = gettext("{done}/{total} việc").format(done=record.programme.done, total=record.programme.total)
        return (
            f"{said}, {gettext('{late} quá hạn').format(late=record.programme.late)}"
            if record.programme.late
            else said
        )

    def render_name(self, record: TurnRow) -> str:
        return _named(record.code, record.name)

    def value_name(self, record: TurnRow) -> str:
        return record.name

    def render_position(self, record: TurnRow) -> str:
        return ", ".join(filter(None, (record.position, record.unit)))

    def render_origin(self, value: str) -> Any:
        return Source(value).label

    def render_readiness(self, value: str) -> Any:
        return Readiness(value).label

    def value_born(self, value: Any) -> str:
        return str(value)


class VoidedTable(List):
    """One line a person: which turn is void since when and why, and what the person does now."""

    class Meta(List.Meta):
        pass

    name = tables.Column(verbose_name=_("Họ và tên"), attrs={"row_header": True})
    code = tables.Column(verbose_name=_("Mã"))
    position = tables.Column(verbose_name=_("Chức vụ, đơn vị hiện nay"), empty_values=())
    term = tables.Column(verbose_name=_("Nhiệm kỳ"))
    title = tables.Column(verbose_name=_("Đã quy hoạch chức danh, tại"), empty_values=())
    void_from = tables.Column(verbose_name=_("Hết hiệu lực từ"), attrs=_NUMBER)
    reason = tables.Column(verbose_name=_("Lý do, văn bản"), empty_values=())

    def render_name(self, record: VoidedRow) -> str:
        return _named(record.code, record.name)

    def value_name(self, record: VoidedRow) -> str:
        return record.name

    def render_position(self, record: VoidedRow) -> str:
        return ", ".join(filter(None, (record.position, record.unit)))

    def render_title(self, record: VoidedRow) -> str:
        return ", ".join(filter(None, (record.title, record.at)))

    def render_void_from(self, value: Any) -> str:
        return day(value)

    def value_void_from(self, value: Any) -> Any:
        return value

    def render_reason(self, record: VoidedRow) -> str:
        return "; ".join(text for text in (record.reason, record.source) if text) or str(
            Finding.TITLE_ABOLISHED.label
        )


class VacanciesTable(List):
    """One line a seat that falls vacant: when, why, and how many planned people could take it that day."""

    class Meta(List.Meta):
        pass

    on = tables.Column(verbose_name=_("Khuyết từ"), attrs=_NUMBER)
    title = tables.Column(verbose_name=_("Chức danh"))
    unit = tables.Column(verbose_name=_("Đơn vị"))
    name = tables.Column(verbose_name=_("Người đang giữ"), attrs={"row_header": True})
    code = tables.Column(verbose_name=_("Mã"))
    reason = tables.Column(verbose_name=_("Lý do"))
    successors = tables.Column(verbose_name=_("Kế cận sẵn sàng ngày đó"), attrs=_NUMBER)
    short = tables.Column(verbose_name=_("Thiếu"), empty_values=())

    def render_name(self, record: VacancyRow) -> str:
        return format_html('<a href="{}">{}</a>', reverse("person", args=[record.code]), record.name)

    def value_name(self, record: VacancyRow) -> str:
        return record.name

    def render_on(self, value: Any) -> str:
        return day(value)

    def value_on(self, value: Any) -> Any:
        return value

    def render_reason(self, value: str) -> Any:
        return _("Nghỉ hưu") if value == "retires" else _("Hết nhiệm kỳ, thời hạn giữ chức")

    def render_short(self, record: VacancyRow) -> Any:
        if record.short:
            return _("thiếu")
        return _("thiếu nếu không bổ nhiệm lại") if record.short_strict else "–"


def _named(code: str, name: str) -> str:
    """A name that opens the file, with the code beside it."""
    return format_html(
        '<a href="{}">{}</a> <span class="muted small">{}</span>', reverse("person", args=[code]), name, code
    )
