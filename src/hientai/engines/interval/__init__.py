"""Days, half-open intervals, ages, months of service, terms and the retirement age by a dated schedule."""

from hientai.engines.interval.months import (
    add_months,
    add_years,
    age_in_months,
    age_in_years,
    last_day_of_month,
    whole_months_between,
)
from hientai.engines.interval.partial import PartialDate
from hientai.engines.interval.retirement import AgeStep, Retirement, RetirementSchedule, Sex, retirement
from hientai.engines.interval.service import Service, service, term, terms
from hientai.engines.interval.spans import (
    Interval,
    day_after,
    gaps,
    intersect_all,
    last_day,
    merge,
    overlaps_within,
    subtract_all,
    total_days,
)

__all__ = [
    "AgeStep",
    "Interval",
    "PartialDate",
    "Retirement",
    "RetirementSchedule",
    "Service",
    "Sex",
    "add_months",
    "add_years",
    "age_in_months",
    "age_in_years",
    "day_after",
    "gaps",
    "intersect_all",
    "last_day",
    "last_day_of_month",
    "merge",
    "overlaps_within",
    "retirement",
    "service",
    "subtract_all",
    "term",
    "terms",
    "total_days",
    "whole_months_between",
]
