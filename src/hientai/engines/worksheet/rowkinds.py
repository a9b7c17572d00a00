"""Tells rows that speak of a person from numbering, sections, totals, signatures and notes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from hientai.engines.vitext import search_key
from hientai.engines.wording import Sentence, say
from hientai.engines.worksheet import vocabulary
from hientai.engines.worksheet.columns import TableColumns
from hientai.engines.worksheet.content import SEX_WORDS
from hientai.engines.worksheet.letters import phrase
from hientai.engines.worksheet.numbering import is_numbering

_ROMAN = re.compile(r"[IVX]{1,6}[.)]?")
_LETTER = re.compile(r"[A-ZĐ][.)]?")
_ARABIC = re.compile(r"\d{1,6}(?:\.\d{1,3})*[.)]?")
_BULLET = re.compile(r"[*•+\-–]")
_PREFIX = re.compile(
    r"^(?:(?P<roman>[IVX]{1,6})|(?P<letter>[A-ZĐ])|(?P<arabic>\d{1,3}(?:\.\d{1,3})*))\s*[.)\-/:]\s*(?=\S)"
)
_COUNT_TAIL = re.compile(r"\s*[:(\-–]*\s*\d{1,5}\s*(?:đ/?c|đồng chí|người|cán bộ)?\s*\)?\s*$", re.IGNORECASE)
_DAY_LIKE = re.compile(
    r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2,4}|\b(?:19|20)\d\d\b|tháng\s*\d", re.IGNORECASE
)
_PLACE_AND_DATE = re.compile(r"ngày\s*[\d.…_]*\s*tháng\s*[\d.…_]*\s*năm\s*[\d.…_]*$", re.IGNORECASE)
_SIGNED_AT = re.compile(r"[^\W\d_]\s*,?\s+" + _PLACE_AND_DATE.pattern, re.IGNORECASE)
_LONG = 90
_WORDS_OF_A_NAME = 6
_DAY_WORDS = frozenset(("ngày", "tháng", "năm", "sinh", "ngay", "thang", "nam"))
_FEWEST_DIGITS = 7  # of an identity number, however mutilated


class RowKind(Enum):
    """What a row is."""

    PERSON = "person"
    NUMBERING = "numbering"
    HEADING = "repeated_header"
    SECTION = "section"
    TOTAL = "total"
    SIGNATURE = "signature"
    NOTE = "note"
    ONLY_ORDINAL = "only_ordinal"
    CONTINUATION = "continuation"
    AFTER = "after"
    OTHER = "other"


REASONS: dict[RowKind, Sentence] = {
    RowKind.NUMBERING: say("Dòng đánh số cột, không phải người."),
    RowKind.HEADING: say("Tiêu đề bảng in lại hoặc của bảng sau, không phải người."),
    RowKind.SECTION: say("Dòng tên khối, đơn vị hoặc nhóm, không phải người."),
    RowKind.TOTAL: say("Dòng cộng, không phải người."),
    RowKind.SIGNATURE: say("Phần ký tên cuối danh sách, không phải người."),
    RowKind.NOTE: say("Dòng ghi chú, không phải người."),
    RowKind.ONLY_ORDINAL: say("Dòng chỉ có số thứ tự, chưa ghi người nào."),
    RowKind.CONTINUATION: say(
        "Dòng nối tiếp của người ở dòng trên (ô họ tên được trộn); nội dung không được lấy. "
        "Hãy gộp vào một dòng nếu cần."
    ),
    RowKind.AFTER: say("Dòng sau phần danh sách (người ký, ghi chú, tiêu đề bảng sau), không phải người."),
    RowKind.OTHER: say("Dòng nằm ngoài các cột họ tên, ngày sinh, số định danh; không phải người."),
}


@dataclass(frozen=True)
class Section:
    """A section line: its text without number; level: 0 letter, 1 roman, 2 arabic or none."""

    text: str
    level: int
    block: str = ""
    unit: str = ""


class RowCells(NamedTuple):
    """The filled cells of a row, and which columns tell a person. headings: the cells of the heading's last row."""

    shown: dict[int, str]
    columns: TableColumns
    headings: dict[int, str]

    def texts(self, columns: tuple[int, ...]) -> list[str]:
        """The filled cells among `columns`."""
        return [self.shown[column] for column in columns if column in self.shown]


