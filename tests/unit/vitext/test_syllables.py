"""What counts as a Vietnamese syllable."""

import pytest

from hientai.engines.vitext.syllables import is_syllable, syllables, take_tone


@pytest.mark.parametrize(
    "word",
    ["Nguyễn", "Thuỳ", "Thùy", "hòa", "hoà", "khỏe", "khoẻ", "quý", "quỳnh", "quýt", "gì", "giếng", "già",
     "Đặng", "Ước", "nghiêng", "khuya", "ngoằn", "xoong", "yến", "uyển"],
)  # fmt: skip
def test_vietnamese_words_are_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    ["HĐND", "Müller", "haù", "bác2", "cảt", "Nguyeãn", "Hïng", "zơ", "ấẩ", "quà̀", "nghĩẽ", "đđ", "ng"],
)
def test_other_words_are_not(word: str) -> None:
    assert not is_syllable(word)


def test_stops_carry_only_sac_and_nang() -> None:
    assert is_syllable("các")
    assert is_syllable("cạc")
    assert not any(map(is_syllable, ("cac", "càc", "cảc", "cãc")))


def test_the_list_of_syllables_is_what_is_accepted() -> None:
    every = set(syllables())
    assert len(every) > 20_000
    assert all(map(is_syllable, every))


def test_the_tone_is_taken_from_its_letter() -> None:
    assert take_tone("nguyễn") == ("nguyên", "\u0303", 4)
    assert take_tone("an") == ("an", "", -1)
    assert take_tone("ấà")[2] is None
