"""Verdicts over packed bits: 64 persons a word, two bits a person (met, failed), and / or / not as Kleene has them.

The same as `compile.verdict_expression` says over nullable columns, at a fraction of its cost: an operation is one
pass over plain words, where a nullable one takes several and a mask.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from hientai.engines.criteria.tree import All, Criterion, Node, Not, Open, parts_of

Words = npt.NDArray[np.uint64]
WORD, EVERY = 64, np.uint64(2**64 - 1)


class Bits(NamedTuple):
    """Whom something is met for and whom it fails for; nobody is in both, who is in neither is unknown."""

    met: Words
    failed: Words


BitsOf = Callable[[Criterion], Bits]


def packed(column: pl.Series) -> Bits:
    """A nullable Boolean column; bits beyond its end are unknown."""
    array = column.rechunk().to_arrow()
    _, values = array.buffers()
    known = _words(array.is_valid()) if array.null_count else _all(len(array))
    if values is None:
        return Bits(np.zeros_like(known), np.zeros_like(known))
    met = _words(array)
    met &= known
    known ^= met
    return Bits(met, known)


def nothing_known(size: int) -> Bits:
    """Unknown for everybody."""
    none = np.zeros(-(-size // WORD), dtype=np.uint64)
    return Bits(none, none)


def judged(node: Node, bits_of: BitsOf) -> Bits | None:
    """The verdict of a node over the bits of its criteria; None where the node takes no part."""
    if isinstance(node, Criterion):
        return bits_of(node)
    if isinstance(node, Open):
        return None
    counted = [found for part in parts_of(node) if (found := judged(part, bits_of)) is not None]
    if not counted:
        return None
    if isinstance(node, Not):
        return Bits(counted[0].failed, counted[0].met)
    first = Bits(counted[0].met.copy(), counted[0].failed.copy())
    return reduce(_both if isinstance(node, All) else _either, counted[1:], first)


def unpacked(bits: Bits, size: int, name: str) -> pl.Series:
    """A nullable Boolean column of that name and length."""
    buffers = [pa.py_buffer(bits.met | bits.failed), pa.py_buffer(bits.met)]
    column = pl.from_arrow(pa.Array.from_buffers(pa.bool_(), size, buffers))
    assert isinstance(column, pl.Series)
    return column.alias(name)


def _both(one: Bits, other: Bits) -> Bits:
    """Both of them, written over the first: words of this size are dear to make anew."""
    np.bitwise_and(one.met, other.met, out=one.met)
    np.bitwise_or(one.failed, other.failed, out=one.failed)
    return one


def _either(one: Bits, other: Bits) -> Bits:
    np.bitwise_or(one.met, other.met, out=one.met)
    np.bitwise_and(one.failed, other.failed, out=one.failed)
    return one


def _all(size: int) -> Words:
    """A one for each of `size` persons."""
    words = np.full(-(-size // WORD), EVERY, dtype=np.uint64)
    return _cut(words, size)


def _cut(words: Words, size: int) -> Words:
    """Clears the bits beyond the last person."""
    if size % WORD:
        words[-1] &= EVERY >> np.uint64(WORD - size % WORD)
    return words


def _words(array: pa.BooleanArray) -> Words:
    """The values of an array as words of their own, wherever in its buffer they begin."""
    size, first = len(array), array.offset
    if first % 8:
        values = array.fill_null(False).to_numpy(zero_copy_only=False)
        held = np.packbits(values, bitorder="little")
    else:
        held = np.frombuffer(array.buffers()[1], dtype=np.uint8)[first // 8 : first // 8 + -(-size // 8)]
    padded = np.zeros(-(-size // WORD) * 8, dtype=np.uint8)
    padded[: len(held)] = held
    return _cut(padded.view(np.uint64), size)
