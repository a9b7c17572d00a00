"""Draws who is verified: by lot, from a seed that is published, so that anybody can draw it again.

1. The list of those who declare is closed first; its SHA-256 (of the codes, sorted, one a line) is published.
2. A seed is drawn in public afterwards (any text: numbers drawn from a box, a lottery of that day).
3. The lot of a person is SHA-256 of "seed:code", as hexadecimal; lower comes first.
4. In every body the head or deputy with the lowest lot is taken (at least one a body, where it has one).
5. By lot, others follow until the share of the whole list is reached, rounded up.

No pseudo-random generator is needed, the order of the list does not matter, and `sha256sum` is enough to check a lot.
Source: the parameters `declaration.verified_share_min` (at least 10 %, at least one head or deputy a body).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Declarant:
    """Somebody on the closed list. body: the unit declared at; leads: head or deputy of it."""

    code: str
    body: int
    leads: bool


@dataclass(frozen=True)
class Drawn:
    """chosen: codes by lot; leading: those of them taken as head or deputy; without: bodies with no such declarant."""

    chosen: tuple[str, ...]
    leading: frozenset[str]
    without: tuple[int, ...]


def digest_of(codes: Iterable[str]) -> str:
    """What is published of the closed list."""
    return hashlib.sha256("\n".join(sorted(codes)).encode()).hexdigest()


def lot(seed: str, code: str) -> str:
    """The lot of one person."""
    return hashlib.sha256(f"{seed}:{code}".encode()).hexdigest()


def draw(seed: str, declarants: Sequence[Declarant], share: Fraction) -> Drawn:
    """At least `share` of all, rounded up, and at least one head or deputy of every body that has one."""
    by_lot = sorted(declarants, key=lambda one: lot(seed, one.code))
    leading: dict[int, str] = {}
    for one in by_lot:
        if one.leads:
            leading.setdefault(one.body, one.code)
    least = -(-len(declarants) * share.numerator // share.denominator)
    chosen = set(leading.values())
    for one in by_lot:
        if len(chosen) >= least:
            break
        chosen.add(one.code)
    bodies = {one.body for one in declarants}
    return Drawn(
        tuple(one.code for one in by_lot if one.code in chosen),
        frozenset(leading.values()),
        tuple(sorted(bodies - leading.keys())),
    )
