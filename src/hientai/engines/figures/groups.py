"""Finds wholes with their parts: brackets after a number, "trong đó", "gồm", "còn lại", totals, lists of
lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice, pairwise

from hientai.engines.figures.grammar import Bracket, Reading, Span, is_count
from hientai.engines.figures.numbers import FIGURES, Bound, Kind, Number
from hientai.engines.figures.units import Match, Unit, counts, match, unit_at


class Tie(StrEnum):
    """What holds the parts to the whole."""

    BRACKET = "bracket"
    OF_WHICH = "of_which"
    MADE_OF = "made_of"
    COLON = "colon"
    REST = "rest"
    TOTAL = "total"
    IMPLIED = "implied"


@dataclass(frozen=True)
class Mention:
    """A number in a paragraph of the draft, with the words around it up to its separators."""

    reading: Reading
    number: Number
    label: str = ""


@dataclass(frozen=True)
class Group:
    """A whole and the numbers said to be its parts.

    firm: the whole is beyond doubt (directly before the tie); open_ended: the list says that it leaves out
    something ("...", "và các ...").
    """

    whole: Mention
    parts: tuple[Mention, ...]
    tie: Tie
    firm: bool = True
    open_ended: bool = False
    choices: tuple[tuple[Mention, ...], ...] = ()


_SEPARATOR = re.compile(r"[,;+•\n]|(?<!\w)(?:và|cùng|còn|hoặc)(?!\w)|\s[-–]\s")
_CONNECTIVE = re.compile(
    r"(?<!\w)(?P<word>trong đó có|trong đó|trong số đó|trong số này|bao gồm|gồm có|gồm|cụ thể là|cụ thể như "
    r"sau|cụ thể|chia ra)(?!\w)"
    r"(?P<colon>\s?(?:là|có)?\s?:)?",
    re.IGNORECASE,
)
_OPEN_ENDED = re.compile(
    r"\.{3}|…|v\.v|vân vân"
    r"|(?:và|,|;|cùng)\s(?:các|những|một số|nhiều|toàn bộ|số còn lại|còn lại|một|hai|ba|đại "
    r"diện)(?!\w)(?![^,;.()]{0,60}\d)",
    re.IGNORECASE,
)
_NOT_A_PART = re.compile(
    r"(?<!\w)(?:tăng|giảm|tăng thêm|giảm đi|thiếu|so với(?:\s[^\W\d_]{1,10}){0,4}|cao hơn|thấp hơn|nhiều "
    r"hơn|ít hơn|vượt|thêm|bớt|tuổi từ|mỗi|bình quân|trung bình"
    r"|năm trước|cùng kỳ|nhiệm kỳ trước|thuộc|trên|tại|của|ở|trong|cho|với|do|từ|tổng số|tổng|trên tổng số|/)"
    r"\s?(?:là|có|khoảng|gần|trên|hơn)?\s?$",
    re.IGNORECASE,
)
_PREPOSITIONS = re.compile(r"(?<!\w)(?:thuộc|trên|tại|của|ở|trong|cho|với|do|từ)\s$", re.IGNORECASE)
_OTHER_TIME = re.compile(
    r"năm (?:trước|ngoái|(?:19|20)\d\d)|cùng kỳ|nhiệm kỳ|khóa|khoá|tháng đầu|quý trước", re.IGNORECASE
)
_WIDEST_GAP = 90
_MOST_TIES = 40


def groups_in(reading: Reading) -> list[Group]:
    """Every whole with parts that one paragraph states, brackets first."""
    found: list[Group] = []
    for bracket in reading.brackets:
        found.extend(_bracketed(reading, bracket))
    for number, sentence in enumerate(reading.sentences):
        before = reading.sentences[number - 1] if number else None
        found.extend(_tied(reading, sentence, before))
        found.extend(_colons(reading, sentence))
        found.extend(_totals(reading, sentence))
        found.extend(_among(reading, sentence))
        found.extend(_ratio_rests(reading, sentence))
    for bracket in reading.brackets:
        found.extend(_tied(reading, bracket.inside, None))
    return found


def items_of(reading: Reading, span: Span, numbers: Sequence[Number]) -> tuple[Mention, ...]:
    """The numbers of a list as parts: one a separator; numbers that say a change, a base or a place are left
    out."""
    items: list[Mention] = []
    for position, number in enumerate(numbers):
        start = numbers[position - 1].unit_end if position else span.start
        between = reading.flat(Span(start, number.start))
        if not is_count(number) or _NOT_A_PART.search(between[-40:]):
            continue
        if items and not _SEPARATOR.search(reading.flat(Span(items[-1].number.end, number.start))):
            continue
        items.append(Mention(reading, number, _label(reading, span, number)))
    return tuple(items)


def _label(reading: Reading, span: Span, number: Number) -> str:
    """The words of one item: from the separator before its number to the one after."""
    text = reading.flat(span)
    at, stop = number.start - span.start, number.end - span.start
    lefts = [hit.end() for hit in _ITEM_EDGE.finditer(text, 0, at)]
    right = _ITEM_EDGE.search(text, stop)
    return text[lefts[-1] if lefts else 0 : right.start() if right else len(text)].strip()


_ITEM_EDGE = re.compile(r"[,;.](?!\d)|\s(?:và|còn)\s|\n")


def _counts(numbers: Iterable[Number]) -> list[Number]:
    return [number for number in numbers if number.kind in FIGURES]


def _fitting(items: tuple[Mention, ...], whole: Number) -> tuple[Mention, ...]:
    """The items that may be parts of the whole; where some share its unit, those that clash with it are
    dropped."""
    verdicts = [match(item.number.unit, whole.unit) for item in items]
    if Match.CLASH not in verdicts:
        return items
    if Match.SAME in verdicts or Match.MIXED in verdicts:
        return tuple(
            item for item, verdict in zip(items, verdicts, strict=True) if verdict is not Match.CLASH
        )
    return ()


def _bracketed(reading: Reading, bracket: Bracket) -> Iterable[Group]:
    """ "45 cơ quan (15 ...; 30 ...)": the last number before the bracket is the whole."""
    inside = bracket.inside
    text = reading.text[inside.start : inside.end]
    numbers = _counts(reading.level(inside))
    if not numbers or re.match(
        r"\s*(?:tăng|giảm|so với|năm|khóa|khoá|nhiệm kỳ|chiếm|đạt|tỷ lệ|bằng|từ|gần|trên|khoảng|hơn|tương)",
        text,
        re.IGNORECASE,
    ):
        return
    outer = reading.bracket_of(bracket.open)
    sentence = reading.sentences[reading.sentence_of(bracket.open)]
    start = outer.inside.start if outer else sentence.start
    before = _counts(reading.level(Span(start, bracket.open)))
    if not before or not is_count(before[-1]):
        return
    whole = before[-1]
    gap = reading.flat(Span(whole.unit_end, bracket.open))
    if len(gap) > _WIDEST_GAP or re.search(r"[;:]|\.\s", gap) or before[-1].bound is not Bound.EXACT:
        return
    if re.search(r"(?<!\w)(?:so với|cùng kỳ|kế hoạch|chỉ tiêu|cao hơn|thấp hơn|khóa trước)(?!\w)", gap):
        return
    items = _fitting(items_of(reading, inside, numbers), whole)
    told_of = reading.text[inside.start : numbers[0].start]
    if _OTHER_TIME.search(told_of) and sum(item.number.value for item in items) != whole.value:
        return
    tie = Tie.BRACKET
    connective = _CONNECTIVE.match(text.lstrip())
    if connective:
        tie = _tie(connective.group("word"))
    if items:
        firm = names_one_thing(gap)
        yield Group(
            Mention(reading, whole, _label(reading, sentence, whole)),
            items,
            tie,
            firm,
            bool(_OPEN_ENDED.search(text)),
        )


def names_one_thing(gap: str) -> bool:
    """Whether the words after a number still name what it counts: "cơ quan, đơn vị cấp huyện", "cán bộ, giáo
    viên"."""
    for hit in re.finditer(r",", gap):
        found = unit_at(gap, hit.end())
        if not (found and found[0].known and counts(found[0])) and not re.match(
            r"\s(?:đoàn thể|thị|thành|ngang|tương đương|bản)", gap[hit.end() :]
        ):
            return False
    return True


