"""Facts of the yearly ratings: the last one, the worst of recent years, good years in a row."""

from __future__ import annotations

from hientai.engines.facts.fact import Fact, FactType, Reading, Value
from hientai.engines.facts.standard.units import NO_UNIT, RATINGS, YEARS
from hientai.engines.wording import Sentence, say

UNSATISFACTORY, SATISFACTORY, GOOD, OUTSTANDING = 1, 2, 3, 4
LEVELS: dict[Value, Sentence] = {
    UNSATISFACTORY: say("không hoàn thành nhiệm vụ"),
    SATISFACTORY: say("hoàn thành nhiệm vụ"),
    GOOD: say("hoàn thành tốt nhiệm vụ"),
    OUTSTANDING: say("hoàn thành xuất sắc nhiệm vụ"),
}

# Ratings decided by the day asked about; in_row: no year is missing between this one and the newest.
RELATION = """
SELECT *,
       max(year) OVER person AS newest,
       max(year) OVER person - year = row_number() OVER (PARTITION BY person_id ORDER BY year DESC) - 1 AS
       in_row, max(CASE WHEN rating < 3 THEN year END) OVER person AS last_below_good,
       max(CASE WHEN rating > 1 THEN year END) OVER person AS last_completed
FROM ratings
WHERE coalesce(decided_on, make_date(year, 12, 31)) <= $as_of AND rating IS NOT NULL
WINDOW person AS (PARTITION BY person_id)
"""
NEWEST_RECORD = "'rating:' || arg_max(rating_id, year)"
NEWEST_DAY = "max(coalesce(decided_on, make_date(year, 12, 31)))"


def _read(value: str, present: str = "TRUE") -> Reading:
    return Reading(RELATION, value, present, NEWEST_RECORD, NEWEST_DAY)


FACTS: tuple[Fact, ...] = (
    Fact(
        "rating_last",
        say("Xếp loại gần nhất"),
        FactType.INTEGER,
        NO_UNIT,
        say("Mức xếp loại chất lượng của năm gần nhất đã có quyết định."),
        RATINGS,
        codes=LEVELS,
        lowest=UNSATISFACTORY,
        highest=OUTSTANDING,
        reading=_read("arg_max(rating, year)"),
    ),
    Fact(
        "rating_last_year",
        say("Năm xếp loại gần nhất"),
        FactType.INTEGER,
        NO_UNIT,
        say("Năm gần nhất có quyết định xếp loại."),
        RATINGS,
        reading=_read("max(year)"),
    ),
    Fact(
        "rating_preceding_year",
        say("Xếp loại năm liền trước"),
        FactType.INTEGER,
        NO_UNIT,
        say("Mức xếp loại của năm dương lịch ngay trước năm đang xét."),
        RATINGS,
        codes=LEVELS,
        lowest=UNSATISFACTORY,
        highest=OUTSTANDING,
        reading=Reading(
            RELATION,
            "max(rating) FILTER (WHERE year = year($as_of) - 1)",
            "count(*) FILTER (WHERE year = year($as_of) - 1) > 0",
            "'rating:' || any_value(rating_id) FILTER (WHERE year = year($as_of) - 1)",
            "max(coalesce(decided_on, make_date(year, 12, 31))) FILTER (WHERE year = year($as_of) - 1)",
        ),
    ),
    Fact(
        "rating_lowest_3_years",
        say("Xếp loại thấp nhất trong 3 năm gần nhất"),
        FactType.INTEGER,
        NO_UNIT,
        say("Mức thấp nhất trong 3 năm liền đến năm gần nhất đã xếp loại; thiếu năm nào thì chưa rõ."),
        RATINGS,
        codes=LEVELS,
        lowest=UNSATISFACTORY,
        highest=OUTSTANDING,
        reading=_read(
            "CASE WHEN count(*) FILTER (WHERE year > newest - 3) = 3"
            " THEN min(rating) FILTER (WHERE year > newest - 3) END"
        ),
    ),
    Fact(
        "good_years_in_row",
        say("Số năm liền hoàn thành tốt trở lên"),
        FactType.INTEGER,
        YEARS,
        say("Số năm liên tục, tính lùi từ năm gần nhất đã xếp loại, đạt hoàn thành tốt nhiệm vụ trở lên."),
        RATINGS,
        lowest=0,
        highest=60,
        reading=_read("count(*) FILTER (WHERE in_row AND year > coalesce(last_below_good, 0))"),
    ),
    Fact(
        "unsatisfactory_years_in_row",
        say("Số năm liền không hoàn thành nhiệm vụ"),
        FactType.INTEGER,
        YEARS,
        say("Số năm liên tục, tính lùi từ năm gần nhất đã xếp loại, không hoàn thành nhiệm vụ."),
        RATINGS,
        lowest=0,
        highest=60,
        reading=_read("count(*) FILTER (WHERE in_row AND year > coalesce(last_completed, 0))"),
    ),
    Fact(
        "outstanding_years_of_5",
        say("Số năm hoàn thành xuất sắc trong 5 năm gần nhất"),
        FactType.INTEGER,
        YEARS,
        say("Số năm hoàn thành xuất sắc nhiệm vụ trong 5 năm kết thúc ở năm gần nhất đã xếp loại."),
        RATINGS,
        lowest=0,
        highest=5,
        reading=_read("count(*) FILTER (WHERE year > newest - 5 AND rating = 4)"),
    ),
)
