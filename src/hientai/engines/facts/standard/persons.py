"""Facts of the biographical record: age, retirement, service, party membership, origin of statistics."""

from __future__ import annotations

from hientai.engines.facts.fact import Clock, Fact, FactType, Reading
from hientai.engines.facts.standard.units import BIOGRAPHY, MONTHS, NO_UNIT, TERMS, YEARS
from hientai.engines.wording import Sentence, say

RELATION = """
SELECT * REPLACE (CASE WHEN born_mark <= $mark THEN born END AS born,
                  CASE WHEN born_mark <= $mark THEN born_mark END AS born_mark)
FROM persons
"""
RECORD = "'person:' || person_id"
NO_DAY = "CAST(NULL AS DATE)"


def _read(value: str, *, present: str = "TRUE", day: str = NO_DAY, anchor: str = NO_DAY) -> Reading:
    return Reading(RELATION, value, present, RECORD, day, anchor, one_row=True)


def _months_since(code: str, column: str, label: Sentence, definition: Sentence) -> Fact:
    return Fact(
        code,
        label,
        FactType.MONTHS,
        MONTHS,
        definition,
        BIOGRAPHY,
        lowest=0,
        highest=1200,
        clock=Clock.GROWS,
        can_change=False,
        reading=_read(
            f"CASE WHEN {column}_mark <= $mark THEN months_from({column}_mark, $end_mark) END",
            day=column,
            anchor=column,
        ),
    )


