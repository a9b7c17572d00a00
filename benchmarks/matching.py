"""Duplicate people: precision, recall and seconds on invented people with planted errors, beside two peers.

The floor groups by accent-blind name and birthday (what a careful spreadsheet does). The peer compares all
names of one year of birth with rapidfuzz (ratio of 90 or more) and keeps pairs of one birthday, of one year
where no more is known, or with day and month swapped.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel

from hientai.engines.interval import PartialDate
from hientai.engines.matching import Likeness, PersonRecord, find_pairs
from hientai.engines.vitext import fold, search_key

FAMILIES = {
    "Nguyễn": 380, "Trần": 110, "Lê": 95, "Phạm": 70, "Hoàng": 51, "Huỳnh": 20, "Phan": 45,
    "Vũ": 25, "Võ": 14, "Đặng": 21, "Bùi": 20, "Đỗ": 14, "Hồ": 13, "Ngô": 13, "Dương": 10, "Lý": 5,
    "Lò": 12, "Quàng": 6, "Giàng": 8, "Cà": 5, "Tòng": 5, "Lường": 6, "Vàng": 4, "Sùng": 4,
    "Đinh": 8, "Trịnh": 6, "Mai": 5, "Cao": 5, "Lương": 5, "Tô": 3, "Hà": 5, "Đoàn": 4, "Vương": 2,
    "Thào": 3, "Mùa": 2, "Ksor": 2, "Tạ": 3, "Chu": 3, "Triệu": 3, "Kiều": 2,
}  # fmt: skip
MIDDLES = {
    "male": {
        "Văn": 40, "Đức": 8, "Hữu": 6, "Quốc": 5, "Minh": 6, "Ngọc": 5, "Xuân": 4, "Mạnh": 4,
        "A": 5, "Công": 3, "Thanh": 5, "Quang": 4, "Đình": 4, "Trọng": 3, "Anh": 3, "Hoàng": 3,
        "Tuấn": 2, "Bá": 2, "": 1,
    },
    "female": {
        "Thị": 45, "Thị Thu": 6, "Thị Kim": 4, "Ngọc": 5, "Thị Ngọc": 4, "Thu": 3, "Thị Thanh": 5,
        "Hồng": 3, "Thúy": 3, "Thị Minh": 3, "Thị Hồng": 3, "Thị Bích": 2, "Phương": 3, "Mai": 2,
        "Thị Lan": 2, "": 1,
    },
}  # fmt: skip
_GIVEN = """
    Anh Hùng Hương Hà Lan Hoa Dũng Tuấn Hải Bình Thủy Nga Hạnh Sơn Cường Linh Minh Mai Thảo Hằng
    Phương Long Trang Nam Hiền Đức Thắng Yến Huyền Trung Tùng Tâm Phúc Loan Quang Ngọc Vân Thanh
    Dung Oanh Nhung Xuân Liên Hồng Thu Tú Kiên Khánh Vinh Hòa Mạnh Toàn Thành Đạt Chung Quân Lâm
    Bích Châu Thúy Giang Diệp Huệ Lý Nhàn Duyên Quỳnh Tuyết Ánh Đông Việt Hưng Quý Thịnh Chiến Công
    Duy Hậu Hoàn Khoa Kỳ Lộc Lợi Luân Nghĩa Nhân Phong Phú Quyết Sáng Tài Thái Thế Tiến Trí Trường
    Tuân Uyên Văn Vũ Ân An Bảo Cúc Đào Điệp Gấm Hiếu Huy Ích Khải Khiêm Kim Mừng My Mỵ Na Pó Páo
    Sùng Súa Dế Chớ Vừ Pà Sinh Lềnh Dính Chứ Của Nhìa Xá Tủa
"""
GIVEN = _GIVEN.split()
COMMUNES = (
    "Thanh Nưa", "Mường Ảng", "Thanh An", "Núa Ngam", "Hua Thanh", "Mường Phăng", "Nà Tấu", "Pá Khoang",
    "Noong Hẹt", "Sam Mứn", "Thanh Yên", "Pom Lót", "Na Ư", "Mường Nhà", "Phu Luông",
)  # fmt: skip
PROVINCES = ("Điện Biên", "Sơn La", "Lai Châu", "Hải Dương", "Hà Nội")
PLACES = [f"xã {commune}, tỉnh {province}" for province in PROVINCES for commune in COMMUNES]


@dataclass(frozen=True)
class Plant:
    """A double that was planted, and how it was disturbed."""

    first: str
    second: str
    error: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Size, share of doubles, repetitions, seed."""
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--doubles", type=float, default=0.02, help="share of records that get a double")
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--seed", type=int, default=2026)


