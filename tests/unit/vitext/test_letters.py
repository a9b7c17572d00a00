"""Unicode form, spaces, folding and search keys."""

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hientai.engines.vitext import fold, nfc, search_key, tidy
from hientai.engines.vitext.syllables import syllables

WORDS = st.sampled_from(sorted(set(syllables())))
TEXTS = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


def test_every_space_and_invisible_character_becomes_one_space_or_nothing() -> None:
    assert tidy("  Hoàng\xa0 Đức\u200b\u2003Dũng\t\n ") == "Hoàng Đức Dũng"


def test_soft_hyphens_are_dropped_once_letters_are_unicode() -> None:
    assert tidy("Nguyễn\xad Văn") == "Nguyễn Văn"


def test_look_alikes_of_d_bar_become_d_bar() -> None:
    assert tidy("\xd0ặng \u0189ình ðức") == "Đặng Đình đức"


def test_a_middle_dot_is_not_a_space() -> None:
    assert tidy("A·B") == "A·B"


def test_marks_typed_in_any_order_give_one_letter() -> None:
    for order in itertools.permutations("\u0302\u0303"):
        assert nfc("Nguye" + "".join(order) + "n") == "Nguyễn"
    for order in itertools.permutations("\u031b\u0323"):
        assert nfc("phu" + "".join(order) + "c") == "phực"


@given(TEXTS, st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_folding_sees_no_unicode_form_no_case_and_no_accent(text: str, form: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert folded == fold(unicodedata.normalize(form, text)) == fold(text.upper()) == fold(folded)


@given(TEXTS)
def test_tidy_and_nfc_change_nothing_twice(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", f" {text}  ")
    assert tidy(decomposed) == tidy(tidy(decomposed)) == nfc(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Đỗ-Thị  Hoà", "do thi hoa"),
        ("NGUYỄN VĂN A", "nguyen van a"),
        ("Ksor H'Bé", "ksor h be"),
        ("UBND xã “Thanh Nưa”", "ubnd xa thanh nua"),
        ("P.Chủ tịch – HĐND", "p chu tich hdnd"),
        ("  ", ""),
    ],
)
def test_a_search_key_has_letters_digits_and_single_spaces(text: str, key: str) -> None:
    assert search_key(text) == key


def test_tone_style_does_not_matter_to_a_search() -> None:
    assert search_key("Hòa Thủy") == search_key("Hoà Thuỷ") == "hoa thuy"
