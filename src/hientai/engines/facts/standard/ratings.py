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

# Each person's ratings become one number of octal digits, the year asked about first: runs of years are then
# plain arithmetic on one number a person. Twenty years back fit in.
RELATION = """
SELECT *, rating::BIGINT << (3 * (year($as_of) - year)) AS digit, coalesce(decided_on, make_date(year, 12,
31)) AS day FROM ratings
WHERE CASE WHEN decided_on IS NULL THEN year < year($as_of + 1) ELSE decided_on <= $as_of END
  AND rating IS NOT NULL AND year BETWEEN year($as_of) - 20 AND year($as_of)
"""
HISTORY = "bit_or(digit)"
FROM_NEWEST = f"newest_first({HISTORY})"
NEWEST_RECORD = "'rating:' || arg_max(rating_id, year)"
NEWEST_DAY = "max(day)"


def _read(value: str, present: str = "TRUE") -> Reading:
    return Reading(RELATION, value, present, NEWEST_RECORD, NEWEST_DAY)


def _newest_two(first: str, second: str) -> str:
    """Whether the newest rating and that of the year before are both as said; null where the latter decides and
    is missing."""
    before = f"(({FROM_NEWEST} >> 3) & 7)"
    return (
        f"CASE WHEN NOT (({FROM_NEWEST} & 7) {first}) THEN FALSE "
        f"WHEN {before} = 0 THEN NULL ELSE {before} {second} END"
    )


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
        reading=_read(f"{FROM_NEWEST} & 7"),
    ),
    Fact(
        "rating_last_year",
        say("Năm xếp loại gần nhất"),
        FactType.INTEGER,
        NO_UNIT,
        say("Năm gần nhất có quyết định xếp loại."),
        RATINGS,
        reading=_read(f"year($as_of) - trailing_zeros({HISTORY}) // 3"),
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
            f"nullif(({HISTORY} >> 3) & 7, 0)",
            f"({HISTORY} >> 3) & 7 > 0",
            "'rating:' || any_value(rating_id) FILTER (WHERE year = year($as_of) - 1)",
            "max(day) FILTER (WHERE year = year($as_of) - 1)",
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
            f"nullif(least({FROM_NEWEST} & 7, ({FROM_NEWEST} >> 3) & 7, ({FROM_NEWEST} >> 6) & 7), 0)"
        ),
    ),
    Fact(
        "good_years_in_row",
        say("Số năm liền hoàn thành tốt trở lên"),
        FactType.INTEGER,
        YEARS,
        say(
            "Số năm liên tục, tính lùi từ năm gần nhất đã xếp loại, đạt hoàn thành tốt nhiệm vụ trở lên; năm liền "
            "trước và năm đang xét đều chưa xếp loại thì chưa rõ."
        ),
        RATINGS,
        lowest=0,
        highest=21,
        reading=_read(f"run_of_digits(good_digits({FROM_NEWEST}))", f"{HISTORY} & 63 > 0"),
    ),
    Fact(
        "two_good_years",
        say("Hai năm liền hoàn thành tốt trở lên"),
        FactType.BOOLEAN,
        NO_UNIT,
        say(
            "Năm gần nhất đã xếp loại và năm ngay trước đó đều đạt hoàn thành tốt nhiệm vụ trở lên; thiếu năm trước "
            "đó, hoặc năm liền trước và năm đang xét đều chưa xếp loại, thì chưa rõ."
        ),
        RATINGS,
        reading=_read(_newest_two(">= 3", ">= 3"), f"{HISTORY} & 63 > 0"),
    ),
    Fact(
        "two_unsatisfactory_years",
        say("Hai năm liền không hoàn thành nhiệm vụ"),
        FactType.BOOLEAN,
        NO_UNIT,
        say(
            "Năm gần nhất đã xếp loại và năm ngay trước đó đều không hoàn thành nhiệm vụ; thiếu năm trước đó, hoặc năm "
            "liền trước và năm đang xét đều chưa xếp loại, thì chưa rõ."
        ),
        RATINGS,
        reading=_read(_newest_two("= 1", "= 1"), f"{HISTORY} & 63 > 0"),
    ),
    Fact(
        "unsatisfactory_years_in_row",
        say("Số năm liền không hoàn thành nhiệm vụ"),
        FactType.INTEGER,
        YEARS,
        say("Số năm liên tục, tính lùi từ năm gần nhất đã xếp loại, không hoàn thành nhiệm vụ."),
        RATINGS,
        lowest=0,
        highest=21,
        reading=_read(f"run_of_digits(one_digits({FROM_NEWEST}))"),
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
        reading=_read(f"bit_count(({FROM_NEWEST} >> 2) & 4681)"),
    ),
)
