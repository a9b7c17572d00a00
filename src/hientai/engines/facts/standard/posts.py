"""Facts of the positions held: the main post of the day, time in it, time in leadership, rotation, levels.

The main post is the seat held on the day with the highest title; among equals the one held longest. Acting
(giao quyền, phụ trách) is no seat held. Stretches (`facts.stretches`) make time of any day a plain sum.
"""

from __future__ import annotations

from hientai.engines.facts.fact import Clock, Fact, FactType, Reading, Value
from hientai.engines.facts.standard.units import MONTHS, NO_UNIT, POSITIONS, POSTS, TERMS, TIMES
from hientai.engines.facts.statement import MAIN_POSTS
from hientai.engines.wording import Sentence, say

POSTS_SO_FAR = """
SELECT *, CASE WHEN seat_until > $as_of THEN main_order END AS main, coalesce(valid_to > $as_of, TRUE) AS now
FROM positions
WHERE valid_from_mark <= $mark
"""
SAME_TITLE = f"""
SELECT p.*, post.since FROM positions p
JOIN {MAIN_POSTS} AS post ON p.person_id = post.person_id AND p.title_code = post.title
WHERE p.title_until IS NOT NULL AND p.valid_from_mark <= $mark
"""
SAME_RANK = f"""
SELECT r.*, post.since FROM rank_stretches r
JOIN {MAIN_POSTS} AS post ON r.person_id = post.person_id AND r.rank = post.rank
WHERE r.valid_from_mark <= $mark
"""
POST = f"""
SELECT post.*, u.block, u.commune_id, u.district_id, u.province_id,
       o.origin_commune, o.origin_district, o.origin_province
FROM {MAIN_POSTS} AS post
LEFT JOIN units u
  ON u.unit_id = post.unit AND u.valid_from <= $as_of AND (u.valid_to IS NULL OR u.valid_to > $as_of)
LEFT JOIN persons o ON o.person_id = post.person_id
"""
ROTATION_OPENS = "FILTER (WHERE rotated_until IS NOT NULL)"
MAIN_RECORD = "'position:' || arg_max(position_id, main)"
MAIN_DAY, MAIN_MARK = "main_day(max(main))", "main_mark(max(main))"
DAY = "$as_of, $mark, $end_mark, $before"

LEVELS: dict[Value, Sentence] = {
    "central": say("Trung ương"),
    "province": say("cấp tỉnh"),
    "district": say("cấp huyện"),
    "commune": say("cấp xã"),
}
BLOCKS: dict[Value, Sentence] = {
    "party": say("Đảng"),
    "front": say("Mặt trận, đoàn thể"),
    "government": say("chính quyền"),
    "public_service": say("đơn vị sự nghiệp công lập"),
    "armed_forces": say("lực lượng vũ trang"),
    "enterprise": say("doanh nghiệp nhà nước"),
}
NONE_NOW = say("Không giữ vị trí nào vào ngày đang xét thì chưa rõ.")


def _of_main(
    code: str,
    label: Sentence,
    kind: FactType,
    unit: Sentence,
    value: str,
    definition: Sentence,
    **more: object,
) -> Fact:
    """A fact of the main post; unknown where none is held."""
    reading = Reading(POSTS_SO_FAR, value, "TRUE", MAIN_RECORD, MAIN_DAY, str(more.pop("anchor", "NULL")))
    return Fact(code, label, kind, unit, definition, POSITIONS, reading=reading, **more)  # type: ignore[arg-type]