def _tie(word: str) -> Tie:
    return Tie.OF_WHICH if word.lower().startswith("trong") else Tie.MADE_OF


def _tied(reading: Reading, span: Span, before: Span | None) -> Iterable[Group]:
    """ "120 đồng chí, trong đó: nam 70, nữ 50": within a sentence, or opening the next one."""
    text = reading.flat(span)
    hits = list(islice(_CONNECTIVE.finditer(text), _MOST_TIES))
    for position, hit in enumerate(hits):
        start = span.start + hit.start()
        stop = span.start + hits[position + 1].start() if position + 1 < len(hits) else span.end
        listed = Span(span.start + hit.end(), stop)
        wholes = [number for number in _counts(reading.level(Span(span.start, start))) if number.end <= start]
        opening = not text[: hit.start()].strip(' ,;:-+•*“"')
        if opening and before:
            wholes = _counts(reading.level(before))
        elif (
            wholes
            and hit.group("word").lower() not in ("trong đó", "trong đó có")
            and not _near(reading, wholes[-1], start)
        ):
            continue
        numbers = _counts(reading.level(listed))
        items = items_of(reading, listed, numbers)
        if not items or not wholes:
            continue
        yield from _with_whole(reading, wholes, items, hit, listed, opening)


def _near(reading: Reading, whole: Number, tie: int) -> bool:
    """Whether only a short phrase without a stop stands between whole and tie."""
    gap = reading.flat(Span(whole.unit_end, tie)).rstrip(" ,:;")
    return len(gap) <= 70 and not re.search(r"[;:]|,\s(?:có|đã|được|bầu|ban)\s", gap)


