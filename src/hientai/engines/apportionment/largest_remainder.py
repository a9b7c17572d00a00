"""Seats, delegates, places for units in proportion to their size, with fixed parts and limits.

Hamilton's method (largest remainder): a unit's quota is free seats x size / total size, as an exact fraction.
Everybody gets the whole part of the quota; the seats left go one each to the largest remainders. Before that
every unit gets its fixed part (ex-officio delegates, one for each unit). A unit whose quota stays below its
minimum or exceeds its maximum gets that limit, and the rest is shared anew among the others.

Source: Balinski and Young, Fair Representation (1982); the quota rule holds whenever no limit binds: every
unit gets its quota rounded down or up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hientai.engines.document import check_unique
from hientai.engines.errors import BadInput, NotFeasible
from hientai.engines.wording import Sentence, say


@dataclass(frozen=True)
class Claim:
    """A unit's claim. size: members, posts or whatever the seats follow, >= 0; fixed: seats it has in any
    case, outside the proportional part; least, most: limits of all its seats, fixed ones included.
    """

    unit: str
    size: Fraction | int
    fixed: int = 0
    least: int = 0
    most: int | None = None


@dataclass(frozen=True)
class Part:
    """What one unit gets and why.

    seats = fixed + whole + extra where it shares proportionally; quota: its exact proportional part;
    remainder: quota - whole; limit: "least" or "most" when that limit decided, "" otherwise.
    """

    unit: str
    seats: int
    fixed: int
    quota: Fraction
    whole: int
    remainder: Fraction
    extra: int
    limit: str = ""

    def sentence(self) -> Sentence:
        """The arithmetic of this unit, for the record."""
        if self.limit == "least":
            return say("{unit}: {seats}, là mức tối thiểu.", unit=self.unit, seats=self.seats)
        if self.limit == "most":
            return say("{unit}: {seats}, là mức tối đa.", unit=self.unit, seats=self.seats)
        return say(
            "{unit}: {fixed} cố định + {whole} theo phần nguyên của {quota} "
            "+ {extra} theo số dư {remainder} = {seats}.",
            unit=self.unit,
            fixed=self.fixed,
            whole=self.whole,
            quota=_shown(self.quota),
            extra=self.extra,
            remainder=_shown(self.remainder),
            seats=self.seats,
        )


@dataclass(frozen=True)
class Tie:
    """Equal remainders with fewer seats than units: who got one, and by which rule."""

    units: tuple[str, ...]
    seats: int
    winners: tuple[str, ...]
    rule: str

    def sentence(self) -> Sentence:
        """What was tied and what decided; the office may decide otherwise, by lot for instance."""
        rule = {
            "larger": say("đơn vị lớn hơn được trước, rồi theo thứ tự danh sách"),
            "smaller": say("đơn vị nhỏ hơn được trước, rồi theo thứ tự danh sách"),
            "order": say("theo thứ tự danh sách chính thức"),
        }[self.rule]
        return say(
            "Số dư bằng nhau giữa {units} mà chỉ còn {seats}: {rule}, nên {winners} được nhận.",
            units=", ".join(self.units),
            seats=self.seats,
            rule=rule,
            winners=", ".join(self.winners),
        )


@dataclass(frozen=True)
class Apportionment:
    """parts: in the order of the claims; adding up to `seats`; divisor: size per seat of the shared part."""

    seats: int
    parts: tuple[Part, ...]
    ties: tuple[Tie, ...]
    divisor: Fraction | None

    def of(self, unit: str) -> int:
        """The seats of one unit."""
        return next(part.seats for part in self.parts if part.unit == unit)


def apportion(seats: int, claims: Sequence[Claim], tie: str = "larger") -> Apportionment:
    """Shares `seats` among claims, exactly.

    tie: which of equal remainders goes first: "larger" or "smaller" unit and then list order, or
    "order" alone. Every tie that decided is reported. Raises BadInput for malformed claims, NotFeasible
    when the fixed parts and minima exceed the seats or the maxima cannot hold them.
    """
    _check(seats, claims, tie)
    held: dict[int, str] = {}
    while True:
        sharing = [i for i in range(len(claims)) if i not in held]
        free = seats - sum(_limit(claims[i], held[i]) for i in held) - sum(claims[i].fixed for i in sharing)
        shared, ties = _share(free, [claims[i] for i in sharing], tie)
        broken = _furthest(claims, sharing, shared)
        if not broken:
            break
        held.update(broken)
    parts: list[Part] = []
    by_claim = dict(zip(sharing, shared, strict=True))
    for i, claim in enumerate(claims):
        if i in held:
            limit = _limit(claim, held[i])
            parts.append(Part(claim.unit, limit, claim.fixed, Fraction(0), 0, Fraction(0), 0, held[i]))
        else:
            parts.append(by_claim[i])
    total = sum((Fraction(claims[i].size) for i in sharing), Fraction(0))
    return Apportionment(seats, tuple(parts), ties, total / free if free > 0 and sharing else None)


def _share(free: int, claims: Sequence[Claim], tie: str) -> tuple[list[Part], tuple[Tie, ...]]:
    """Largest remainder over these claims, for `free` seats beside their fixed parts."""
    total = sum((Fraction(claim.size) for claim in claims), Fraction(0))
    quotas = [max(free, 0) * Fraction(claim.size) / total if total else Fraction(0) for claim in claims]
    wholes = [quota.numerator // quota.denominator for quota in quotas]
    remainders = [quota - whole for quota, whole in zip(quotas, wholes, strict=True)]
    left = max(free, 0) - sum(wholes) if total else 0
    sign = {"larger": -1, "smaller": 1, "order": 0}[tie]
    order = sorted(range(len(claims)), key=lambda i: (-remainders[i], sign * Fraction(claims[i].size), i))
    extra = set(order[:left])
    parts = [
        Part(
            claim.unit,
            claim.fixed + whole + (i in extra),
            claim.fixed,
            quota,
            whole,
            remainder,
            int(i in extra),
        )
        for i, (claim, quota, whole, remainder) in enumerate(
            zip(claims, quotas, wholes, remainders, strict=True)
        )
    ]
    return parts, _ties(claims, remainders, order, left, tie)


def _ties(
    claims: Sequence[Claim], remainders: Sequence[Fraction], order: Sequence[int], left: int, rule: str
) -> tuple[Tie, ...]:
    if not 0 < left < len(order) or remainders[order[left - 1]] != remainders[order[left]]:
        return ()
    edge = remainders[order[left]]
    equal = [i for i in order if remainders[i] == edge]
    winners = [i for i in equal if i in order[:left]]
    return (
        Tie(
            tuple(claims[i].unit for i in sorted(equal)),
            len(winners),
            tuple(claims[i].unit for i in sorted(winners)),
            rule,
        ),
    )


def _furthest(claims: Sequence[Claim], sharing: Sequence[int], shared: Sequence[Part]) -> dict[int, str]:
    """Units to be held at a limit next: all below their minimum or all above their maximum, whichever
    moves more seats; holding one kind first keeps the other from being held in vain."""
    below = {
        i: claims[i].least - part.seats
        for i, part in zip(sharing, shared, strict=True)
        if part.seats < claims[i].least
    }
    above = {
        i: part.seats - most
        for i, part in zip(sharing, shared, strict=True)
        if (most := claims[i].most) is not None and part.seats > most
    }
    if sum(below.values()) >= sum(above.values()):
        return dict.fromkeys(below, "least")
    return dict.fromkeys(above, "most")


def _limit(claim: Claim, side: str) -> int:
    return claim.least if side == "least" else int(claim.most or 0)


def _check(seats: int, claims: Sequence[Claim], tie: str) -> None:
    if seats < 0:
        raise BadInput("negative_seats", say("Số lượng cần phân bổ âm: {seats}.", seats=seats), "seats")
    if tie not in ("larger", "smaller", "order"):
        raise BadInput(
            "unknown_tie_rule", say("Không có cách xử lý số dư bằng nhau “{tie}”.", tie=tie), "tie"
        )
    check_unique((claim.unit for claim in claims), "claims", "duplicate_unit", "Trùng đơn vị “{name}”.")
    for claim in claims:
        if (
            claim.size < 0
            or claim.fixed < 0
            or claim.least < 0
            or (claim.most is not None and claim.most < 0)
        ):
            raise BadInput("negative_claim", say("Đơn vị “{unit}” có số âm.", unit=claim.unit), claim.unit)
        if claim.most is not None and claim.most < max(claim.least, claim.fixed):
            raise BadInput(
                "limits_crossed",
                say("Đơn vị “{unit}”: mức tối đa nhỏ hơn mức tối thiểu hoặc phần cố định.", unit=claim.unit),
                claim.unit,
            )
    needed = sum(max(claim.least, claim.fixed) for claim in claims)
    if needed > seats:
        raise NotFeasible(
            "minima_exceed_seats",
            say("Riêng phần cố định và tối thiểu đã là {needed}, vượt {seats}.", needed=needed, seats=seats),
            "seats",
        )
    growing = [claim for claim in claims if claim.size > 0]
    room = sum(c.most if c.most is not None else seats for c in growing) + sum(
        max(c.least, c.fixed) for c in claims if c.size == 0
    )
    if room < seats:
        raise NotFeasible(
            "maxima_below_seats",
            say(
                "Mức tối đa của các đơn vị cộng lại chỉ được {room}, chưa đủ {seats}.", room=room, seats=seats
            ),
            "seats",
        )


def _shown(value: Fraction) -> str:
    """A fraction with its decimals to four places when it is not whole; the exact terms stand beside it."""
    if value.denominator == 1:
        return str(value.numerator)
    return f"{value.numerator}/{value.denominator} (≈ {float(value):.4f})".replace(".", ",")
