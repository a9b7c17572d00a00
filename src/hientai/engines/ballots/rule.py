"""The rule of one voting step, as data: base, quorum, threshold, what happens below it, and its citation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hientai.engines.amounts import Share, printed_percent, read_amount
from hientai.engines.document import fields_of, list_of, name_of, required, truth_of, whole_of
from hientai.engines.errors import BadInput
from hientai.engines.wording import Sentence, say

BASES = ("summoned", "present", "issued", "valid")
_RULE = [
    "code",
    "title",
    "citation",
    "base",
    "quorum",
    "places",
    "names_per_ballot",
    "pass",
    "at_half",
    "otherwise",
    "if_changed",
    "bands",
    "announced",
    "verified",
    "unverified",
    "note",
]


@dataclass(frozen=True)
class Threshold:
    """A share of the base to exceed (strict) or to reach."""

    share: Fraction
    strict: bool

    def passes(self, votes: int, base: int) -> bool:
        """Whether so many votes of the base are enough; exact, nothing is rounded."""
        return votes > self.share * base if self.strict else votes >= self.share * base

    def needed(self, base: int) -> int:
        """The smallest number of votes that is enough."""
        exactly = self.share * base
        floor = exactly.numerator // exactly.denominator
        return floor + 1 if self.strict or exactly.denominator != 1 else floor

    def sentence(self) -> Sentence:
        """ "trên 50 %" or "từ 2/3 trở lên"."""
        shown = (
            printed_percent(self.share, 0)
            if (100 * self.share).denominator == 1
            else f"{self.share.numerator}/{self.share.denominator}"
        )
        return say("trên {share}", share=shown) if self.strict else say("từ {share} trở lên", share=shown)


@dataclass(frozen=True)
class Citation:
    """document: its number; article, clause: empty when not read; source: where it was read."""

    document: str
    article: str = ""
    clause: str = ""
    source: str = ""

    def __str__(self) -> str:
        parts = [
            f"khoản {self.clause}" if self.clause else "",
            f"Điều {self.article}" if self.article else "",
        ]
        return " ".join([*(part for part in parts if part), self.document])


@dataclass(frozen=True)
class Band:
    """A consequence for a name whose share passes the threshold (confidence votes)."""

    threshold: Threshold
    consequence: str


@dataclass(frozen=True)
class Rule:
    """One step's rule.

    base: what shares are of; quorum: least share of the summoned present; places: how many are chosen;
    names_per_ballot: 0 = not limited; passes: the threshold, None where bands apply;
    head_decides_at_half: exactly half goes to the head; carry: below the threshold, everybody who passes this
    goes on; carry_highest: or so many with most votes go on; if_changed: what a person needs who is not the
    one of the previous step; announced: is the count read out (None: not stated);
    unverified: the parts of this rule (keys of its document) not yet confirmed against the text.
    """

    code: str
    title: str
    citation: Citation
    base: str = "summoned"
    quorum: Fraction | None = None
    places: int = 1
    names_per_ballot: int = 0
    passes: Threshold | None = None
    head_decides_at_half: bool = False
    carry: Threshold | None = None
    carry_highest: int = 0
    if_changed: Threshold | None = None
    bands: tuple[Band, ...] = ()
    announced: bool | None = None
    unverified: frozenset[str] = frozenset()
    note: str = ""


def read_rule(document: Any, where: str = "rule") -> Rule:
    """A rule out of its document (format: docs/reference/ballots.md). Raises BadInput."""
    fields = fields_of(document, _RULE, where)
    if ("pass" in fields) == ("bands" in fields):
        raise BadInput("pass_or_bands", say("Quy tắc nêu “pass” hoặc “bands”, đúng một trong hai."), where)
    base = name_of(fields.get("base", "summoned"), f"{where}.base")
    if base not in BASES:
        raise BadInput(
            "unknown_base",
            say("Gốc tính “{base}” không thuộc: {bases}.", base=base, bases=", ".join(BASES)),
            f"{where}.base",
        )
    carry, highest = _otherwise(fields, f"{where}.otherwise")
    return Rule(
        code=name_of(fields.get("code", "?"), f"{where}.code"),
        title=name_of(fields.get("title", fields.get("code", "?")), f"{where}.title"),
        citation=_citation(required(fields, "citation", where), f"{where}.citation"),
        base=base,
        quorum=None if fields.get("quorum") is None else _share(fields["quorum"], f"{where}.quorum"),
        places=whole_of(fields.get("places", 1), f"{where}.places", 1),
        names_per_ballot=whole_of(fields.get("names_per_ballot", 0), f"{where}.names_per_ballot"),
        passes=_threshold(fields["pass"], f"{where}.pass") if "pass" in fields else None,
        head_decides_at_half=_head(fields, f"{where}.at_half"),
        carry=carry,
        carry_highest=highest,
        if_changed=_threshold(fields["if_changed"], f"{where}.if_changed")
        if "if_changed" in fields
        else None,
        bands=_bands(fields, where),
        announced=None
        if fields.get("announced") is None
        else truth_of(fields["announced"], f"{where}.announced"),
        unverified=_unverified(fields, where),
        note=fields.get("note", ""),
    )


def _unverified(fields: Mapping[str, Any], where: str) -> frozenset[str]:
    """verified: true needs to be said; without it the whole rule counts as not confirmed."""
    if not truth_of(fields.get("verified", False), f"{where}.verified"):
        return frozenset(_RULE)
    return frozenset(
        name_of(key, f"{where}.unverified") for key in list_of(fields, "unverified", optional=True)
    )


def _citation(value: Any, where: str) -> Citation:
    if isinstance(value, str):
        return Citation(name_of(value, where))
    fields = fields_of(value, ("document", "article", "clause", "source"), where)
    return Citation(
        name_of(required(fields, "document", where), f"{where}.document"),
        *(
            name_of(fields[key], f"{where}.{key}") if fields.get(key) is not None else ""
            for key in ("article", "clause", "source")
        ),
    )


def _share(value: Any, where: str) -> Fraction:
    amount = read_amount(value, True, where)
    if not isinstance(amount, Share):
        raise BadInput(
            "not_a_share", say("{value} phải là tỷ lệ, ví dụ “2/3” hoặc “50%”.", value=str(value)), where
        )
    return amount.part


def _threshold(value: Any, where: str) -> Threshold:
    fields = fields_of(value, ("more_than", "at_least"), where)
    if len(fields) != 1:
        raise BadInput("bad_threshold", say("Nêu đúng một trong “more_than” và “at_least”."), where)
    key = next(iter(fields))
    return Threshold(_share(fields[key], f"{where}.{key}"), key == "more_than")


def _otherwise(fields: Mapping[str, Any], where: str) -> tuple[Threshold | None, int]:
    value = fields.get("otherwise", "stop")
    if value == "stop":
        return None, 0
    inner = fields_of(value, ("carry", "carry_highest"), where)
    if len(inner) != 1:
        raise BadInput("bad_otherwise", say("Nêu “stop”, “carry” hoặc “carry_highest”."), where)
    if "carry" in inner:
        return _threshold(inner["carry"], f"{where}.carry"), 0
    return None, whole_of(inner["carry_highest"], f"{where}.carry_highest", 1)


def _head(fields: Mapping[str, Any], where: str) -> bool:
    value = fields.get("at_half")
    if value not in (None, "head"):
        raise BadInput("bad_at_half", say("“at_half” chỉ nhận “head” (người đứng đầu quyết định)."), where)
    return value == "head"


def _bands(fields: Mapping[str, Any], where: str) -> tuple[Band, ...]:
    bands = []
    for i, entry in enumerate(list_of(fields, "bands", optional=True)):
        at = f"{where}.bands[{i}]"
        inner = fields_of(entry, ("more_than", "at_least", "then"), at)
        threshold = {key: value for key, value in inner.items() if key != "then"}
        bands.append(Band(_threshold(threshold, at), name_of(required(inner, "then", at), f"{at}.then")))
    return tuple(sorted(bands, key=lambda band: -band.threshold.share))
