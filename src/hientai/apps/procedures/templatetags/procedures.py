"""Filters: outcomes, papers and the parts of a diagram in words and places."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from hientai.apps.procedures.types import OUTCOMES, CasePage
from hientai.engines.ballots.answer import verdict_label
from hientai.engines.procedure import Definition
from hientai.engines.procedure.demands import TITLES
from hientai.engines.procedure.diagram import LINE, Box, Down, Pill
from hientai.foundation.web.templatetags.formats import rulebook_text, sentence

register = template.Library()


@register.filter
def outcome(code: str) -> str:
    """What a way out of a step is called."""
    return str(OUTCOMES.get(code, code))


@register.filter
def verdict(code: str) -> str:
    """What a ballot made of a name; a dash where opinions are only recorded."""
    return sentence(verdict_label(code))


@register.filter
def paper_title(definition: Definition, code: str) -> str:
    """What a paper is called: of the list, or minutes, count and table of a step."""
    step_code, _dot, kind = code.partition(".")
    if kind:
        return f"{sentence(TITLES[kind])} ({rulebook_text(definition.step(step_code).title)})"
    found = (need.title for step in definition.steps for need in step.needs if need.code == code)
    return rulebook_text(next(found, code))


@register.filter
def name_of(page: CasePage, key: str) -> str:
    """The label behind a name's key."""
    return next((name.label for name in page.names if name.key == key), key)


@register.filter
def step_title(definition: Definition, code: str) -> str:
    """The title of a step by its code."""
    return rulebook_text(definition.step(code).title)


@register.filter
def pill_text(pill: Pill) -> str:
    """An outcome and where it leads."""
    if pill.again:
        return _("{outcome} → họp lại").format(outcome=outcome(pill.outcome))
    if pill.number:
        return _("{outcome} → bước {number}").format(outcome=outcome(pill.outcome), number=pill.number)
    said = _("{outcome} → {ending}").format(outcome=outcome(pill.outcome), ending=pill.to)
    return said if len(said) <= 52 else f"→ {pill.to}"


@register.filter
def line_at(box: Box, number: int) -> int:
    """The base line of a line of a box's title."""
    return box.y + _pad(box) + LINE * number


@register.filter
def who_at(box: Box, number: int) -> int:
    """The base line of a line of who meets."""
    return box.y + _pad(box) + LINE * (len(box.lines) + number)


@register.filter
def mark_at(box: Box) -> int:
    """The base line of the marks below who meets."""
    return who_at(box, len(box.who))


@register.filter
def between(down: Down) -> int:
    """The base line of the words beside a way down."""
    return (down.y1 + down.y2) // 2 + 4


@register.filter
def reach(pill: Pill) -> int:
    """How far the last stretch of a way to a pill goes."""
    return pill.x - pill.from_x - 15


def _pad(box: Box) -> int:
    text = LINE * (len(box.lines) + len(box.who) + box.has_marks)
    return (box.height - text) // 2 + 14


@register.filter
def event_text(kind: str) -> Any:
    """What kind of thing happened."""
    return _EVENTS[kind]()


_EVENTS = {
    "summoned": lambda: _("Triệu tập hội nghị"),
    "met": lambda: _("Họp"),
    "ballot_closed": lambda: _("Khóa kết quả kiểm phiếu"),
    "ballot_corrected": lambda: _("Đính chính kết quả kiểm phiếu"),
    "paper": lambda: _("Nhận giấy tờ"),
    "waived": lambda: _("Miễn"),
    "finished": lambda: _("Kết thúc bước"),
    "suspended": lambda: _("Tạm dừng"),
    "resumed": lambda: _("Tiếp tục"),
    "returned": lambda: _("Trả về bước trước"),
    "stopped": lambda: _("Dừng hồ sơ"),
}