def _with_whole(
    reading: Reading,
    wholes: list[Number],
    items: tuple[Mention, ...],
    hit: re.Match[str],
    listed: Span,
    opening: bool,
) -> Iterable[Group]:
    unit = next((item.number.unit for item in items if item.number.unit), None)
    whole = _whole_for(wholes, unit, items)
    if whole is None or whole.bound is not Bound.EXACT:
        return
    parts = _fitting(items, whole)
    if not parts:
        return
    tail = reading.text[listed.start : listed.end]
    sentence = reading.sentences[reading.sentence_of(whole.start)]
    colon = bool(hit.group("colon")) or opening
    semicolon = reading.flat(listed).find(";")
    if not colon and 0 <= semicolon <= parts[0].number.start - listed.start:
        return
    yield Group(
        Mention(reading, whole, _label(reading, sentence, whole)),
        parts,
        _tie(hit.group("word")),
        firm=whole is wholes[-1],
        open_ended=bool(_OPEN_ENDED.search(tail)),
        choices=_shorter(reading, listed, parts, several=colon),
    )


def _whole_for(wholes: list[Number], unit: Unit | None, items: tuple[Mention, ...]) -> Number | None:
    """The last count before the tie that the parts can be part of."""
    largest = max(item.number.value for item in items)
    fitting = [
        number for number in wholes if is_count(number) and match(number.unit, unit) is not Match.CLASH
    ]
    if not fitting:
        return None
    own = [number for number in fitting if unit and match(number.unit, unit) is Match.SAME]
    if own and match(fitting[-1].unit, unit) is Match.MIXED:
        return own[-1]
    if fitting[-1].value < largest:
        same = [
            n for n in fitting if n.unit and unit and match(n.unit, unit) is Match.SAME and n.value >= largest
        ]
        if len(fitting) > 1 and same and match(fitting[-1].unit, unit) is not Match.SAME:
            return same[-1]
    return fitting[-1]


def _shorter(
    reading: Reading, listed: Span, parts: tuple[Mention, ...], several: bool = False
) -> tuple[tuple[Mention, ...], ...]:
    """The list up to its first semicolon: what follows may be another fact. After a colon (`several`) a
    semicolon ends the list only when several items stand before it; otherwise it separates the items."""
    text = reading.flat(listed)
    semicolon = text.find(";")
    if semicolon < 0:
        return ()
    first = tuple(part for part in parts if part.number.start < listed.start + semicolon)
    return (first,) if len(first) > int(several) and len(first) < len(parts) else ()


