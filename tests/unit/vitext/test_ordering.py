"""Sort keys give the order of Vietnamese lists; the golden files hold the order that ICU gave."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hientai.engines.vitext import fold, sort_key, sort_key_plain
from hientai.engines.vitext.syllables import syllables

HERE = Path(__file__).parent
SYLLABLES = sorted(set(syllables()))
PEOPLE = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4).map(
    lambda words: " ".join(words).title()
)


def lines_of(name: str) -> list[str]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def resorted(items: list[str], key: Callable[[str], str]) -> list[str]:
    """Sorted from the reversed order, so that equal keys cannot pass for an order."""
    backwards = items[::-1]
    return sorted(backwards, key=key)


def test_names_sort_as_icu_sorts_them_given_name_first() -> None:
    names = lines_of("icu_order_of_names.txt")
    assert len(names) == 320
    assert resorted(names, sort_key) == names


def test_text_sorts_as_icu_sorts_it() -> None:
    lines = lines_of("icu_order_of_text.txt")
    assert len(lines) == 293
    assert resorted(lines, sort_key_plain) == lines


def test_letters_stand_in_alphabet_order() -> None:
    alphabet = list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")
    assert resorted(alphabet, sort_key_plain) == alphabet


def test_tones_stand_in_the_order_ngang_huyen_hoi_nga_sac_nang() -> None:
    tones = ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert resorted(tones, sort_key_plain) == tones


def test_a_letter_weighs_more_than_a_tone() -> None:
    assert sort_key_plain("bạ") < sort_key_plain("băn") < sort_key_plain("bân")


def test_same_given_names_stay_together_whatever_the_case_of_the_writing() -> None:
    names = ["Bùi Văn An", "TRẦN VĂN AN", "Vũ Văn An", "Bùi Văn Án"]
    assert resorted(names, sort_key) == names


def test_small_letters_precede_capitals_when_all_else_is_equal() -> None:
    assert sort_key("nguyễn văn an") < sort_key("Nguyễn Văn An") < sort_key("NGUYỄN VĂN AN")


def test_old_and_new_tone_style_have_one_key() -> None:
    assert sort_key("Nguyễn Thị Hòa") == sort_key("Nguyễn Thị Hoà")
    assert sort_key("Lê Thủy") == sort_key("Lê Thuỷ")


@given(PEOPLE)
def test_keys_are_plain_ascii_and_do_not_depend_on_the_unicode_form(name: str) -> None:
    key = sort_key(name)
    assert key.isascii()
    assert key.isprintable()
    assert (
        key == sort_key(unicodedata.normalize("NFD", name)) == sort_key(f"  {name.replace(' ', chr(0xA0))} ")
    )


@given(PEOPLE, PEOPLE)
def test_names_with_one_key_are_the_same_name_but_for_the_tone_style(one: str, other: str) -> None:
    same_key = sort_key(one) == sort_key(other)
    if same_key:
        assert fold(one) == fold(other)
    if one == other:
        assert same_key


def test_no_two_syllables_share_a_key_but_tone_styles() -> None:
    groups: dict[str, set[str]] = {}
    for word in SYLLABLES:
        groups.setdefault(sort_key_plain(word), set()).add(word)
    shared = [group for group in groups.values() if len(group) > 1]
    assert shared
    assert all(len({fold(word) for word in group}) == 1 for group in shared)
    assert all(
        len({"".join(sorted(unicodedata.normalize("NFD", w))) for w in group}) == 1 for group in shared
    )


def test_ethnic_letters_and_unknown_scripts_have_a_place() -> None:
    names = ["Y Čưng", "Y Ñuăl", "Y 李"]
    assert sorted(names, key=sort_key) == names


def test_order_equals_icu_on_every_syllable_where_pyicu_is_installed() -> None:
    icu = pytest.importorskip(
        "icu", reason="PyICU is a development-only check; the golden files stand for it"
    )
    collator = icu.Collator.createInstance(icu.Locale("vi"))
    one_style = [word for word in SYLLABLES if fold(word)[-2:] not in {"oa", "oe", "uy", "ia", "iu"}]
    assert sorted(one_style, key=sort_key_plain) == sorted(one_style, key=collator.getSortKey)
