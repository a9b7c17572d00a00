"""Counts that say what they count, and ratios that say their base and their rounding.

Persons (người, đồng chí) are distinct people; turns (lượt) are events, one person may count several times.
Turns of two tables may be added; persons never, because one person may be in both: count them together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from hientai.engines.amounts import rounded_half_up
from hientai.engines.errors import BadInput
from hientai.engines.wording import Sentence, say


@dataclass(frozen=True, order=True)
class Persons:
    """So many different people."""

    count: int

    def __str__(self) -> str:
        return str(say("{n} người", n=self.count))


@dataclass(frozen=True, order=True)
class Turns:
    """So many events or entries."""

    count: int

    def __add__(self, other: Turns) -> Turns:
        if not isinstance(other, Turns):
            return NotImplemented
        return Turns(self.count + other.count)

    def __str__(self) -> str:
        return str(say("{n} lượt", n=self.count))


Counted = Persons | Turns


@dataclass(frozen=True)
class Printed:
    """A ratio as printed: text; exact: what it stands for; rounding: how the text was made from it."""

    text: str
    exact: Fraction
    rounding: Sentence

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Ratio:
    """numerator / denominator, with the name of the base ("số người được triệu tập")."""

    numerator: int
    denominator: int
    base: Sentence

    @property
    def value(self) -> Fraction | None:
        """The exact ratio; None when there is nothing to divide by."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    def percent(self, places: int = 2) -> Printed | None:
        """The ratio as a percentage, "14,08 %", rounded half up; None when the base is 0."""
        return None if self.value is None else _printed(self.value, self.value * 100, places, " %")

    def number(self, places: int = 2) -> Printed | None:
        """The ratio as a plain number, "2,01" (people per post), rounded half up; None when the base is 0."""
        return None if self.value is None else _printed(self.value, self.value, places, "")


def _printed(exact: Fraction, shown: Fraction, places: int, sign: str) -> Printed:
    rounded = rounded_half_up(shown, places)
    rounding = (
        say("đúng, không làm tròn")
        if Fraction(rounded) == shown
        else say("làm tròn nửa lên đến {places} chữ số thập phân", places=places)
    )
    return Printed(f"{rounded:f}{sign}".replace(".", ","), exact, rounding)


def share(part: Counted, whole: Counted, base: Sentence) -> Ratio:
    """`part` of `whole`: both persons or both turns, and not more than the whole. Raises BadInput."""
    if type(part) is not type(whole):
        raise BadInput(
            "persons_and_turns",
            say(
                "Không tính tỷ lệ giữa {part} và {whole}: người và lượt là hai cách đếm.",
                part=str(part),
                whole=str(whole),
            ),
        )
    if part.count > whole.count:
        raise BadInput(
            "part_above_whole",
            say("Phần ({part}) lớn hơn tổng làm gốc ({whole}).", part=str(part), whole=str(whole)),
        )
    return Ratio(part.count, whole.count, base)


def coefficient(number: Counted, per: int | Counted, base: Sentence) -> Ratio:
    """How many of one thing per another ("lượt quy hoạch trên một chức danh"); may exceed one."""
    return Ratio(number.count, per if isinstance(per, int) else per.count, base)


def check_adds_up(total: Counted, parts: Mapping[str, Counted], where: str = "") -> None:
    """Raises BadInput with the rest when the parts do not make the whole (328 = 125 + 151 + 52 left)."""
    if any(type(part) is not type(total) for part in parts.values()):
        raise BadInput(
            "persons_and_turns", say("Các phần và tổng phải cùng là người hoặc cùng là lượt."), where
        )
    rest = total.count - sum(part.count for part in parts.values())
    if rest:
        raise BadInput(
            "parts_do_not_add_up",
            say(
                "Các phần ({parts}) cộng lại {verb} {rest} so với tổng {total}.",
                parts=", ".join(f"{name}: {part.count}" for name, part in parts.items()),
                verb=say("thiếu") if rest > 0 else say("thừa"),
                rest=abs(rest),
                total=str(total),
            ),
            where,
        )
