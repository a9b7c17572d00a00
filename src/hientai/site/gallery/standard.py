"""An invented standard, explained by the real engine: the gallery shows what a screening page shows."""

from __future__ import annotations

import datetime as dt

from hientai.engines.criteria.explain import ExplainedStandard, explain
from hientai.engines.criteria.tree import (
    All,
    AnyOf,
    Citation,
    Criterion,
    Open,
    OpenReason,
    Operator,
    Parameter,
    Standard,
)
from hientai.engines.facts.catalogue import Catalogue
from hientai.engines.facts.evidence import Evidence
from hientai.engines.facts.fact import Clock, Fact, FactType
from hientai.engines.wording import Sentence, say

_TEXT = "Quy định mẫu (hư cấu)"
_NONE = Sentence("")


def _fact(
    code: str, label: Sentence, type_: FactType, unit: Sentence = _NONE, clock: Clock = Clock.STILL
) -> Fact:
    return Fact(code, label, type_, unit, label, say("Hồ sơ cán bộ"), clock=clock)


_CATALOGUE = Catalogue(
    [
        _fact("months_in_title", say("Thời gian giữ chức vụ"), FactType.MONTHS, say("tháng"), Clock.GROWS),
        _fact("months_left", say("Thời gian còn công tác"), FactType.MONTHS, say("tháng"), Clock.SHRINKS),
        _fact("has_degree", say("Có bằng đại học đúng ngành"), FactType.BOOLEAN),
        _fact("outstanding_years", say("Số năm hoàn thành xuất sắc"), FactType.INTEGER, say("năm")),
    ]
)


def _criterion(
    fact: str,
    sentence: Sentence,
    article: str,
    clause: str,
    operator: Operator,
    value: int | bool,
    verified: bool = True,
) -> Criterion:
    citation = Citation(_TEXT, article, clause)
    return Criterion(fact, sentence, citation, fact, operator, Parameter("", value, "", citation, verified))


def explained(as_of: dt.date) -> ExplainedStandard:
    """One person against one standard: one criterion of every verdict, one unverified, one left open."""
    rule = All(
        "standard",
        say("Tiêu chuẩn, điều kiện bổ nhiệm lần đầu"),
        Citation(_TEXT),
        (
            _criterion(
                "months_left",
                say("Còn đủ thời gian công tác trọn một nhiệm kỳ"),
                "8",
                "2",
                Operator.AT_LEAST,
                60,
            ),
            AnyOf(
                "experience",
                say("Kinh nghiệm hoặc thành tích"),
                Citation(_TEXT, "8", "3"),
                (
                    _criterion(
                        "months_in_title",
                        say("Đã giữ chức vụ cấp phó"),
                        "8",
                        "3a",
                        Operator.AT_LEAST,
                        24,
                        verified=False,
                    ),
                    _criterion(
                        "outstanding_years", say("Có thành tích xuất sắc"), "8", "3b", Operator.AT_LEAST, 3
                    ),
                ),
            ),
            _criterion("has_degree", say("Có trình độ chuyên môn phù hợp"), "8", "4", Operator.IS_TRUE, True),
            Open("conduct", say("Phẩm chất, uy tín"), Citation(_TEXT, "8", "1"), OpenReason.NOT_MEASURED),
        ),
    )
    standard = Standard("sample", say("Tiêu chuẩn mẫu"), _TEXT, rule)
    started = dt.date(2025, 3, 1)
    evidence = {
        "months_in_title": Evidence("QĐ 412-QĐ/TU", started, started),
        "months_left": Evidence("Ngày sinh trong lý lịch", dt.date(1983, 2, 14), dt.date(2041, 3, 1)),
    }
    answers = {"months_in_title": 20, "months_left": 171, "outstanding_years": 1, "has_degree": None}
    return explain(standard, answers, _CATALOGUE, as_of, evidence)
