"""Reads what the words around a percentage or multiple say: of which number it is a share, of what base."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from hientai.engines.figures.arithmetic import Printed
from hientai.engines.figures.findings import Relation
from hientai.engines.figures.grammar import Bracket, Reading, Span, is_count
from hientai.engines.figures.groups import names_one_thing
from hientai.engines.figures.numbers import FIGURES, Bound, Kind, Number
from hientai.engines.figures.units import Family, Match, match

_CLAIM = (
    r"(?:chiếm|đạt|bằng|tương ứng|tương đương|tương ứng với|tỷ lệ|tỉ lệ|tỷ trọng|ước|khoảng|gần|trên|hơn"
    r"|xấp xỉ|với|là|số|=|:|cùng|lên"
    r"|được|đều|ước đạt)"
)
_ONLY_CLAIM = re.compile(rf"\s*(?:{_CLAIM}\s*){{0,5}}", re.IGNORECASE)
_ENDS_IN_CLAIM = re.compile(
    r"(?P<word>(?<!\w)(?:chiếm|đạt|bằng|tương ứng|tương đương|tỷ lệ|tỉ lệ|hệ số|gấp|tỷ trọng)"
    r"|=)\s?(?:với\s)?(?:tỷ lệ|tỉ lệ|tỷ trọng|hệ số)?\s?(?:là|:)?"
    r"\s?(?:khoảng|gần|trên|hơn|xấp xỉ|ước)?\s?$",
    re.IGNORECASE,
)
_SURPLUS = re.compile(r"(?<!\w)số dư\s?(?:là|đạt|chiếm|:|bằng)?\s?$", re.IGNORECASE)
_CHANGE = re.compile(
    r"(?<!\w)(?:tăng|giảm|tăng thêm|giảm thêm|vượt|vượt mức|cao hơn|thấp hơn|nhiều hơn|ít hơn|tăng lên|giảm "
    r"đi|tinh giản|cắt giảm)"
    r"\s?(?:được|trên|gần|khoảng|hơn|là|bình quân|tương ứng)?\s?$",
    re.IGNORECASE,
)
_RATIO_WORDS = re.compile(
    r"\s*(?:[^\W\d_]{1,10}\s){0,4}?(?:trong tổng số|trên tổng số|/tổng số|trong số|trên|/)(?:\s(?:gần"
    r"|khoảng))?\s*",
    re.IGNORECASE,
)
_NAMED_BASE = re.compile(
    r"\s?(?:(?:so với|của|trên|trong|với)\s)?(?:chỉ tiêu|kế hoạch|KH|dự toán|nghị quyết|yêu cầu|định mức"
    r"|nhu cầu|số|dân số|cùng kỳ"
    r"|mục tiêu|tổng|biên chế|tổng số|trong|trên|so với|của|lượng|các|cán bộ|đảng viên|đại biểu|đồng chí"
    r"|người|số phiếu|phiếu|hộ|đơn vị"
    r"|xã|huyện|cơ quan|công chức|viên chức|nhân dân|dân|lao động|cấp ủy|cấp uỷ|diện tích|GRDP)(?!\w)",
    re.IGNORECASE,
)
_TAIL_BASE = re.compile(
    r"\s?(?:trên|trong|của|so với|/)?\s?(?:tổng số|tổng|số)?\s?(?:[^\W\d_]{1,12}\s){0,6}\(?\s?$",
    re.IGNORECASE,
)
_WIDEST_GAP = 110


@dataclass(frozen=True)
class ShareClaim:
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


def claims_in(reading: Reading, taken: frozenset[int]) -> list[ShareClaim]:
    claims = []
    for number in reading.numbers:
        if id(number) in taken or number.kind not in (Kind.PERCENT, Kind.TIMES):
            continue
        claim = _claim(reading, number)
        if claim:
            claims.append(claim)
    return claims


def _claim(reading: Reading, number: Number) -> ShareClaim | None:
    """What the words around a share say it is; None when they say nothing (a bare share is listed, not
    judged)."""
    sentence = reading.sentences[reading.sentence_of(number.start)]
    scale = 100 if number.kind is Kind.PERCENT else 1
    printed = Printed(number.value, number.ulp, scale, number.bound)
    bracket = reading.bracket_of(number.start)
    scope = bracket.inside if bracket else sentence
    left = reading.text[scope.start : number.start]
    empty = ShareClaim(reading, number, printed, Relation.SHARE if scale == 100 else Relation.TIMES)
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


def _plausible(claim: ShareClaim) -> ShareClaim | None:
    """Leaves out numerators that cannot be meant: "gần 1/3 (32%)", persons "đạt trên 90% số phiếu"."""
    num = claim.num
    if num is not None and num.kind is Kind.RATIO and num.bound is not Bound.EXACT:
        return None
    tail = claim.reading.text[claim.number.end : claim.number.end + 20]
    limit = claim.printed.bound is Bound.ABOVE and claim.word == "đạt" and not claim.sure
    if num is not None and limit and num.kind is not Kind.RATIO:
        return replace(claim, num=None)
    votes = re.match(r"\s?(?:tổng\s)?(?:số\s)?phiếu", tail)
    if (
        num is not None
        and votes
        and num.kind is not Kind.RATIO
        and (num.unit is None or num.unit.family is not Family.VOTE)
    ):
        return replace(claim, num=None)
    return claim


_MOVED_BY = re.compile(r"(?<!\w)(?P<way>tăng|giảm)(?:\s(?:thêm|đi|được|là))?\s$", re.IGNORECASE)


def _moved(claim: ShareClaim, scope: Span) -> ShareClaim:
    """ "giảm 17.736 biên chế, tương ứng giảm 14,84%": the change that the percentage restates."""
    before = [n for n in claim.reading.level(Span(scope.start, claim.number.start)) if n.kind in FIGURES]
    if not before or not is_count(before[-1]):
        return claim
    num = before[-1]
    left = claim.reading.text[max(0, num.start - 20) : num.start]
    gap = claim.reading.text[num.unit_end : claim.number.start]
    if (
        not _MOVED_BY.search(left)
        or len(gap) > 60
        or re.search(r"[;:.]", gap)
        or ("tương" not in gap and "(" not in gap)
    ):
        return claim
    return replace(claim, num=num)


def base_of_move(claim: ShareClaim, before: Sequence[Number]) -> Fraction | None:
    """ "49 đồng chí, giảm 2 đồng chí (3,92%)": the old number is 49 + 2."""
    num = claim.num
    if num is None:
        return None
    way = _MOVED_BY.search(claim.reading.text[max(0, num.start - 20) : num.start])
    earlier = [
        n for n in before if n.end <= num.start and is_count(n) and match(n.unit, num.unit) is not Match.CLASH
    ]
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
    return bool(
        re.search(
            r"(?:ít nhất|tối thiểu|không dưới|không quá|tối đa|phấn đấu|phấn đấu đạt|mục tiêu|quy định)\s?$",
            left.rstrip(),
        )
    )


def _surplus(claim: ShareClaim, sentence: Span) -> ShareClaim:
    """ "81 đồng chí, bầu 71 đồng chí (số dư 14,08%)": nominees minus seats, over seats."""
    counts = [
        number
        for number in claim.reading.numbers
        if sentence.start <= number.start < claim.number.start and is_count(number)
    ]
    if len(counts) < 2:
        return replace(claim, named_base=True)
    one, other = counts[-2], counts[-1]
    nominees, seats = (one, other) if one.value >= other.value else (other, one)
    return replace(claim, num=nominees, den=seats, ratio=nominees.value - seats.value)


def _with_tail(claim: ShareClaim, scope: Span) -> ShareClaim:
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


def _numerator_outside(claim: ShareClaim, bracket: Bracket, left: str) -> ShareClaim:
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


def _numerator_before(claim: ShareClaim, scope: Span, word: re.Match[str] | None) -> ShareClaim:
    """ "34 đồng chí, chiếm 41,98%", "52 trong tổng số 235 xã, đạt 22,1%"."""
    reading, number = claim.reading, claim.number
    before = [
        n
        for n in reading.level(Span(scope.start, number.start))
        if n.kind in FIGURES and not _is_limit(reading, n)
    ]
    if not before or not is_count(before[-1]):
        return claim
    num = before[-1]
    gap = reading.flat(Span(num.unit_end, number.start))
    words = gap[: len(gap) - len(word.group())].rstrip() if word else gap.rstrip()
    bare = not word and re.fullmatch(r"\s?[,–-]\s?", gap)
    if not (word or bare) or len(gap) > _WIDEST_GAP or re.search(r"[;:]|\.\s", words):
        return claim
    label = words.rpartition(",")[2] if "," in words else ""
    if (label.strip() and not _ONLY_CLAIM.fullmatch(label)) or re.search(
        r"(?<!\w)(?:tỷ lệ|tỉ lệ)\s[^\W\d_]", words
    ):
        return claim
    sure = bool(word) and not (
        claim.word == "đạt" and not gap.rpartition("đạt")[0].rstrip().endswith((",", "-", "–"))
    )
    return _paired(replace(claim, num=num, sure=sure, word=claim.word or ","), before)


def _is_limit(reading: Reading, number: Number) -> bool:
    """A percentage that only says which are meant: "31 tỉnh đạt tỷ lệ nữ từ 15% trở lên, chiếm 46,27%"."""
    return number.kind is Kind.PERCENT and bool(
        re.match(r"\s?trở (?:lên|xuống)", reading.text[number.end : number.end + 10])
    )


def _paired(claim: ShareClaim, before: Sequence[Number]) -> ShareClaim:
    """ "52 trong tổng số 235 địa phương": the last number is the base, the one before it the count."""
    num = claim.num
    if num is None or num.kind is Kind.RATIO or len(before) < 2:
        return claim
    earlier = before[-2]
    between = claim.reading.text[earlier.end : num.start]
    if (
        is_count(earlier)
        and earlier.kind is Kind.COUNT
        and earlier.value <= num.value
        and _RATIO_WORDS.fullmatch(between)
    ):
        return replace(claim, num=earlier, den=num)
    return claim


def _numerator_after(claim: ShareClaim) -> ShareClaim:
    """ "chiếm 58,02% (47/81 đồng chí)", "25%, tương ứng 20 đồng chí"."""
    reading, number = claim.reading, claim.number
    after = [other for other in reading.numbers if other.start >= number.end and other.kind in FIGURES]
    if not after or not is_count(after[0]):
        return claim
    gap = reading.text[number.end : after[0].start]
    if not re.fullmatch(
        r"\s?(?:\(|,?\s?(?:tương ứng|tương đương)(?:\svới)?|với)\s?(?:là|có|gồm|tương ứng|tức)?\s?", gap
    ):
        return claim
    claim = replace(claim, num=after[0], named_base=False, word=claim.word or "(")
    two = len(after) > 1 and after[0].kind is Kind.COUNT and is_count(after[1])
    if two and _RATIO_WORDS.fullmatch(reading.text[after[0].end : after[1].start]):
        return replace(claim, den=after[1])
    return claim
