"""`hientai retirement`: what is asked and what is answered."""

import json

import pytest

from hientai.site.command_line import main

ANSWERED = [
    # born          sex       last day      years months  pension from  assumed verified
    ("1964-09-30", "male", "2025-12-31", 61, 3, "2026-01-01", False, True),
    ("1964-10-01", "male", "2026-04-30", 61, 6, "2026-05-01", False, True),
    ("01/10/1964", "nam", "2026-04-30", 61, 6, "2026-05-01", False, True),
    ("10/1964", "male", "2026-04-30", 61, 6, "2026-05-01", False, True),
    ("1964", "male", "2025-04-30", 61, 3, "2025-05-01", True, True),
    ("1969-04-30", "female", "2025-12-31", 56, 8, "2026-01-01", False, True),
    ("1969-05-01", "nữ", "2026-05-31", 57, 0, "2026-06-01", False, True),
    ("1960-12-31", "male", "2020-12-31", 60, 0, "2021-01-01", False, False),
    ("1961-01-01", "male", "2021-04-30", 60, 3, "2021-05-01", False, True),
]

REFUSED = [
    # arguments                                   code                        where
    (["--born", "31/02/1966", "--sex", "male"], "not_a_day", "--born"),
    (["--born", "04/25/1966", "--sex", "male"], "not_a_day", "--born"),
    (["--born", "x", "--sex", "male"], "not_a_day", "--born"),
    (["--born", "", "--sex", "male"], "not_a_day", "--born"),
    (["--born", "1966", "--sex", "x"], "unknown_sex", "--sex"),
    (["--born", "1899", "--sex", "male"], "birth_year_out_of_range", ""),
    (["--born", "1966"], "bad_arguments", ""),
    (["--sex", "male"], "bad_arguments", ""),
]


@pytest.mark.parametrize(
    ("born", "sex", "last", "years", "months", "pension", "assumed", "verified"), ANSWERED
)
def test_the_day_of_retirement_is_answered(
    capsys: pytest.CaptureFixture[str],
    born: str,
    sex: str,
    last: str,
    years: int,
    months: int,
    pension: str,
    assumed: bool,
    verified: bool,
) -> None:
    assert main(["retirement", "--born", born, "--sex", sex, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    citation = answer.pop("citation")
    assert ("135/2020" in citation) == verified
    assert answer == {
        "retires_on": last,
        "age": {"years": years, "months": months},
        "pension_from": pension,
        "verified": verified,
        "assumed": assumed,
    }


@pytest.mark.parametrize(("arguments", "code", "where"), REFUSED)
def test_bad_input_is_refused_with_a_reason(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: str, where: str
) -> None:
    assert main(["retirement", *arguments, "--json"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert (error["code"], error["where"]) == (code, where)
    assert error["message"]


def test_a_person_reads_what_is_assumed_and_what_is_not_verified(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["retirement", "--born", "1955", "--sex", "male"]) == 0
    text = capsys.readouterr().out
    assert "đến hết ngày 31/01/2015 (đủ 60 tuổi)" in text
    assert "tính như sinh ngày 01 tháng 01" in text
    assert "chưa được đối chiếu" in text
    assert main(["retirement", "--born", "1964-10-01", "--sex", "male"]) == 0
    text = capsys.readouterr().out
    assert "(đủ 61 tuổi 6 tháng)" in text
    assert "chưa được đối chiếu" not in text
