"""What is compared and what comes out: records, pairs, points."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from hientai.engines.interval import PartialDate
from hientai.engines.wording import Sentence


@dataclass(frozen=True)
class PersonRecord:
    """One person as one source has it; what is not known stays empty.

    id: unique among the records compared. name: Unicode, any case, accents possibly lost. identities:
    numbers as typed, the old nine-digit one beside the new twelve-digit one. home: place of origin as
    typed.
    """

    id: str
    name: str
    born: PartialDate | None = None
    sex: Literal["male", "female"] | None = None
    identities: tuple[str, ...] = ()
    home: str = ""


@dataclass(frozen=True)
class Commonness:
    """How common names and birthdays are among everybody, where the records compared are a chosen few.

    people: how many there are; names: bearers by folded name (`search_key`); birthdays: (year, month, day) -> how many
    share it. A name or birthday that is not there belongs to nobody else.
    """

    people: int
    names: Mapping[str, int]
    birthdays: Mapping[tuple[int, int, int], int]


class Likeness(enum.StrEnum):
    """SAME: one identity number. LIKELY: name and birthday agree and are rare. POSSIBLE: worth a look."""

    SAME = "same"
    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True)
class Point:
    """What one comparison gave. about: identity, name, born, sex, home, base; points: for or against."""

    about: str
    points: int
    sentence: Sentence


@dataclass(frozen=True)
class Pair:
    """Two records that may be one person. points: the sum of the reasons; first, second: ids in order."""

    first: str
    second: str
    likeness: Likeness
    points: int
    reasons: tuple[Point, ...]
