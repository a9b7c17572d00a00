"""What each comparison gives, in points: one point doubles the odds that two records are one person.

The weights are those of Fellegi and Sunter (1969): the logarithm of how much more often an outcome is seen
between two records of one person than between two people. How often people share a name, birthday or home is
counted among the records themselves, without the pair in question; how often one person's records differ
is set below.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

import numpy as np

from hientai.engines.matching.blocks import Mask, Pairs, middle_left_out, slips
from hientai.engines.matching.columns import UNKNOWN, Integers, People, spelling

DUPLICATES_EXPECTED = -3  # about one record in sixteen has a double: rather show than hide
BIRTHDAY, MONTH_OF_BIRTH, YEAR_OF_BIRTH, HOME = 14, 9, 5, 4
_DIGIT_PLACES = (1, 10, 100, 1000)


class NameCase(enum.IntEnum):
    """How two names compare."""

    DIFFERENT, SAME, ACCENTS_LOST, ACCENTS_DIFFER, SLIP, MIDDLE_LEFT_OUT, UNKNOWN = range(7)


class BornCase(enum.IntEnum):
    """How two births compare."""

    (
        UNKNOWN,
        SAME_DAY,
        SWAPPED,
        SAME_MONTH,
        SAME_YEAR,
        YEAR_SLIP,
        ONE_PART_OFF,
        ONLY_YEAR_AGREES,
        DIFFERENT,
    ) = range(9)


class IdentityCase(enum.IntEnum):
    """How two identity numbers compare."""

    UNKNOWN, EQUAL, SLIP, OLD_SLIP, OLD_DIFFERS, DIFFERENT = range(6)


class Agreement(enum.IntEnum):
    """How two plain values compare."""

    UNKNOWN, SAME, DIFFERENT, CONTAINED = range(4)


_NAME_POINTS = {
    NameCase.SAME: 0, NameCase.ACCENTS_LOST: 0, NameCase.ACCENTS_DIFFER: -8, NameCase.SLIP: -8,
    NameCase.MIDDLE_LEFT_OUT: -6,
}  # fmt: skip
_NAME_DIFFERENT = -12
_BORN_POINTS = {
    BornCase.UNKNOWN: 0, BornCase.SAME_MONTH: MONTH_OF_BIRTH, BornCase.SAME_YEAR: YEAR_OF_BIRTH,
    BornCase.YEAR_SLIP: 3, BornCase.ONE_PART_OFF: 3, BornCase.ONLY_YEAR_AGREES: -3, BornCase.DIFFERENT: -9,
}  # fmt: skip
_SWAPPED = -4
_SEX_POINTS = (0, 1, -8)
_HOME_DIFFERENT = -1
_IDENTITY_POINTS = (0, 40, 6, 5, -4, -12)


@dataclass(frozen=True)
class Compared:
    """For p pairs: the case and the points of each comparison, and their sum with `base`."""

    pairs: Pairs
    base: int
    name: Integers
    name_points: Integers
    born: Integers
    born_points: Integers
    sex: Integers
    sex_points: Integers
    home: Integers
    home_points: Integers
    identity: Integers
    identity_points: Integers
    total: Integers

    def only(self, kept: Mask) -> Compared:
        """The same for some of the pairs."""
        columns = {key: value[kept] for key, value in vars(self).items() if isinstance(value, np.ndarray)}
        return Compared(base=self.base, **columns)


def compare(people: People, pairs: Pairs) -> Compared:
    """Compares records `pairs[:, 0]` with records `pairs[:, 1]`."""
    base = DUPLICATES_EXPECTED - round(float(np.log2(max(people.everybody, 2))))
    name, name_points = _names(people, pairs)
    born, born_points = _births(people, pairs)
    sex = _agreement(people.sex, pairs, unknown=0)
    sex_points = np.array(_SEX_POINTS, dtype=np.int64)[sex]
    home, home_points = _homes(people, pairs)
    identity = _identities(people, pairs)
    identity_points = np.array(_IDENTITY_POINTS, dtype=np.int64)[identity]
    total = base + name_points + born_points + sex_points + home_points + identity_points
    return Compared(
        pairs, base, name, name_points, born, born_points, sex, sex_points, home, home_points,
        identity, identity_points, total,
    )  # fmt: skip


def _names(people: People, pairs: Pairs) -> tuple[Integers, Integers]:
    left, right = pairs[:, 0], pairs[:, 1]
    name, spelt = people.name.codes, people.spelling.codes
    same = (name[left] == name[right]) & (name[left] >= 0)
    cases = np.full(len(pairs), int(NameCase.DIFFERENT), dtype=np.int64)
    cases[same] = NameCase.SAME
    accents = np.flatnonzero(same & (spelt[left] != spelt[right]))
    cases[accents] = [_accents(people, i, j) for i, j in pairs[accents].tolist()]
    unlike = np.flatnonzero(~same & (name[left] >= 0) & (name[right] >= 0))
    cases[unlike[middle_left_out(people, pairs[unlike])]] = NameCase.MIDDLE_LEFT_OUT
    cases[unlike[slips(people, pairs[unlike])]] = NameCase.SLIP
    cases[(name[left] < 0) | (name[right] < 0)] = NameCase.UNKNOWN
    rarity = np.minimum(_name_rarity(people, left), _name_rarity(people, right))
    points = np.select(
        [cases == case for case in _NAME_POINTS],
        [rarity + extra for extra in _NAME_POINTS.values()],
        _NAME_DIFFERENT,
    )
    points[cases == NameCase.UNKNOWN] = 0
    return cases, points.astype(np.int64)


def _name_rarity(people: People, rows: Integers) -> Integers:
    """log2 of one in how many bears the name, the pair itself left out."""
    bearers = np.maximum(np.maximum(people.bearers[rows] - 2, people.expected[rows]), 1.0)
    bits = np.rint(np.log2(np.maximum(people.everybody, 2) / bearers))
    return np.asarray(np.maximum(bits, 0), dtype=np.int64)


def _accents(people: People, left: int, right: int) -> NameCase:
    """Accents lost: every word is spelt the same or stands without any accent on one side."""
    for one, other in zip(people.names[left].split(), people.names[right].split(), strict=True):
        if not (one.isascii() or other.isascii()) and spelling(one) != spelling(other):
            return NameCase.ACCENTS_DIFFER
    return NameCase.ACCENTS_LOST


def _births(people: People, pairs: Pairs) -> tuple[Integers, Integers]:
    left, right = pairs[:, 0], pairs[:, 1]
    (y1, y2), (m1, m2), (d1, d2) = ((c[left], c[right]) for c in (people.year, people.month, people.day))
    whole = (d1 > 0) & (d2 > 0)
    months = (m1 > 0) & (m2 > 0)
    same_year, same_month, same_day = y1 == y2, m1 == m2, d1 == d2
    cases = np.select(
        [
            (y1 == 0) | (y2 == 0),
            whole & same_year & same_month & same_day,
            whole & same_year & (d1 == m2) & (m1 == d2),
            ~whole & same_year & months & same_month,
            ~whole & same_year & ~months,
            whole & same_month & same_day & _one_digit_off(y1, y2),
            whole & same_year & (same_month | same_day),
            whole & same_year,
        ],
        [
            BornCase.UNKNOWN, BornCase.SAME_DAY, BornCase.SWAPPED, BornCase.SAME_MONTH, BornCase.SAME_YEAR,
            BornCase.YEAR_SLIP, BornCase.ONE_PART_OFF, BornCase.ONLY_YEAR_AGREES,
        ],
        BornCase.DIFFERENT,
    )  # fmt: skip
    shared = np.maximum(people.sharers[left], people.sharers[right])
    heaped = _rarity(shared, people.everybody, BIRTHDAY)
    fixed = np.array([_BORN_POINTS.get(case, 0) for case in BornCase], dtype=np.int64)
    points = np.where(cases == BornCase.SAME_DAY, heaped, fixed[cases])
    points = np.where(cases == BornCase.SWAPPED, heaped + _SWAPPED, points)
    return cases.astype(np.int64), points.astype(np.int64)


def _rarity(shared: Integers, size: int, most: int) -> Integers:
    """log2 of one in how many shares a value, the pair itself left out; at most `most`."""
    others = np.maximum((shared - 2) / max(size, 1), 2.0**-most)
    return np.rint(-np.log2(others)).astype(np.int64)


def _one_digit_off(one: Integers, other: Integers) -> Mask:
    differing = sum((one // place % 10 != other // place % 10).astype(np.int64) for place in _DIGIT_PLACES)
    return np.asarray(differing == 1)


def _agreement(values: Integers, pairs: Pairs, unknown: int) -> Integers:
    one, other = values[pairs[:, 0]], values[pairs[:, 1]]
    known = (one != unknown) & (other != unknown)
    return np.where(known, np.where(one == other, Agreement.SAME, Agreement.DIFFERENT), Agreement.UNKNOWN)


def _homes(people: People, pairs: Pairs) -> tuple[Integers, Integers]:
    cases = _agreement(people.home.codes, pairs, unknown=UNKNOWN)
    for index in np.flatnonzero(cases == Agreement.DIFFERENT):
        one, other = (people.homes[row] for row in pairs[index])
        if f" {one} ".endswith(f" {other} ") or f" {other} ".endswith(f" {one} "):
            cases[index] = Agreement.CONTAINED  # "Điện Biên" and "Thanh Nưa, Điện Biên"
    points = np.where(
        cases == Agreement.SAME, _rarity(people.home.shared()[pairs[:, 0]], people.size, HOME), 0
    )
    return cases, np.where(cases == Agreement.DIFFERENT, _HOME_DIFFERENT, points)


def _identities(people: People, pairs: Pairs) -> Integers:
    """Compares twelve-digit numbers, else nine-digit ones; an equal number of either kind decides."""
    new, new_near = _digits_differ(people.personal, pairs)
    old, old_near = _digits_differ(people.old_card, pairs)
    cases = np.select(
        [new & new_near, new, old & old_near, old],
        [IdentityCase.SLIP, IdentityCase.DIFFERENT, IdentityCase.OLD_SLIP, IdentityCase.OLD_DIFFERS],
        IdentityCase.UNKNOWN,
    ).astype(np.int64)
    numbers = people.identities
    for index, (left, right) in enumerate(pairs.tolist()):
        if numbers[left] and numbers[right] and _share(numbers[left], numbers[right]):
            cases[index] = IdentityCase.EQUAL
    return cases


def _share(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    mine = {getattr(identity, "number", None) for identity in one}
    return any(getattr(identity, "number", None) in mine for identity in other)


def _digits_differ(digits: Integers, pairs: Pairs) -> tuple[Mask, Mask]:
    """Whether both have a number and they differ; whether by one digit or two neighbours swapped."""
    one, other = digits[pairs[:, 0]], digits[pairs[:, 1]]
    both = (one[:, 0] != UNKNOWN) & (other[:, 0] != UNKNOWN)
    unequal = one != other
    count = unequal.sum(axis=1)
    swapped = (
        unequal[:, :-1] & unequal[:, 1:] & (one[:, :-1] == other[:, 1:]) & (one[:, 1:] == other[:, :-1])
    ).any(axis=1)
    return both & (count > 0), (count == 1) | ((count == 2) & swapped)
