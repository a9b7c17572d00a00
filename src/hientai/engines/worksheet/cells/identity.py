"""Reads personal identity numbers as text and gives back the zeros that Excel ate, only where that is proven.

The 12-digit number (Decree 137/2015, article 13; Circular 59/2021, article 4): digits 1-3 the province or
country of
birth registration, digit 4 the century and sex (0 male, 1 female of the 20th century; 2, 3 of the 21st ...),
digits
5-6 the birth year. The old number has 9 digits and no such meaning.
"""

from __future__ import annotations

import re

from hientai.engines.wording import say
from hientai.engines.worksheet.cells.outcome import NOTHING, Reading, Remark, refused
from hientai.engines.worksheet.sheet import CellValue

NEW, OLD = 12, 9
_PROVINCES = frozenset(
    f"{code:03d}"
    for code in (
        1,
        2,
        4,
        6,
        8,
        10,
        11,
        12,
        14,
        15,
        17,
        19,
        20,
        22,
        24,
        25,
        26,
        27,
        30,
        31,
        33,
        34,
        35,
        36,
        37,
        38,
        40,
        42,
        44,
        45,
        46,
        48,
        49,
        51,
        52,
        54,
        56,
        58,
        60,
        62,
        64,
        66,
        67,
        68,
        70,
        72,
        74,
        75,
        77,
        79,
        80,
        82,
        83,
        84,
        86,
        87,
        89,
        91,
        92,
        93,
        94,
        95,
        96,
    )
)
_BETWEEN_DIGITS = re.compile(r"[\s.\-'`’,]+")
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?\s*[eE]\s*\+?\d+")
_NUMBERS = re.compile(r"(?<!\d)\d{12}(?!\d)|(?<!\d)\d{9}(?!\d)")
_DATE = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}")


_ROUNDED_MESSAGE = say(
    "Số định danh bị Excel rút gọn (dạng 1,2E+11) nên đã mất chữ số. "
    "Hãy đặt cột là dạng chữ và ghi lại đủ số."
)


def agrees(number: str, born: str | None, sex: str | None) -> bool | None:
    """Whether a 12-digit number fits birth year and sex; None when neither is known."""
    if not born and not sex:
        return None
    century_and_sex = int(number[3])
    if sex and (century_and_sex % 2 == 1) != (sex == "female"):
        return False
    if born:
        year = 1900 + 100 * (century_and_sex // 2) + int(number[4:6])
        return year == int(born[:4])
    return True


def read_identity(
    value: CellValue, shown: str, born: str | None, sex: str | None, *, untyped: bool
) -> Reading:
    """The number in a cell. `extra` is the old 9-digit number where the cell holds both.

    untyped: the file keeps no cell types (csv), so text may have lost its zeros as numbers do.
    A number of 11 or 10 digits gets its zeros back only if the 12 digits then agree with province, sex and
    birth
    year; 8 digits only if it was stored as a number. Anything else of wrong length is refused.
    """
    if not shown:
        return NOTHING
    if isinstance(value, str):
        return _from_text(shown, born, sex, untyped)
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0 or value != int(value):
        return refused("identity_not_digits", say("Ô số định danh không phải là dãy chữ số."))
    if value >= 1e15:
        return refused("identity_rounded", _ROUNDED_MESSAGE)
    return _from_digits(str(int(value)), born, sex, was_number=True)


def _from_text(shown: str, born: str | None, sex: str | None, untyped: bool) -> Reading:
    if _ROUNDED.fullmatch(shown):
        return refused("identity_rounded", _ROUNDED_MESSAGE)
    digits = _BETWEEN_DIGITS.sub("", shown)
    if digits.isascii() and digits.isdigit() and len(digits) <= NEW:
        return _from_digits(digits, born, sex, was_number=untyped)
    numbers = _NUMBERS.findall(_DATE.sub(" ", shown))
    new = [each for each in numbers if len(each) == NEW]
    old = [each for each in numbers if len(each) == OLD]
    if len(new) > 1 or len(old) > 1 or not numbers:
        return refused(
            "identity_not_digits",
            say("Ô số định danh không đọc được: cần 12 chữ số (căn cước) hoặc 9 chữ số (CMND)."),
        )
    read = _from_digits(numbers[0] if len(numbers) == 1 else new[0], born, sex, was_number=False)
    note = Remark("identity_with_text", say("Ô số định danh có thêm chữ hoặc số khác; chỉ lấy số định danh."))
    return Reading(read.value, (*read.remarks, note), old[0] if new and old else None)


def _from_digits(digits: str, born: str | None, sex: str | None, *, was_number: bool) -> Reading:
    if len(digits) == NEW:
        return Reading(digits, _doubts(digits, born, sex))
    if len(digits) == OLD:
        return Reading(digits)
    if len(digits) in (10, 11) and not digits.startswith("0"):
        restored = digits.zfill(NEW)
        proven = restored[:3] in _PROVINCES and agrees(restored, born, sex) is not False
        if proven and born:
            return Reading(restored, (_restored(NEW - len(digits)),))
        if proven:
            return NOTHING  # without a birth day nothing proves it, and the row is refused for that
        return refused(
            "identity_zeros_unproven",
            say(
                "Số định danh thiếu {count} chữ số và không khớp ngày sinh, giới tính nếu thêm số 0 ở đầu. "
                "Hãy ghi đủ 12 chữ số dưới dạng chữ.",
                count=NEW - len(digits),
            ),
        )
    if len(digits) == OLD - 1 and was_number and not digits.startswith("0"):
        return Reading(digits.zfill(OLD), (_restored(1),))
    return refused(
        "identity_length",
        say("Số định danh có {count} chữ số; phải có 12 (căn cước) hoặc 9 (CMND).", count=len(digits)),
    )


def _restored(count: int) -> Remark:
    return Remark(
        "zeros_restored", say("Đã thêm lại {count} số 0 ở đầu số định danh mà Excel làm mất.", count=count)
    )


def _doubts(number: str, born: str | None, sex: str | None) -> tuple[Remark, ...]:
    if agrees(number, born, sex) is False:
        return (
            Remark(
                "identity_disagrees",
                say(
                    "Số định danh không khớp năm sinh hoặc giới tính (chữ số thứ 4 đến thứ 6); hãy kiểm tra."
                ),
            ),
        )
    return ()


def sex_told_by(number: str | None) -> str | None:
    """The sex that a 12-digit number states, None for any other."""
    if number is None or len(number) != NEW:
        return None
    return "female" if int(number[3]) % 2 else "male"
