"""Numbers that may be Excel's number of a day."""

from __future__ import annotations

from datetime import date

import pytest

from hientai.engines.worksheet.content import looks_like_serial_day


@pytest.mark.parametrize(
    ("value", "may_be"),
    [
        (7_000, True),
        (49_999, True),
        (6_999, False),
        (50_000, False),
        (45_000.0, True),
        (45_000.5, False),
        (50_000.0, False),
        (float("inf"), False),
        (float("nan"), False),
        (True, False),
        ("45000", False),
        (date(2026, 3, 5), False),
    ],
)
def test_only_whole_numbers_of_the_span_may_be_days(value: object, may_be: bool) -> None:
    assert looks_like_serial_day(value) is may_be  # type: ignore[arg-type]
