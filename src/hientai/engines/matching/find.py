"""Finds the pairs and says why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

import numpy as np

from hientai.engines.errors import BadInput
from hientai.engines.matching.blocks import Pairs, candidate_pairs
from hientai.engines.matching.columns import People, columns
from hientai.engines.matching.points import BornCase, Compared, IdentityCase, compare
from hientai.engines.matching.reasons import reasons
from hientai.engines.matching.record import Commonness, Likeness, Pair, PersonRecord
from hientai.engines.wording import say

LIKELY_FROM, POSSIBLE_FROM = 5, 0
_ORDER = {Likeness.SAME: 0, Likeness.LIKELY: 1, Likeness.POSSIBLE: 2}
_BATCH = 100_000


def find_pairs(
    records: Sequence[PersonRecord],
    fresh: Collection[str] | None = None,
    among: Commonness | None = None,
) -> tuple[Pair, ...]:
    """The pairs of `records` that may be one person: surest first, then by points, then by ids.

    fresh: ids of new records; given, only pairs with at least one of them are answered (how common names are
    is still counted among all). among: how common names and birthdays are among everybody, where `records` are only
    those worth comparing; None: as among `records`. SAME: an identity number in common. LIKELY: at least 5 points,
    and the whole birthday or an identity number with one slip agrees. POSSIBLE: at least 0 points. The order of
    `records` does not matter. Raises BadInput `repeated_id` where two records have one id.
    """
    ordered = sorted(records, key=lambda record: record.id)
    _check_ids(ordered)
    people = columns(ordered, among)
    pairs = candidate_pairs(people)
    if fresh is not None:
        new = np.array([record.id in fresh for record in ordered], dtype=np.bool_)
        pairs = pairs[new[pairs[:, 0]] | new[pairs[:, 1]]]
    found = [
        pair
        for begin in range(0, len(pairs), _BATCH)
        for pair in _judged(people, pairs[begin : begin + _BATCH])
    ]
    return tuple(
        sorted(found, key=lambda pair: (_ORDER[pair.likeness], -pair.points, pair.first, pair.second))
    )


def _check_ids(ordered: Sequence[PersonRecord]) -> None:
    for one, other in pairwise(ordered):
        if one.id == other.id:
            raise BadInput("repeated_id", say("Hai hồ sơ cùng mã {id}.", id=one.id), one.id)


def _judged(people: People, pairs: Pairs) -> list[Pair]:
    compared = compare(people, pairs)
    kept = (compared.total >= POSSIBLE_FROM) | (compared.identity == IdentityCase.EQUAL)
    compared = compared.only(kept)
    return [_pair(people, compared, index) for index in range(len(compared.pairs))]


def _pair(people: People, compared: Compared, index: int) -> Pair:
    left, right = compared.pairs[index].tolist()
    return Pair(
        first=people.records[left].id,
        second=people.records[right].id,
        likeness=_likeness(compared, index),
        points=int(compared.total[index]),
        reasons=reasons(people, compared, index),
    )


def _likeness(compared: Compared, index: int) -> Likeness:
    if compared.identity[index] == IdentityCase.EQUAL:
        return Likeness.SAME
    sure = (
        compared.born[index] in (BornCase.SAME_DAY, BornCase.SWAPPED)
        or compared.identity[index] == IdentityCase.SLIP
    )
    return Likeness.LIKELY if sure and compared.total[index] >= LIKELY_FROM else Likeness.POSSIBLE
