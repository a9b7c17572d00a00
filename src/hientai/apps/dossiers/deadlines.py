"""When declarations and their steps are due, by the parameters of the document in force on the day."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hientai.apps.dossiers.types import DeclarationKind, DeclarationStep
from hientai.engines.interval import last_day_of_month
from hientai.engines.wording import say
from hientai.foundation.errors import Refused
from hientai.foundation.rules import rulebook


def _number(key: str, day: date) -> Fraction:
    found = rulebook().parameter(f"declaration.{key}", day)
    if found is None:
        raise Refused("no_parameter", say("Không có trị số “{key}” vào ngày này.", key=key), key)
    return Fraction(str(found.value))


def share(day: date) -> Fraction:
    """The least share to be verified."""
    return _number("verified_share_min", day)


def due_on(kind: str, year: int, event: date | None, today: date) -> date:
    """The last day of a declaration. event: when the person joined, or the day the procedure begins.

    Raises Refused where a kind needs an event and has none.
    """
    if kind == DeclarationKind.ANNUAL or (kind == DeclarationKind.ADDITIONAL and event is None):
        return last_day_of_month(year, int(_number("annual_last_month", date(year, 1, 1))))
    if event is None:
        raise Refused("day_missing", say("Ghi ngày làm căn cứ tính hạn."), "event")
    if kind == DeclarationKind.PROCEDURE:
        return event - timedelta(days=int(_number("before_procedure_days", event)))
    return event + timedelta(days=int(_number("first_within_days", event)))


_AFTER = {
    DeclarationStep.CHECKED: ("filed_on", "check_within_days"),
    DeclarationStep.HANDED_OVER: ("filed_on", "hand_over_within_days"),
    DeclarationStep.PUBLISHED: ("handed_over_on", "publish_within_days"),
}


def next_step(done: dict[str, date | None], due: date, *, chosen: bool) -> tuple[str, date | None]:
    """The step that comes next and its last day; ("", None) when nothing is left.

    done: day of each step by its name; chosen: drawn for verification.
    """
    if done["filed_on"] is None:
        return DeclarationStep.FILED, due
    for step, (after, key) in _AFTER.items():
        since = done[after]
        if done[step] is None and since is not None:
            return step, since + timedelta(days=int(_number(key, since)))
    if chosen and done["verified_on"] is None:
        return DeclarationStep.VERIFIED, None
    return "", None
