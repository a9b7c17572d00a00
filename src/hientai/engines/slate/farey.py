"""Shares with small terms that mean the same for every slate: neighbours in a Farey sequence."""

from __future__ import annotations

from fractions import Fraction


def share_at_least(part: Fraction, largest_base: int) -> Fraction:
    """The smallest fraction >= part whose denominator is at most `largest_base`.

    For whole numbers count and base <= largest_base, count/base >= part is the same as count/base >= the
    answer (there is no attainable share between them). It has small terms and gives a tighter relaxation:
    the integer hull of one share rule. Source: Farey neighbours, Hardy and Wright, chapter 3.
    """
    return max(_neighbours(part, largest_base))


def share_at_most(part: Fraction, largest_base: int) -> Fraction:
    """The largest fraction <= part whose denominator is at most `largest_base`; see `share_at_least`."""
    return min(_neighbours(part, largest_base))


def _neighbours(part: Fraction, limit: int) -> tuple[Fraction, Fraction]:
    """The closest fractions below and above `part` with denominators <= limit, by continued fractions."""
    if limit < 1:
        raise ValueError("limit")
    if part.denominator <= limit:
        return part, part
    p0, q0, p1, q1 = 0, 1, 1, 0
    n, d = part.numerator, part.denominator
    while True:
        a = n // d
        if q0 + a * q1 > limit:
            break
        p0, q0, p1, q1 = p1, q1, p0 + a * p1, q0 + a * q1
        n, d = d, n - a * d
    k = (limit - q0) // q1
    return Fraction(p0 + k * p1, q0 + k * q1), Fraction(p1, q1)
