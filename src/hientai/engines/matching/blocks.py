"""Which pairs are worth comparing: those sharing a key that few share; never everybody with everybody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from hientai.engines.matching.columns import UNKNOWN, Integers, People, coded

Pairs = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

RARE_NAME = 12  # a name borne by so few is compared throughout
LARGE_BLOCK = 200  # in a larger group each record is compared with the next only: work stays linear
LONG_NAME = 12  # two slips are allowed from this length on, one below
_CHUNK = 200_000


def candidate_pairs(people: People) -> Pairs:
    """Index pairs (i < j) of shape (p, 2), each once, in order.

    They share an identity number; or a name and a birthday, day and month possibly swapped; or a name
    and a year where one of them has no more than the year; or a rare name; or a name and a home; or a
    birthday and nearly a name.
    """
    found = [pairs_in_groups(key) for key in _exact_keys(people)]
    found += [_identity_pairs(people), _similar_names_on_one_birthday(people)]
    pairs = np.sort(np.concatenate(found), axis=1)
    packed = np.unique(pairs[:, 0] * people.size + pairs[:, 1])
    return np.column_stack((packed // max(people.size, 1), packed % max(people.size, 1)))


def pairs_in_groups(codes: Integers, most: int = LARGE_BLOCK) -> Pairs:
    """All pairs of records with one code; UNKNOWN pairs with nobody.

    In groups of more than `most` records each is paired with the next only.
    """
    order = np.argsort(codes, kind="stable")
    order = order[codes[order] != UNKNOWN]
    same_as_next = codes[order[1:]] == codes[order[:-1]]
    starts = np.flatnonzero(np.r_[np.ones(min(len(order), 1), dtype=np.bool_), ~same_as_next])
    sizes = np.diff(np.r_[starts, len(order)])
    large = np.repeat(sizes > most, sizes)[1:]
    parts = [np.column_stack((order[:-1], order[1:]))[same_as_next & large]]
    for size in np.unique(sizes[(sizes > 1) & (sizes <= most)]).tolist():
        members = order[starts[sizes == size][:, None] + np.arange(size)]
        left, right = np.triu_indices(size, 1)
        parts.append(np.column_stack((members[:, left].ravel(), members[:, right].ravel())))
    return np.concatenate(parts)


def _exact_keys(people: People) -> Iterator[Integers]:
    """One code per record and key; UNKNOWN where the key does not apply."""
    name, whole = people.name.codes, people.day > 0
    known = (name >= 0) & (people.year > 0)
    first, second = np.minimum(people.day, people.month), np.maximum(people.day, people.month)
    yield np.where(known & whole, ((name * 3000 + people.year) * 32 + first) * 32 + second, UNKNOWN)
    yield np.where(people.name.shared() <= RARE_NAME, name, UNKNOWN)
    home = people.home.codes
    yield np.where((name >= 0) & (home >= 0), name * (len(people.home.counts) + 1) + home, UNKNOWN)
    yield from _year_keys(name * 3000 + people.year, known, whole)


def _year_keys(key: Integers, known: Mask, whole: Mask) -> Iterator[Integers]:
    """Name and year, kept only where somebody of that name and year has no more than the year."""
    partial = np.unique(key[known & ~whole])
    yield np.where(known & np.isin(key, partial), key, UNKNOWN)


def _identity_pairs(people: People) -> Pairs:
    owners = [(number.number, row) for row, numbers in enumerate(people.identities) for number in numbers]
    numbers = coded(number for number, _ in owners)
    rows = np.array([row for _, row in owners], dtype=np.int64)
    pairs: Pairs = rows[pairs_in_groups(numbers.codes)]
    return np.compress(pairs[:, 0] != pairs[:, 1], pairs, axis=0)


def _similar_names_on_one_birthday(people: People) -> Pairs:
    """Pairs of one birthday whose folded names differ by a slip or two, or by a middle name left out."""
    large = people.birthday.shared() > LARGE_BLOCK
    birthday = people.birthday.codes
    parts = [pairs_in_groups(np.where(large, UNKNOWN, birthday))]
    if large.any():
        for word in (people.family.codes, people.given.codes):
            key = np.where(large & (word >= 0), birthday * (word.max() + 2) + word, UNKNOWN)
            parts.append(pairs_in_groups(key))
    pairs = np.concatenate(parts)
    pairs = pairs[people.name.codes[pairs[:, 0]] != people.name.codes[pairs[:, 1]]]
    return np.compress(slips(people, pairs) | middle_left_out(people, pairs), pairs, axis=0)


def slips(people: People, pairs: Pairs) -> Mask:
    """Whether at most one letter (two in long names) is wrong, missing, added or swapped with the next."""
    left, right = ([people.folded[row] for row in pairs[:, side].tolist()] for side in (0, 1))
    return slips_between(left, right)


def slips_between(left: Sequence[str], right: Sequence[str]) -> Mask:
    """The same for folded names side by side."""
    near = np.zeros(len(left), dtype=np.bool_)
    for begin in range(0, len(left), _CHUNK):
        ones, others = left[begin : begin + _CHUNK], right[begin : begin + _CHUNK]
        distance = process.cpdist(ones, others, scorer=OSA.distance, score_cutoff=2, workers=1)
        length = np.array([min(len(a), len(b)) for a, b in zip(ones, others, strict=True)], dtype=np.int64)
        near[begin : begin + _CHUNK] = (length > 0) & (distance <= np.where(length >= LONG_NAME, 2, 1))
    return near


def middle_left_out(people: People, pairs: Pairs) -> Mask:
    """Whether family and given name are the same and one has middle words that the other lacks."""
    family, given = people.family.codes, people.given.codes
    left, right = pairs[:, 0], pairs[:, 1]
    lacks = (family[left] == family[right]) & (given[left] == given[right]) & (given[left] >= 0)
    rows = np.flatnonzero(lacks)
    lacks[rows] = [
        is_shortened(people.folded[i].split(), people.folded[j].split()) for i, j in pairs[rows].tolist()
    ]
    return np.asarray(lacks, dtype=np.bool_)


def is_shortened(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names of one family and given name differ by middle words that one of them lacks."""
    short, long = sorted((one, other), key=len)
    if not 1 < len(short) < len(long) or (short[0], short[-1]) != (long[0], long[-1]):
        return False
    return set(short) <= set(long)
