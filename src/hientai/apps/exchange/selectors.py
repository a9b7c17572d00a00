"""Questions about imports: what a list would change, and where an import stands."""

from __future__ import annotations

from datetime import date

from hientai.apps.exchange.judging import judge
from hientai.apps.exchange.types import IMPORT, NO_CHOICES, Choices, Judgement
from hientai.apps.organization import selectors as organization
from hientai.apps.organization.types import UnitRow
from hientai.engines.worksheet import Extraction
from hientai.foundation.actor import Actor


def preview(
    *, actor: Actor, as_of: date, extraction: Extraction, unit_code: str = "", choices: Choices = NO_CHOICES,
    strict: bool = False,
) -> Judgement:  # fmt: skip
    """Every row of a list with what a commit would do; nothing is written. See `judging.judge`.

    as_of: the day of reading, which holds where the list states no day; unit_code: the unit the list belongs to.
    """
    actor.check_may(IMPORT)
    return judge(
        extraction,
        actor=actor,
        base=unit_of_list(actor, extraction.as_of or as_of, unit_code),
        choices=choices,
        strict=strict,
    )


def unit_of_list(actor: Actor, day: date, code: str) -> UnitRow | None:
    """The unit named by its code, as of the list's day, else as it is today; None when no code is given."""
    if not code:
        return None
    from hientai.foundation.errors import NotFound

    try:
        return organization.unit_by_code(actor=actor, as_of=day, code=code)
    except NotFound:
        return organization.unit_by_code(actor=actor, as_of=actor.today, code=code)
