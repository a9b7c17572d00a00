"""The points of one pair in plain Python, one pair at a time: the judge of the columnar code."""

import math
from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from hientai.engines.matching import PersonRecord, read_identity
from hientai.engines.vitext import fold, search_key, sort_key_plain, tidy


def points(records: Sequence[PersonRecord], one: PersonRecord, other: PersonRecord) -> dict[str, int]:
    """Points by what they are about, the base included."""
    return {
        "base": -3 - round(math.log2(max(len(records), 2))),
        "name": _name(records, one, other),
        "born": _born(records, one, other),
        "sex": 0 if not (one.sex and other.sex) else 1 if one.sex == other.sex else -8,
        "home": _home(records, one, other),
        "identity": _identity(one, other),
    }


def _words(record: PersonRecord) -> list[str]:
    return tidy(record.name).split()


def _folded(record: PersonRecord) -> str:
    return " ".join(map(fold, _words(record)))


def _rarity(records: Sequence[PersonRecord], record: PersonRecord) -> int:
    size, mine = len(records), _folded(record).split()
    everybody = [_folded(item).split() for item in records]
    known = [words for words in everybody if words]
    expected = float(size)
    expected *= sum(words[0] == mine[0] for words in known) / size
    expected *= sum(words[-1] == mine[-1] for words in known) / size
    expected *= sum((words[1:-1] or ["-"]) == (mine[1:-1] or ["-"]) for words in everybody) / size
    bearers = max(sum(words == mine for words in everybody) - 2, expected, 1)
    return max(round(math.log2(max(size, 2) / bearers)), 0)


def _name(records: Sequence[PersonRecord], one: PersonRecord, other: PersonRecord) -> int:
    a, b = _folded(one), _folded(other)
    if not a or not b:
        return 0
    rarity = min(_rarity(records, one), _rarity(records, other))
    if a == b:
        clash = any(
            not (x.isascii() or y.isascii()) and sort_key_plain(x.lower()) != sort_key_plain(y.lower())
            for x, y in zip(_words(one), _words(other), strict=True)
        )
        return rarity - 8 if clash else rarity
    if OSA.distance(a, b) <= (2 if min(len(a), len(b)) >= 12 else 1):
        return rarity - 8
    short, long = sorted((a.split(), b.split()), key=len)
    ends = (short[0], short[-1]) == (long[0], long[-1])
    if ends and 1 < len(short) < len(long) and set(short) <= set(long):
        return rarity - 6
    return -12


def _birthday(record: PersonRecord) -> tuple[int, int, int] | None:
    born = record.born
    return (born.year, born.month, born.day) if born and born.month and born.day else None


def _born(records: Sequence[PersonRecord], one: PersonRecord, other: PersonRecord) -> int:
    if one.born is None or other.born is None:
        return 0
    a, b = _birthday(one), _birthday(other)
    days = Counter(map(_birthday, records))
    if a is None or b is None:
        if one.born.year != other.born.year:
            return -9
        if one.born.month and other.born.month:
            return 9 if one.born.month == other.born.month else -9
        return 5
    heaps = [round(-math.log2(max((days[day] - 2) / len(records), 2**-14))) for day in (a, b)]
    if a == b:
        return min(heaps)
    if a[0] == b[0] and (a[1], a[2]) == (b[2], b[1]):
        return min(heaps) - 4
    if a[1:] == b[1:]:
        return 3 if sum(x != y for x, y in zip(f"{a[0]:04}", f"{b[0]:04}", strict=True)) == 1 else -9
    if a[0] != b[0]:
        return -9
    return 3 if a[1] == b[1] or a[2] == b[2] else -3


def _home(records: Sequence[PersonRecord], one: PersonRecord, other: PersonRecord) -> int:
    a, b = search_key(one.home), search_key(other.home)
    if not a or not b:
        return 0
    if a == b:
        sharing = sum(search_key(record.home) == a for record in records)
        return round(-math.log2(max((sharing - 2) / len(records), 2**-4)))
    return 0 if f" {a} ".endswith(f" {b} ") or f" {b} ".endswith(f" {a} ") else -1


def _identity(one: PersonRecord, other: PersonRecord) -> int:
    mine = [found.number for found in map(read_identity, one.identities) if found]
    theirs = [found.number for found in map(read_identity, other.identities) if found]
    if set(mine) & set(theirs):
        return 40
    for length, near, far in ((12, 6, -12), (9, 5, -4)):
        a = next((number for number in mine if len(number) == length), None)
        b = next((number for number in theirs if len(number) == length), None)
        if a and b:
            slip = OSA.distance(a, b) == 1 and len(a) == len(b)
            return near if slip else far
    return 0
