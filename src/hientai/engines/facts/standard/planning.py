"""Facts of the succession plan: slots held, the highest planned title, time in the plan."""

from __future__ import annotations

from hientai.engines.facts.fact import Clock, Fact, FactType, Reading
from hientai.engines.facts.standard.units import MONTHS, NO_UNIT, PLAN, SLOTS
from hientai.engines.facts.statement import MAIN_POSTS
from hientai.engines.wording import say

RELATION = """
SELECT * FROM plan_slots WHERE valid_from <= $as_of AND (valid_to IS NULL OR valid_to > $as_of)
"""
AGAINST_POST = f"""
SELECT s.*, post.rank FROM ({RELATION}) AS s LEFT JOIN {MAIN_POSTS} AS post ON post.person_id = s.person_id
"""
FIRST_RECORD = "'slot:' || arg_min(slot_id, valid_from)"
FIRST_DAY = "min(valid_from)"
PER_LEVEL = ", ".join(
    f"count(*) FILTER (WHERE unit_level = '{level}')"
    for level in ("central", "province", "district", "commune")
)

FACTS: tuple[Fact, ...] = (
    Fact(
        "in_plan",
        say("Đang trong quy hoạch"),
        FactType.BOOLEAN,
        NO_UNIT,
        say("Có ít nhất một lượt quy hoạch còn hiệu lực."),
        PLAN,
        absent_means=False,
        reading=Reading(RELATION, "TRUE", record=FIRST_RECORD, day=FIRST_DAY),
    ),
    Fact(
        "planned_slots",
        say("Số lượt quy hoạch"),
        FactType.INTEGER,
        SLOTS,
        say("Số lượt quy hoạch còn hiệu lực, mọi cấp, mọi nhiệm kỳ."),
        PLAN,
        absent_means=0,
        lowest=0,
        reading=Reading(RELATION, "count(*)", record=FIRST_RECORD, day=FIRST_DAY),
    ),
    Fact(
        "planned_slots_at_one_level",
        say("Số lượt quy hoạch nhiều nhất ở một cấp"),
        FactType.INTEGER,
        SLOTS,
        say("Số lượt quy hoạch còn hiệu lực ở cấp có nhiều lượt nhất."),
        PLAN,
        absent_means=0,
        lowest=0,
        reading=Reading(RELATION, f"greatest({PER_LEVEL})", record=FIRST_RECORD, day=FIRST_DAY),
    ),
    Fact(
        "planned_rank",
        say("Thứ bậc cao nhất được quy hoạch"),
        FactType.INTEGER,
        NO_UNIT,
        say("Thứ bậc cao nhất trong các chức danh được quy hoạch; không trong quy hoạch thì chưa rõ."),
        PLAN,
        reading=Reading(
            RELATION,
            "max(title_rank)",
            record="'slot:' || arg_max(slot_id, title_rank)",
            day="arg_max(valid_from, title_rank)",
        ),
    ),
    Fact(
        "planned_for_higher",
        say("Được quy hoạch chức danh cao hơn"),
        FactType.BOOLEAN,
        NO_UNIT,
        say("Có lượt quy hoạch cho chức danh cao hơn chức danh đang giữ."),
        PLAN,
        absent_means=False,
        reading=Reading(
            AGAINST_POST,
            "bool_or(title_rank > rank)",
            record="'slot:' || arg_max(slot_id, title_rank)",
            day="arg_max(valid_from, title_rank)",
        ),
    ),
    Fact(
        "months_in_plan",
        say("Thời gian trong quy hoạch"),
        FactType.MONTHS,
        MONTHS,
        say("Số tháng tròn từ lượt quy hoạch sớm nhất còn hiệu lực; không trong quy hoạch thì là 0."),
        PLAN,
        absent_means=0,
        lowest=0,
        highest=1200,
        clock=Clock.GROWS,
        reading=Reading(
            RELATION,
            f"months_from(mark({FIRST_DAY}), $end_mark)",
            record=FIRST_RECORD,
            day=FIRST_DAY,
            anchor=FIRST_DAY,
        ),
    ),
)