def _total(code: str, label: Sentence, kind: str, definition: Sentence, where: str = "") -> Fact:
    """Months of all stretches of one kind before the day; none at all is 0, no position at all is unknown."""
    till = f"CASE WHEN {where} THEN {kind}_until END" if where else f"{kind}_until"
    opened = f"FILTER (WHERE {kind}_until IS NOT NULL" + (f" AND {where})" if where else ")")
    return Fact(
        code,
        label,
        FactType.MONTHS,
        MONTHS,
        definition,
        POSITIONS,
        lowest=0,
        highest=1200,
        reading=Reading(
            POSTS_SO_FAR,
            f"total_months(valid_from_mark, {till}, {kind}_served, {DAY})",
            record=f"'position:' || arg_max(position_id, valid_from) {opened}",
            day=f"max(valid_from) {opened}",
        ),
    )


def _truth(code: str, label: Sentence, condition: str, definition: Sentence) -> Fact:
    """Whether any position fulfils a condition; no position at all is unknown."""
    return Fact(
        code,
        label,
        FactType.BOOLEAN,
        NO_UNIT,
        definition,
        POSITIONS,
        reading=Reading(
            POSTS_SO_FAR,
            f"coalesce(bool_or({condition}), FALSE)",
            record=f"'position:' || arg_max(position_id, valid_from) FILTER (WHERE {condition})",
            day=f"max(valid_from) FILTER (WHERE {condition})",
        ),
    )


def _nonlocal(level: str, label: Sentence) -> Fact:
    return Fact(
        f"nonlocal_{level}",
        label,
        FactType.BOOLEAN,
        NO_UNIT,
        say(
            "Quê quán khác địa bàn của đơn vị đang công tác ở cấp này; đơn vị không có địa bàn ở cấp này "
            "hoặc chưa ghi quê quán thì chưa rõ."
        ),
        POSITIONS,
        reading=Reading(
            POST, f"origin_{level} <> {level}_id", record="'position:' || position", day="since", one_row=True
        ),
    )


