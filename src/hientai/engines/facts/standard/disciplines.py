"""Facts of discipline: whether one is still in force, the heaviest form ever, months since each form."""

from __future__ import annotations

from hientai.engines.facts.fact import Clock, Fact, FactType, Reading, Value
from hientai.engines.facts.standard.units import DISCIPLINES, MONTHS, NO_UNIT, TIMES
from hientai.engines.wording import Sentence, say

# A decision without a day counts as taken: a missing day must not clear anybody.
RELATION = """
SELECT *,
       expires_on IS NULL OR expires_on > $as_of AS in_force,
       CASE form WHEN 'reprimand' THEN 1 WHEN 'warning' THEN 2 WHEN 'demotion' THEN 3
                 WHEN 'dismissal' THEN 4 WHEN 'discharge' THEN 5 WHEN 'expulsion' THEN 6 END AS weight
FROM disciplines
WHERE decided_on IS NULL OR decided_on <= $as_of
"""
FORMS: dict[Value, Sentence] = {
    "none": say("chưa bị kỷ luật"),
    "reprimand": say("khiển trách"),
    "warning": say("cảnh cáo"),
    "demotion": say("giáng chức"),
    "dismissal": say("cách chức"),
    "discharge": say("buộc thôi việc"),
    "expulsion": say("khai trừ"),
}
LAST_DAY = "max(decided_on)"
LAST_RECORD = "'discipline:' || arg_max(discipline_id, coalesce(decided_on, DATE '9999-12-31'))"


def _count_of(code: str, form: str, label: Sentence) -> Fact:
    kept = f"FILTER (WHERE form = '{form}')"
    return Fact(
        code,
        label,
        FactType.INTEGER,
        TIMES,
        say(
            "Số quyết định thuộc hình thức này từ trước đến ngày đang xét; không có quyết định nào thì là 0."
        ),
        DISCIPLINES,
        absent_means=0,
        lowest=0,
        can_change=False,
        reading=Reading(
            RELATION,
            f"count(*) {kept}",
            f"count(*) {kept} > 0",
            f"'discipline:' || arg_max(discipline_id, coalesce(decided_on, DATE '9999-12-31')) {kept}",
            f"max(decided_on) {kept}",
        ),
    )


def _months_since(code: str, form: str, label: Sentence) -> Fact:
    kept = f"FILTER (WHERE form = '{form}')"
    return Fact(
        code,
        label,
        FactType.MONTHS,
        MONTHS,
        say(
            "Số tháng tròn từ ngày của quyết định gần nhất thuộc hình thức này; chưa bị thì không có giá trị."
        ),
        DISCIPLINES,
        lowest=0,
        highest=1200,
        clock=Clock.GROWS,
        can_change=False,
        reading=Reading(
            RELATION,
            f"CASE WHEN count(*) {kept} = count(decided_on) {kept}"
            f" THEN months_from(mark(max(decided_on) {kept}), $end_mark) END",
            f"count(*) {kept} > 0",
            f"'discipline:' || arg_max(discipline_id, decided_on) {kept}",
            f"max(decided_on) {kept}",
            f"max(decided_on) {kept}",
        ),
    )


FACTS: tuple[Fact, ...] = (
    Fact(
        "discipline_in_force",
        say("Kỷ luật còn hiệu lực"),
        FactType.BOOLEAN,
        NO_UNIT,
        say(
            "Có quyết định kỷ luật từ khiển trách trở lên còn hiệu lực; quyết định chưa ghi ngày hết hạn "
            "coi như còn hiệu lực. Không có quyết định nào nghĩa là không."
        ),
        DISCIPLINES,
        absent_means=False,
        clock=Clock.ENDS,
        reading=Reading(
            RELATION,
            "bool_or(in_force)",
            record="'discipline:' || coalesce("
            "arg_max(discipline_id, coalesce(expires_on, DATE '9999-12-31')) FILTER (WHERE in_force), "
            "arg_max(discipline_id, coalesce(decided_on, DATE '9999-12-31')))",
            day="coalesce(max(decided_on) FILTER (WHERE in_force), max(decided_on))",
            anchor="CASE WHEN count(*) FILTER (WHERE in_force AND expires_on IS NULL) = 0"
            " THEN max(expires_on) FILTER (WHERE in_force) END",
        ),
    ),
    Fact(
        "discipline_heaviest",
        say("Hình thức kỷ luật nặng nhất từng bị"),
        FactType.CODE,
        NO_UNIT,
        say("Hình thức nặng nhất trong các quyết định kỷ luật đến ngày đang xét, kể cả đã hết hiệu lực."),
        DISCIPLINES,
        absent_means="none",
        codes=FORMS,
        can_change=False,
        reading=Reading(
            RELATION,
            "CASE WHEN count(weight) = count(*) THEN arg_max(form, weight) END",
            record="'discipline:' || arg_max(discipline_id, weight)",
            day="arg_max(decided_on, weight)",
        ),
    ),
    Fact(
        "disciplines",
        say("Số lần bị kỷ luật"),
        FactType.INTEGER,
        TIMES,
        say("Số quyết định kỷ luật từ trước đến ngày đang xét; không có quyết định nào thì là 0."),
        DISCIPLINES,
        absent_means=0,
        lowest=0,
        can_change=False,
        reading=Reading(RELATION, "count(*)", record=LAST_RECORD, day=LAST_DAY),
    ),
    _count_of("reprimands", "reprimand", say("Số lần bị khiển trách")),
    _count_of("warnings", "warning", say("Số lần bị cảnh cáo")),
    _count_of("dismissals", "dismissal", say("Số lần bị cách chức")),
    _months_since("months_since_reprimand", "reprimand", say("Số tháng từ khi bị khiển trách")),
    _months_since("months_since_warning", "warning", say("Số tháng từ khi bị cảnh cáo")),
    _months_since("months_since_dismissal", "dismissal", say("Số tháng từ khi bị cách chức")),
)
