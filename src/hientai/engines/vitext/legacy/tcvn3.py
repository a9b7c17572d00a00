"""TCVN3 (TCVN 5712:1993, "ABC" fonts): one byte per letter, of the toned vowels only the small ones.

Fonts whose name ends in H draw the small letters as capitals.
"""

from __future__ import annotations

from hientai.engines.vitext.letters import nfc

_RUNS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờở",
    0xEC: "ỡớợù",
    0xF1: "ủũúụừửữứự",
    0xFA: "ỳỷỹýỵ",
}
TABLE: dict[str, str] = {
    chr(start + offset): letter for start, run in _RUNS.items() for offset, letter in enumerate(nfc(run))
}
_TO_UNICODE = str.maketrans(TABLE)
# Capitals with a tone have no TCVN3 code: people type Unicode, where these are codes of other letters.
_CAPITALS_AS_TYPED = frozenset("ÉÈÌÓÒÕÝ")


def to_unicode(text: str, *, capitals: bool = False) -> str:
    """`text` (TCVN3 bytes read as Latin-1) in Unicode; `capitals`: the font draws small letters as capitals.

    In a text whose other words all begin with a capital, a word-initial Ý, É... that would become a small
    letter is a Unicode capital left as typed ("Nguyễn Như Ý" in .VnTime).
    """
    if capitals:
        return text.translate(_TO_UNICODE).upper()
    words = text.split(" ")
    decoded = [word.translate(_TO_UNICODE) for word in words]
    if any(word[:1] in _CAPITALS_AS_TYPED for word in words):
        others = [
            new for old, new in zip(words, decoded, strict=True) if new and old[:1] not in _CAPITALS_AS_TYPED
        ]
        if others and all(new[:1].isupper() for new in others):
            decoded = [
                old[0] + new[1:] if old[:1] in _CAPITALS_AS_TYPED else new
                for old, new in zip(words, decoded, strict=True)
            ]
    return " ".join(decoded)
