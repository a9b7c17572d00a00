"""The day a person retires under normal conditions, by a dated schedule of ages.

The age asked for depends on the year in which one reaches it, so it cannot be read off the year of birth: a
man born in September 1964 reaches 61 years 3 months in December 2025 and retires then; one born in October
1964 would reach that in January 2026, when 61 years 6 months are asked, and retires in April 2026. Only the
month of birth counts, because service ends with the month in which the age is reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, zip_longest
from typing import Literal

from hientai.engines.errors import BadInput
from hientai.engines.interval.months import last_day_of_month
from hientai.engines.interval.partial import PartialDate
from hientai.engines.wording import say

Sex = Literal["male", "female"]
FIRST_BIRTH_YEAR, LAST_BIRTH_YEAR = 1900, 2100


@dataclass(frozen=True)
class AgeStep:
    """From year `from_year` on (None: as far back as one asks) the age is `months`, until the next step."""

    from_year: int | None
    months: int
    citation: str
    verified: bool


@dataclass(frozen=True)
class RetirementSchedule:
    """Steps of the retirement age for each sex, earliest first; ages never fall.

    Raises BadInput `bad_schedule` where years do not rise or ages fall.
    """

    male: tuple[AgeStep, ...]
    female: tuple[AgeStep, ...]

    def __post_init__(self) -> None:
        for steps in (self.male, self.female):
            for step, following in pairwise(steps):
                if following.from_year is None or following.from_year <= (step.from_year or 0):
                    raise BadInput("bad_schedule", say("Lộ trình tuổi nghỉ hưu: năm phải tăng dần."))
                if following.months < step.months:
                    raise BadInput("bad_schedule", say("Lộ trình tuổi nghỉ hưu: tuổi không được giảm."))

    def steps_of(self, sex: Sex) -> tuple[AgeStep, ...]:
        """The steps for one sex."""
        return self.male if sex == "male" else self.female


@dataclass(frozen=True)
class Retirement:
    """retires_on: last day in service; pension_from: the day after; years and months: the age reached.

    verified: whether the rule was checked against a published text; assumed: only the year of birth is known
    and 1 January was taken. A decision to retire earlier or later is the caller's to put above this.
    """

    retires_on: date
    pension_from: date
    years: int
    months: int
    citation: str
    verified: bool
    assumed: bool


def retirement(born: date | PartialDate, sex: Sex, schedule: RetirementSchedule) -> Retirement:
    """When a person retires: at the end of the month in which the age asked for in that year is reached.

    Source: Decree 135/2020/NĐ-CP, articles 3 and 4, for the rule; the ages are the schedule's.
    Raises BadInput `unknown_sex`, `birth_year_out_of_range`, `no_retirement_age` (the schedule starts later).
    """
    partial = born if isinstance(born, PartialDate) else PartialDate.of(born)
    if sex not in ("male", "female"):
        raise BadInput(
            "unknown_sex", say("Giới tính “{sex}” không rõ; ghi male (nam) hoặc female (nữ).", sex=sex)
        )
    if not FIRST_BIRTH_YEAR <= partial.year <= LAST_BIRTH_YEAR:
        raise BadInput("birth_year_out_of_range", say("Năm sinh {year} không hợp lý.", year=partial.year))
    month, step = _reached(partial, schedule.steps_of(sex))
    leaves = last_day_of_month(month // 12, month % 12 + 1)
    return Retirement(
        retires_on=leaves,
        pension_from=leaves + timedelta(days=1),
        years=step.months // 12,
        months=step.months % 12,
        citation=step.citation,
        verified=step.verified,
        assumed=partial.month is None,
    )


def _reached(born: PartialDate, steps: tuple[AgeStep, ...]) -> tuple[int, AgeStep]:
    """The running month (year x 12 + month - 1) in which the age is reached, and the step that asks for it.

    That is the first step whose age is reached before the next step begins: as ages never fall, whoever
    misses a step reaches the next one no earlier than it begins.
    """
    birth_month = born.year * 12 + (born.month or 1) - 1
    for step, following in zip_longest(steps, steps[1:]):
        month = birth_month + step.months
        if following is None or month // 12 < (following.from_year or 0):
            if month // 12 >= (step.from_year or 0):
                return month, step
            break
    raise BadInput(
        "no_retirement_age",
        say("Chưa có lộ trình tuổi nghỉ hưu cho người sinh {born}.", born=born.isoformat()),
    )
