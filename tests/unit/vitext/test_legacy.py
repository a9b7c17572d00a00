"""Legacy letters are repaired exactly, and correct text is never touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.vitext.legacy_writers import write_tcvn3, write_twice, write_vni

from hientai.engines.vitext import tidy
from hientai.engines.vitext.legacy import Cleaned, Encoding, clean, detect, detect_column, repair
from hientai.engines.vitext.syllables import syllables

SYLLABLES = sorted(set(syllables()))
SENTENCES = st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=6).map(" ".join)
NAMES = [
    "Nguyễn Thị Hương", "Lường Thị Thu Hương", "Trần Đức Dũng", "Phạm Hồng Ánh", "Đặng Xuân Ước",
    "Lê Thị Ngọc Phượng", "Phó Trưởng phòng Kinh tế", "Chủ tịch Ủy ban nhân dân", "Bí thư Đảng ủy",
    "Quyết định số 15-QĐ/TU", "Sinh ngày", "Điện Biên", "Mường Ảng", "Khơ Mú", "Dân tộc", "Nguyễn Như Ý",
]  # fmt: skip


def test_every_syllable_comes_back_from_tcvn3() -> None:
    assert [s for s in SYLLABLES if repair(write_tcvn3(s), Encoding.TCVN3) != s] == []


def test_every_syllable_comes_back_from_a_capitals_font() -> None:
    assert [s for s in SYLLABLES if repair(write_tcvn3(s), Encoding.TCVN3_CAPITALS) != s.upper()] == []


def test_every_syllable_comes_back_from_vni_in_small_and_capital_letters() -> None:
    assert [s for s in SYLLABLES if repair(write_vni(s), Encoding.VNI) != s] == []
    assert [s for s in SYLLABLES if repair(write_vni(s.upper()), Encoding.VNI) != s.upper()] == []
    assert [s for s in SYLLABLES if repair(write_vni(s.title()), Encoding.VNI) != s.title()] == []


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_every_syllable_comes_back_from_a_wrong_decoding(encoding: str) -> None:
    wrong = [s for s in SYLLABLES if repair(write_twice(s, encoding), Encoding.UTF8_READ_AS_LATIN) != s]
    assert wrong == []


def test_vni_case_sits_on_the_vowel_whatever_the_case_of_the_mark() -> None:
    assert repair("AØ Aø aø aØ", Encoding.VNI) == "À À à à"
    assert repair("ÖÙ Öù öÙ Ñ ñ", Encoding.VNI) == "Ứ Ứ ứ Đ đ"


def test_the_soft_hyphen_is_tcvn3_u_horn() -> None:
    assert repair("Tr\xadëng phßng", Encoding.TCVN3) == "Trưởng phòng"
    assert clean("Phã Tr\xadëng phßng").text == "Phó Trưởng phòng"


def test_a_toned_capital_typed_in_unicode_inside_tcvn3_text_stays() -> None:
    assert clean("Ph¹m Hång Ánh", ".VnTime").text == "Phạm Hồng Ánh"
    assert clean("Ph¹m ThÞ Ổn", ".VnTime").text == "Phạm Thị Ổn"
    assert clean("NguyÔn Nh\xad Ý", ".VnTime").text == "Nguyễn Như Ý"


def test_in_prose_the_same_code_is_the_small_letter() -> None:
    assert repair("®ång Ý", Encoding.TCVN3) == "đồng í"
    assert repair("®ång ý", Encoding.TCVN3) == "đồng ý"


@pytest.mark.parametrize("name", NAMES)
def test_correct_unicode_is_never_repaired_whatever_the_font(name: str) -> None:
    for font in (None, "Times New Roman", ".VnTime", ".VnTimeH", "VNI-Times"):
        assert detect(name, font) is None
        assert clean(name).text == name


@given(SENTENCES)
def test_no_unicode_sentence_is_repaired(sentence: str) -> None:
    assert detect(sentence) is None
    assert detect(sentence.upper()) is None
    assert detect(sentence.title()) is None


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_no_ascii_text_is_repaired_whatever_the_font(text: str) -> None:
    for font in (None, ".VnTime", ".VnTimeH", "VNI-Times"):
        assert detect(text, font) is None


@pytest.mark.parametrize(
    "text",
    ["Müller", "François Hôtel", "José Muñoz", "Loïc", "Zoë Noël", "Søren Kjær", "5 µm", "25°C", "§ 5", "±5%",
     "© 2020 «Hà Nội»", "Y Ñuăl", "Ê Đê", "H'Bế", "Jürgen Häßler", "12 m²", "Ba Na – Xơ Đăng", "São Paulo",
     "naïf", "½ ngày"],
)  # fmt: skip
def test_other_languages_and_symbols_are_left_alone(text: str) -> None:
    assert detect(text) is None
    assert clean(text).text == text


@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith("Ý")])
@pytest.mark.parametrize("font", [".VnTime", ".VnArial", None])
def test_tcvn3_is_told_by_the_font_and_by_the_letters(name: str, font: str | None) -> None:
    small = name.replace("Ánh", "ánh").replace("Ủ", "ủ").replace("Ả", "ả")
    assert clean(write_tcvn3(small), font).text == small


@pytest.mark.parametrize("name", sorted({*NAMES} - {"Khơ Mú"}))  # "Khô Muù" in VNI: one doubtful word
@pytest.mark.parametrize("font", ["VNI-Times", "VNI-Helve", None])
def test_vni_is_told_by_the_font_and_by_the_letters(name: str, font: str | None) -> None:
    assert clean(write_vni(name), font).text == name
    assert clean(write_vni(name.upper()), font).text == name.upper()


def test_a_capitals_font_draws_capitals() -> None:
    assert clean("nguyÔn v¨n a", ".VnTimeH") == Cleaned("NGUYỄN VĂN A", Encoding.TCVN3_CAPITALS)


@given(SENTENCES, st.sampled_from(["cp1252", "latin-1"]))
def test_wrongly_decoded_sentences_are_found_and_repaired(sentence: str, encoding: str) -> None:
    wrong = write_twice(sentence, encoding)
    assert clean(wrong).text == sentence
    assert clean(write_twice(wrong, encoding)).text == sentence


def test_a_wrong_decoding_whose_no_break_space_became_a_space_is_still_repaired() -> None:
    assert clean(tidy(write_twice("Nguyễn Văn Hà"))).text == "Nguyễn Văn Hà"
    assert clean(write_twice("Hà Nội").replace("\xa0", " ")).text == "Hà Nội"


def test_a_column_tells_what_a_cell_cannot() -> None:
    cells = [write_tcvn3(word) for word in ("Mông", "Thái", "Tày", "Khơ Mú", "Kinh", "Tộc")]
    assert detect(cells[-1]) is None
    assert detect_column(cells) is Encoding.TCVN3


def test_the_column_lets_a_short_cell_be_repaired() -> None:
    assert clean("Bïi A Hoa").repaired is None
    assert clean("Bïi A Hoa", column=Encoding.TCVN3).text == "Bùi A Hoa"
    assert clean("Baù", column=Encoding.VNI).text == "Bá"
    assert clean("Nguyễn Hùng", column=Encoding.TCVN3).text == "Nguyễn Hùng"
    assert clean("Bùi Hùng", column=Encoding.TCVN3).text == "Bùi Hùng"


def test_a_column_with_two_repaired_cells_tells_nothing() -> None:
    assert detect_column([write_tcvn3("Mông"), write_tcvn3("Thái"), "Kinh"]) is None
    assert detect_column([write_tcvn3("Mông")] * 3 + ["Thái", "Tày", "Mường"]) is None
    assert detect_column([]) is None


def test_a_font_left_behind_does_not_make_unicode_legacy() -> None:
    assert detect("Nguyễn Hùng", ".VnTime") is None
    assert detect("Trần Thị Hà", "VNI-Times") is None
    for name in ("Hùng", "Bùi A Bích", "Lê Tú", "Hà"):
        assert detect(name, ".VnTime") is None
    assert detect("Lý", "VNI-Times") is None
    assert clean("Vò A Phóc", ".VnTime").text == "Vũ A Phúc"
    assert clean("Hoàng", "VNI-Times").text == "Hồng"
