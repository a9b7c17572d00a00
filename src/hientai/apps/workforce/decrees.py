"""What decrees say about job positions and leavings: the name of a group, and months outside what is allowed."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hientai.foundation.rules import rulebook
from hientai.rulebook.workforce import JobGroup, decrees


def group_of(decree: str, group: str) -> JobGroup:
    """The group of a decree; one that nobody knows (any more) is called by its code."""
    known = decrees().get(decree)
    return (
        known.groups.get(group) or JobGroup(group, group, False) if known else JobGroup(group, group, False)
    )


def remark_on(scheme: str, months: int | None, day: date) -> str:
    """Code of what is odd about a leaving: "too_early" or "too_late" against the decree, "" for nothing or unknown.

    Nghị định 154/2025/NĐ-CP: early retirement 2 to 5 years before the age; other schemes are not judged here.
    """
    if months is None or scheme != "154/2025/NĐ-CP":
        return ""
    for key, code in (
        ("downsizing.early_months_min", "too_late"),
        ("downsizing.early_months_max", "too_early"),
    ):
        bound = rulebook().parameter(key, day)
        if bound is None or not bound.verified:
            continue
        limit = Fraction(str(bound.value))
        if months < limit if code == "too_late" else months > limit:
            return code
    return ""