FACTS: tuple[Fact, ...] = (
    _of_main(
        "main_unit",
        say("Đơn vị chính"),
        FactType.IDENTIFIER,
        NO_UNIT,
        "arg_max(unit_id, main)",
        say("Đơn vị của vị trí chính."),
    ),
    _of_main(
        "main_seat",
        say("Vị trí chính"),
        FactType.IDENTIFIER,
        NO_UNIT,
        "arg_max(seat_id, main)",
        say("Vị trí có chức danh cao nhất đang giữ; bằng nhau thì vị trí giữ lâu nhất."),
    ),
    _of_main(
        "main_title",
        say("Chức danh chính"),
        FactType.CODE,
        NO_UNIT,
        "arg_max(title_code, main)",
        say("Chức danh của vị trí chính."),
    ),
    _of_main(
        "title_rank",
        say("Thứ bậc chức danh đang giữ"),
        FactType.INTEGER,
        NO_UNIT,
        "main_rank(max(main))",
        say("Thứ bậc của chức danh chính; chức danh tương đương thì cùng thứ bậc."),
    ),
    _of_main(
        "unit_level",
        say("Cấp của đơn vị"),
        FactType.CODE,
        NO_UNIT,
        "arg_max(unit_level, main)",
        say("Cấp của đơn vị chính khi bắt đầu giữ vị trí."),
        codes=LEVELS,
    ),
    Fact(
        "block",
        say("Khối"),
        FactType.CODE,
        NO_UNIT,
        say("Khối của đơn vị chính vào ngày đang xét."),
        POSITIONS,
        codes=BLOCKS,
        reading=Reading(POST, "block", record="'position:' || position", day="since", one_row=True),
    ),
    _of_main(
        "months_in_position",
        say("Thời gian giữ vị trí hiện tại"),
        FactType.MONTHS,
        MONTHS,
        f"months_from({MAIN_MARK}, $end_mark)",
        say("Số tháng tròn giữ liên tục vị trí chính."),
        lowest=0,
        highest=1200,
        clock=Clock.GROWS,
        anchor=MAIN_DAY,
    ),
    _of_main(
        "consecutive_terms",
        say("Số nhiệm kỳ trọn liên tiếp"),
        FactType.INTEGER,
        TERMS,
        f"months_from({MAIN_MARK}, $end_mark) // 60",
        say("Số lần đủ 60 tháng giữ liên tục vị trí chính."),
        lowest=0,
        highest=20,
    ),
    Fact(
        "months_in_title",
        say("Thời gian giữ chức danh hiện tại"),
        FactType.MONTHS,
        MONTHS,
        say(
            "Tổng số tháng giữ chức danh chính ở mọi đơn vị; ngày lẻ của nhiều giai đoạn cộng lại, đủ 30 ngày là "
            "thêm một tháng."
        ),
        POSITIONS,
        lowest=0,
        highest=1200,
        clock=Clock.GROWS,
        reading=Reading(
            SAME_TITLE,
            f"total_months(valid_from_mark, title_until, title_served, {DAY})",
            record="'position:' || arg_max(position_id, valid_from)",
            day="max(valid_from)",
            anchor="CASE WHEN count(*) = 1 THEN max(valid_from) END",
        ),
    ),
    Fact(
        "months_in_rank_or_higher",
        say("Thời gian giữ chức danh tương đương hoặc cao hơn"),
        FactType.MONTHS,
        MONTHS,
        say("Tổng số tháng giữ chức danh có thứ bậc bằng hoặc cao hơn chức danh chính, kể cả hiện tại."),
        POSITIONS,
        lowest=0,
        highest=1200,
        clock=Clock.GROWS,
        reading=Reading(
            SAME_RANK,
            f"total_months(valid_from_mark, until, served, {DAY})",
            record="NULL",
            day="max(valid_from)",
            anchor="CASE WHEN count(*) = 1 THEN max(valid_from) END",
        ),
    ),
    Fact(
        "months_in_unit",
        say("Thời gian công tác tại đơn vị"),
        FactType.MONTHS,
        MONTHS,
        say("Số tháng tròn công tác liên tục tại đơn vị đang công tác; nhiều đơn vị thì lấy nơi lâu nhất."),
        POSITIONS,
        lowest=0,
        highest=1200,
        clock=Clock.GROWS,
        reading=Reading(
            POSTS_SO_FAR,
            "months_from(min(valid_from_mark) FILTER (WHERE unit_until > $as_of), $end_mark)",
            "count(*) FILTER (WHERE unit_until > $as_of) > 0",
            "'position:' || arg_min(position_id, valid_from) FILTER (WHERE unit_until > $as_of)",
            "min(valid_from) FILTER (WHERE unit_until > $as_of)",
            "min(valid_from) FILTER (WHERE unit_until > $as_of)",
        ),
    ),
    Fact(
        "concurrent_posts",
        say("Số vị trí đang giữ"),
        FactType.INTEGER,
        POSTS,
        say("Số vị trí giữ đồng thời vào ngày đang xét, không kể giao quyền, phụ trách."),
        POSITIONS,
        lowest=0,
        reading=Reading(POSTS_SO_FAR, "count(main)", record=MAIN_RECORD, day=MAIN_DAY),
    ),
    Fact(
        "posts_held",
        say("Số vị trí đã kinh qua"),
        FactType.INTEGER,
        TIMES,
        say("Số lần nhận một vị trí, kể cả hiện tại; giữ lại liên tục cùng vị trí thì tính một lần."),
        POSITIONS,
        lowest=0,
        reading=Reading(POSTS_SO_FAR, "count(seat_until)", day="max(valid_from)"),
    ),
    Fact(
        "levels_worked",
        say("Số cấp đã công tác"),
        FactType.INTEGER,
        NO_UNIT,
        say("Số cấp (Trung ương, tỉnh, huyện, xã) từng công tác."),
        POSITIONS,
        lowest=0,
        highest=4,
        reading=Reading(
            POSTS_SO_FAR,
            " + ".join(f"coalesce(bool_or(unit_level = '{level}'), FALSE)::INTEGER" for level in LEVELS),
        ),
    ),
    _truth(
        "leads_now",
        say("Đang giữ chức vụ lãnh đạo, quản lý"),
        "now AND is_leadership",
        say("Đang giữ (kể cả giao quyền, phụ trách) ít nhất một chức vụ lãnh đạo, quản lý."),
    ),
    _truth(
        "acting_now",
        say("Đang được giao quyền, phụ trách"),
        "now AND kind = 'acting'",
        say("Đang được giao quyền hoặc phụ trách một vị trí."),
    ),
    _truth(
        "rotating_now",
        say("Đang luân chuyển"),
        "now AND kind = 'rotated'",
        say("Đang giữ một vị trí theo quyết định luân chuyển."),
    ),
    _truth(
        "seconded_now",
        say("Đang biệt phái"),
        "now AND kind = 'seconded'",
        say("Đang giữ một vị trí theo quyết định biệt phái."),
    ),
    _truth(
        "ever_rotated",
        say("Đã từng luân chuyển"),
        "kind = 'rotated'",
        say("Có ít nhất một lần luân chuyển đến ngày đang xét."),
    ),
    _total(
        "months_rotated",
        say("Tổng thời gian luân chuyển"),
        "rotated",
        say("Tổng số tháng ở các vị trí theo quyết định luân chuyển."),
    ),
    Fact(
        "months_last_rotation",
        say("Thời gian của lần luân chuyển gần nhất"),
        FactType.MONTHS,
        MONTHS,
        say(
            "Số tháng của lần luân chuyển đang thực hiện, nếu không thì của lần gần nhất; các lần trước không cộng "
            "vào; chưa từng luân chuyển thì là 0."
        ),
        POSITIONS,
        lowest=0,
        highest=1200,
        clock=Clock.RUNS,
        reading=Reading(
            POSTS_SO_FAR,
            f"coalesce(arg_max(months_of_sum(stretch(valid_from_mark, rotated_until, rotated_served, {DAY})),"
            f" valid_from) {ROTATION_OPENS}, 0)",
            record=f"'position:' || arg_max(position_id, valid_from) {ROTATION_OPENS}",
            day=f"max(valid_from) {ROTATION_OPENS}",
            anchor=f"CASE WHEN max(rotated_until) > $as_of THEN max(valid_from) {ROTATION_OPENS} END",
        ),
    ),
    _total(
        "months_leadership",
        say("Tổng thời gian lãnh đạo, quản lý"),
        "leadership",
        say("Tổng số tháng giữ chức vụ lãnh đạo, quản lý ở mọi cấp; kiêm nhiệm chỉ tính một lần."),
    ),
    _total(
        "months_leadership_commune",
        say("Thời gian lãnh đạo cấp xã"),
        "leadership_level",
        say("Tổng số tháng giữ chức vụ lãnh đạo, quản lý ở cấp xã."),
        "unit_level = 'commune'",
    ),
    _total(
        "months_leadership_district",
        say("Thời gian lãnh đạo cấp huyện"),
        "leadership_level",
        say("Tổng số tháng giữ chức vụ lãnh đạo, quản lý ở cấp huyện."),
        "unit_level = 'district'",
    ),
    _total(
        "months_leadership_province",
        say("Thời gian lãnh đạo cấp tỉnh"),
        "leadership_level",
        say("Tổng số tháng giữ chức vụ lãnh đạo, quản lý ở cấp tỉnh."),
        "unit_level = 'province'",
    ),
    _total(
        "months_at_commune",
        say("Thời gian công tác ở cơ sở"),
        "level",
        say("Tổng số tháng công tác ở cấp xã, mọi vị trí."),
        "unit_level = 'commune'",
    ),
    _nonlocal("commune", say("Không là người địa phương (xã)")),
    _nonlocal("district", say("Không là người địa phương (huyện)")),
    _nonlocal("province", say("Không là người địa phương (tỉnh)")),
)
