"""Judges changes and ranks in text: "tăng từ 45 lên 57 (tăng 12)", "giảm 5% so với năm 2019 (120 người)",
"thứ 3/63"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from hientai.engines.figures.arithmetic import Printed, fits
from hientai.engines.figures.findings import (
    Base,
    Closing,
    Likely,
    Place,
    Relation,
    ShareFinding,
    Slip,
    SumFinding,
    Verdict,
)
from hientai.engines.figures.grammar import Reading
from hientai.engines.figures.numbers import FIGURES, Bound, Kind, Number
from hientai.engines.figures.spoken import spoken
from hientai.engines.figures.units import Match, counts, match
from hientai.engines.figures.verdicts import share_finding, sum_finding
from hientai.engines.wording import say


@dataclass(frozen=True)
class Judged:
    """A finding about a change and the numbers it uses."""

    finding: ShareFinding | SumFinding
    used: tuple[int, ...]


@dataclass(frozen=True)
class _Change:
    """old -> new, with the printed difference and the printed percentage where the text gives them."""

    reading: Reading
    old: Number | None
    new: Number | None
    up: bool
    difference: Number | None = None
    share: Number | None = None


_UP = r"(?:tăng thêm|tăng lên|tăng|thêm|cao hơn|nhiều hơn)"
_DOWN = r"(?:giảm đi|giảm xuống|giảm|bớt|thấp hơn|ít hơn)"
_WAY = rf"(?P<way>{_UP}|{_DOWN})"
_N = r"\x01(?P<{}>\d+)\x02"
_GAP = r"[^\x01;.:]{0,%d}?"
_ALSO_SAID = r"(?:tương ứng\s|bằng\s|tương đương\s|đạt\s|tỷ lệ\s|=\s?){0,3}(?:với\s)?"
_BY = (
    rf"(?:{_WAY}\s(?:được\s|thêm\s|lần lượt\s)?(?:là\s)?{_N.format('by')}"
    rf"(?:[^\x01;.:]{{0,30}}?[(,]\s?{_ALSO_SAID}{_WAY.replace('way', 'way2')}?\s?{_N.format('also')})?)"
)
_FROM_TO = re.compile(
    rf"(?<!\w)từ\s(?:mức\s)?{_N.format('old')}{_GAP % 45}\s(?:lên|xuống còn|xuống|còn|đến|thành|tăng lên"
    rf"|giảm xuống|giảm còn)\s(?:tới\s|đến\s|còn\s|mức\s)?"
    rf"{_N.format('new')}{_GAP % 45}[(,;–-]\s?(?:tức\s)?{_BY}",
    re.IGNORECASE,
)
_FROM_TO_BEFORE = re.compile(
    rf"(?<!\w){_BY}\s?(?:\)|,)?\s?\(?(?:từ|tăng từ|giảm từ)\s{_N.format('old')}{_GAP % 45}\s(?:lên|xuống "
    rf"còn|xuống|còn|đến)\s{_N.format('new')}",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    rf"{_N.format('new')}{_GAP % 60}[,(;]\s?{_BY}\s?\)?{_GAP % 12}so "
    rf"với\s[^\x01;.:,)]{{0,45}}?\(?\s?(?:là\s|có\s)?{_N.format('old')}",
    re.IGNORECASE,
)
_TWO_YEARS = re.compile(
    rf"năm\x03\s?(?:là|có|đạt|:)?\s?{_N.format('old')}{_GAP % 30}[,;]\s?(?:đến\s)?năm\x03\s?(?:là|có|đạt"
    rf"|:)?\s?{_N.format('new')}"
    rf"{_GAP % 30}[,(;]\s?{_BY}",
    re.IGNORECASE,
)
_OVER_TARGET = re.compile(
    rf"đạt\s(?:tỷ lệ\s)?{_N.format('reached')}\s(?:so với\s)?(?:kế hoạch|chỉ tiêu|KH|dự "
    rf"toán)[^\x01;.]{{0,40}},\s?vượt\s(?:mức\s)?{_N.format('over')}"
    r"\s?(?:(?:so với\s)?(?:kế hoạch|chỉ tiêu|KH|dự toán)|[.,;)]|$)",
    re.IGNORECASE,
)


_A_YEAR = re.compile(r"\s?(?:/|mỗi|một|hằng|hàng|bình quân)\s?(?:năm|nhiệm kỳ|tháng|quý|mỗi)", re.IGNORECASE)


def judged_changes(reading: Reading) -> list[Judged]:
    """Every change, overshoot and rank of one paragraph whose numbers are all printed."""
    found: list[Judged] = []
    skeleton, numbers = _skeleton(reading)
    taken: set[int] = set()
    for pattern in (_FROM_TO, _FROM_TO_BEFORE, _TWO_YEARS, _AGAINST):
        for hit in pattern.finditer(skeleton):
            used = {
                int(value) for name, value in hit.groupdict().items() if value and name not in ("way", "way2")
            }
            if used & taken:
                continue
            new = [] if _against_another_year(reading, hit, numbers) else _of_hit(reading, hit, numbers)
            if new:
                taken |= used
                found.extend(new)
    for hit in _OVER_TARGET.finditer(skeleton):
        found.extend(_overshoot(reading, numbers[int(hit.group("reached"))], numbers[int(hit.group("over"))]))
    found.extend(_ranks(reading))
    return found


def _against_another_year(reading: Reading, hit: re.Match[str], numbers: Sequence[Number]) -> bool:
    """ "năm 2018: 120, năm 2019: 135, năm 2020: 150 (tăng 25% so với năm 2018)": the base is not the
    neighbour."""
    old, by = numbers[int(hit.group("old"))], numbers[int(hit.group("by"))]
    named = [n for n in numbers if n.start >= by.end and n.kind is Kind.YEAR]
    own = [n for n in numbers if n.end <= old.start and n.kind is Kind.YEAR]
    if not named or not own or old.start > by.start:
        return False
    between = reading.text[by.end : named[0].start]
    return (
        bool(re.search(r"so với", between)) and len(between) < 40 and named[0].text[-4:] != own[-1].text[-4:]
    )


def _skeleton(reading: Reading) -> tuple[str, Sequence[Number]]:
    """The paragraph with every figure and its unit replaced by its number between marks, years by one
    mark."""
    pieces, at = [], 0
    for index, number in enumerate(reading.numbers):
        if number.start < at:
            continue
        pieces.append(
            reading.text[at : number.start].replace("\x01", " ").replace("\x02", " ").replace("\x03", " ")
        )
        end = max(number.end, number.unit_end)
        if number.kind in FIGURES and number.kind is not Kind.RANGE:
            pieces.append(f"\x01{index}\x02")
        elif number.kind in (Kind.YEAR, Kind.DATE) and not number.text.isdigit():
            pieces.append("năm\x03" if number.text.lower().startswith("năm") else "\x03")
        else:
            pieces.append("\x03")
        at = end
    pieces.append(reading.text[at:].replace("\x01", " ").replace("\x02", " ").replace("\x03", " "))
    return "".join(pieces), reading.numbers


def _of_hit(reading: Reading, hit: re.Match[str], numbers: Sequence[Number]) -> list[Judged]:
    old, new, by = (numbers[int(hit.group(name))] for name in ("old", "new", "by"))
    also = numbers[int(hit.group("also"))] if hit.group("also") else None
    up = bool(re.fullmatch(_UP, hit.group("way"), re.IGNORECASE))
    if hit.group("way2") and bool(re.fullmatch(_UP, hit.group("way2"), re.IGNORECASE)) != up:
        return []
    if any(number.bound is not Bound.EXACT for number in (old, new, by)) or old.kind is not new.kind:
        return []
    if match(old.unit, new.unit) is Match.CLASH or _A_YEAR.match(reading.text, max(by.end, by.unit_end)):
        return []
    shares = [number for number in (by, also) if number is not None and number.kind is Kind.PERCENT]
    differences = [number for number in (by, also) if number is not None and number.kind is not Kind.PERCENT]
    difference = differences[0] if differences else None
    change = _Change(reading, old, new, up, difference, shares[0] if shares else None)
    if old.kind is Kind.PERCENT:
        return _in_points(change, by)
    if old.kind is Kind.COUNT and counts(old.unit):
        return _in_counts(change)
    return []


def _in_counts(change: _Change) -> list[Judged]:
    old, new = change.old, change.new
    assert old is not None and new is not None
    found: list[Judged] = []
    difference = change.difference
    if (
        difference is not None
        and difference.kind is Kind.COUNT
        and match(difference.unit, new.unit) is not Match.CLASH
    ):
        found.append(_difference(change, old, new, difference))
    if change.share is not None and old.value > 0:
        share, moved = change.share, abs(new.value - old.value)
        if (new.value >= old.value) != change.up and not found:
            return found
        base = (Base(new.value, "số mới"),) if new.value else ()
        finding = share_finding(
            label=_label(change.reading, old, share),
            shown=share.text,
            printed=Printed(share.value, share.ulp, 100, share.bound),
            num=moved,
            den=old.value,
            where=_place(change.reading, share),
            near=base,
            relation=Relation.CHANGE,
        )
        found.append(Judged(finding, (id(share), id(old), id(new))))
    return found


def _difference(change: _Change, old: Number, new: Number, difference: Number) -> Judged:
    step = difference.value if change.up else -difference.value
    likely = None
    if old.value - step == new.value:
        likely = Likely(Slip.WRONG_DIRECTION, say("nói tăng thành giảm hoặc ngược lại"))
    finding = sum_finding(
        label=_label(change.reading, old, difference),
        parts=(old.value, step),
        total=new.value,
        where=_place(change.reading, difference),
        closing=Closing.CHANGE,
        likely=likely,
    )
    return Judged(finding, (id(old), id(new), id(difference)))


def _in_points(change: _Change, by: Number) -> list[Judged]:
    """Old and new are shares: the change is in points, or, printed with %, may be relative."""
    old, new = change.old, change.new
    assert old is not None and new is not None
    moved = abs(new.value - old.value)
    if by.kind not in (Kind.PERCENT, Kind.POINTS):
        return []
    if new.value != old.value and (new.value > old.value) != change.up:
        return [_against_the_words(change, old, new, by)]
    ulp = max(old.ulp, new.ulp, by.ulp)
    relative = (
        by.kind is Kind.PERCENT
        and old.value > 0
        and fits(Printed(by.value, by.ulp), moved, old.value)
        and by.value != moved
    )
    if relative:
        num, den, in_points = moved, old.value, False
    else:
        num, den, in_points = moved, Fraction(100), True
    near_enough = in_points and 0 < abs(by.value - moved) <= ulp and ulp < 1
    finding = share_finding(
        label=_label(change.reading, old, by),
        shown=by.text,
        printed=Printed(by.value, by.ulp, 100, by.bound),
        num=num,
        den=den,
        where=_place(change.reading, by),
        relation=Relation.CHANGE,
        in_points=in_points,
        near=(Base(old.value, "số cũ"),),
    )
    if near_enough:
        words = say(
            "chênh lệch tính từ hai tỷ lệ đã làm tròn là {moved}, in {printed}: lệch trong phạm vi làm tròn",
            moved=spoken(moved),
            printed=by.text,
        )
        finding = replace(finding, verdict=Verdict.ROUNDED, likely=None, explanation=words)
    return [Judged(finding, (id(by), id(old), id(new)))]


def _against_the_words(change: _Change, old: Number, new: Number, by: Number) -> Judged:
    """ "tăng từ 85,2% lên 73,7%": the words and the numbers contradict each other."""
    finding = share_finding(
        label=_label(change.reading, old, by),
        shown=by.text,
        printed=Printed(by.value, by.ulp),
        num=(new.value - old.value) * (1 if change.up else -1),
        den=Fraction(100),
        where=_place(change.reading, by),
        relation=Relation.CHANGE,
        in_points=True,
    )
    finding = replace(finding, likely=Likely(Slip.WRONG_DIRECTION, say("nói tăng thành giảm hoặc ngược lại")))
    return Judged(finding, (id(by), id(old), id(new)))


def _overshoot(reading: Reading, reached: Number, over: Number) -> list[Judged]:
    if (
        reached.kind is not Kind.PERCENT
        or over.kind is not Kind.PERCENT
        or over.bound is not Bound.EXACT
        or reached.value < 100
    ):
        return []
    finding = share_finding(
        label=_label(reading, reached, over),
        shown=over.text,
        printed=Printed(over.value, over.ulp),
        num=reached.value - 100,
        den=Fraction(100),
        where=_place(reading, over),
        relation=Relation.CHANGE,
        in_points=True,
    )
    return [Judged(finding, (id(over),))]


def _ranks(reading: Reading) -> list[Judged]:
    found = []
    for number in reading.numbers:
        if number.kind is Kind.RANK and number.den is not None and number.value > number.den:
            likely = Likely(
                Slip.PART_ABOVE_WHOLE,
                say(
                    "thứ hạng {rank} lớn hơn số đơn vị {of}", rank=spoken(number.value), of=spoken(number.den)
                ),
            )
            finding = sum_finding(
                label=reading.text[max(0, number.start - 40) : number.end].strip(),
                parts=(number.value,),
                total=number.den,
                where=_place(reading, number),
                closing=Closing.RANK,
                likely=likely,
            )
            found.append(Judged(finding, (id(number),)))
    return found


def _place(reading: Reading, number: Number) -> Place:
    return Place(reading.name, reading.index, number.start, number.end)


def _label(reading: Reading, first: Number, last: Number) -> str:
    start, end = min(first.start, last.start), max(first.end, last.end)
    return reading.text[max(0, start - 30) : end].strip()[:120]
