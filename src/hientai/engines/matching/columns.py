"""Records as columns of small integers, with how common each name, birthday and home is among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from hientai.engines.matching.identity import Identity, read_identity
from hientai.engines.matching.record import Commonness, PersonRecord
from hientai.engines.vitext import fold, search_key, sort_key_plain, tidy

Integers = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
UNKNOWN = -1


@dataclass(frozen=True)
class Coded:
    """One text column: code of each record's value (UNKNOWN where empty) and how many records share it."""

    codes: Integers
    counts: Integers

    def shared(self) -> Integers:
        """For each record the number of records with its value, itself included; 0 where unknown."""
        return np.where(self.codes >= 0, self.counts[self.codes], 0) if len(self.counts) else self.codes * 0


@dataclass(frozen=True)
class People:
    """Columns over the records, all of one length n.

    names: tidy; folded: without accents. name, spelling (keeps accents, whatever the tone style), family and
    given (first and last word), birthday, home: codes. everybody: how many people there are, bearers and sharers:
    how many of them bear the name or share the birthday, the record itself included. expected: how many records
    would bear the name by chance of its parts. year, month, day: 0 where unknown. sex: 0 unknown, 1 male, 2 female.
    personal, old_card: digits, UNKNOWN where there is no number.
    """

    records: tuple[PersonRecord, ...]
    names: tuple[str, ...]
    folded: tuple[str, ...]
    identities: tuple[tuple[Identity, ...], ...]
    name: Coded
    spelling: Coded
    family: Coded
    given: Coded
    everybody: int
    bearers: Integers
    sharers: Integers
    expected: Reals
    year: Integers
    month: Integers
    day: Integers
    birthday: Coded
    sex: Integers
    home: Coded
    homes: tuple[str, ...]
    personal: Integers
    old_card: Integers

    @property
    def size(self) -> int:
        """The number of records."""
        return len(self.records)


def columns(records: Sequence[PersonRecord], among: Commonness | None = None) -> People:
    """The columns of `records`, in their order; names and birthdays counted `among` everybody, else among these."""
    names = [tidy(record.name) for record in records]
    folded = [" ".join(_folded(word) for word in name.split()) for name in names]
    words = [name.split() or [""] for name in folded]
    family, given = coded(parts[0] for parts in words), coded(parts[-1] for parts in words)
    middle = coded(" ".join(parts[1:-1]) or "-" for parts in words)
    homes = [_key(record.home) for record in records]
    identities = tuple(
        tuple(found for found in map(read_identity, record.identities) if found) for record in records
    )
    year, month, day = (_born(records, part) for part in ("year", "month", "day"))
    name = coded(folded)
    birthday = coded_numbers(np.where(day > 0, (year * 100 + month) * 100 + day, UNKNOWN))
    return People(
        records=tuple(records),
        names=tuple(names),
        folded=tuple(folded),
        identities=identities,
        name=name,
        spelling=coded(" ".join(spelling(word) for word in name.split()) for name in names),
        family=family,
        given=given,
        everybody=among.people if among else len(records),
        bearers=_bearers(names, among) if among else name.shared(),
        sharers=_sharers(records, among) if among else birthday.shared(),
        expected=np.zeros(len(records)) if among else _expected(len(records), family, middle, given),
        year=year,
        month=month,
        day=day,
        birthday=birthday,
        sex=np.array(
            [{"male": 1, "female": 2}.get(record.sex or "", 0) for record in records], dtype=np.int64
        ),
        home=coded(homes),
        homes=tuple(homes),
        personal=_digits(identities, personal=True),
        old_card=_digits(identities, personal=False),
    )


def coded(values: Iterable[str]) -> Coded:
    """Codes of texts in order of first appearance; the empty text is unknown."""
    known: dict[str, int] = {}
    codes = np.array([known.setdefault(v, len(known)) if v else UNKNOWN for v in values], dtype=np.int64)
    return Coded(codes, np.bincount(codes[codes >= 0], minlength=len(known)).astype(np.int64))


def coded_numbers(values: Integers) -> Coded:
    """Codes of numbers; UNKNOWN stays unknown."""
    codes = np.full(len(values), UNKNOWN, dtype=np.int64)
    known = values != UNKNOWN
    _, codes[known], counts = np.unique(values[known], return_inverse=True, return_counts=True)
    return Coded(codes, counts.astype(np.int64))


@lru_cache(maxsize=65536)
def _key(text: str) -> str:
    return search_key(text)


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    return fold(word)


@lru_cache(maxsize=65536)
def spelling(word: str) -> str:
    """One word with its accents but without case and tone style."""
    return sort_key_plain(word.lower())


def _born(records: Sequence[PersonRecord], part: str) -> Integers:
    return np.array(
        [(getattr(record.born, part) or 0) if record.born else 0 for record in records], dtype=np.int64
    )


def _bearers(names: Sequence[str], among: Commonness) -> Integers:
    return np.array([among.names.get(_key(name), 0) for name in names], dtype=np.int64)


def _sharers(records: Sequence[PersonRecord], among: Commonness) -> Integers:
    days = ((b.year, b.month or 0, b.day or 0) if (b := record.born) else (0, 0, 0) for record in records)
    return np.array([among.birthdays.get(day, 0) if day[2] else 0 for day in days], dtype=np.int64)


def _expected(size: int, *parts: Coded) -> Reals:
    """How many records would bear each name if its parts were drawn independently."""
    expected = np.full(size, float(size))
    for part in parts:
        expected *= np.maximum(part.shared(), 1) / max(size, 1)
    return expected


def _digits(identities: Sequence[tuple[Identity, ...]], *, personal: bool) -> Integers:
    """One row of digits per record from its first number of the kind; UNKNOWN where it has none."""
    width = 12 if personal else 9
    table = np.full((len(identities), width), UNKNOWN, dtype=np.int64)
    for row, numbers in enumerate(identities):
        number = next((found.number for found in numbers if found.is_personal is personal), None)
        if number:
            table[row] = [ord(digit) - 48 for digit in number]
    return table
