"""Which words are possible Vietnamese syllables: the evidence on which text repair decides."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_TONES = {"\u0300": "huyền", "\u0309": "hỏi", "\u0303": "ngã", "\u0301": "sắc", "\u0323": "nặng"}
_MARKS = ("", *_TONES)
_STOP_TONES = ("\u0301", "\u0323")  # syllables closed by c, ch, p, t carry sắc or nặng only
_ONSETS = """
    ngh ng nh gh gi kh ph qu th tr ch b c d đ g h k l m n p r s t v x
"""
_RHYMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong
    oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uơ
    uy uya uych uynh uyên uyêt uyp uyt uyu ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y ych yêm yên yêng yêt yêu yn ynh yt
"""
ONSETS = (*_ONSETS.split(), "")
RHYMES = frozenset(_RHYMES.split())
_VOWELS = "aăâeêioôơuưy"
_EITHER = {"oa": (0, 1), "oe": (0, 1), "uy": (0, 1)}  # hòa and hoà, khỏe and khoẻ, thủy and thuỷ


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether `word` (NFC, any case) is spelt like one Vietnamese syllable, tone in its place."""
    bare, tone, position = take_tone(word.lower())
    if position is None:
        return False
    for onset in ONSETS:
        rhyme = bare[len(onset) :]
        if (
            bare.startswith(onset)
            and _follows(rhyme, onset)
            and _carries(rhyme, tone, position - len(onset), onset)
        ):
            return True
    return False


def take_tone(word: str) -> tuple[str, str, int | None]:
    """`word` without its tone, the tone mark ("" for ngang) and its place (-1: no tone, None: two tones)."""
    letters, tone, position = [], "", -1
    for index, letter in enumerate(word):
        if letter.isascii():
            letters.append(letter)
            continue
        decomposed = unicodedata.normalize("NFD", letter)
        found = [mark for mark in decomposed if mark in _TONES]
        if found:
            if tone or len(found) > 1:
                return word, "", None
            tone, position = found[0], index
            letter = unicodedata.normalize("NFC", decomposed.replace(tone, ""))
        letters.append(letter)
    return "".join(letters), tone, position


def syllables() -> Iterator[str]:
    """Every spelling that `is_syllable` accepts in the old and new tone style, in small letters."""
    for onset in ONSETS:
        for rhyme in sorted(rhyme for rhyme in RHYMES if _follows(rhyme, onset)):
            for tone in _MARKS:
                if not tone:
                    if _tone_allowed(rhyme, tone):
                        yield onset + rhyme
                    continue
                for place in _places(rhyme, onset):
                    if _tone_allowed(rhyme, tone):
                        letter = unicodedata.normalize("NFC", rhyme[place] + tone)
                        yield onset + rhyme[:place] + letter + rhyme[place + 1 :]


def _follows(rhyme: str, onset: str) -> bool:
    """Whether it is a rhyme; after `qu` the glide is spent (quốc, never quoác)."""
    return rhyme in RHYMES and not (
        onset == "qu" and rhyme[0] in "ou" and len(rhyme) > 1 and rhyme[1] in _VOWELS
    )


def _carries(rhyme: str, tone: str, place: int, onset: str) -> bool:
    return _tone_allowed(rhyme, tone) and (not tone or place in _places(rhyme, onset))


def _tone_allowed(rhyme: str, tone: str) -> bool:
    closed = rhyme.endswith(("c", "ch", "p", "t"))
    return tone in _STOP_TONES if closed else True


def _places(rhyme: str, onset: str) -> tuple[int, ...]:
    """The letters of `rhyme` that may carry the tone."""
    if rhyme in _EITHER and onset != "qu":
        return _EITHER[rhyme]
    vowels = [index for index, letter in enumerate(rhyme) if letter in _VOWELS]
    marked = [index for index in vowels if rhyme[index] in "ăâêôơư"]
    if marked:
        return (marked[-1],)
    open_end = vowels[-1] == len(rhyme) - 1
    if len(vowels) == 1 or (len(vowels) == 2 and open_end):
        return (vowels[0],)
    return (vowels[1],)