def _begins(text: str, kind: str) -> bool:
    words = phrase(text)
    bare = search_key(text) if words.isascii() else ""
    for each in vocabulary.row_words(kind):
        if words == each or words.startswith(f"{each} "):
            return True
        if bare and (bare == search_key(each) or bare.startswith(f"{search_key(each)} ")):
            return True
    return False


def kind_of(row: RowCells, *, after_signature: bool) -> RowKind:
    """What the row is. after_signature: a signature line was seen above in this table."""
    births, identities = row.texts(row.columns.births), row.texts(row.columns.identities)
    if len(row.shown) == 1 and births and _is_a_sentence(births[0]):
        return RowKind.SIGNATURE if _is_signing_line(row) else RowKind.NOTE
    if any(_DAY_LIKE.search(each) for each in births) and not _is_signing_line(row):
        return RowKind.PERSON
    if any(_has_number(each) for each in identities) and not _is_signing_line(row):
        return RowKind.PERSON
    shown = list(row.shown.values())
    if is_numbering(shown):
        return RowKind.NUMBERING
    if row.headings and sum(row.headings.get(c) == text for c, text in row.shown.items()) * 10 >= 6 * len(
        shown
    ):
        return RowKind.HEADING
    words = [each for each in shown if any(letter.isalpha() for letter in each)]
    if words and _is_total(words):
        return RowKind.TOTAL
    return _without_birth(row, shown, words, births + identities, after_signature)


def _is_a_sentence(text: str) -> bool:
    """Whether a cell holds words of its own besides a day: a title or note that happens to stand there."""
    rest = _DAY_LIKE.sub(" ", text)
    return sum(1 for word in rest.split() if word.isalpha() and phrase(word) not in _DAY_WORDS) >= 2


def is_full(row: RowCells) -> bool:
    """Whether a name stands beside a birth or an identity number, or a number beside two more cells."""
    told = any(_has_digit(each) for each in row.texts(row.columns.births + row.columns.identities))
    if row.texts(row.columns.names) and told:
        return True
    return len(row.shown) > 2 and any(_ARABIC.fullmatch(each) for each in row.texts(row.columns.ordinals))


def may_be_person(row: RowCells) -> bool:
    """Whether a row below the list proper, after a blank line, still speaks of somebody."""
    if is_full(row) or len(row.shown) > 3:
        return True
    return any(_ARABIC.fullmatch(each) for each in row.texts(row.columns.ordinals)) and len(row.shown) > 1


def _has_number(shown: str) -> bool:
    return sum(letter.isdigit() for letter in shown) >= _FEWEST_DIGITS


def _is_signing_line(row: RowCells) -> bool:
    """The line of place and date over signatures, which may stand in any column."""
    shown = list(row.shown.values())
    if len(shown) == 1:
        return bool(_PLACE_AND_DATE.search(shown[0]))
    return len(shown) <= 3 and any(_SIGNED_AT.search(each) for each in shown)


def _is_total(words: list[str]) -> bool:
    return any(_begins(_PREFIX.sub("", each), "totals") for each in words[:2])


