"""Judges percentages and multiples in text: finds what each is a share of and whether it holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from hientai.engines.figures.arithmetic import Printed, ShareOf, fits, forced_shares, judged_share
from hientai.engines.figures.findings import Base, Place, Relation, ShareFinding, Slip, Verdict
from hientai.engines.figures.grammar import Reading, Span, is_count
from hientai.engines.figures.groups import Group, Mention
from hientai.engines.figures.numbers import Bound, Kind
from hientai.engines.figures.share_claims import ShareClaim, base_of_move, claims_in
from hientai.engines.figures.slips import likely_share_slip
from hientai.engines.figures.units import Match, match
from hientai.engines.figures.verdicts import share_finding

_FARTHEST = 3


@dataclass
class _Known:
    """What the draft says around a claim: the wholes of each number, earlier paragraphs, bases that shares
    agree on."""

    groups: Sequence[Group]
    readings: Sequence[Reading]
    wholes: dict[int, list[Mention]] = field(default_factory=dict)
    agreed: dict[int, dict[Fraction, int]] = field(default_factory=dict)
    by_index: dict[int, Reading] = field(default_factory=dict)
    siblings: dict[int, dict[Fraction, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_index.update((reading.index, reading) for reading in self.readings)
        for group in self.groups:
            for part in group.parts:
                if part.number.value <= group.whole.number.value:
                    self.wholes.setdefault(id(part.number), []).append(group.whole)


def judged_shares(
    readings: Sequence[Reading], groups: Sequence[Group], taken: frozenset[int] = frozenset()
) -> list[tuple[ShareFinding, tuple[int, ...]]]:
    """The findings of every share in the paragraphs, with the ids of the numbers each uses.

    taken: ids of numbers that other claims (changes) have already judged.
    """
    known = _Known(groups, readings)
    claims = [claim for reading in readings for claim in claims_in(reading, taken)]
    for claim in claims:
        _count_siblings(claim, known)
    for claim in claims:
        _agree(claim, known)
    found = [(claim, _judged(claim, known)) for claim in claims]
    found = _forced(found)
    return [(finding, _used(claim)) for claim, finding in found]


def _used(claim: ShareClaim) -> tuple[int, ...]:
    return tuple(id(number) for number in (claim.number, claim.num, claim.den) if number is not None)


def _count_siblings(claim: ShareClaim, known: _Known) -> None:
    """Notes how many shares of the paragraph hold for the whole of their list."""
    if claim.relation is not Relation.SHARE or claim.num is None or claim.printed.digits == 0:
        return
    for value in {m.number.value for m in known.wholes.get(id(claim.num), [])}:
        if fits(claim.printed, claim.num.value, value):
            votes = known.siblings.setdefault(claim.reading.index, {})
            votes[value] = votes.get(value, 0) + 1


def _agree(claim: ShareClaim, known: _Known) -> None:
    """Notes which bases earlier and later shares of the paragraph agree on."""
    if claim.relation is not Relation.SHARE or claim.num is None or claim.printed.digits == 0:
        return
    value = _holding(claim, claim.num.value, known, _candidates(claim, known))
    if value is not None:
        votes = known.agreed.setdefault(claim.reading.index, {})
        votes[value] = votes.get(value, 0) + 1


def _candidates(claim: ShareClaim, known: _Known) -> list[Mention]:
    """Bases that the text offers, nearest first: stated, the whole of the list, counts before, counts of
    earlier paragraphs, counts after."""
    if claim.num is None:
        return []
    reading = claim.reading
    if apart := _other_day(claim):
        return [m for m in _mentions(reading, claim.number.end, apart.start) if m.number is not claim.num]
    found = [Mention(reading, claim.den)] if claim.den is not None else []
    found.extend(known.wholes.get(id(claim.num), []))
    found.extend(_mentions(reading, before=claim.number.start))
    for distance in range(1, _FARTHEST + 1):
        earlier = known.by_index.get(reading.index - distance)
        found.extend(_mentions(earlier) if earlier else [])
    found.extend(reversed(_mentions(reading, after=claim.number.start)))
    unit = claim.num.unit
    usable = [m for m in found if m.number is not claim.num and m.number.value > 0]
    clash = [m for m in usable if match(m.number.unit, unit) is Match.CLASH and m.reading is reading]
    return [m for m in usable if match(m.number.unit, unit) is not Match.CLASH] + (
        clash if claim.printed.digits else []
    )


_OTHER_DAY = re.compile(
    r"khóa|khoá|nhiệm kỳ|cùng kỳ|năm (?:trước|ngoái|\x20?(?:19|20)\d\d)|đầu kỳ|quý trước|tháng trước",
    re.IGNORECASE,
)


def _other_day(claim: ShareClaim) -> Span | None:
    """The bracket around both numbers when it tells of another time ("khóa XIII có 42 người, tỷ lệ 8,4%")."""
    bracket = claim.reading.bracket_of(claim.number.start)
    if not bracket or claim.num is None or not bracket.open < claim.num.start:
        return None
    told = _OTHER_DAY.search(claim.reading.text, bracket.open, claim.num.start)
    return bracket.inside if told else None


def _mentions(reading: Reading, before: int = 10**9, after: int = -1) -> list[Mention]:
    """The counts of a paragraph between two positions, last one first."""
    return [
        Mention(reading, n) for n in reversed(reading.numbers) if after < n.start < before and is_count(n)
    ]


def _judged(claim: ShareClaim, known: _Known) -> ShareFinding:
    num, stated = _numerator_value(claim), _stated_base(claim)
    if num is None:
        return _finding(claim, None, None, ())
    candidates = _candidates(claim, known)
    near = tuple(_base(mention) for mention in candidates)
    if stated is not None:
        return _with_stated_base(claim, num, stated, near)
    if holding := _holding(claim, num, known, candidates):
        return _finding(claim, num, holding, near)
    old = base_of_move(claim, claim.reading.numbers)
    if old and fits(claim.printed, num, old):
        return _finding(claim, num, old, near)
    wrong_base = None if old else _base_beyond_doubt(claim, num, known, candidates)
    if wrong_base is not None:
        return _finding(claim, num, wrong_base, near)
    loose = next((m.number for m in candidates if fits(claim.printed, num, m.number.value)), None)
    if loose is not None and not claim.named_base:
        return _finding(claim, num, loose.value, near)
    return _finding(claim, num, None, near)


def _holding(
    claim: ShareClaim, num: Fraction, known: _Known, candidates: Sequence[Mention]
) -> Fraction | None:
    """The base for which the share holds: the list's whole first, then bases other shares agree on, then the
    nearest; of those, one for which it is rounded before one for which it is cut."""
    wholes = {id(whole.number) for whole in known.wholes.get(id(claim.num), [])}
    agreed = known.agreed.get(claim.reading.index, {})

    def rank(mention: Mention) -> int:
        return 0 if id(mention.number) in wholes else 1 if agreed.get(mention.number.value, 0) > 1 else 2

    usable = [m for m in candidates if claim.printed.digits or id(m.number) in wholes]
    if settled := _settled(claim, known):
        usable = [m for m in usable if m.number.value in settled or id(m.number) in wholes]
    for good in (_ROUNDED, frozenset({Verdict.TRUNCATED})):
        for mention in sorted(usable, key=rank):
            if judged_share(claim.printed, num, mention.number.value) in good:
                return mention.number.value
    return None


def _settled(claim: ShareClaim, known: _Known) -> frozenset[Fraction]:
    """The whole of the list when at least two of its other shares are shares of it: then so is this one."""
    if claim.num is None or claim.named_base or not claim.sure:
        return frozenset()
    votes = known.siblings.get(claim.reading.index, {})
    left = claim.reading.text[max(0, claim.num.start - 45) : claim.num.start].lower()
    if re.search(r"trong đó|trong số|số này|số đó|(?<!\w)của(?!\w)|so với", left):
        return frozenset()
    values = {m.number.value for m in known.wholes.get(id(claim.num), [])}
    return frozenset(value for value in values if votes.get(value, 0) >= 2)


_ROUNDED = frozenset({Verdict.EXACT, Verdict.ROUNDED})


def _numerator_value(claim: ShareClaim) -> Fraction | None:
    if claim.ratio is not None:
        return claim.ratio
    return claim.num.value if claim.num is not None else None


def _stated_base(claim: ShareClaim) -> Fraction | None:
    if claim.den is not None:
        return claim.den.value or None
    return claim.num.den if claim.num is not None and claim.num.kind is Kind.RATIO else None


def _with_stated_base(
    claim: ShareClaim, num: Fraction, stated: Fraction, near: tuple[Base, ...]
) -> ShareFinding:
    """ "418/423 đại biểu (bằng 87,45% tổng số đại biểu)" names another base than 423: missing, not wrong."""
    holds = fits(claim.printed, num, stated)
    if not holds and claim.named_base and claim.den is None:
        other = next((base for base in near if fits(claim.printed, num, base.value)), None)
        return _finding(claim, num, other.value if other else None, near)
    if not holds and (not claim.sure or (claim.num is not None and claim.num.bound is not Bound.EXACT)):
        return _finding(claim, None, None, near)
    return _finding(claim, num, stated, near)


def _base_beyond_doubt(
    claim: ShareClaim, num: Fraction, known: _Known, candidates: Sequence[Mention]
) -> Fraction | None:
    """The base of a share that does not hold, when the text leaves no doubt about it; None otherwise.

    Beyond doubt: the whole of the list when the wording is plain, a base that two other shares of the
    paragraph agree on, or a count near by of which the share is a misprint with two decimals.
    """
    if (
        claim.named_base
        or not claim.sure
        or claim.relation is not Relation.SHARE
        or claim.printed.bound is not Bound.EXACT
    ):
        return None
    if claim.num is None or claim.num.bound is not Bound.EXACT or _other_day(claim):
        return None
    agreed = known.agreed.get(claim.reading.index, {})
    plain = claim.word in _PLAIN
    for whole in (mention.number for mention in known.wholes.get(id(claim.num), [])):
        same = match(whole.unit, claim.num.unit) in (Match.SAME, Match.OPEN)
        told = (
            (plain and claim.printed.value <= 100)
            or agreed.get(whole.value)
            or _misprinted(claim.printed, num, whole.value)
        )
        if same and whole.bound is Bound.EXACT and told:
            return whole.value
    for base, votes in agreed.items():
        if (
            votes >= 2
            and base >= num
            and plain
            and any(mention.number.value == base for mention in candidates)
        ):
            return base
    for mention in candidates:
        value = mention.number.value
        if value > num and claim.printed.digits >= 2 and _misprinted(claim.printed, num, value):
            return value
    return None


_PLAIN = frozenset({"(", "chiếm", "tỷ lệ", "tỉ lệ", "=", ",", "bằng", "tương ứng", "tương đương"})


def _misprinted(printed: Printed, num: Fraction, den: Fraction) -> bool:
    if printed.digits == 0 or judged_share(printed, num, den) is not Verdict.WRONG:
        return False
    slip = likely_share_slip(printed, num, den)
    return slip is not None and slip.slip in (Slip.TRANSPOSED, Slip.LAST_DIGIT, Slip.ROUNDED_UP)


def _base(mention: Mention) -> Base:
    text, number = mention.reading.text, mention.number
    return Base(
        number.value, text[max(0, number.start - 25) : number.unit_end + 15].strip(), mention.reading.name
    )


def _finding(
    claim: ShareClaim, num: Fraction | None, den: Fraction | None, near: tuple[Base, ...]
) -> ShareFinding:
    reading, number = claim.reading, claim.number
    return share_finding(
        label=_label(reading, claim),
        shown=number.text + (" lần" if number.kind is Kind.TIMES else ""),
        printed=claim.printed,
        num=num,
        den=den,
        where=Place(reading.name, reading.index, number.start, number.end),
        near=near,
        relation=claim.relation,
    )


def _label(reading: Reading, claim: ShareClaim) -> str:
    start = (
        claim.num.start
        if claim.num is not None and claim.num.start < claim.number.start
        else claim.number.start
    )
    left = reading.text[max(0, start - 60) : start]
    cut = max((hit.end() for hit in re.finditer(r"[.;:(]\s?|,\s", left)), default=0)
    return (left[cut:] + reading.text[start : claim.number.end]).strip()[:120]


def _forced(found: list[tuple[ShareClaim, ShareFinding]]) -> list[tuple[ShareClaim, ShareFinding]]:
    """Renames shares of one paragraph or neighbouring lines that were adjusted to make 100."""
    complete = [
        (position, ShareOf(claim.printed, finding.num, finding.den))
        for position, (claim, finding) in enumerate(found)
        if finding.num is not None and finding.den is not None and claim.relation is Relation.SHARE
    ]
    for block in _runs(complete, found):
        for position in forced_shares([share for _, share in block]):
            index = block[position][0]
            claim, finding = found[index]
            if finding.verdict in (Verdict.TRUNCATED, Verdict.WRONG):
                assert finding.num is not None and finding.den is not None
                new = share_finding(
                    label=finding.label,
                    shown=finding.printed,
                    printed=claim.printed,
                    num=finding.num,
                    den=finding.den,
                    where=finding.where,
                    forced=True,
                )
                found[index] = (claim, new)
    return found


_Complete = tuple[int, ShareOf]


def _runs(
    complete: Sequence[_Complete], found: Sequence[tuple[ShareClaim, ShareFinding]]
) -> list[list[_Complete]]:
    """Neighbouring shares with the same base, at most eight lines apart."""
    runs: list[list[_Complete]] = []
    for entry in complete:
        line = found[entry[0]][0].reading.index
        if (
            runs
            and runs[-1][-1][1].den == entry[1].den
            and line - found[runs[-1][-1][0]][0].reading.index <= 8
        ):
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return [run for run in runs if len(run) > 1]
