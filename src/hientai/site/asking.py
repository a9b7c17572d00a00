"""What commands that ask the records share: the day, the actor, the unit."""

from __future__ import annotations

import argparse
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from hientai.engines.errors import BadInput

if TYPE_CHECKING:
    from hientai.foundation.actor import Actor


def add_as_of(parser: argparse.ArgumentParser) -> None:
    """`--as-of 2026-03-05`; today when missing."""
    parser.add_argument("--as-of", default="", metavar="D", help="tính đến ngày, YYYY-MM-DD / as of a day")


def add_unit(parser: argparse.ArgumentParser) -> None:
    """`--unit CODE`; everywhere when missing."""
    parser.add_argument("--unit", default="", metavar="U", help="mã đơn vị / unit code")


def day_of(text: str, where: str = "--as-of") -> date:
    """The day of an option; today when empty; raises BadInput when it is no day."""
    from django.utils import timezone

    from hientai.foundation.web.days import read_day

    return read_day(text, where) if text else timezone.localdate()


def moment_of(text: str) -> datetime | None:
    """The end of a day of entry, for `--known-on`; None when empty."""
    from django.utils import timezone

    if not text:
        return None
    day = day_of(text, "--known-on")
    last = time(23, 59, 59, 999999, tzinfo=timezone.get_current_timezone())
    return datetime.combine(day, last)


def operator() -> Actor:
    """Whoever runs a command on the machine that holds the database may read all of it."""
    from django.utils import timezone

    from hientai.foundation.actor import system

    return system(timezone.localdate(), "dòng lệnh")


def unit_id_of(code: str, as_of: date) -> int | None:
    """The unit an option names; None when it names none; raises BadInput when there is no such unit that day."""
    from hientai.apps.organization import selectors
    from hientai.foundation.errors import NotFound

    if not code:
        return None
    try:
        return selectors.unit_by_code(actor=operator(), as_of=as_of, code=code).id
    except NotFound as error:
        raise BadInput(
            "unknown_unit", f"Không có đơn vị mã “{code}” vào ngày {as_of:%d/%m/%Y}.", "--unit"
        ) from error