def _colons(reading: Reading, sentence: Span) -> Iterable[Group]:
    """ "Tổng số 120 đồng chí: nam 70, nữ 50"."""
    text = reading.flat(sentence)
    for hit in re.finditer(r":\s", text):
        at = sentence.start + hit.start()
        before = _counts(reading.level(Span(sentence.start, at)))
        if not before or not is_count(before[-1]) or before[-1].bound is not Bound.EXACT:
            continue
        gap = reading.flat(Span(before[-1].unit_end, at))
        if len(gap) > 50 or re.search(r"[;:]", gap) or not names_one_thing(gap) or _CONNECTIVE.search(gap):
            continue
        listed = Span(at + 1, sentence.end)
        items = _fitting(items_of(reading, listed, _counts(reading.level(listed))), before[-1])
        if len(items) > 1:
            tail = reading.text[listed.start : listed.end]
            whole = Mention(reading, before[-1], _label(reading, sentence, before[-1]))
            yield Group(
                whole,
                items,
                Tie.COLON,
                open_ended=bool(_OPEN_ENDED.search(tail)),
                choices=_shorter(reading, listed, items),
            )


_AMONG = re.compile(r"(?<!\w)trong (?:tổng )?số\s(?:[^\W\d_]{1,12}\s){0,5}$", re.IGNORECASE)


def _among(reading: Reading, sentence: Span) -> Iterable[Group]:
    """ "Trong số 3.405 hồ sơ đang giải quyết, 2.436 hồ sơ chưa đến hạn và 969 hồ sơ quá hạn"."""
    numbers = _counts(reading.level(sentence))
    for position, whole in enumerate(numbers[:-1]):
        left = reading.text[max(sentence.start, whole.start - 90) : whole.start]
        gap = reading.flat(Span(whole.unit_end, numbers[position + 1].start))
        start = re.search(r",|\s(?=có\s)", gap)
        if not is_count(whole) or whole.bound is not Bound.EXACT or not _AMONG.search(left) or not start:
            continue
        listed = Span(whole.unit_end + start.end(), sentence.end)
        parts = _fitting(items_of(reading, listed, numbers[position + 1 :]), whole)
        if parts:
            tail = reading.text[listed.start : listed.end]
            label = Mention(reading, whole, _label(reading, sentence, whole))
            yield Group(
                label,
                parts,
                Tie.OF_WHICH,
                True,
                bool(_OPEN_ENDED.search(tail)),
                _shorter(reading, listed, parts),
            )


_TOTAL = re.compile(
    r"(?<!\w)(?:tổng cộng|tổng cộng là|cộng chung|tổng cộng có|tổng số là|như vậy,? tổng số|như vậy,? tổng "
    r"cộng)\s(?:là\s|có\s)?$",
    re.IGNORECASE,
)


def _totals(reading: Reading, sentence: Span) -> Iterable[Group]:
    """ "nam 70, nữ 50, tổng cộng 120 đồng chí": the items before make the total."""
    numbers = _counts(reading.level(sentence))
    for position, number in enumerate(numbers):
        left = reading.text[max(sentence.start, number.start - 30) : number.start]
        if position < 2 or not is_count(number) or number.bound is not Bound.EXACT or not _TOTAL.search(left):
            continue
        items = items_of(reading, Span(sentence.start, number.start), numbers[:position])
        same = all(match(item.number.unit, number.unit) in (Match.SAME, Match.OPEN) for item in items)
        if same and len(items) == position:
            yield Group(Mention(reading, number, "tổng cộng"), items, Tie.TOTAL)


_STILL = re.compile(r"(?<!\w)(?:còn lại|còn|số còn lại)\s(?:[^\W\d_]{1,10}\s){0,3}$", re.IGNORECASE)


def _ratio_rests(reading: Reading, sentence: Span) -> Iterable[Group]:
    """ "giải quyết 131/165 vụ việc; còn 34 vụ việc": what is left of the second number."""
    numbers = [number for number in reading.level(sentence) if is_count(number)]
    for first, second in pairwise(numbers):
        if first.kind is not Kind.RATIO or first.den is None or second.kind is not Kind.COUNT:
            continue
        following = second if second.value <= first.den else None
        left = reading.text[first.unit_end : second.start]
        if (
            following
            and _STILL.search(left)
            and match(first.unit, second.unit) is Match.SAME
            and first.bound is Bound.EXACT
        ):
            whole = replace(first, value=first.den)
            parts = (
                Mention(reading, first, _label(reading, sentence, first)),
                Mention(reading, second, "còn lại"),
            )
            yield Group(Mention(reading, whole, _label(reading, sentence, first)), parts, Tie.REST)


