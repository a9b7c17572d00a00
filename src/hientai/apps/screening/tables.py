"""Lists of people judged by a standard."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from hientai.apps.screening.types import VERDICTS, ScreenedPerson
from hientai.foundation.tables import List
from hientai.foundation.web.templatetags.formats import sentence


class ScreenedTable(List):
    """One line a person: who, the verdict, which criteria stand behind it."""

    class Meta(List.Meta):
        pass

    name = tables.Column(verbose_name=_("Họ và tên"), attrs={"row_header": True})
    code = tables.Column(verbose_name=_("Mã"))
    position = tables.Column(verbose_name=_("Chức vụ"))
    unit = tables.Column(verbose_name=_("Đơn vị"))
    verdict = tables.Column(verbose_name=_("Kết quả"))
    behind = tables.Column(verbose_name=_("Điều còn thiếu hoặc chưa rõ"), empty_values=())

    def __init__(self, *args: Any, standard: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standard = standard

    def render_name(self, record: ScreenedPerson) -> str:
        return format_html('<a href="{}">{}</a>', reverse("person", args=[record.code]), record.name)

    def value_name(self, record: ScreenedPerson) -> str:
        return record.name

    def render_verdict(self, record: ScreenedPerson) -> str:
        why = reverse("explanation", args=[record.code, self.standard])
        badge = render_to_string("screening/verdict.html", {"value": record.verdict})
        return format_html('<a class="plain" href="{}">{}</a>', why, badge)

    def value_verdict(self, record: ScreenedPerson) -> str:
        return str(dict(VERDICTS)[record.verdict])

    def render_behind(self, record: ScreenedPerson) -> str:
        return "; ".join(sentence(said) for said in record.behind)
