"""How a day in a cell is read: the manual of `vitext.parse_day`."""

import pytest

from hientai.engines.vitext import NotADay, parse_day

READ = [
    # typed                              read as
    ("5/3/1980", "1980-03-05"),
    ("05-03-1980", "1980-03-05"),
    ("05.03.1980", "1980-03-05"),
    ("01 / 05 / 1982", "1982-05-01"),
    ("5.3.80", "1980-03-05"),
    ("5/3/30", "2030-03-05"),
    ("5/3/31", "1931-03-05"),
    ("05 03 1980", "1980-03-05"),
    ("05031980", "1980-03-05"),
    ("19800305", "1980-03-05"),
    ("20101980", "1980-10-20"),
    ("ngày 5 tháng 3 năm 1980", "1980-03-05"),
    ("Ngày 05 tháng 03 năm 1980.", "1980-03-05"),
    ("mùng 5 tháng 3 năm 1980", "1980-03-05"),
    ("5 tháng 3, 1980", "1980-03-05"),
    ("5 tháng 3 1980", "1980-03-05"),
    ("Sinh ngày: 05/03/1980", "1980-03-05"),
    ("1980-03-05", "1980-03-05"),
    ("1980/3/5", "1980-03-05"),
    ("1980-03-05 00:00:00", "1980-03-05"),
    ("1980-03-05T00:00:00", "1980-03-05"),
    ("5/3/1980 12:00:00 AM", "1980-03-05"),
    ("5-Mar-80", "1980-03-05"),
    ("5 March 1980", "1980-03-05"),
    ("March 5, 1980", "1980-03-05"),
    ("29/2/1984", "1984-02-29"),
    ("03/1980", "1980-03"),
    ("3.1980", "1980-03"),
    ("1980-03", "1980-03"),
    ("T3/1980", "1980-03"),
    ("tháng 3 năm 1980", "1980-03"),
    ("tháng 3/1980", "1980-03"),
    ("Mar-80", "1980-03"),
    ("00/3/1980", "1980-03"),
    ("1980", "1980"),
    ("  1980 ", "1980"),
    ("sinh năm 1980", "1980"),
    ("00/00/1980", "1980"),
    ("…/…/1980", "1980"),
    ("..../..../1980", "1980"),
    ("__/__/1980", "1980"),
    ("ngày    tháng    năm 1980", "1980"),
    ("\u00a005/03/1980\u200b", "1980-03-05"),
]

REFUSED = [
    # typed                              the reason names
    ("31/2/1980", "chỉ có 29 ngày"),
    ("29/2/1983", "chỉ có 28 ngày"),
    ("31/4/1980", "chỉ có 30 ngày"),
    ("32/1/1980", "chỉ có 31 ngày"),
    ("03/25/1980", "không có tháng 25"),
    ("tháng 13/1977", "không có tháng 13"),
    ("13/1977", "không có tháng 13"),
    ("5/0/1980", "không có tháng 0"),
    ("5/3/198", "không phải là ngày"),
    ("5/3/1080", "năm 1080 không hợp lý"),
    ("3/80", "không phải là ngày"),
    ("không rõ", "không phải là ngày"),
    ("", "để trống"),
    (" \u00a0", "để trống"),
]


@pytest.mark.parametrize(("typed", "read"), READ)
def test_a_day_in_any_common_form_is_read(typed: str, read: str) -> None:
    assert parse_day(typed).isoformat() == read


@pytest.mark.parametrize(("typed", "reason"), REFUSED)
def test_what_is_no_day_is_refused_with_the_reason(typed: str, reason: str) -> None:
    with pytest.raises(NotADay) as refusal:
        parse_day(typed, where="C7")
    assert reason in str(refusal.value)
    assert (refusal.value.code, refusal.value.where) == ("not_a_day", "C7")
