"""The likely cause of a figure that does not hold: which digit, which base, which part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from hientai.engines.figures.arithmetic import Printed, fits, rounded, truncated
from hientai.engines.figures.findings import Base, Likely, Slip
from hientai.engines.figures.spoken import spoken, spoken_sum
from hientai.engines.wording import Sentence, say

_OTHER_DAY = re.compile(
    r"cùng kỳ|năm trước|năm ngoái|nhiệm kỳ trước|đầu nhiệm kỳ|đầu năm|cuối năm|(?:19|20)\d\d|tháng \d|ngày "
    r"\d|khóa trước|khoá trước",
    re.IGNORECASE,
)


def swapped(value: Fraction, ulp: Fraction = Fraction(1)) -> tuple[Fraction, ...]:
    """Every value with two neighbouring digits of `value` (printed at `ulp`) exchanged."""
    digits = str(int(abs(value) / ulp))
    found = []
    for position in range(len(digits) - 1):
        if digits[position] != digits[position + 1]:
            turned = digits[:position] + digits[position + 1] + digits[position] + digits[position + 2 :]
            found.append(int(turned) * ulp)
    return tuple(found)


def one_digit_changed(value: Fraction, ulp: Fraction = Fraction(1)) -> tuple[Fraction, ...]:
    """Every value with exactly one digit of `value` (printed at `ulp`) replaced, most significant digit
    first."""
    digits = str(int(abs(value) / ulp))
    return tuple(
        int(digits[:position] + other + digits[position + 1 :]) * ulp
        for position in range(len(digits))
        for other in "0123456789"
        if other != digits[position] and not (position == 0 and other == "0" and len(digits) > 1)
    )


def likely_share_slip(
    printed: Printed, num: Fraction, den: Fraction, near: Sequence[Base] = ()
) -> Likely | None:
    """Why `printed` is not num of den: tried from the most to the least telling cause; None when nothing
    explains it."""
    exact = num / den * printed.scale
    right = rounded(exact, printed.ulp)
    shown = spoken(right, printed.digits) + _sign(printed)
    if printed.value == truncated(exact, printed.ulp) + printed.ulp:
        return Likely(Slip.ROUNDED_UP, say("làm tròn lên; đúng là {right}", right=shown))
    if abs(printed.value - right) == printed.ulp and printed.digits:
        return Likely(Slip.LAST_DIGIT, say("lệch một đơn vị ở chữ số cuối; đúng là {right}", right=shown))
    if right in swapped(printed.value, printed.ulp):
        return Likely(Slip.TRANSPOSED, say("đảo hai chữ số; đúng là {right}", right=shown))
    return (
        _other_base(printed, num, den, near)
        or _other_count(printed, num, den, near)
        or _other_scale(printed, num, den, right, shown)
        or _count_or_base(printed, num, den)
    )


def _sign(printed: Printed) -> str:
    return "%" if printed.scale == 100 else " lần"


def _named(base: Base) -> str:
    return spoken(base.value) + (f" ({base.label})" if base.label else "")


def _other_base(printed: Printed, num: Fraction, den: Fraction, near: Sequence[Base]) -> Likely | None:
    for base in near:
        if base.value != den and base.value > 0 and fits(printed, num, base.value):
            if _OTHER_DAY.search(base.label):
                return Likely(
                    Slip.OTHER_DAY, say("tính trên số của thời điểm khác: {base}", base=_named(base))
                )
            return Likely(Slip.NEIGHBOURING_BASE, say("tính trên mẫu số khác: {base}", base=_named(base)))
    if num < den and fits(printed, num, den + num):
        return Likely(
            Slip.SURPLUS_BASE,
            say("tính trên tổng {base} thay vì {den}", base=spoken(den + num), den=spoken(den)),
        )
    return None


def _other_count(printed: Printed, num: Fraction, den: Fraction, near: Sequence[Base]) -> Likely | None:
    for base in near:
        if (
            base.value not in (num, den)
            and base.value > 0
            and printed.digits
            and fits(printed, base.value, den)
        ):
            return Likely(Slip.OTHER_COUNT, say("là tỷ lệ của số khác: {count}", count=_named(base)))
    if printed.scale == 100 and num < den and printed.value and fits(printed, den - num, den):
        return Likely(Slip.COMPLEMENT, say("là tỷ lệ của phần còn lại ({rest})", rest=spoken(den - num)))
    return None


def _other_scale(
    printed: Printed, num: Fraction, den: Fraction, right: Fraction, shown: str
) -> Likely | None:
    for factor in (10, 100):
        for value in (printed.value * factor, printed.value / factor):
            if value and fits(Printed(value, printed.ulp * value / printed.value, printed.scale), num, den):
                return Likely(Slip.DECIMAL_SHIFT, say("sai vị trí dấu phẩy; đúng là {right}", right=shown))
    if right in one_digit_changed(printed.value, printed.ulp):
        return Likely(Slip.ONE_DIGIT, say("sai một chữ số; đúng là {right}", right=shown))
    return None


def _count_or_base(printed: Printed, num: Fraction, den: Fraction) -> Likely | None:
    """A slip in one of the counts instead of the share; only telling when the share has decimals."""
    if not printed.digits or num.denominator != 1 or den.denominator != 1:
        return None
    for change in (swapped, one_digit_changed):
        for other in change(num):
            if fits(printed, other, den):
                return Likely(
                    Slip.COUNT_OR_BASE,
                    say("sai chữ số ở số {num}: {other} thì khớp", num=spoken(num), other=spoken(other)),
                )
        for other in change(den):
            if fits(printed, num, other):
                return Likely(
                    Slip.COUNT_OR_BASE,
                    say("sai chữ số ở số {num}: {other} thì khớp", num=spoken(den), other=spoken(other)),
                )
    return None


def likely_sum_slip(parts: Sequence[Fraction], total: Fraction, near: Iterable[Base] = ()) -> Likely | None:
    """Why the parts do not make the total: an exchanged or wrong digit, a part named elsewhere, a part
    counted twice, or a rest that is not named."""
    if any(value.denominator != 1 for value in (*parts, total)):
        return _rest(parts, total)
    difference = total - sum(parts, Fraction(0))
    if fault := _digit_fault(parts, total, swapped):
        return Likely(Slip.TRANSPOSED, say("đảo hai chữ số: {printed} phải là {right}", **fault))
    for base in near:
        if base.value == difference > 1:
            return Likely(
                Slip.PART_NAMED_ELSEWHERE, say("thiếu {part}, được nêu ở chỗ khác", part=_named(base))
            )
    for base in near:
        if base.value == total - difference and len(parts) > 1 and abs(difference) > 1:
            return Likely(Slip.NEIGHBOURING_BASE, say("cộng lại là số khác: {base}", base=_named(base)))
    if difference < 0 and len(parts) > 2 and -difference in parts:
        return Likely(Slip.COUNTED_TWICE, say("{part} đã nằm trong phần khác", part=spoken(-difference)))
    if abs(difference) == 1:
        return Likely(Slip.OFF_BY_ONE, say("lệch 1: cộng lại là {sum}", sum=spoken(total - difference)))
    if fault := _digit_fault(parts, total, one_digit_changed):
        right: Sentence = say("sai một chữ số: {printed} có thể phải là {right}", **fault)
        return Likely(Slip.ONE_DIGIT, right)
    return _rest(parts, total)


def _digit_fault(parts: Sequence[Fraction], total: Fraction, change: object) -> dict[str, str] | None:
    assert callable(change)
    summed = sum(parts, Fraction(0))
    if total >= 10 and summed in change(total):
        return {"printed": spoken(total), "right": spoken(summed)}
    for part in parts:
        right = part + total - summed
        if part >= 10 and right in change(part):
            return {"printed": spoken(part), "right": spoken(right)}
    return None


def _rest(parts: Sequence[Fraction], total: Fraction) -> Likely | None:
    rest = total - sum(parts, Fraction(0))
    if rest > 0:
        return Likely(
            Slip.REST_MISSING,
            say(
                "thiếu phần còn lại {rest} ({total} - ({parts}))",
                rest=spoken(rest),
                total=spoken(total),
                parts=spoken_sum(parts),
            ),
        )
    return None