def run(options: argparse.Namespace) -> dict[str, object]:
    """Ours, floor and peer on one data set, repetitions interleaved; medians."""
    records, plants = population(options.people, options.doubles, options.seed)
    truth = {_key(plant.first, plant.second) for plant in plants}
    contestants: dict[str, Callable[[], dict[str, set[tuple[str, str]]]]] = {
        "hientai": lambda: _ours(records),
        "floor: same name and birthday": lambda: {"likely": set(_grouped(records))},
        "peer: rapidfuzz within a year of birth": lambda: {"likely": set(_fuzzy(records))},
    }
    times: dict[str, list[tuple[float, float]]] = defaultdict(list)
    answers = {}
    for _ in range(options.repetitions):
        for name, contestant in contestants.items():
            wall, cpu = time.perf_counter(), time.process_time()
            answers[name] = contestant()
            times[name].append((time.perf_counter() - wall, time.process_time() - cpu))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = [_row(name, answers[name], truth, times[name], memory) for name in contestants]
    return {
        "people": len(records),
        "planted": len(truth),
        "rows": rows,
        "recall_by_error": _recall_by_error(answers["hientai"], plants),
        "ratio_to_floor": rows[0]["seconds"] / rows[1]["seconds"],
        "ratio_to_peer": rows[0]["seconds"] / rows[2]["seconds"],
    }


def population(people: int, doubles: float, seed: int) -> tuple[list[PersonRecord], list[Plant]]:
    """Invented people with names as common as in Viet Nam, and doubles disturbed in thirteen ways."""
    chance = random.Random(seed)
    originals = [_person(chance, f"P{number:07d}") for number in range(round(people / (1 + doubles)))]
    plants, copies = [], []
    errors = list(ERRORS)
    for number, original in enumerate(chance.sample(originals, people - len(originals))):
        error = errors[number % len(errors)]
        copy = replace(ERRORS[error](chance, original), id=f"Q{number:07d}")
        copies.append(copy)
        plants.append(Plant(original.id, copy.id, error))
    records = originals + copies
    chance.shuffle(records)
    return records, plants


def _person(chance: random.Random, code: str) -> PersonRecord:
    sex = chance.choice(("male", "female"))
    family = chance.choices(list(FAMILIES), FAMILIES.values())[0]
    middle = chance.choices(list(MIDDLES[sex]), MIDDLES[sex].values())[0]
    given = chance.choices(GIVEN, [1 / (rank + 6) for rank in range(len(GIVEN))])[0]
    year = chance.randint(1961, 2003)
    month, day = (1, 1) if chance.random() < 0.04 else (chance.randint(1, 12), chance.randint(1, 28))
    born = PartialDate(year) if chance.random() < 0.04 else PartialDate(year, month, day)
    century = 0 if year < 2000 else 2
    personal = f"011{century + (sex == 'female')}{year % 100:02d}{chance.randrange(10**6):06d}"
    kind = chance.random()
    old = f"04{chance.randrange(10**7):07d}"
    identities = (
        (personal,) if kind < 0.7 else (old,) if kind < 0.85 else (personal, old) if kind < 0.9 else ()
    )
    name = " ".join(word for word in (family, middle, given) if word)
    return PersonRecord(code, name, born, sex, identities, chance.choice(PLACES))


def _without_numbers(record: PersonRecord) -> PersonRecord:
    return replace(record, identities=())


def _other_number(chance: random.Random, record: PersonRecord) -> PersonRecord:
    """The old card's number where the record has the new one, and the reverse: nothing to compare."""
    if any(len(number) == 12 for number in record.identities):
        return replace(record, identities=(f"04{chance.randrange(10**7):07d}",))
    return _without_numbers(record)


def _zero_eaten(chance: random.Random, record: PersonRecord) -> PersonRecord:
    return replace(record, identities=tuple(str(int(number)) for number in record.identities))


def _swapped(chance: random.Random, record: PersonRecord) -> PersonRecord:
    born = record.born
    if born and born.month and born.day and born.day <= 12:
        born = PartialDate(born.year, born.day, born.month)
    return replace(_other_number(chance, record), born=born)


def _day_slip(chance: random.Random, record: PersonRecord) -> PersonRecord:
    born = record.born
    if born and born.month and born.day:
        born = PartialDate(born.year, born.month, born.day % 28 + 1)
    return replace(_other_number(chance, record), born=born)


