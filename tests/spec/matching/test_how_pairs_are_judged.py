"""How likely two records are one person: the manual of `matching.find_pairs`, on a body of 1,000 people."""

from datetime import date, timedelta

import pytest

from hientai.engines.interval import PartialDate
from hientai.engines.matching import Pair, PersonRecord, find_pairs

RARE, COMMON = "Sùng Thị Mỷ", "Nguyễn Văn Hùng"
BODY = [
    PersonRecord(
        f"C{number:04}",
        COMMON if number % 10 == 0 else f"Trần Thị {chr(65 + number % 26)}{number}",
        PartialDate.of(date(1960, 1, 2) + timedelta(days=17 * number)),
        home=f"xã {number}",
    )
    for number in range(1000)
]

JUDGED = [
    # one record                                     the other                                        likeness
    ((RARE, "1980-03-05", "011180123456"), ("Trần Văn Ba", "1975", "11180123456"), "same"),
    ((RARE, "1980-03-05", ""), (RARE, "1980-03-05", ""), "likely"),
    ((RARE, "1980-03-05", ""), ("SUNG THI MY", "1980-03-05", ""), "likely"),
    ((RARE, "1980-03-05", ""), (RARE, "1980-05-03", ""), "likely"),
    ((RARE, "1980-03-05", "011180123456"), (RARE, "1980-03-05", "047028755"), "likely"),
    ((RARE, "1980-03-05", "011180123456"), (RARE, "1980-03-05", "011180123465"), "likely"),
    ((RARE, "1980-03-05", "011180123456"), (RARE, "1980-03-05", "011180999999"), None),
    ((RARE, "1980-03-05", ""), ("Sùng Thị Mỵ", "1980-03-05", ""), "possible"),
    ((RARE, "1980-03-05", ""), ("Sùng Mỷ", "1980-03-05", ""), "likely"),
    ((RARE, "1980-03-05", ""), ("Sùg Thị Mỷ", "1980-03-05", ""), "possible"),
    ((RARE, "1980-03-05", ""), (RARE, "1980", ""), "possible"),
    ((RARE, "1980-03-05", ""), (RARE, "1980-03-07", ""), "possible"),
    ((RARE, "1980-03-05", ""), (RARE, "1981-07-09", ""), None),
    ((COMMON, "1980-03-05", ""), (COMMON, "1980-03-05", ""), "possible"),
    ((COMMON, "1980-03-05", ""), (COMMON, "1980", ""), None),
    ((RARE, "1980-03-05", ""), ("Vàng A Páo", "1980-03-05", ""), None),
]


def judged(one: PersonRecord, other: PersonRecord) -> Pair | None:
    found = find_pairs([*BODY, one, other], fresh={one.id, other.id})
    return next((pair for pair in found if (pair.first, pair.second) == (one.id, other.id)), None)


def record(code: str, name: str, born: str, number: str) -> PersonRecord:
    return PersonRecord(code, name, PartialDate.from_iso(born), identities=(number,) if number else ())


@pytest.mark.parametrize(("one", "other", "likeness"), JUDGED)
def test_how_likely_two_records_are_one_person(
    one: tuple[str, str, str], other: tuple[str, str, str], likeness: str | None
) -> None:
    pair = judged(record("X1", *one), record("X2", *other))
    assert (pair.likeness.value if pair else None) == likeness


def test_what_an_officer_is_told() -> None:
    one = PersonRecord(
        "X1", RARE, PartialDate(1980, 3, 5), "female", ("047028755",), "xã Thanh Nưa, tỉnh Điện Biên"
    )
    other = PersonRecord("X2", "SUNG THI MY", PartialDate(1980, 3, 5), "female", (), "tỉnh Điện Biên")
    pair = judged(one, other)
    assert pair is not None
    assert [(reason.points, str(reason.sentence)) for reason in pair.reasons] == [
        (14, "Cùng ngày sinh 05/03/1980."),
        (10, "Cùng họ tên, một bên mất dấu: “Sùng Thị Mỷ” và “SUNG THI MY” (2 hồ sơ)."),
        (1, "Cùng giới tính."),
        (0, "Quê quán phù hợp, một bên ghi gọn hơn: xã Thanh Nưa, tỉnh Điện Biên và tỉnh Điện Biên."),
        (-13, "Trong 1002 hồ sơ, hai hồ sơ bất kỳ hiếm khi là của một người."),
    ]
    assert pair.points == 12
