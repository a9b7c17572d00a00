"""What a reader of one cell gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from hientai.engines.wording import Sentence


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say about a cell. refuses: its value could not be taken."""

    code: str
    message: Sentence
    refuses: bool = False


class Reading(NamedTuple):
    """value: what was read, None when nothing was; extra: a second value found in the same cell."""

    value: str | None = None
    remarks: tuple[Remark, ...] = ()
    extra: str | None = None


NOTHING = Reading()


def refused(code: str, message: Sentence) -> Reading:
    """No value, and why."""
    return Reading(None, (Remark(code, message, refuses=True),))
