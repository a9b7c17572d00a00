"""The totals of one ballot: summoned, present, issued, valid, votes per name; never a voter and a choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from hientai.engines.document import fields_of, name_of, required, whole_of
from hientai.engines.errors import BadInput
from hientai.engines.wording import Sentence, say

_COUNTS = ("summoned", "present", "issued", "valid")
_LABELS = {
    "summoned": say("số người được triệu tập"),
    "present": say("số người có mặt"),
    "issued": say("số phiếu phát ra"),
    "valid": say("số phiếu hợp lệ"),
}


@dataclass(frozen=True)
class BallotCount:
    """valid <= issued <= present <= summoned; votes: name -> ballots with that name, each <= valid.

    previous: who came first in the step before, where the rule asks for it.
    """

    summoned: int
    present: int
    issued: int
    valid: int
    votes: Mapping[str, int]
    previous: str | None = None

    def of(self, base: str) -> int:
        """The count that serves as base."""
        return int(getattr(self, base))


def label_of(count: str) -> Sentence:
    """How a count is called."""
    return _LABELS[count]


def read_count(document: Any, where: str = "") -> BallotCount:
    """The totals out of a document. Raises BadInput where they contradict each other."""
    fields = fields_of(document, (*_COUNTS, "votes", "previous"), where)
    numbers = {key: whole_of(required(fields, key, where), key) for key in _COUNTS}
    votes: dict[str, int] = {}
    for name, number in fields_of(required(fields, "votes", where), None, "votes").items():
        votes[name_of(name, "votes")] = whole_of(number, f"votes.{name}")
    previous = None if fields.get("previous") is None else name_of(fields["previous"], "previous")
    count = BallotCount(**numbers, votes=votes, previous=previous)
    check_count(count)
    return count


def check_count(count: BallotCount, names_per_ballot: int = 0) -> None:
    """Raises BadInput when the totals cannot all be true."""
    for larger, smaller in pairwise(_COUNTS):
        if count.of(smaller) > count.of(larger):
            raise BadInput(
                "counts_contradict",
                say(
                    "Có {n} là {small}, nhiều hơn {m} là {large}: kiểm tra lại biên bản kiểm phiếu.",
                    n=count.of(smaller),
                    small=label_of(smaller),
                    m=count.of(larger),
                    large=label_of(larger),
                ),
                smaller,
            )
    if count.summoned < 1:
        raise BadInput("nobody_summoned", say("Số người được triệu tập phải từ 1 trở lên."), "summoned")
    for name, votes in count.votes.items():
        if votes > count.valid:
            raise BadInput(
                "votes_above_valid",
                say(
                    "“{name}” có {votes} phiếu, nhiều hơn {valid} phiếu hợp lệ.",
                    name=name,
                    votes=votes,
                    valid=count.valid,
                ),
                f"votes.{name}",
            )
    total = sum(count.votes.values())
    if names_per_ballot and total > count.valid * names_per_ballot:
        raise BadInput(
            "too_many_votes",
            say(
                "Tổng {total} lượt ghi tên vượt {valid} phiếu hợp lệ, mỗi phiếu không quá {names} tên.",
                total=total,
                valid=count.valid,
                names=names_per_ballot,
            ),
            "votes",
        )