def rest_of(group: Group) -> Group | None:
    """The same group as a statement about the rest, when one of its parts is said to be what is left."""
    for part in group.parts:
        left = part.reading.text[max(0, part.number.start - 60) : part.number.start]
        if re.search(r"(?<!\w)còn lại\s(?:[^,;.()\d]{0,40})$", left, re.IGNORECASE):
            return replace(group, tie=Tie.REST)
        if re.match(
            r"[^,;.()]{0,30}(?<!\w)còn lại(?!\w)",
            part.reading.text[part.number.unit_end : part.number.unit_end + 45],
        ):
            return replace(group, tie=Tie.REST)
    return None


_BULLET = re.compile(
    r"\s{0,12}(?:([-–—+•*●▪○◦])|(\d{1,2}(?:\.\d{1,2}){0,3}[.)])|([a-zđ][.)])|(\(\w{1,3}\)))\s{0,4}"
)
_HEADED = re.compile(
    r"(?:(?<!\w)(?P<word>trong đó|bao gồm|gồm có|gồm|cụ thể|cụ thể như sau|như sau|chia "
    r"ra)[^.;:\d]{0,20})?:?\s*$",
    re.IGNORECASE,
)


def bullet_of(text: str) -> str:
    """The kind of list mark a paragraph opens with: "-", "1", "a" or ""."""
    hit = _BULLET.match(text)
    if not hit:
        return ""
    return hit.group(1) or ("1" if hit.group(2) else "a" if hit.group(3) else "(")


def line_groups(readings: Sequence[Reading]) -> list[Group]:
    """Lists of lines: a heading that ends with a number or a colon, then lines with the same mark, one number
    each."""
    found: list[Group] = []
    for position, heading in enumerate(readings):
        ending = heading.text.rstrip()
        if not ending.endswith(":") and not re.search(
            r"(?:trong đó|gồm|như sau|cụ thể)\s?:?$", ending, re.IGNORECASE
        ):
            continue
        lines = _lines_under(readings, position)
        if len(lines) >= 2 and (group := _of_lines(heading, lines)):
            found.append(group)
    return found


def _lines_under(readings: Sequence[Reading], heading: int) -> list[Reading]:
    own = bullet_of(readings[heading].text)
    lines: list[Reading] = []
    mark = ""
    for reading in readings[heading + 1 : heading + 41]:
        kind = bullet_of(reading.text)
        if not kind or kind == own:
            break
        mark = mark or kind
        if kind == mark:
            lines.append(reading)
    return lines


def _of_lines(heading: Reading, lines: list[Reading]) -> Group | None:
    last = heading.sentences[-1] if heading.sentences else Span(0, len(heading.text))
    if (
        not _counts(heading.level(last))
        and len(heading.sentences) > 1
        and re.match(r"\s*trong đó", heading.text[last.start :], re.I)
    ):
        last = heading.sentences[-2]
    wholes = [number for number in _counts(heading.level(last)) if is_count(number)]
    if not wholes or wholes[-1].bound is not Bound.EXACT:
        return None
    items: list[Mention] = []
    for line in lines:
        first = line.sentences[0] if line.sentences else Span(0, 0)
        mark = _BULLET.match(line.text)
        numbers = [
            n for n in _counts(line.level(first)) if not mark or n.start >= mark.end() or n.end > mark.end()
        ]
        found = items_of(line, first, numbers)
        if not found:
            return None
        items.append(found[0])
    parts = _fitting(tuple(items), wholes[-1])
    word = re.search(
        r"(?<!\w)(trong đó|bao gồm|gồm có|gồm|cụ thể|như sau|chia ra)(?!\w)[^.;\d]{0,30}$",
        heading.text.rstrip(),
        re.I,
    )
    tie = _tie(word.group(1)) if word else Tie.COLON
    if len(parts) != len(items):
        return None
    text = " ".join(line.text for line in lines)
    return Group(
        Mention(heading, wholes[-1], heading.text[:60].strip()),
        parts,
        tie,
        open_ended=bool(_OPEN_ENDED.search(text)),
    )
