"""Exact arithmetic of printed figures: how a printed share or total stands to the one computed from its
parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hientai.engines.figures.findings import Verdict
from hientai.engines.figures.numbers import Bound


@dataclass(frozen=True)
class Printed:
    """A printed ratio in its own scale: "58,02%" is value 5802/100, ulp 1/100, scale 100; "1,4 lần" has scale
    1."""

    value: Fraction
    ulp: Fraction
    scale: int = 100
    bound: Bound = Bound.EXACT

    @property
    def share(self) -> Fraction:
        """The printed ratio as a fraction of one."""
        return self.value / self.scale

    @property
    def digits(self) -> int:
        """Decimals printed."""
        return len(str(self.ulp.denominator)) - 1


def rounded(value: Fraction, ulp: Fraction) -> Fraction:
    """`value` rounded half up (away from zero) to whole units of `ulp`."""
    steps = abs(value) / ulp
    whole = (2 * steps.numerator + steps.denominator) // (2 * steps.denominator)
    return (whole if value >= 0 else -whole) * ulp


def truncated(value: Fraction, ulp: Fraction) -> Fraction:
    """`value` cut towards zero to whole units of `ulp`."""
    steps = abs(value) / ulp
    whole = steps.numerator // steps.denominator
    return (whole if value >= 0 else -whole) * ulp


def judged_share(printed: Printed, num: Fraction, den: Fraction) -> Verdict:
    """EXACT, ROUNDED, TRUNCATED or WRONG for a share printed beside `num` of `den` (`den` not zero).

    A share rounded to one decimal and written with a zero behind it ("17,30%" for 17,34) is ROUNDED too. A
    hedged share ("gần 80%", "trên 42%") is ROUNDED when the exact one lies on the side it says, at most a
    tenth of it (or four printed units) away.
    """
    exact = num / den * printed.scale
    if exact == printed.value:
        return Verdict.EXACT
    if rounded(exact, printed.ulp) == printed.value:
        return Verdict.ROUNDED
    if printed.bound is not Bound.EXACT:
        return Verdict.ROUNDED if _hedge_holds(printed, exact) else Verdict.WRONG
    if truncated(exact, printed.ulp) == printed.value:
        return Verdict.TRUNCATED
    return Verdict.ROUNDED if _padded(printed, exact) else Verdict.WRONG


def _padded(printed: Printed, exact: Fraction) -> bool:
    """ "17,30%" for 17,34: rounded to one decimal, then written with two."""
    coarser = printed.ulp * 10
    return coarser < 1 and rounded(exact, coarser) == printed.value


def _hedge_holds(printed: Printed, exact: Fraction) -> bool:
    reach = max(abs(printed.value) / 20, 2 * printed.ulp)
    if printed.bound is Bound.ABOVE:
        return printed.value <= exact <= printed.value + 2 * reach
    if printed.bound is Bound.BELOW:
        return printed.value - 2 * reach <= exact <= printed.value
    return abs(exact - printed.value) <= reach


def fits(printed: Printed, num: Fraction, den: Fraction) -> bool:
    """Whether the printed share is num of den, rounded or cut."""
    return den != 0 and judged_share(printed, num, den) is not Verdict.WRONG


def fitting_bases(printed: Printed, num: Fraction) -> tuple[int, int] | None:
    """Smallest and largest whole base of which `num`, rounded, prints as this share; None when there is
    none."""
    if num <= 0 or printed.value <= 0:
        return None
    low, high = printed.value - printed.ulp / 2, printed.value + printed.ulp / 2
    if low <= 0:
        return None
    smallest = num * printed.scale / high
    largest = num * printed.scale / low
    first = smallest.numerator // smallest.denominator + 1
    last = largest.numerator // largest.denominator
    return (first, last) if first <= last else None


def closes(parts: Sequence[Fraction], total: Fraction) -> bool:
    """Whether the parts make the total exactly."""
    return sum(parts, Fraction(0)) == total


def closes_within_rounding(
    parts: Sequence[Fraction], total: Fraction, part_ulps: Sequence[Fraction], total_ulp: Fraction
) -> bool:
    """Whether parts and total, each rounded at its last digit, can stand for figures that add up exactly.

    A total of 100 is taken as exact: it is the whole of percentages.
    """
    slack = sum(part_ulps, Fraction(0)) / 2 + (0 if total == 100 else total_ulp / 2)
    return abs(sum(parts, Fraction(0)) - total) <= slack


@dataclass(frozen=True)
class ShareOf:
    """One of several shares of the same base, for finding sets that were adjusted to print as 100."""

    printed: Printed
    num: Fraction
    den: Fraction


_MOST_STEPS = 20_000


def forced_shares(shares: Sequence[ShareOf]) -> frozenset[int]:
    """Indexes of the shares printed one unit off so that a set of shares of one base prints as exactly 100.

    A set counts when its numerators make the base, its printed shares make 100 and at least one is not the
    half-up value; runs of neighbours are tried first, then other selections within a bounded search.
    """
    by_base: dict[Fraction, list[int]] = {}
    for index, share in enumerate(shares):
        if share.printed.scale == 100 and share.den > 0:
            by_base.setdefault(share.den, []).append(index)
    forced: set[int] = set()
    for den, members in by_base.items():
        for chosen in _partitions(shares, members, den):
            off = {index for index in chosen if _one_unit_off(shares[index])}
            good = all(
                index in off or judged_share(s.printed, s.num, s.den) in (Verdict.EXACT, Verdict.ROUNDED)
                for index, s in ((index, shares[index]) for index in chosen)
            )
            if off and good:
                forced |= off
                break
    return frozenset(forced)


def _partitions(shares: Sequence[ShareOf], members: list[int], den: Fraction) -> Iterable[tuple[int, ...]]:
    for start in range(len(members)):
        nums = printed = Fraction(0)
        for stop in range(start, len(members)):
            share = shares[members[stop]]
            nums, printed = nums + share.num, printed + share.printed.value
            if nums > den:
                break
            if stop > start and nums == den and printed == 100:
                yield tuple(members[start : stop + 1])
    yield from _selections(shares, members, den)


def _selections(shares: Sequence[ShareOf], members: list[int], den: Fraction) -> Iterable[tuple[int, ...]]:
    """Depth-first over selections whose numerators do not pass the base; stops after `_MOST_STEPS` steps."""
    positive = [index for index in members if shares[index].num > 0]
    waiting: list[tuple[int, tuple[int, ...], Fraction]] = [(0, (), den)]
    for _ in range(_MOST_STEPS):
        if not waiting:
            return
        position, chosen, left = waiting.pop()
        if left == 0:
            if len(chosen) > 1 and sum(shares[index].printed.value for index in chosen) == 100:
                yield chosen
            continue
        if position == len(positive):
            continue
        waiting.append((position + 1, chosen, left))
        index = positive[position]
        if shares[index].num <= left:
            waiting.append((position + 1, (*chosen, index), left - shares[index].num))


def _one_unit_off(share: ShareOf) -> bool:
    exact = share.num / share.den * share.printed.scale
    right = rounded(exact, share.printed.ulp)
    return exact != share.printed.value and abs(right - share.printed.value) == share.printed.ulp
