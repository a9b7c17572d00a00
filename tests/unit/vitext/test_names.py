"""Parts and letter case of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hientai.engines.vitext import NameParts, name_case, split_name
from hientai.engines.vitext.syllables import syllables

NAMES = st.lists(st.sampled_from(sorted(set(syllables()))), min_size=1, max_size=5).map(
    lambda words: " ".join(word.capitalize() for word in words)
)


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Nguyễn Văn An", NameParts("Nguyễn", "Văn", "An")),
        ("Lò Thị Kim Hằng", NameParts("Lò", "Thị Kim", "Hằng")),
        ("Lê An", NameParts("Lê", "", "An")),
        ("Hằng", NameParts("", "", "Hằng")),
        ("", NameParts("", "", "")),
        ("A Phúc", NameParts("", "A", "Phúc")),
        ("Y Khen", NameParts("", "Y", "Khen")),
        ("Lò A Phúc", NameParts("Lò", "A", "Phúc")),
        ("Ksor H'Bé", NameParts("Ksor", "", "H'Bé")),
        ("Tôn Thất Tùng", NameParts("Tôn Thất", "", "Tùng")),
        ("Tôn Nữ Thị Ninh", NameParts("Tôn Nữ", "Thị", "Ninh")),
        ("Công Tằng Tôn Nữ Hà", NameParts("Công Tằng Tôn Nữ", "", "Hà")),
        ("Tôn Thất", NameParts("Tôn", "", "Thất")),
    ],
)
def test_a_name_falls_into_family_middle_and_given(full: str, parts: NameParts) -> None:
    assert split_name(full) == parts


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("NGUYỄN VĂN A", "Nguyễn Văn A"),
        ("nguyễn văn a", "Nguyễn Văn A"),
        ("lò thị kim hằng", "Lò Thị Kim Hằng"),
        ("LÒ A PHÚC", "Lò A Phúc"),
        ("a phúc", "A Phúc"),
        ("KSOR H’BÉ", "Ksor H'Bé"),
        ("ksor h'bé", "Ksor H'Bé"),
        ("Y KHEN NIÊ", "Y Khen Niê"),
        ("rơ-châm thu", "Rơ-Châm Thu"),
        ("NGuyễn văn HÙNG", "Nguyễn Văn Hùng"),
        ("Anna McDonald", "Anna McDonald"),
        ("Trần Minh II", "Trần Minh II"),
        ("ĐỖ\xa0 ĐỨC  ĐẠT", "Đỗ Đức Đạt"),
    ],
)
def test_a_name_typed_in_any_case_is_written_properly(typed: str, written: str) -> None:
    assert name_case(typed) == written


@given(NAMES)
def test_every_proper_name_survives_shouting_and_whispering(name: str) -> None:
    assert name_case(name.upper()) == name_case(name.lower()) == name_case(name) == name


@given(NAMES)
def test_the_parts_of_a_name_make_the_name(name: str) -> None:
    parts = split_name(name)
    assert " ".join(part for part in (parts.family, parts.middle, parts.given) if part) == name