FACTS: tuple[Fact, ...] = (
    Fact(
        "age_years",
        say("Tuổi"),
        FactType.YEARS,
        YEARS,
        say("Số tuổi tròn; chỉ biết năm (hoặc tháng) sinh thì tính từ ngày đầu của năm (hoặc tháng) đó."),
        BIOGRAPHY,
        lowest=0,
        highest=130,
        clock=Clock.GROWS,
        can_change=False,
        reading=_read("months_from(born_mark, $end_mark) // 12", day="born", anchor="born"),
    ),
    Fact(
        "age_months",
        say("Tuổi tính bằng tháng"),
        FactType.MONTHS,
        MONTHS,
        say(
            "Số tháng tuổi tròn; chỉ biết năm (hoặc tháng) sinh thì tính từ ngày đầu của năm (hoặc tháng) đó."
        ),
        BIOGRAPHY,
        lowest=0,
        highest=1560,
        clock=Clock.GROWS,
        can_change=False,
        reading=_read("months_from(born_mark, $end_mark)", day="born", anchor="born"),
    ),
    Fact(
        "birth_date_complete",
        say("Ngày sinh đầy đủ"),
        FactType.BOOLEAN,
        NO_UNIT,
        say("Lý lịch có đủ ngày, tháng, năm sinh."),
        BIOGRAPHY,
        reading=_read("born_year IS NOT NULL AND born_month IS NOT NULL AND born_day IS NOT NULL"),
    ),
    Fact(
        "sex",
        say("Giới tính"),
        FactType.CODE,
        NO_UNIT,
        say("Giới tính ghi trong lý lịch; chỉ dùng cho cơ cấu và thống kê."),
        BIOGRAPHY,
        statistics_only=True,
        codes={"M": say("Nam"), "F": say("Nữ")},
        can_change=False,
        reading=_read("sex"),
    ),
    Fact(
        "ethnicity",
        say("Dân tộc"),
        FactType.CODE,
        NO_UNIT,
        say("Dân tộc ghi trong lý lịch; chỉ dùng cho cơ cấu và thống kê."),
        BIOGRAPHY,
        statistics_only=True,
        can_change=False,
        reading=_read("ethnicity"),
    ),
    Fact(
        "ethnic_minority",
        say("Người dân tộc thiểu số"),
        FactType.BOOLEAN,
        NO_UNIT,
        say("Dân tộc khác Kinh; chỉ dùng cho cơ cấu và thống kê."),
        BIOGRAPHY,
        statistics_only=True,
        can_change=False,
        reading=_read("ethnicity <> 'kinh'"),
    ),
    Fact(
        "has_religion",
        say("Có tôn giáo"),
        FactType.BOOLEAN,
        NO_UNIT,
        say("Lý lịch có ghi tôn giáo; chỉ dùng để thống kê."),
        BIOGRAPHY,
        statistics_only=True,
        reading=_read("religion <> 'none'"),
    ),
    Fact(
        "months_to_retirement",
        say("Số tháng công tác còn lại"),
        FactType.MONTHS,
        MONTHS,
        say(
            "Số tháng từ tháng đang xét đến tháng nghỉ hưu (Nghị định 135/2020 hoặc quyết định riêng), "
            "tính theo tháng, không tính ngày; đã quá tháng nghỉ hưu thì là số âm."
        ),
        BIOGRAPHY,
        lowest=-1200,
        highest=1200,
        clock=Clock.SHRINKS,
        can_change=False,
        reading=_read("(retires_on_mark >> 5) - ($mark >> 5)", day="retires_on", anchor="retires_on"),
    ),
    Fact(
        "months_to_age_60_55",
        say("Số tháng đến tuổi 60 (nam), 55 (nữ)"),
        FactType.MONTHS,
        MONTHS,
        say(
            "Số tháng từ tháng đang xét đến tháng đủ 60 tuổi (nam) hoặc 55 tuổi (nữ), tuổi nghỉ hưu trước ngày "
            "01/01/2021 (Bộ luật Lao động 2012, Điều 187); chỉ dùng cho quy định ban hành theo tuổi ấy và để so "
            "sánh hai lộ trình."
        ),
        BIOGRAPHY,
        lowest=-1200,
        highest=1200,
        clock=Clock.SHRINKS,
        can_change=False,
        reading=_read(
            "born_year * 12 + coalesce(born_month, 1) - 1"
            " + CASE sex WHEN 'M' THEN 720 WHEN 'F' THEN 660 END - ($mark >> 5)",
            day="born",
            anchor="born",
        ),
    ),
    Fact(
        "terms_left",
        say("Số nhiệm kỳ trọn còn lại"),
        FactType.INTEGER,
        TERMS,
        say("Số lần đủ 60 tháng trong số tháng công tác còn lại; hết tuổi công tác thì là 0."),
        BIOGRAPHY,
        lowest=0,
        highest=20,
        can_change=False,
        reading=_read(
            "greatest((retires_on_mark >> 5) - ($mark >> 5), 0) // 60", present="retires_on IS NOT NULL"
        ),
    ),
    _months_since(
        "service_months",
        "recruited",
        say("Thời gian công tác"),
        say("Số tháng tròn từ ngày tuyển dụng."),
    ),
    Fact(
        "party_member",
        say("Đảng viên"),
        FactType.BOOLEAN,
        NO_UNIT,
        say("Là đảng viên (dự bị hoặc chính thức) vào ngày đang xét."),
        BIOGRAPHY,
        reading=_read(
            "CASE WHEN party_joined IS NULL THEN party_member ELSE party_joined <= $as_of END",
            day="party_joined",
        ),
    ),
    Fact(
        "party_official",
        say("Đảng viên chính thức"),
        FactType.BOOLEAN,
        NO_UNIT,
        say("Đã được công nhận đảng viên chính thức vào ngày đang xét."),
        BIOGRAPHY,
        reading=_read(
            "CASE WHEN party_official IS NOT NULL THEN party_official <= $as_of"
            " WHEN party_joined IS NULL AND NOT party_member THEN FALSE END",
            day="party_official",
        ),
    ),
    _months_since(
        "party_months",
        "party_joined",
        say("Tuổi Đảng"),
        say("Số tháng tròn từ ngày vào Đảng."),
    ),
    _months_since(
        "party_official_months",
        "party_official",
        say("Thời gian là đảng viên chính thức"),
        say("Số tháng tròn từ ngày được công nhận chính thức."),
    ),
)
