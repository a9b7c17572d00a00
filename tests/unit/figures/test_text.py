"""Claims in sentences: what is judged, against what, and what is left alone."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hientai.engines.figures.check import check_draft
from hientai.engines.figures.findings import (
    Closing,
    Findings,
    Relation,
    ShareFinding,
    Slip,
    SumFinding,
    Verdict,
)
from hientai.engines.figures.reading.plain import draft_of


def found(text: str) -> Findings:
    return check_draft(draft_of(text))


def one_share(text: str) -> ShareFinding:
    shares = found(text).shares
    assert len(shares) == 1, shares
    return shares[0]


def one_sum(text: str) -> SumFinding:
    sums = found(text).sums
    assert len(sums) == 1, sums
    return sums[0]


@pytest.mark.parametrize(
    ("text", "num", "den"),
    [
        ("Nhân sự tái cử là 47/81 đồng chí (58,02%).", 47, 81),
        ("Có 81 đồng chí, trong đó tái cử 47 đồng chí (58,02%).", 47, 81),
        ("Có 81 đồng chí, trong đó 47 đồng chí tái cử, chiếm 58,02%.", 47, 81),
        ("Trong tổng số 81 đồng chí có 47 đồng chí tái cử, đạt tỷ lệ 58,02%.", 47, 81),
        ("Có 47 trong tổng số 81 đồng chí tái cử (58,02%).", 47, 81),
        ("Tái cử chiếm 58,02% (47/81 đồng chí).", 47, 81),
        ("Có 47 đồng chí tái cử, chiếm 58,02% tổng số 81 nhân sự.", 47, 81),
        ("Cử 44 đồng chí đi học, đạt 80% kế hoạch (55 đồng chí).", 44, 55),
        ("Giới thiệu 81 đồng chí, bầu 71 đồng chí (số dư 14,08%).", 10, 71),
        ("Cán bộ nữ 1 (Gia Lai) (7,69%) trong tổng số 13 người.", 1, 13),
        ("Có 31 tỉnh đạt trên 15%. Giảm 2 đồng chí (3,92%) so với nhiệm kỳ trước (51 đồng chí).", 2, 51),
    ],
)
def test_share_is_tied_to_its_count_and_base(text: str, num: int, den: int):
    share = next(share for share in found(text).shares if share.num is not None)
    assert (share.num, share.den) == (num, den)
    assert share.verdict in (Verdict.ROUNDED, Verdict.EXACT)


@pytest.mark.parametrize(
    "text",
    [
        "Tỷ lệ sau đại học chiếm 42,9%.",
        "Trình độ đại học trở lên tăng 14,7%.",
        "Cử 44 đồng chí đi học (đạt 80% chỉ tiêu giao).",
        "Quy hoạch cấp ủy 419 lượt cán bộ, đạt 1,4 lần so với cấp ủy hiện tại.",
        "Với 418/423 đại biểu có mặt tán thành (bằng 87,45% tổng số đại biểu).",
    ],
)
def test_share_without_a_stated_base_is_missing_not_wrong(text: str):
    assert one_share(text).verdict is Verdict.BASE_MISSING


def test_whole_bases_that_fit_are_back_solved():
    assert one_share("Cử 44 đồng chí đi học (đạt 80% chỉ tiêu giao).").fitting == (55, 55)
    low, high = one_share("Quy hoạch 419 lượt, đạt 1,4 lần so với cấp ủy hiện tại.").fitting or (0, 0)
    assert low <= 299 <= high


@pytest.mark.parametrize(
    "text",
    [
        "Bảo đảm tỷ lệ nữ từ 15% trở lên.",
        "Có 27/43 tỉnh đạt tỷ lệ cấp ủy viên nữ trên 15%.",
        "Phấn đấu đạt 25% cán bộ nữ.",
        "Có gần 1/3 (32%) số chi bộ.",
    ],
)
def test_limits_and_aims_are_no_claims(text: str):
    assert not [share for share in found(text).shares if share.verdict is not Verdict.BASE_MISSING]


def test_share_of_another_time_is_not_measured_on_the_present_base():
    text = (
        "Trúng cử 496 người; nữ 133 người (26,8%), cao hơn khóa trước (khóa XIII có 122 người, tỉ lệ 24,4%)."
    )
    verdicts = {share.printed: share.verdict for share in found(text).shares}
    assert verdicts == {"26,8%": Verdict.ROUNDED, "24,4%": Verdict.BASE_MISSING}


def test_share_is_wrong_when_its_siblings_agree_on_a_base():
    text = "Bầu được 13 người. Trong đó tái cử 10 (chiếm 73%); nữ 4 (30,77%); dân tộc 1 (7,69%)."
    wrong = [share for share in found(text).shares if share.verdict is Verdict.WRONG]
    assert [(share.printed, share.den) for share in wrong] == [("73%", 13)]


def test_share_of_the_neighbouring_base_is_told():
    share = found("Tái cử 47/81 đồng chí (66,20%), bầu tại đại hội 71 đồng chí.").shares[0]
    assert share.verdict is Verdict.WRONG
    assert share.likely is not None and share.likely.slip is Slip.NEIGHBOURING_BASE


def test_shares_forced_to_100_are_named():
    text = "Có 6 phiếu: ông A 1 phiếu (16,67%), ông B 1 phiếu (16,67%), ông C 4 phiếu (66,66%)."
    assert [share.verdict for share in found(text).shares] == [
        Verdict.ROUNDED,
        Verdict.ROUNDED,
        Verdict.FORCED,
    ]


@pytest.mark.parametrize(
    ("text", "total", "parts"),
    [
        ("Có 45 cơ quan (15 cơ quan đảng; 30 cơ quan chính quyền).", 45, (15, 30)),
        (
            "Cử 3.368 đồng chí (đại học 2.177 đồng chí, thạc sĩ 1.176 đồng chí, tiến sĩ 15 đồng chí).",
            3368,
            (2177, 1176, 15),
        ),
        (
            "Luân chuyển 56 đồng chí, gồm: 31 từ tỉnh về huyện, 14 từ huyện lên tỉnh và 11 giữa các huyện.",
            56,
            (31, 14, 11),
        ),
        ("Tổng số 120 người. Trong đó: nam 70, nữ 50.", 120, (70, 50)),
        ("Huyện A 45 người, huyện B 38 người; tổng cộng 83 người.", 83, (45, 38)),
        (
            "Kỷ luật 48 đảng viên. Hình thức: khiển trách 29, cảnh cáo 13, cách chức 2, khai trừ 4.",
            48,
            (29, 13, 2, 4),
        ),
        ("Tổng số: 120 người. Trong đó:\n- Nam: 70 người;\n- Nữ: 50 người.", 120, (70, 50)),
        ("Đã giải quyết 131/165 vụ việc; còn 34 vụ việc.", 165, (131, 34)),
        (
            "Chi 12,4 tỷ đồng, gồm ngân sách tỉnh 8,1 tỷ đồng và huyện 4,3 tỷ đồng.",
            12_400_000_000,
            (8_100_000_000, 4_300_000_000),
        ),
    ],
)
def test_parts_that_make_their_whole_are_exact(text: str, total: int, parts: tuple[int, ...]):
    finding = one_sum(text)
    assert (finding.total, finding.parts, finding.verdict) == (total, parts, Verdict.EXACT)


def test_bracket_beside_one_that_closes_is_meant_to_close():
    text = (
        "Có 45 cơ quan cấp tỉnh (15 cơ quan đảng; 30 cơ quan khác);"
        " 328 cơ quan cấp huyện (125 cơ quan đảng, 151 phòng)."
    )
    finding = found(text).sums[1]
    assert (finding.verdict, finding.rest) == (Verdict.WRONG, 52)
    assert finding.likely is not None and finding.likely.slip is Slip.REST_MISSING


def test_of_which_leaves_a_rest():
    finding = one_sum("Quy hoạch 895 lượt cán bộ. Trong đó có 419 lượt cấp ủy; 146 lượt ban thường vụ.")
    assert (finding.closing, finding.verdict, finding.rest) == (Closing.PARTS, Verdict.EXACT, 330)


def test_roles_named_in_a_bracket_leave_a_rest():
    finding = one_sum("Luân chuyển 6 cán bộ (2 đồng chí là bí thư; 1 đồng chí là chủ tịch).")
    assert (finding.closing, finding.rest) == (Closing.PARTS, 3)


def test_men_and_women_must_be_everybody():
    assert one_sum("Có 86 người, trong đó nam 31, nữ 45.").verdict is Verdict.WRONG


def test_part_above_its_whole_is_wrong():
    finding = one_sum("Kết nạp 312 đảng viên, trong đó nữ 321 đồng chí.")
    assert finding.likely is not None and finding.likely.slip is Slip.PART_ABOVE_WHOLE


def test_overlapping_parts_may_exceed_the_whole():
    assert not found("Có 40 đồng chí, trong đó nữ 25 đồng chí, trẻ dưới 35 tuổi 20 đồng chí.").faults


def test_persons_added_to_turns_are_mixed():
    assert (
        one_sum("Bồi dưỡng 500 lượt người (gồm 300 lượt người và 200 đồng chí).").verdict
        is Verdict.UNIT_MIXED
    )


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Giảm từ 142 phòng xuống còn 118 phòng (giảm 24 phòng).", Verdict.EXACT),
        ("Giảm từ 142 phòng xuống còn 118 phòng (giảm 26 phòng).", Verdict.WRONG),
        ("Kết nạp 342 đảng viên, tăng 32 đảng viên so với năm 2019 (310 đảng viên).", Verdict.EXACT),
        ("Kết nạp 342 đảng viên, giảm 32 đảng viên so với năm 2019 (310 đảng viên).", Verdict.WRONG),
    ],
)
def test_difference_is_old_and_new(text: str, verdict: Verdict):
    finding = one_sum(text)
    assert (finding.closing, finding.verdict) == (Closing.CHANGE, verdict)


def test_change_of_a_share_is_in_points():
    share = one_share("Tỷ lệ tăng từ 85,2% năm 2015 lên 93,7% năm 2020 (tăng 8,5%).")
    assert share.in_points and share.relation is Relation.CHANGE and share.verdict is Verdict.EXACT


def test_change_of_a_share_may_be_relative():
    share = one_share("Tỷ lệ tăng từ 20% lên 25% (tăng 25%).")
    assert not share.in_points and share.verdict is Verdict.EXACT


def test_words_against_numbers_are_wrong():
    share = one_share("Tỷ lệ tăng từ 85,2% lên 73,7% (tăng 11,5%).")
    assert share.likely is not None and share.likely.slip is Slip.WRONG_DIRECTION


def test_yearly_change_is_no_difference():
    assert not found("Giảm từ 12,5% xuống còn 8,3%, giảm 1,4%/năm.").faults


@pytest.mark.parametrize(("rank", "wrong"), [("thứ 63/63", False), ("thứ 64/63", True)])
def test_rank_is_at_most_the_number_ranked(rank: str, wrong: bool):
    assert bool(found(f"Chỉ số xếp {rank} tỉnh, thành phố.").faults) is wrong


def test_figures_without_a_claim_are_listed():
    unclaimed = found("Luân chuyển 22 đồng chí. Năm 2019 mở 12 lớp.").unclaimed
    assert [(figure.value, figure.unit) for figure in unclaimed] == [(22, "đồng chí"), (12, "lớp")]


def test_places_are_lines_and_characters():
    text = "Dòng đầu.\n\nTái cử 47/81 đồng chí (66,20%)."
    share = found(text).shares[0]
    line = text.splitlines()[2]
    assert share.where.name == "dòng 3"
    assert line[share.where.start : share.where.end] == "66,20%"


def test_decomposed_letters_and_eth_are_read_alike():
    plain = found("Đạt 47/81 đồng chí (58,02%).").shares[0]
    import unicodedata

    odd = found(unicodedata.normalize("NFD", "Ðạt 47/81 đồng chí (58,02%).")).shares[0]
    assert (odd.num, odd.den, odd.verdict) == (plain.num, plain.den, plain.verdict)


@settings(max_examples=60, deadline=None)
@given(st.integers(30, 900), st.integers(31, 99))
def test_right_reelection_sentence_is_never_wrong_and_a_shifted_share_always(total: int, percent: int):
    old = total * percent // 100
    exact = Fraction(old * 100, total)
    right = f"{int(exact * 100 + Fraction(1, 2)) / 100:.2f}".replace(".", ",")
    off = f"{int(exact * 100 + Fraction(1, 2)) / 100 + 0.37:.2f}".replace(".", ",")
    sentence = "Tổng số {} đồng chí, trong đó tái cử {} đồng chí ({}%)."
    assert not found(sentence.format(total, old, right)).faults
    assert found(sentence.format(total, old, off)).faults == 1


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789.,%/()- ;:\nđồngchítrađógồmNam", max_size=160))
def test_any_text_is_checked_without_fault(text: str):
    assert found(text).faults >= 0


@pytest.mark.parametrize(
    "piece",
    ["(", "(1 ", "1 đồng chí, ", "trong đó 1 ", "từ 1 ", "1, ", "giảm 1 (", "1% (", "; 2/3 ", "- 1\n"],
)
def test_hostile_repetition_is_checked_to_the_end(piece: str):
    assert found(piece * 600).faults >= 0