def _name_slip(chance: random.Random, record: PersonRecord) -> PersonRecord:
    place = chance.randrange(1, len(record.name) - 1)
    name = record.name[:place] + record.name[place + 1 :]
    return replace(_other_number(chance, record), name=name)


def _middle_left_out(chance: random.Random, record: PersonRecord) -> PersonRecord:
    words = record.name.split()
    return replace(_other_number(chance, record), name=f"{words[0]} {words[-1]}")


def _number_slip(chance: random.Random, record: PersonRecord) -> PersonRecord:
    if not record.identities:
        return record
    number = record.identities[0]
    place = chance.randrange(3, len(number))
    digit = str((int(number[place]) + chance.randint(1, 9)) % 10)
    return replace(record, identities=(number[:place] + digit + number[place + 1 :],))


ERRORS: dict[str, Callable[[random.Random, PersonRecord], PersonRecord]] = {
    "none": lambda _, record: record,
    "leading zero eaten": _zero_eaten,
    "other kind of number": _other_number,
    "no number": lambda _, record: _without_numbers(record),
    "capitals": lambda c, record: replace(_other_number(c, record), name=record.name.upper()),
    "accents lost": lambda c, record: replace(_other_number(c, record), name=fold(record.name).title()),
    "day and month swapped": _swapped,
    "year only": lambda c, r: replace(_other_number(c, r), born=PartialDate(r.born.year if r.born else 1970)),
    "day slipped": _day_slip,
    "name slipped": _name_slip,
    "middle left out": _middle_left_out,
    "number slipped": _number_slip,
    "home and sex missing": lambda c, record: replace(_other_number(c, record), home="", sex=None),
}


def _ours(records: list[PersonRecord]) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {likeness.value: set() for likeness in Likeness}
    for pair in find_pairs(records):
        found[pair.likeness.value].add((pair.first, pair.second))
    return found


def _grouped(records: list[PersonRecord]) -> Iterable[tuple[str, str]]:
    groups = defaultdict(list)
    for record in records:
        if record.born:
            groups[search_key(record.name), record.born.isoformat()].append(record.id)
    for group in groups.values():
        yield from (_key(one, other) for one, other in combinations(group, 2))


def _fuzzy(records: list[PersonRecord]) -> Iterable[tuple[str, str]]:
    years = defaultdict(list)
    for record in records:
        if record.born:
            years[record.born.year].append(record)
    for group in years.values():
        names = [search_key(record.name) for record in group]
        near = process.cdist(names, names, scorer=Indel.normalized_similarity, score_cutoff=0.9, workers=1)
        for i, j in np.argwhere(np.triu(near, 1) > 0).tolist():
            one, other = group[i].born, group[j].born
            if one and other and (one.may_equal(other) or (one.month, one.day) == (other.day, other.month)):
                yield _key(group[i].id, group[j].id)


def _row(
    name: str,
    found: dict[str, set[tuple[str, str]]],
    truth: set[tuple[str, str]],
    times: list[tuple[float, float]],
    memory: float,
) -> dict[str, object]:
    sure = set().union(*(pairs for likeness, pairs in found.items() if likeness != "possible"))
    every = set().union(*found.values())
    return {
        "name": name,
        "seconds": statistics.median(wall for wall, _ in times),
        "cpu_seconds": statistics.median(cpu for _, cpu in times),
        "memory_mb": memory,
        "found": {likeness: len(pairs) for likeness, pairs in found.items()},
        "precision": _share(len(sure & truth), len(sure)),
        "recall": _share(len(sure & truth), len(truth)),
        "precision_with_possible": _share(len(every & truth), len(every)),
        "recall_with_possible": _share(len(every & truth), len(truth)),
    }


def _recall_by_error(
    found: dict[str, set[tuple[str, str]]], plants: list[Plant]
) -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = {}
    for error in ERRORS:
        mine = {_key(plant.first, plant.second) for plant in plants if plant.error == error}
        table[error] = {
            likeness: round(_share(len(mine & pairs), len(mine)), 3) for likeness, pairs in found.items()
        }
    return table


def _key(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def main() -> None:
    """Prints the table of one run."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser)
    result = run(parser.parse_args())
    print(f"{result['people']} people, {result['planted']} doubles planted")
    for row in result["rows"]:  # type: ignore[attr-defined]
        print(row)
    for error, shares in result["recall_by_error"].items():  # type: ignore[attr-defined]
        print(f"{error:<24}{shares}")


if __name__ == "__main__":
    main()
