"""Judges percentages and multiples in text: finds what each is a share of and whether it holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from hientai.engines.figures.arithmetic import Printed, ShareOf, fits, forced_shares, judged_share
from hientai.engines.figures.findings import Base, Place, Relation, ShareFinding, Slip, Verdict
from hientai.engines.figures.grammar import Bracket, Reading, Span, is_count
from hientai.engines.figures.groups import Group, Mention, names_one_thing
from hientai.engines.figures.numbers import FIGURES, Bound, Kind, Number
from hientai.engines.figures.slips import likely_share_slip
from hientai.engines.figures.units import Family, Match, match
from hientai.engines.figures.verdicts import share_finding

_CLAIM = (
    r"(?:chiếm|đạt|bằng|tương ứng|tương đương|tương ứng với|tỷ lệ|tỉ lệ|tỷ trọng|ước|khoảng|gần|trên|hơn|xấp xỉ|với|là|số|=|:|cùng|lên"
    r"|được|đều|ước đạt)"
)
_ONLY_CLAIM = re.compile(rf"\s*(?:{_CLAIM}\s*){{0,5}}", re.IGNORECASE)
_ENDS_IN_CLAIM = re.compile(
    r"(?P<word>(?<!\w)(?:chiếm|đạt|bằng|tương ứng|tương đương|tỷ lệ|tỉ lệ|hệ số|gấp|tỷ trọng)|=)\s?(?:với\s)?(?:tỷ lệ|tỉ lệ|tỷ trọng|hệ số)?\s?(?:là|:)?"
    r"\s?(?:khoảng|gần|trên|hơn|xấp xỉ|ước)?\s?$",
    re.IGNORECASE,
)
_SURPLUS = re.compile(r"(?<!\w)số dư\s?(?:là|đạt|chiếm|:|bằng)?\s?$", re.IGNORECASE)
_CHANGE = re.compile(
    r"(?<!\w)(?:tăng|giảm|tăng thêm|giảm thêm|vượt|vượt mức|cao hơn|thấp hơn|nhiều hơn|ít hơn|tăng lên|giảm đi|tinh giản|cắt giảm)"
    r"\s?(?:được|trên|gần|khoảng|hơn|là|bình quân|tương ứng)?\s?$",
    re.IGNORECASE,
)
_RATIO_WORDS = re.compile(
    r"\s*(?:[^\W\d_]{1,10}\s){0,4}?(?:trong tổng số|trên tổng số|/tổng số|trong số|trên|/)(?:\s(?:gần|khoảng))?\s*", re.IGNORECASE
)
_NAMED_BASE = re.compile(
    r"\s?(?:(?:so với|của|trên|trong|với)\s)?(?:chỉ tiêu|kế hoạch|KH|dự toán|nghị quyết|yêu cầu|định mức|nhu cầu|số|dân số|cùng kỳ"
    r"|mục tiêu|tổng|biên chế|tổng số|trong|trên|so với|của|lượng|các|cán bộ|đảng viên|đại biểu|đồng chí|người|số phiếu|phiếu|hộ|đơn vị"
    r"|xã|huyện|cơ quan|công chức|viên chức|nhân dân|dân|lao động|cấp ủy|cấp uỷ|diện tích|GRDP)(?!\w)",
    re.IGNORECASE,
)
_TAIL_BASE = re.compile(
    r"\s?(?:trên|trong|của|so với|/)?\s?(?:tổng số|tổng|số)?\s?(?:[^\W\d_]{1,12}\s){0,6}\(?\s?$", re.IGNORECASE
)
_WIDEST_GAP = 110
_FARTHEST = 3


@dataclass(frozen=True)
class _Claim:
    """A printed share with the number it speaks of, before it is judged."""

    reading: Reading
    number: Number
    printed: Printed
    relation: Relation
    num: Number | None = None
    den: Number | None = None
    ratio: Fraction | None = None
    word: str = ""
    named_base: bool = False
    sure: bool = True


@dataclass
class _Known:
    """What the draft says around a claim: the wholes of each number, earlier paragraphs, bases that shares agree on."""

    groups: Sequence[Group]
    readings: Sequence[Reading]
    wholes: dict[int, list[Mention]] = field(default_factory=dict)
    agreed: dict[int, dict[Fraction, int]] = field(default_factory=dict)
    by_index: dict[int, Reading] = field(default_factory=dict)

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
    claims = [claim for reading in readings for claim in _claims_in(reading, taken)]
    for claim in claims:
        _agree(claim, known)
    found = [(claim, _judged(claim, known)) for claim in claims]
    found = _forced(found)
    return [(finding, _used(claim)) for claim, finding in found]


def _used(claim: _Claim) -> tuple[int, ...]:
    return tuple(id(number) for number in (claim.number, claim.num, claim.den) if number is not None)


def _claims_in(reading: Reading, taken: frozenset[int]) -> list[_Claim]:
    claims = []
    for number in reading.numbers:
        if id(number) in taken or number.kind not in (Kind.PERCENT, Kind.TIMES):
            continue
        claim = _claim(reading, number)
        if claim:
            claims.append(claim)
    return claims


def _claim(reading: Reading, number: Number) -> _Claim | None:
    """What the words around a share say it is; None when they say nothing (a bare share is listed, not judged)."""
    sentence = reading.sentences[reading.sentence_of(number.start)]
    scale = 100 if number.kind is Kind.PERCENT else 1
    printed = Printed(number.value, number.ulp, scale, number.bound)
    bracket = reading.bracket_of(number.start)
    scope = bracket.inside if bracket else sentence
    left = reading.text[scope.start : number.start]
    empty = _Claim(reading, number, printed, Relation.SHARE if scale == 100 else Relation.TIMES)
    if _SURPLUS.search(left[-40:]):
        return _surplus(replace(empty, relation=Relation.SURPLUS), sentence)
    if _CHANGE.search(left[-40:]):
        return _moved(replace(empty, relation=Relation.CHANGE, named_base=True), scope)
    word = _ENDS_IN_CLAIM.search(left[-50:])
    claim = replace(empty, word=word.group("word").lower() if word else "")
    claim = _with_tail(claim, scope)
    if _threshold(reading, number):
        return None
    told = (
        _numerator_outside(claim, bracket, left)
        if bracket and _ONLY_CLAIM.fullmatch(left)
        else _numerator_before(claim, scope, word)
    )
    if told.num is None:
        told = _numerator_after(told)
    if told.num is None and not claim.word:
        return None
    return _plausible(told)


def _plausible(claim: _Claim) -> _Claim | None:
    """Leaves out numerators that cannot be meant: "gần 1/3 (32%)", persons "đạt trên 90% số phiếu"."""
    num = claim.num
    if num is not None and num.kind is Kind.RATIO and num.bound is not Bound.EXACT:
        return None
    tail = claim.reading.text[claim.number.end : claim.number.end + 20]
    votes = re.match(r"\s?(?:tổng\s)?(?:số\s)?phiếu", tail)
    if num is not None and votes and num.kind is not Kind.RATIO and (num.unit is None or num.unit.family is not Family.VOTE):
        return replace(claim, num=None)
    return claim


_MOVED_BY = re.compile(r"(?<!\w)(?P<way>tăng|giảm)(?:\s(?:thêm|đi|được|là))?\s$", re.IGNORECASE)


def _moved(claim: _Claim, scope: Span) -> _Claim:
    """ "giảm 17.736 biên chế, tương ứng giảm 14,84%": the change that the percentage restates."""
    before = [n for n in claim.reading.level(Span(scope.start, claim.number.start)) if n.kind in FIGURES]
    if not before or not is_count(before[-1]):
        return claim
    num = before[-1]
    left = claim.reading.text[max(0, num.start - 20) : num.start]
    gap = claim.reading.text[num.unit_end : claim.number.start]
    if not _MOVED_BY.search(left) or len(gap) > 60 or re.search(r"[;:.]", gap) or "tương" not in gap and "(" not in gap:
        return claim
    return replace(claim, num=num)


def _base_of_move(claim: _Claim, before: Sequence[Number]) -> Fraction | None:
    """ "49 đồng chí, giảm 2 đồng chí (3,92%)": the old number is 49 + 2."""
    num = claim.num
    if num is None:
        return None
    way = _MOVED_BY.search(claim.reading.text[max(0, num.start - 20) : num.start])
    earlier = [n for n in before if n.end <= num.start and is_count(n) and match(n.unit, num.unit) is not Match.CLASH]
    if not way or not earlier:
        return None
    new = earlier[-1].value
    return new + num.value if way.group("way").lower() == "giảm" else new - num.value


def _threshold(reading: Reading, number: Number) -> bool:
    """ "từ 15% trở lên", "trên 15% theo quy định": a limit, no statement."""
    if re.match(r"\s?(?:trở lên|trở xuống)", reading.text[number.end : number.end + 12]):
        return True
    left = reading.text[max(0, number.start - 40) : number.start].lower()
    if re.search(r"(?:chưa|không) đạt(?: tỷ lệ| tỉ lệ)?\s?$", left):
        return True
    return bool(re.search(r"(?:ít nhất|tối thiểu|không dưới|không quá|tối đa|phấn đấu|phấn đấu đạt|mục tiêu|quy định)\s?$", left.rstrip()))


def _surplus(claim: _Claim, sentence: Span) -> _Claim:
    """ "81 đồng chí, bầu 71 đồng chí (số dư 14,08%)": nominees minus seats, over seats."""
    counts = [number for number in claim.reading.numbers if sentence.start <= number.start < claim.number.start and is_count(number)]
    if len(counts) < 2:
        return replace(claim, named_base=True)
    one, other = counts[-2], counts[-1]
    nominees, seats = (one, other) if one.value >= other.value else (other, one)
    return replace(claim, num=nominees, den=seats, ratio=nominees.value - seats.value)


def _with_tail(claim: _Claim, scope: Span) -> _Claim:
    """Reads "... trên tổng số 235 xã" and "... chỉ tiêu giao" after the share."""
    reading, number = claim.reading, claim.number
    end = number.unit_end if number.kind is Kind.TIMES else number.end
    tail = reading.text[end : scope.end]
    if not _NAMED_BASE.match(tail):
        return claim
    following = [other for other in reading.numbers if other.start >= number.end and other.kind in FIGURES]
    if following and following[0].start < scope.end and is_count(following[0]):
        gap = reading.text[end : following[0].start]
        if len(gap) <= 70 and _TAIL_BASE.fullmatch(gap) and not _goes_on(gap):
            return replace(claim, den=following[0], named_base=True)
    return replace(claim, named_base=True)


def _goes_on(gap: str) -> bool:
    return bool(re.search(r"[,;]|trong đó|gồm|tăng|giảm|và\s", gap))


def _numerator_outside(claim: _Claim, bracket: Bracket, left: str) -> _Claim:
    """ "47/81 đồng chí (58,02%)", "1 (Gia Lai) (7,69%)": the last number before the bracket."""
    reading = claim.reading
    outer = reading.bracket_of(bracket.open)
    sentence = reading.sentences[reading.sentence_of(bracket.open)]
    start = outer.inside.start if outer else sentence.start
    before = [number for number in reading.level(Span(start, bracket.open)) if number.kind in FIGURES]
    if not before:
        return claim
    num = before[-1]
    gap = reading.flat(Span(num.unit_end, bracket.open))
    if len(gap) > _WIDEST_GAP or re.search(r"[;:]|\.\s", gap) or not is_count(num):
        return claim
    sure = names_one_thing(gap)
    return _paired(replace(claim, num=num, sure=sure, word=claim.word or "("), before)


def _numerator_before(claim: _Claim, scope: Span, word: re.Match[str] | None) -> _Claim:
    """ "34 đồng chí, chiếm 41,98%", "52 trong tổng số 235 xã, đạt 22,1%"."""
    reading, number = claim.reading, claim.number
    before = [n for n in reading.level(Span(scope.start, number.start)) if n.kind in FIGURES and not _is_limit(reading, n)]
    if not before or not is_count(before[-1]):
        return claim
    num = before[-1]
    gap = reading.flat(Span(num.unit_end, number.start))
    words = gap[: len(gap) - len(word.group())].rstrip() if word else gap.rstrip()
    bare = not word and re.fullmatch(r"\s?[,–-]\s?", gap)
    if not (word or bare) or len(gap) > _WIDEST_GAP or re.search(r"[;:]|\.\s", words):
        return claim
    label = words.rpartition(",")[2] if "," in words else ""
    if label.strip() and not _ONLY_CLAIM.fullmatch(label) or re.search(r"(?<!\w)(?:tỷ lệ|tỉ lệ)\s[^\W\d_]", words):
        return claim
    sure = bool(word) and not (claim.word == "đạt" and not gap.rpartition("đạt")[0].rstrip().endswith((",", "-", "–")))
    return _paired(replace(claim, num=num, sure=sure, word=claim.word or ","), before)


def _is_limit(reading: Reading, number: Number) -> bool:
    """A percentage that only says which are meant: "31 tỉnh đạt tỷ lệ nữ từ 15% trở lên, chiếm 46,27%"."""
    return number.kind is Kind.PERCENT and bool(re.match(r"\s?trở (?:lên|xuống)", reading.text[number.end : number.end + 10]))


def _paired(claim: _Claim, before: Sequence[Number]) -> _Claim:
    """ "52 trong tổng số 235 địa phương": the last number is the base, the one before it the count."""
    num = claim.num
    if num is None or num.kind is Kind.RATIO or len(before) < 2:
        return claim
    earlier = before[-2]
    between = claim.reading.text[earlier.end : num.start]
    if is_count(earlier) and earlier.kind is Kind.COUNT and earlier.value <= num.value and _RATIO_WORDS.fullmatch(between):
        return replace(claim, num=earlier, den=num)
    return claim


def _numerator_after(claim: _Claim) -> _Claim:
    """ "chiếm 58,02% (47/81 đồng chí)", "25%, tương ứng 20 đồng chí"."""
    reading, number = claim.reading, claim.number
    after = [other for other in reading.numbers if other.start >= number.end and other.kind in FIGURES]
    if not after or not is_count(after[0]):
        return claim
    gap = reading.text[number.end : after[0].start]
    if not re.fullmatch(r"\s?(?:\(|,?\s?(?:tương ứng|tương đương)(?:\svới)?|với)\s?(?:là|có|gồm|tương ứng|tức)?\s?", gap):
        return claim
    claim = replace(claim, num=after[0], named_base=False, word=claim.word or "(")
    if len(after) > 1 and after[0].kind is Kind.COUNT and is_count(after[1]):
        if _RATIO_WORDS.fullmatch(reading.text[after[0].end : after[1].start]):
            return replace(claim, den=after[1])
    return claim


def _agree(claim: _Claim, known: _Known) -> None:
    """Notes which bases earlier and later shares of the paragraph agree on."""
    if claim.relation is not Relation.SHARE or claim.num is None or claim.printed.digits == 0:
        return
    value = _holding(claim, claim.num.value, known, _candidates(claim, known))
    if value is not None:
        votes = known.agreed.setdefault(claim.reading.index, {})
        votes[value] = votes.get(value, 0) + 1


def _candidates(claim: _Claim, known: _Known) -> list[Mention]:
    """Bases that the text offers, nearest first: stated, the whole of the list, counts before, counts of earlier
    paragraphs, counts after."""
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
    return [m for m in usable if match(m.number.unit, unit) is not Match.CLASH] + (clash if claim.printed.digits else [])


_OTHER_DAY = re.compile(r"khóa|khoá|nhiệm kỳ|cùng kỳ|năm (?:trước|ngoái|\x20?(?:19|20)\d\d)|đầu kỳ|quý trước|tháng trước", re.IGNORECASE)


def _other_day(claim: _Claim) -> Span | None:
    """The bracket around both numbers when it tells of another time ("khóa XIII có 42 người, tỷ lệ 8,4%")."""
    bracket = claim.reading.bracket_of(claim.number.start)
    if not bracket or claim.num is None or not bracket.open < claim.num.start:
        return None
    told = _OTHER_DAY.search(claim.reading.text, bracket.open, claim.num.start)
    return bracket.inside if told else None


def _mentions(reading: Reading, before: int = 10**9, after: int = -1) -> list[Mention]:
    """The counts of a paragraph between two positions, last one first."""
    return [Mention(reading, n) for n in reversed(reading.numbers) if after < n.start < before and is_count(n)]


def _judged(claim: _Claim, known: _Known) -> ShareFinding:
    num, stated = _numerator_value(claim), _stated_base(claim)
    if num is None:
        return _finding(claim, None, None, ())
    candidates = _candidates(claim, known)
    near = tuple(_base(mention) for mention in candidates)
    if stated is not None:
        return _with_stated_base(claim, num, stated, near)
    if holding := _holding(claim, num, known, candidates):
        return _finding(claim, num, holding, near)
    old = _base_of_move(claim, claim.reading.numbers)
    if old and fits(claim.printed, num, old):
        return _finding(claim, num, old, near)
    wrong_base = None if old else _base_beyond_doubt(claim, num, known, candidates)
    if wrong_base is not None:
        return _finding(claim, num, wrong_base, near)
    loose = next((m.number for m in candidates if fits(claim.printed, num, m.number.value)), None)
    if loose is not None and not claim.named_base:
        return _finding(claim, num, loose.value, near)
    return _finding(claim, num, None, near)


def _holding(claim: _Claim, num: Fraction, known: _Known, candidates: Sequence[Mention]) -> Fraction | None:
    """The base for which the share holds: the list's whole first, then bases other shares agree on, then the nearest;
    of those, one for which it is rounded before one for which it is cut."""
    wholes = {id(whole.number) for whole in known.wholes.get(id(claim.num), [])}
    agreed = known.agreed.get(claim.reading.index, {})

    def rank(mention: Mention) -> int:
        return 0 if id(mention.number) in wholes else 1 if agreed.get(mention.number.value, 0) > 1 else 2

    usable = [m for m in candidates if claim.printed.digits or id(m.number) in wholes]
    for good in (_ROUNDED, frozenset({Verdict.TRUNCATED})):
        for mention in sorted(usable, key=rank):
            if judged_share(claim.printed, num, mention.number.value) in good:
                return mention.number.value
    return None


_ROUNDED = frozenset({Verdict.EXACT, Verdict.ROUNDED})


def _numerator_value(claim: _Claim) -> Fraction | None:
    if claim.ratio is not None:
        return claim.ratio
    return claim.num.value if claim.num is not None else None


def _stated_base(claim: _Claim) -> Fraction | None:
    if claim.den is not None:
        return claim.den.value or None
    return claim.num.den if claim.num is not None and claim.num.kind is Kind.RATIO else None


def _with_stated_base(claim: _Claim, num: Fraction, stated: Fraction, near: tuple[Base, ...]) -> ShareFinding:
    """ "418/423 đại biểu (bằng 87,45% tổng số đại biểu)" names another base than 423: missing, not wrong."""
    holds = fits(claim.printed, num, stated)
    if not holds and claim.named_base and claim.den is None:
        other = next((base for base in near if fits(claim.printed, num, base.value)), None)
        return _finding(claim, num, other.value if other else None, near)
    if not holds and (not claim.sure or (claim.num is not None and claim.num.bound is not Bound.EXACT)):
        return _finding(claim, None, None, near)
    return _finding(claim, num, stated, near)


def _base_beyond_doubt(claim: _Claim, num: Fraction, known: _Known, candidates: Sequence[Mention]) -> Fraction | None:
    """The base of a share that does not hold, when the text leaves no doubt about it; None otherwise.

    Beyond doubt: the whole of the list when the wording is plain, a base that two other shares of the paragraph agree
    on, or a count near by of which the share is a misprint with two decimals.
    """
    if claim.named_base or not claim.sure or claim.relation is not Relation.SHARE or claim.printed.bound is not Bound.EXACT:
        return None
    if claim.num is None or claim.num.bound is not Bound.EXACT:
        return None
    agreed = known.agreed.get(claim.reading.index, {})
    plain = claim.word in _PLAIN
    for whole in (mention.number for mention in known.wholes.get(id(claim.num), [])):
        same = match(whole.unit, claim.num.unit) in (Match.SAME, Match.OPEN)
        told = (plain and claim.printed.value <= 100) or agreed.get(whole.value) or _misprinted(claim.printed, num, whole.value)
        if same and whole.bound is Bound.EXACT and told:
            return whole.value
    for base, votes in agreed.items():
        if votes >= 2 and base >= num and plain and any(mention.number.value == base for mention in candidates):
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
    return Base(number.value, text[max(0, number.start - 25) : number.unit_end + 15].strip(), mention.reading.name)


def _finding(claim: _Claim, num: Fraction | None, den: Fraction | None, near: tuple[Base, ...]) -> ShareFinding:
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


def _label(reading: Reading, claim: _Claim) -> str:
    start = claim.num.start if claim.num is not None and claim.num.start < claim.number.start else claim.number.start
    left = reading.text[max(0, start - 60) : start]
    cut = max((hit.end() for hit in re.finditer(r"[.;:(]\s?|,\s", left)), default=0)
    return (left[cut:] + reading.text[start : claim.number.end]).strip()[:120]


def _forced(found: list[tuple[_Claim, ShareFinding]]) -> list[tuple[_Claim, ShareFinding]]:
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


def _runs(complete: Sequence[_Complete], found: Sequence[tuple[_Claim, ShareFinding]]) -> list[list[_Complete]]:
    """Neighbouring shares with the same base, at most eight lines apart."""
    runs: list[list[_Complete]] = []
    for entry in complete:
        line = found[entry[0]][0].reading.index
        if runs and runs[-1][-1][1].den == entry[1].den and line - found[runs[-1][-1][0]][0].reading.index <= 8:
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return [run for run in runs if len(run) > 1]
