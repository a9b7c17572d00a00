"""Reads the remaining kinds of cells: sex, phone, mail, coded values, numbers, plain text."""

from __future__ import annotations

import functools
import re

from hientai.engines.wording import say
from hientai.engines.worksheet import vocabulary
from hientai.engines.worksheet.cells.outcome import NOTHING, Reading, Remark, refused
from hientai.engines.worksheet.content import SEX_WORDS
from hientai.engines.worksheet.letters import phrase
from hientai.engines.worksheet.record import Coded
from hientai.engines.worksheet.sheet import CellValue

LONGEST_TEXT = 2_000
_FORMULA_LIKE = re.compile(r"[=@]|[+\-][^|]{0,200}\|")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_NUMBER = re.compile(r"-?\d{1,9}(?:[.,]\d{1,6})?%?")
_EMAIL = re.compile(r"[^\s@,;<>\"]{1,64}@[^\s@,;<>\"]+\.[^\s@,;<>\"]{2,}")
_WORDS_AROUND_CODES = re.compile(r"\b(?:trình độ|bằng|tốt nghiệp|tn|loại|chứng chỉ|dân tộc|đạo)\s+")


@functools.lru_cache(maxsize=4096)
def read_sex(shown: str) -> Reading:
    """male or female."""
    if not shown:
        return NOTHING
    found = SEX_WORDS.get(phrase(shown))
    if found:
        return Reading(found)
    return refused(
        "sex_unreadable", say("Giới tính phải là Nam hoặc Nữ, ô này ghi “{text}”.", text=shown[:40])
    )


def read_phone(value: CellValue, shown: str) -> Reading:
    """The digits of a phone number; the lost first zero of a mobile number is given back."""
    if not shown:
        return NOTHING
    first = re.split(r"[;,/\n]| - ", shown)[0]
    digits = re.sub(r"[\s.()\-]", "", first)
    if digits.startswith("+84") or (digits.startswith("84") and len(digits) == 11):
        digits = "0" + digits.lstrip("+")[2:]
    if not digits.isascii() or not digits.isdigit():
        return refused("phone_unreadable", say("Số điện thoại không đọc được."))
    if len(digits) == 9 and digits[0] in "35789":
        return Reading(
            "0" + digits, (Remark("zeros_restored", say("Đã thêm lại số 0 ở đầu số điện thoại.")),)
        )
    if digits.startswith("0") and 10 <= len(digits) <= 11:
        return Reading(digits)
    if not isinstance(value, str) and len(digits) == 10 and digits.startswith("2"):
        return Reading(
            "0" + digits, (Remark("zeros_restored", say("Đã thêm lại số 0 ở đầu số điện thoại.")),)
        )
    return refused("phone_unreadable", say("Số điện thoại có {count} chữ số.", count=len(digits)))


def read_email(shown: str) -> Reading:
    """A mail address in small letters."""
    if not shown:
        return NOTHING
    if _EMAIL.fullmatch(shown):
        return Reading(shown.lower())
    return refused("email_unreadable", say("Địa chỉ thư điện tử không đúng dạng."))


@functools.lru_cache(maxsize=16_384)
def read_code(shown: str, code_list: str) -> Coded:
    """The code a text stands for; "Đại học Luật" by its beginning; None when nothing is sure."""
    codes = vocabulary.codes(code_list)
    words = phrase(shown)
    found = codes.get(words) or codes.get(_WORDS_AROUND_CODES.sub("", words))
    if found is None and code_list in (
        "professional",
        "political_theory",
        "state_management",
        "language",
        "it",
    ):
        found = _by_beginning(_WORDS_AROUND_CODES.sub("", words), codes)
    return Coded(shown, found.code if found else None, found.label if found else None, code_list)


def _by_beginning(words: str, codes: dict[str, vocabulary.Code]) -> vocabulary.Code | None:
    """The code of the longest beginning of two words or more, or of one word longer than three letters."""
    parts = words.split()
    for size in range(len(parts) - 1, 0, -1):
        beginning = " ".join(parts[:size])
        if size == 1 and len(beginning) < 2:
            break
        if beginning in codes and codes[beginning].code != "none":
            return codes[beginning]
    return None


def read_number(value: CellValue, shown: str) -> float | None:
    """A plain number, with a comma or a point before decimals; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    if _NUMBER.fullmatch(shown) and not shown.endswith("%"):
        return float(shown.replace(",", "."))
    return None


def is_plain(shown: str) -> bool:
    """Whether a text that is not empty can be taken as it stands, as nearly all can: `read_text` tells the others."""
    return shown[0] not in "=@+-" and shown.isprintable() and len(shown) <= LONGEST_TEXT


def read_text(shown: str) -> Reading:
    """Plain text; refused when it would act as a formula elsewhere, holds control letters, or is endless."""
    if not shown:
        return NOTHING
    if is_plain(shown):
        return Reading(shown)
    if _FORMULA_LIKE.match(shown):
        return refused("formula_text", say("Nội dung bắt đầu như một công thức nên không được lấy."))
    if _CONTROL.search(shown):
        return refused("control_characters", say("Nội dung có ký tự điều khiển nên không được lấy."))
    if len(shown) > LONGEST_TEXT:
        return refused(
            "text_too_long",
            say("Nội dung dài {length} ký tự, quá mức {most}.", length=len(shown), most=LONGEST_TEXT),
        )
    return Reading(shown)
