"""Months and years between days, by calendar months: never by numbers of days.

A month ends on the same day number; where the month is shorter, on its last day (Civil Code 2015,
article 148).
"""

from __future__ import annotations

import calendar
from datetime import date

from hientai.engines.errors import BadInput
from hientai.engines.interval.partial import PartialDate
from hientai.engines.wording import say


def add_months(day: date, months: int) -> date:
    """`day` moved by whole months, to the last day of a shorter month: 31 January + 1 = 28 or 29 February."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        raise BadInput("day_out_of_range", say("Năm {year} nằm ngoài phạm vi tính được.", year=year))
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """`day` moved by whole years; 29 February becomes the 28th in a common year."""
    return add_months(day, 12 * years)


def last_day_of_month(year: int, month: int) -> date:
    """The last day of a month; `month` may exceed 12 and runs on into later years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def whole_months_between(start: date, end: date) -> int:
    """The largest n for which `add_months(start, n)` is not after `end`; negative when `end` is earlier."""
    months = (end.year - start.year) * 12 + end.month - start.month
    month_is_over = end.day >= start.day or end.day == calendar.monthrange(end.year, end.month)[1]
    return months if month_is_over else months - 1


def age_in_months(born: date | PartialDate, as_of: date) -> int:
    """Completed months of age on `as_of`; an incomplete birth date counts from its assumed day.

    Raises BadInput `born_later` where the birth is after `as_of`.
    """
    day = born.assumed_day if isinstance(born, PartialDate) else born
    if day > as_of:
        raise BadInput(
            "born_later", say("Ngày sinh {born} sau ngày tính tuổi {as_of}.", born=day, as_of=as_of)
        )
    return whole_months_between(day, as_of)


def age_in_years(born: date | PartialDate, as_of: date) -> int:
    """Completed years of age on `as_of`; an incomplete birth date counts from its assumed day."""
    return age_in_months(born, as_of) // 12