def _without_birth(
    row: RowCells, shown: list[str], words: list[str], doubtful: list[str], after_signature: bool
) -> RowKind:
    ordinals = row.texts(row.columns.ordinals)
    if len(shown) == len(ordinals) and all(_ARABIC.fullmatch(each) for each in ordinals):
        return RowKind.ONLY_ORDINAL
    if any(_begins(each, "signatures") for each in words) or (not ordinals and _all_alone(words)):
        return RowKind.SIGNATURE
    if any(_PLACE_AND_DATE.search(each) for each in words) and len(shown) <= 3:
        return RowKind.SIGNATURE
    if after_signature:
        return RowKind.SIGNATURE
    if words and len(shown) <= 2 and (_begins(words[0], "notes") or words[0].startswith(("*", "(*"))):
        return RowKind.NOTE
    if section_of(row) is not None:
        return RowKind.SECTION
    if len(shown) == 1 and words and len(words[0]) > _LONG:
        return RowKind.NOTE
    names = row.texts(row.columns.names)
    if len(shown) == 1 and names and not _may_be_a_name(names[0]):
        return RowKind.NOTE
    if names or (ordinals and len(shown) > 1) or any(map(_has_digit, doubtful)) or len(shown) > 3:
        return RowKind.PERSON
    if any(phrase(each) in SEX_WORDS for each in row.texts(row.columns.sexes)):
        return RowKind.PERSON
    return RowKind.OTHER


def _may_be_a_name(text: str) -> bool:
    """Whether a line that stands alone in the column of names may be somebody, however little is told."""
    bare = re.sub(r"\([^)]*\)", " ", text)
    return (
        not _has_digit(text)
        and len(bare.split()) <= _WORDS_OF_A_NAME
        and not re.search(r"[:;,()\"“”/]", bare)
    )


def _has_digit(shown: str) -> bool:
    return any(letter.isdigit() for letter in shown)


def _all_alone(words: list[str]) -> bool:
    """A line of nothing but titles, as stands over signatures: "TRƯỞNG BAN"."""
    return 0 < len(words) <= 3 and all(
        phrase(each) in vocabulary.row_words("signatures_alone") for each in words
    )


def section_of(row: RowCells) -> Section | None:
    """The section line that the row is, None for any other row. Only for rows without birth and identity."""
    texts = dict(row.shown)
    ordinal = ""
    for column in row.columns.ordinals:
        cell = texts.get(column, "")
        if any(form.fullmatch(cell) for form in (_ROMAN, _LETTER, _ARABIC, _BULLET)):
            ordinal = texts.pop(column).rstrip(".)")
            break
    if not ordinal and len(texts) > 1:
        first = min(texts)
        if _ROMAN.fullmatch(texts[first]) or _LETTER.fullmatch(texts[first]):
            ordinal = texts.pop(first).rstrip(".)")
    lines = [(column, text) for column, text in texts.items() if any(letter.isalpha() for letter in text)]
    rest = [text for text in texts.values() if not any(letter.isalpha() for letter in text)]
    if len(lines) != 1 or any(not re.fullmatch(r"\d{1,5}", each) for each in rest):
        return None
    column, line = lines[0]
    prefix = _PREFIX.match(line)
    bare = line[prefix.end() :] if prefix else line
    if prefix and not ordinal:
        ordinal = prefix.group().rstrip(" .)-/:")
    bare = _COUNT_TAIL.sub("", bare).strip(" :.-–") or bare
    is_block, is_unit = _begins(bare, "blocks"), _begins(bare, "units")
    numbered = bool(_ROMAN.fullmatch(ordinal) or _LETTER.fullmatch(ordinal))
    left_of_names = not row.columns.names or column <= max(row.columns.names)
    if not left_of_names:
        return None
    if not (is_block or is_unit or numbered) and not (column in row.columns.ordinals and not rest):
        return None
    if looks_like_person(bare) and not numbered and not is_block and column not in row.columns.ordinals:
        return None
    level = 1 if _ROMAN.fullmatch(ordinal) else 0 if _LETTER.fullmatch(ordinal) else 2
    unit = bare if is_unit and not is_block and not _begins(bare, "categories") else ""
    return Section(bare, level, bare if is_block else "", unit)


def looks_like_person(text: str) -> bool:
    """Every word capitalised and the first a family name: "Hà Văn Ban", unlike "Ban tổ chức"."""
    words = text.split()
    return (
        2 <= len(words) <= 5
        and phrase(words[0]) in vocabulary.row_words("family_names")
        and all(word[:1].isupper() and word[1:].islower() for word in words if len(word) > 1)
    )
