"""Finds the numbers of a Vietnamese text and says what each one is: a count, a share, a date, a document
number...

Thousands are written with a point (2.177) or a thin or no-break space, decimals with a comma (14,08); the
English forms (1,234.5 and 58.02%) are understood where they cannot be misread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from hientai.engines.figures.units import Family, Unit, unit_at


class Kind(StrEnum):
    """What a number in a text is. Only COUNT, PERCENT, POINTS, TIMES and RATIO take part in claims."""

    COUNT = "count"
    PERCENT = "percent"
    POINTS = "points"
    TIMES = "times"
    RATIO = "ratio"
    RANGE = "range"
    MEASURE = "measure"
    DURATION = "duration"
    AGE = "age"
    YEAR = "year"
    DATE = "date"
    TIME = "time"
    DOCUMENT = "document"
    LABEL = "label"
    RANK = "rank"
    IDENTIFIER = "identifier"


FIGURES = frozenset({Kind.COUNT, Kind.PERCENT, Kind.POINTS, Kind.TIMES, Kind.RATIO, Kind.RANGE, Kind.MEASURE})
"""The kinds that state a quantity; the others (dates, documents, labels) are no figures."""


class Bound(StrEnum):
    """How exactly a number is said: "gần 2.200" is BELOW, "trên 40" ABOVE, "khoảng 300" ABOUT."""

    EXACT = "exact"
    ABOUT = "about"
    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True)
class Number:
    """One number of a text.

    start, end: characters of the number itself in the text; value: exact (a percent as printed, not divided);
    ulp: worth of the last printed digit; den: the second number of "47/81"; high: the end of a range;
    unit and unit_end: the counted thing that follows, and where it ends (`end` when there is none).
    """

    kind: Kind
    text: str
    start: int
    end: int
    value: Fraction = Fraction(0)
    ulp: Fraction = Fraction(1)
    unit: Unit | None = None
    unit_end: int = 0
    bound: Bound = Bound.EXACT
    den: Fraction | None = None
    high: Fraction | None = None


_SPACE = "\u00a0\u202f\u2009"
_NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+\.\d{{1,4}}(?!\d)|\d{{1,3}}(?:,\d{{3}}){{2,6}}(?!\d)"
    rf"|\d{{1,3}}(?:\.\d{{3}}){{1,6}}(?:,\d{{1,6}})?(?![\d])"
    rf"|\d{{1,3}}(?:[{_SPACE}]\d{{3}}){{1,6}}(?:,\d{{1,6}})?(?!\d)"
    r"|\d{1,18}(?:[.,]\d{1,6})?)"
)
_DOTTED = re.compile(r"\d{1,3}(\.\d{3}){1,6}(,\d+)?")
_SPACES = re.compile(f"[{_SPACE}]")
_PRINTED = re.compile(r"\d{1,24}(?:[.,]\d{1,24}){0,8}")
_ENGLISH = re.compile(r"\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,}")


def read_number(text: str, *, share: bool = False) -> tuple[Fraction, Fraction]:
    """The value of a printed number and the worth of its last digit.

    "2.177" is 2177 (last digit 1); "14,08" is 1408/100 (last digit 1/100). With `share` a single point group
    is read as decimals ("22.257" in a percent column), since no share is over a thousand.
    Raises ValueError when `text` is no number.
    """
    compact = _SPACES.sub("", text.strip())
    sign, compact = (-1, compact[1:]) if compact[:1] in ("-", "−") else (1, compact.lstrip("+"))
    if not _PRINTED.fullmatch(compact):
        raise ValueError(text)
    if _ENGLISH.fullmatch(compact):
        compact = compact.replace(",", "")
    elif _DOTTED.fullmatch(compact) and not (share and compact.count(".") == 1 and "," not in compact):
        compact = compact.replace(".", "").replace(",", ".")
    else:
        compact = compact.replace(",", ".")
    if compact.count(".") > 1:
        raise ValueError(text)
    whole, _, decimals = compact.partition(".")
    scale = 10 ** len(decimals)
    return Fraction(sign * int(whole + decimals), scale), Fraction(1, scale)


_YEAR = r"(?:19|20)\d\d"
_DASH = "[-–—]"
_PAPERS = (
    "Nghị quyết|Quyết định|Kế hoạch|Chỉ thị|Đề án|Quy định|Kết luận|Thông tri|Thông báo|Hướng dẫn|Nghị định"
    "|Thông tư"
    "|Luật|Công văn|Quy chế|Chương trình|Báo cáo|Tờ trình|Pháp lệnh|NQ|QĐ|KH|CT|NĐ|TT|KL|HD|TB"
)
_MASKS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.IDENTIFIER,
        re.compile(r"https?://[^\s<>\"]{1,400}|www\.[^\s<>\"]{1,400}|[\w.+-]{1,64}@[\w.-]{1,200}"),
    ),
    (
        Kind.DOCUMENT,
        re.compile(
            rf"(?<![\w.,])\d{{1,5}}[a-zA-Zđ]?(?:{_DASH}\s?[A-ZĐƯ]{{2,9}}[a-zđ]?(?![a-zà-ỹ])"
            rf"|/(?:{_YEAR}/)?[A-ZĐƯ]{{2,9}}\d{{0,2}}(?![a-zà-ỹ]))"
            r"(?:[-–/][A-ZĐƯ0-9][\w]{0,9}){0,4}"
        ),
    ),
    (
        Kind.DOCUMENT,
        re.compile(
            rf"(?<!\w)(?:{_PAPERS})(?:\s(?:Trung ương|TW"
            rf"|TƯ))?\s(?:số\s?:?\s?)?\d{{1,5}}[a-zđ]?(?:/{_YEAR})?(?![\w%,.]?\d)(?!\s?%)"
        ),
    ),
    (Kind.DATE, re.compile(rf"(?<![\w.,/-])\d{{1,2}}([./-])\d{{1,2}}\1{_YEAR}(?!\d)")),
    (Kind.DATE, re.compile(rf"(?<![\w.,/-]){_YEAR}-\d{{2}}-\d{{2}}(?!\d)")),
    (
        Kind.DATE,
        re.compile(
            rf"(?<![\w.,/])\d{{1,2}}\s?{_DASH}\s?\d{{1,2}}[./]\d{{1,2}}(?:[./]{_YEAR})?(?![\d.,]\d|\s?%)"
        ),
    ),
    (
        Kind.DATE,
        re.compile(
            r"(?<!\w)(?:[Nn]gày|mùng|mồng)\s\d{1,2}(?:\stháng\s\d{1,2}(?:[,]?\snăm\s\d{4})?"
            r"|\s?[./-]\s?\d{1,2}(?:[./-]\d{4})?"
            r"(?![\d])|(?=\s?(?:,|và|đến|-|–)\s?(?:ngày\s)?\d))"
        ),
    ),
    (
        Kind.DATE,
        re.compile(
            rf"(?<!\w)(?<!\d )[Tt]háng\s\d{{1,2}}(?:\s?[/.-]\s?{_YEAR}|[,]?\snăm\s{_YEAR})?(?![\d]|[,.]\d)"
        ),
    ),
    (Kind.DATE, re.compile(rf"(?<!\w)[Qq]uý\s(?:[IVX]{{1,4}}|\d)(?:\s?[/-]\s?{_YEAR})?(?!\w)")),
    (Kind.DATE, re.compile(rf"(?<![\w.,/])\d{{1,2}}/{_YEAR}(?!\d|/|[.,]\d)")),
    (Kind.TIME, re.compile(r"(?<![\w.,:])\d{1,2}:\d{2}(?::\d{2})?(?![\w:])")),
    (Kind.TIME, re.compile(r"(?<![\w.,])\d{1,2}(?:h|g|\sgiờ\s)\d{2}(?!\w)|(?<![\w.,])\d{1,2}h(?!\w)")),
    (Kind.YEAR, re.compile(rf"(?<![\w.,/]){_YEAR}\s?{_DASH}\s?{_YEAR}(?![\d%]|[.,]\d)")),
    (
        Kind.YEAR,
        re.compile(rf"(?<!\w)(?:[Nn]ăm|[Gg]iai đoạn|[Nn]iên độ|[Ii]SO\s\d+:)\s?:?{_YEAR}(?!\d|[.,]\d)"),
    ),
    (
        Kind.YEAR,
        re.compile(
            r"(?<!\w)(?:[Nn]ăm học\s)?(?<![\w.,/])(?:19|20)\d\d(?=\s?[,;]\s(?:19|20)\d\d(?!\d|[.,]\d))"
        ),
    ),
    (Kind.LABEL, re.compile(r"(?<!\w)(?:24/7|24/24|4\.0|5S|5G|4G|(?:GMT|UTC)\+\d{1,2})(?!\w)")),
    (
        Kind.LABEL,
        re.compile(
            r"^\s{0,8}[-–+•*]?\s{0,3}\d{1,2}(?:\.\d{1,2}){0,3}(?:[.)/](?=\s)|\.(?=[^\W\d_]))", re.MULTILINE
        ),
    ),
    (Kind.LABEL, re.compile(r"\(\d{1,2}\)(?=\s[^\W\d_])")),
)
_TOKEN = re.compile(
    rf"(?<![\w])(?<!\d[.,])(?P<first>{_NUMBER})"
    rf"(?:(?P<percent_first>\s?%)?\s?(?P<joint>[-–—/]|đến|tới)\s?(?P<second>{_NUMBER})(?![.,]?\d))?"
    r"(?P<percent>\s?%|\sphần\străm(?!\w))?(?P<glued>[^\W\d_]|_)?"
)
_GLUED = re.compile(r"(?:km2|km|ha|m2|m3|kg|đ|tr|tỷ|m)(?!\w)")
_SCALE = re.compile(r"\s(nghìn tỷ|ngàn tỷ|nghìn|ngàn|vạn|triệu|tỷ|tỉ)(?!\w)")
_SCALES = {
    "nghìn tỷ": 10**12, "ngàn tỷ": 10**12, "nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6,
    "tỷ": 10**9, "tỉ": 10**9,
}  # fmt: skip
_POINTS = re.compile(r"\s?điểm\s?(?:%|phần\s?trăm)(?!\w)")

_LEFT_LABEL = re.compile(
    r"(?<!\w)(?:thứ|số|bài|điều|khoản|chương|mục|phần|biểu|mẫu|phụ lục|trang|tuần|kỳ|hạng|loại|bảng|hình"
    r"|ảnh|cột"
    r"|khu phố|tổ dân phố|quốc lộ|QL|tỉnh lộ|TL|thông tư|điểm|lần thứ|phòng|PCI|tập|đợt|bước|quận|phường"
    r"|khu|tổ|đội"
    r"|thôn|khóa|khoá|vùng|trung ương|TW|kỳ họp|phiên họp|phiên|cấp độ|bậc|mức|nghị quyết|đối tượng"
    r"|lớp)\s?:?\s?$",
    re.IGNORECASE,
)
_STRONG_LABEL = re.compile(
    r"(?<!\w)(?:thứ|bài|điều|khoản|chương|mục|biểu|biểu số|mẫu|mẫu số|phụ lục|trang|lần thứ|quốc lộ|bảng"
    r"|hình|mức độ)\s?$",
    re.IGNORECASE,
)
_LEFT_RANK = re.compile(r"(?<!\w)(?:thứ|vị trí|hạng|thứ hạng|vị thứ)(?:\s(?:thứ|số))?\s$", re.IGNORECASE)
_LEFT_IDENTIFIER = re.compile(
    r"(?:lượt xem|lượt đọc|lượt truy cập|điện thoại|ĐT|ĐTDĐ|hotline|fax|CCCD|CMND|tài khoản|mã số thuế|MST"
    r"|mã số|số hiệu|tel|GPXB|zalo)"
    r"\s?[:.]?\s?(?:\+)?$",
    re.IGNORECASE,
)
_LEFT_YEAR = re.compile(
    r"(?<!\w)(?:năm|giai đoạn|nhiệm kỳ|khóa|khoá|đầu|cuối|hết|từ|đến|trước|sau|tới|kể từ|năm học|so với|và"
    r"|các năm|quy hoạch)\s$",
    re.IGNORECASE,
)
_LEFT_DATE = re.compile(
    r"(?<!\w)(?:ngày|sáng|chiều|tối|đêm|trưa|hôm|dịp|lễ|kỷ niệm|mùng|nay|qua)\s\(?$", re.IGNORECASE
)
_LEFT_AGE = re.compile(r"(?<!\w)(?:dưới|trên|từ|đến|tuổi|đủ|hơn|tới|quá)\s$", re.IGNORECASE)
_LEFT_TIMES = re.compile(r"(?<!\w)(?:gấp|đạt|bằng|tăng|hơn|giảm|gần|trên|khoảng|là)\s$", re.IGNORECASE)
_BOUNDS: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    (
        Bound.BELOW,
        re.compile(r"(?<!\w)(?:gần|dưới|chưa đến|chưa tới|không quá|tối đa|ngót)\s$", re.IGNORECASE),
    ),
    (
        Bound.ABOVE,
        re.compile(
            r"(?<!\w)(?<!lần )(?:trên|hơn|ít nhất|tối thiểu|không dưới|quá|vượt quá)\s$", re.IGNORECASE
        ),
    ),
    (
        Bound.ABOUT,
        re.compile(r"(?<!\w)(?:khoảng|chừng|xấp xỉ|ước|ước đạt|ước khoảng|ngoài|tầm)\s$", re.IGNORECASE),
    ),
)
_RIGHT_ABOVE = re.compile(r"\s?(?:[^\W\d_]{1,10}\s){0,2}trở lên(?!\w)|\s?\+(?!\d)")
_RIGHT_BELOW = re.compile(r"\s?trở xuống(?!\w)")


def numbers_in(text: str) -> tuple[Number, ...]:
    """Every number of `text` (one paragraph, NFC) in order of position; numbers inside words are left out."""
    masked = bytearray(len(text))
    found = list(_masked(text, masked))
    for token in _TOKEN.finditer(text):
        if not any(masked[token.start() : token.end("first")]):
            found.extend(_classified(text, token, masked))
    found.sort(key=lambda number: number.start)
    return tuple(_named_together(text, found))


_AND = re.compile(r"(?:,|,?\svà|\sđến|\s?[-–])\s")


def _named_together(text: str, found: list[Number]) -> Iterable[Number]:
    """ "mức độ 3, 4": a bare number after a label is one more label."""
    last: Number | None = None
    for number in found:
        named = (
            last is not None and last.kind is Kind.LABEL and number.kind is Kind.COUNT and number.unit is None
        )
        if named and last and number.text.isdigit() and _AND.fullmatch(text, last.end, number.start):
            number = replace(number, kind=Kind.LABEL)
        yield number
        last = number


def _masked(text: str, masked: bytearray) -> Iterable[Number]:
    for kind, pattern in _MASKS:
        for hit in pattern.finditer(text):
            start, end = hit.span()
            if any(masked[start:end]) or (kind in (Kind.DOCUMENT, Kind.DATE) and _is_counted(text, hit)):
                continue
            masked[start:end] = b"\1" * (end - start)
            yield Number(kind, hit.group().strip(), start, end, unit_end=end)


def _is_counted(text: str, hit: re.Match[str]) -> bool:
    """ "Kế hoạch 120 lớp" counts classes and "từ 9/10 xã" is a share: neither is a document or a date."""
    if not hit.group()[-1].isdigit() or re.match(r"(?:[Nn]gày|[Tt]háng|mùng|mồng|[Qq]uý)\s", hit.group()):
        return False
    unit = unit_at(text, hit.end())
    plain = re.search(r"\d+$", hit.group())
    ends_in_year = bool(plain and re.fullmatch(_YEAR, plain.group()))
    return bool(unit and unit[0].known and unit[0].family is not Family.DURATION and not ends_in_year)


def _classified(text: str, token: re.Match[str], masked: bytearray) -> list[Number]:
    """The number or numbers of one token: two when a joint turns out to be no range and no ratio."""
    joint = token.group("joint")
    if joint and any(masked[token.start("second") : token.end("second")]):
        joint = None
    if token.group("glued") and not _GLUED.match(text, token.start("glued")):
        if not joint:
            return []
        return [_single(text, token.start("first"), token.end("first"), "")]
    if joint == "/" and not token.group("percent_first"):
        return _slashed(text, token)
    if joint and joint != "/" and (number := _range(text, token)):
        return [number]
    if joint:
        first = _single(text, token.start("first"), token.end("first"), token.group("percent_first") or "")
        second = _single(text, token.start("second"), token.end("second"), token.group("percent") or "")
        return [first, second]
    after_first = token.group("percent") if not token.group("joint") else token.group("percent_first")
    return [_single(text, token.start("first"), token.end("first"), after_first or "")]


def _slashed(text: str, token: re.Match[str]) -> list[Number]:
    """ "47/81 đồng chí" is a ratio, "13/10" a day, "thứ 3/63 tỉnh" a rank."""
    start, end = token.start("first"), token.end("second")
    left = text[max(0, start - 24) : start]
    value, ulp = read_number(token.group("first"))
    den, _ = read_number(token.group("second"))
    unit = unit_at(text, end)
    bound = _bound(left)
    number = Number(Kind.RATIO, text[start:end], start, end, value, ulp, den=den, unit_end=end, bound=bound)
    if unit:
        number = replace(number, unit=unit[0], unit_end=unit[1])
    if _LEFT_RANK.search(left):
        return [replace(number, kind=Kind.RANK)]
    day = 1 <= value <= 31 and 1 <= den <= 12
    if day and _LEFT_DATE.search(left):
        return [replace(number, kind=Kind.DATE)]
    told = bool(unit and unit[0].known) or bool(_TELLS_RATIO.match(text, end)) or bool(token.group("percent"))
    if (day or re.fullmatch(_YEAR, token.group("second"))) and not told:
        return [replace(number, kind=Kind.DATE)]
    if not told and _LEFT_LABEL.search(left):
        return [replace(number, kind=Kind.LABEL)]
    return [number] if den else [replace(number, kind=Kind.LABEL)]


_TELLS_RATIO = re.compile(
    r"\s?(?:\(|,|=)?\s?(?:đạt|chiếm|bằng|tỷ lệ|tỉ lệ|=)?(?:\stỷ lệ|\stỉ "
    r"lệ)?\s?:?\s?\d{1,3}(?:[.,]\d{1,3})?\s?%"
)


def _range(text: str, token: re.Match[str]) -> Number | None:
    """ "20-30 lớp", "từ 40 đến 50 tuổi"; None when the two numbers are no range ("12 đến 2019")."""
    start, end = token.start("first"), token.end("second")
    (low, ulp), (high, _) = read_number(token.group("first")), read_number(token.group("second"))
    percent = bool(token.group("percent") or token.group("percent_first"))
    if low >= high or high > 200 * max(low, Fraction(1)):
        return None
    stop = token.end("percent") if token.group("percent") else end
    unit = None if percent else unit_at(text, end)
    number = Number(Kind.RANGE, text[start:stop], start, stop, low, ulp, high=high, unit_end=stop)
    if unit:
        number = replace(number, unit=unit[0], unit_end=unit[1])
    if unit and unit[0].family is Family.AGE:
        return replace(number, kind=Kind.AGE)
    if unit and unit[0].family is Family.DURATION:
        return replace(number, kind=Kind.DURATION)
    if low >= 18 and high <= 75 and re.match(r"\s?(?::|\()", text[end : end + 2]) and _near_age(text, start):
        return replace(number, kind=Kind.AGE)
    return number


def _near_age(text: str, position: int) -> bool:
    return "tuổi" in text[max(0, position - 160) : position + 120].lower()


def _single(text: str, start: int, end: int, percent: str) -> Number:
    """One number that stands alone, with its unit and kind."""
    printed = text[start:end]
    value, ulp = read_number(printed, share=bool(percent))
    left = text[max(0, start - 24) : start]
    bound = _bound(left)
    number = Number(Kind.COUNT, printed, start, end, value, ulp, unit_end=end, bound=bound)
    if percent:
        stop = end + len(percent)
        return replace(
            _open_ended(text, replace(number, end=stop)),
            kind=Kind.PERCENT,
            text=text[start:stop],
            unit_end=stop,
        )
    if points := _POINTS.match(text, end):
        return replace(
            number, kind=Kind.POINTS, end=points.end(), text=text[start : points.end()], unit_end=points.end()
        )
    unit = unit_at(text, end)
    if kind := _label_kind(text, number, left, unit):
        return replace(number, kind=kind)
    return _with_unit(text, _open_ended(text, number), left, unit)


def _bound(left: str) -> Bound:
    """What the words before a number make of it; they all end in a space."""
    if not left[-1:].isspace():
        return Bound.EXACT
    return next((name for name, pattern in _BOUNDS if pattern.search(left)), Bound.EXACT)


def _open_ended(text: str, number: Number) -> Number:
    if _RIGHT_ABOVE.match(text, number.end):
        return replace(number, bound=Bound.ABOVE)
    if _RIGHT_BELOW.match(text, number.end):
        return replace(number, bound=Bound.BELOW)
    return number


def _label_kind(text: str, number: Number, left: str, unit: tuple[Unit, int] | None) -> Kind | None:
    """The kind of a number that only names something (a year, a document, a place), or None for a
    quantity."""
    printed = number.text
    counted = bool(unit and unit[0].known)
    if (
        _LEFT_IDENTIFIER.search(left)
        or (len(printed) >= 9 and printed.isdigit())
        or re.fullmatch(r"0\d{4,}", printed)
    ):
        return Kind.IDENTIFIER
    if re.fullmatch(_YEAR, printed) and (not counted or _LEFT_YEAR.search(left)):
        return Kind.YEAR
    if _LEFT_DATE.search(left) and printed.isdigit() and number.value <= 31 and not counted:
        return Kind.DATE
    if left.endswith(("-", "–", "/")) and re.search(r"[^\W\d_][-–/]$", left):
        return Kind.IDENTIFIER
    if _STRONG_LABEL.search(left) or (not counted and _names_a_thing(left)):
        return Kind.LABEL
    if re.match(r"\s?[A-ZĐ](?!\w)", text[number.end : number.end + 3]) and not counted and printed.isdigit():
        return Kind.LABEL if text[number.end : number.end + 1].isalpha() else None
    return None


def _names_a_thing(left: str) -> bool:
    """ "quận 10", "khóa 5" name; "số phòng: 10" and "tổng số 120" count."""
    found = _LEFT_LABEL.search(left)
    if not found or found.group().rstrip().endswith(":"):
        return False
    before = left[: found.start()].rstrip().lower()
    word = found.group().strip().lower()
    return not (
        word == "số"
        and before.endswith(("tổng", "tống", "con", "đa", "trong", "nhân", "dân", "một", "thiểu", "có"))
    ) and not (
        word in ("phòng", "tổ", "đội", "thôn", "phường", "lớp", "mức", "khóa", "khoá")
        and before.endswith(("số", "cấp", "tổng số", "tổng"))
    )


def _with_unit(text: str, number: Number, left: str, unit: tuple[Unit, int] | None) -> Number:
    """The number with its scale word ("1,2 triệu") and unit; ages, durations and measures get their own
    kind. unit: what follows the number when there is no scale word."""
    end, value, ulp = number.end, number.value, number.ulp
    if scale := _SCALE.match(text, end):
        factor = _SCALES[scale.group(1)]
        value, ulp, end = value * factor, ulp * factor, scale.end()
        unit = unit_at(text, end)
    if glued := _GLUED.match(text, end):
        unit = Unit(glued.group(), Family.MEASURE), glued.end()
    if not unit:
        return _age_band(text, replace(number, value=value, ulp=ulp, unit_end=end), left)
    number = replace(number, value=value, ulp=ulp, unit=unit[0], unit_end=unit[1])
    family = unit[0].family
    if family is Family.TIMES:
        if re.match(r"\s?thứ(?!\w)", text[unit[1] : unit[1] + 5]):
            return replace(number, kind=Kind.LABEL)
        times = (
            value != int(value)
            or bool(_LEFT_TIMES.search(left))
            or text[unit[1] :].lstrip().startswith("so với")
        )
        return replace(number, kind=Kind.TIMES if times else Kind.DURATION)
    special = {
        Family.AGE: Kind.AGE,
        Family.DURATION: Kind.DURATION,
        Family.MONEY: Kind.MEASURE,
        Family.MEASURE: Kind.MEASURE,
    }
    if family is Family.POINT or value != int(value):
        return replace(number, kind=Kind.MEASURE)
    kind = special.get(family, Kind.COUNT)
    return number if kind is number.kind else replace(number, kind=kind)


def _age_band(text: str, number: Number, left: str) -> Number:
    """ "dưới 40: 12 đồng chí" under a heading about ages: 40 is an age."""
    band = (
        18 <= number.value <= 75
        and _LEFT_AGE.search(left)
        and re.match(r"\s?(?::|\(|đến|tuổi|-|–)", text[number.end : number.end + 6])
    )
    if band and _near_age(text, number.start):
        return replace(number, kind=Kind.AGE)
    if re.match(r"\s?[/]\s?[^\W\d_]", text[number.end : number.end + 4]) or number.value != int(number.value):
        return replace(number, kind=Kind.MEASURE)
    return number
