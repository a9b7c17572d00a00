"""Facts of papers: dossier, asset declaration, conclusion on political standards - never content."""

from __future__ import annotations

from hientai.engines.facts.fact import Clock, Fact, FactType, Reading
from hientai.engines.facts.standard.units import DOSSIER, MONTHS, NO_UNIT, PAPERS
from hientai.engines.wording import say

PAPERS_HELD = """
SELECT *, required AND (valid_from IS NULL OR valid_from > $as_of OR valid_to <= $as_of) IS TRUE AS lacking
FROM dossiers
"""
DECLARED = (
    "SELECT *, filed_on <= $as_of AS filed FROM declarations WHERE due_on <= $as_of OR filed_on <= $as_of"
)
CONCLUDED = """
SELECT *, issued_on <= $as_of AS issued FROM conclusions WHERE requested_on <= $as_of OR issued_on <= $as_of
"""
LAST_FILED = "max(filed_on) FILTER (WHERE filed)"
LAST_ISSUED = "max(issued_on) FILTER (WHERE issued)"

FACTS: tuple[Fact, ...] = (
    Fact(
        "dossier_missing",
        say("Số giấy tờ còn thiếu"),
        FactType.INTEGER,
        PAPERS,
        say("Số giấy tờ bắt buộc chưa nộp hoặc đã quá hạn; chưa lập danh mục hồ sơ thì chưa rõ."),
        DOSSIER,
        lowest=0,
        reading=Reading(PAPERS_HELD, "count(*) FILTER (WHERE lacking)", day="max(valid_from)"),
    ),
    Fact(
        "dossier_complete",
        say("Hồ sơ đầy đủ"),
        FactType.BOOLEAN,
        NO_UNIT,
        say("Không thiếu giấy tờ bắt buộc nào."),
        DOSSIER,
        reading=Reading(PAPERS_HELD, "count(*) FILTER (WHERE lacking) = 0", day="max(valid_from)"),
    ),
    Fact(
        "declaration_overdue",
        say("Quá hạn kê khai tài sản, thu nhập"),
        FactType.BOOLEAN,
        NO_UNIT,
        say("Có kỳ kê khai đã đến hạn mà chưa nộp; không có kỳ nào thì chưa rõ."),
        DOSSIER,
        reading=Reading(
            DECLARED,
            "coalesce(bool_or(due_on < $as_of AND filed IS NOT TRUE), FALSE)",
            record="'declaration:' || arg_max(declaration_id, year)",
            day="max(due_on)",
        ),
    ),
    Fact(
        "months_since_declaration",
        say("Số tháng từ lần kê khai gần nhất"),
        FactType.MONTHS,
        MONTHS,
        say("Số tháng tròn từ ngày nộp bản kê khai gần nhất."),
        DOSSIER,
        lowest=0,
        highest=1200,
        clock=Clock.GROWS,
        reading=Reading(
            DECLARED,
            f"months_from(mark({LAST_FILED}), $end_mark)",
            "count(*) FILTER (WHERE filed) > 0",
            "'declaration:' || arg_max(declaration_id, filed_on) FILTER (WHERE filed)",
            LAST_FILED,
            LAST_FILED,
        ),
    ),
    Fact(
        "political_conclusion",
        say("Kết luận tiêu chuẩn chính trị"),
        FactType.CODE,
        NO_UNIT,
        say("Tình trạng của kết luận tiêu chuẩn chính trị; nội dung không được lưu."),
        DOSSIER,
        absent_means="none",
        codes={"none": say("chưa đề nghị"), "requested": say("đã đề nghị, chưa có"), "issued": say("đã có")},
        reading=Reading(
            CONCLUDED,
            "CASE WHEN bool_or(issued) THEN 'issued' ELSE 'requested' END",
            record="'conclusion:' || arg_max(conclusion_id, coalesce(issued_on, requested_on))",
            day="max(coalesce(issued_on, requested_on))",
        ),
    ),
    Fact(
        "months_since_conclusion",
        say("Số tháng từ kết luận tiêu chuẩn chính trị"),
        FactType.MONTHS,
        MONTHS,
        say("Số tháng tròn từ ngày có kết luận gần nhất."),
        DOSSIER,
        lowest=0,
        highest=1200,
        clock=Clock.GROWS,
        reading=Reading(
            CONCLUDED,
            f"months_from(mark({LAST_ISSUED}), $end_mark)",
            "count(*) FILTER (WHERE issued) > 0",
            "'conclusion:' || arg_max(conclusion_id, issued_on) FILTER (WHERE issued)",
            LAST_ISSUED,
            LAST_ISSUED,
        ),
    ),
)
