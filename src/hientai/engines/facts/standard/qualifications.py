"""Facts of degrees and certificates: the highest rank of each kind, months since the last short course."""

from __future__ import annotations

from hientai.engines.facts.fact import Clock, Fact, FactType, Reading, Value
from hientai.engines.facts.standard.units import MONTHS, NO_UNIT, QUALIFICATIONS
from hientai.engines.wording import Sentence, say

RELATION = "SELECT * FROM qualifications WHERE coalesce(valid_from <= $as_of, TRUE)"

GENERAL: dict[Value, Sentence] = {
    1: say("tiểu học"),
    2: say("trung học cơ sở"),
    3: say("trung học phổ thông"),
}
PROFESSIONAL: dict[Value, Sentence] = {
    0: say("chưa qua đào tạo"),
    1: say("sơ cấp"),
    2: say("trung cấp"),
    3: say("cao đẳng"),
    4: say("đại học"),
    5: say("thạc sĩ"),
    6: say("tiến sĩ"),
    7: say("tiến sĩ khoa học"),
}
# Regulation 57-QĐ/TW of 2022 knows three levels; "cử nhân" survives in older records.
POLITICAL_THEORY: dict[Value, Sentence] = {
    0: say("chưa qua đào tạo"),
    1: say("sơ cấp"),
    2: say("trung cấp"),
    3: say("cao cấp"),
    4: say("cử nhân"),
}
STATE_MANAGEMENT: dict[Value, Sentence] = {
    0: say("chưa qua bồi dưỡng"),
    1: say("cán sự"),
    2: say("chuyên viên"),
    3: say("chuyên viên chính"),
    4: say("chuyên viên cao cấp"),
}
LANGUAGE: dict[Value, Sentence] = {
    0: say("chưa có"),
    1: say("bậc 1 (A1)"),
    2: say("bậc 2 (A2)"),
    3: say("bậc 3 (B1)"),
    4: say("bậc 4 (B2)"),
    5: say("bậc 5 (C1)"),
    6: say("bậc 6 (C2)"),
}
INFORMATICS: dict[Value, Sentence] = {0: say("chưa có"), 1: say("cơ bản"), 2: say("nâng cao")}
DEFENCE: dict[Value, Sentence] = {
    0: say("chưa qua bồi dưỡng"),
    1: say("đối tượng 4"),
    2: say("đối tượng 3"),
    3: say("đối tượng 2"),
    4: say("đối tượng 1"),
}


UNKNOWN_LEVEL = 1_000_000  # above every level: one degree of unknown level makes the highest unknown


def _highest(code: str, kind: str, label: Sentence, ranks: dict[Value, Sentence]) -> Fact:
    kept = f"FILTER (WHERE kind = '{kind}')"
    highest = f"max(CASE WHEN kind = '{kind}' THEN coalesce(level_rank, {UNKNOWN_LEVEL}) ELSE -1 END)"
    return Fact(
        code,
        label,
        FactType.INTEGER,
        NO_UNIT,
        say(
            "Mức cao nhất theo văn bằng, chứng chỉ đã có đến ngày đang xét; có văn bằng chưa rõ mức "
            "hoặc không có văn bằng nào thì chưa rõ."
        ),
        QUALIFICATIONS,
        codes=ranks,
        lowest=min(int(rank) for rank in ranks),
        highest=max(int(rank) for rank in ranks),
        reading=Reading(
            RELATION,
            f"nullif({highest}, {UNKNOWN_LEVEL})",
            f"{highest} >= 0",
            f"'qualification:' || arg_max(qualification_id, level_rank) {kept}",
            f"arg_max(valid_from, level_rank) {kept}",
        ),
    )


FACTS: tuple[Fact, ...] = (
    _highest("general_education", "general", say("Trình độ giáo dục phổ thông"), GENERAL),
    _highest("professional_rank", "professional", say("Trình độ chuyên môn"), PROFESSIONAL),
    _highest(
        "political_theory_rank", "political_theory", say("Trình độ lý luận chính trị"), POLITICAL_THEORY
    ),
    _highest(
        "state_management_rank", "state_management", say("Bồi dưỡng quản lý nhà nước"), STATE_MANAGEMENT
    ),
    _highest("foreign_language_rank", "foreign_language", say("Trình độ ngoại ngữ"), LANGUAGE),
    _highest("informatics_rank", "informatics", say("Trình độ tin học"), INFORMATICS),
    _highest("defence_security_rank", "defence_security", say("Bồi dưỡng quốc phòng và an ninh"), DEFENCE),
    Fact(
        "months_since_training",
        say("Số tháng từ lần bồi dưỡng gần nhất"),
        FactType.MONTHS,
        MONTHS,
        say("Số tháng tròn từ ngày cấp chứng chỉ bồi dưỡng cập nhật gần nhất; chưa ghi nhận thì chưa rõ."),
        QUALIFICATIONS,
        lowest=0,
        highest=1200,
        clock=Clock.GROWS,
        reading=Reading(
            RELATION,
            "months_from(mark(max(valid_from) FILTER (WHERE kind = 'refresher')), $end_mark)",
            "count(valid_from) FILTER (WHERE kind = 'refresher') > 0",
            "'qualification:' || arg_max(qualification_id, valid_from) FILTER (WHERE kind = 'refresher')",
            "max(valid_from) FILTER (WHERE kind = 'refresher')",
            "max(valid_from) FILTER (WHERE kind = 'refresher')",
        ),
    ),
)
