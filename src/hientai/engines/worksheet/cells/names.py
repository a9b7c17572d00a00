"""Reads a person's name: put in order when typed in capitals, refused when it is no name."""

from __future__ import annotations

import re

from hientai.engines.vitext import name_case
from hientai.engines.wording import say
from hientai.engines.worksheet import vocabulary
from hientai.engines.worksheet.cells.outcome import NOTHING, Reading, Remark, refused
from hientai.engines.worksheet.letters import phrase

_LONGEST = 80
_PARENTHESES = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*")
_OTHER_NAME = re.compile(r"^(?:tức|bí danh|tên khác|tên gọi khác|tên thường gọi)\s*:?\s*", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r"[^\w\s'.\-]|[\d_]")
_ORDINAL = re.compile(r"^\d{1,4}\s*[.)\-]\s+")
_COMRADE = re.compile(r"^(?:đồng chí|đ\s*/\s*c)\s*:?\s+", re.IGNORECASE)
# Degrees, ranks and honours written before a name: "PGS.TS. Trần Văn A", "BS.CKII", "Thượng tá". Never a whole name.
_TITLES = re.compile(
    r"^(?:(?:gs|pgs|tskh|ts|th\.?s|cn|ks|kts|bs|ds|ls|ck\s?(?:ii|i|1|2)|ncs|nsưt|nsnd|ngưt|ngnd|ttưt|ttnd|tiến s[ĩỹ]|"
    r"thạc s[ĩỹ]|cử nhân|kỹ sư|bác s[ĩỹ]|dược s[ĩỹ]|luật sư|(?:phó )?giáo sư|"
    r"(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy|uý))(?:\s*[.,:]\s*|\s+))+(?=[^\W\d_]+\s+[^\W\d_])",
    re.IGNORECASE,
)
_BIRTH_AFTER = re.compile(
    r"(?:\s*[,;:(\-–\n]\s*(?:(?:sinh|ngày|năm|sn|s/n|ns)[\s.:]*)*|\s+(?:(?:sinh|sn|s/n|ns)[\s.:]+(?:(?:ngày|năm)[\s.:]*)*)?)"
    r"(?P<born>\d{1,4}(?:[\s./\-]|tháng|năm)*[\d\s./\-tháng năm]*)\)?$",
    re.IGNORECASE,
)
_HONORIFIC = re.compile(r"^(ông|bà)\s+", re.IGNORECASE)


def bare_name(shown: str) -> str:
    """The cell without a number before the name, "đồng chí", and what stands in parentheses."""
    return _TITLES.sub("", _PARENTHESES.sub(" ", _COMRADE.sub("", _ORDINAL.sub("", shown))).strip())


def read_name(shown: str) -> Reading:
    """The name in `shown` (tidy text). `extra` is the sex where the cell itself says so ("(nữ)")."""
    if not shown:
        return NOTHING
    if len(shown) > _LONGEST * 2:
        return refused("name_too_long", say("Họ tên quá dài ({length} ký tự).", length=len(shown)))
    remarks: list[Remark] = []
    sex = None
    only_letters = shown.replace(" ", "").isalpha()  # as most are: nothing to take off but words
    name = _COMRADE.sub("", shown if only_letters else _ORDINAL.sub("", shown))
    inside = [] if only_letters else _PARENTHESES.findall(name)
    if inside:
        name = _PARENTHESES.sub(" ", name).strip()
        sex = _sex_told(inside)
        if sex is None:
            remarks.append(
                Remark(
                    "name_note",
                    say("Phần trong ngoặc “{text}” không lấy vào họ tên.", text=", ".join(inside)),
                )
            )
    honorific = _HONORIFIC.match(name)
    if honorific and _family_follows(name[honorific.end() :]):
        sex = "male" if honorific.group(1).lower() == "ông" else "female"
        name = name[honorific.end() :]
    title = _TITLES.match(name)
    if title:
        name = name[title.end() :]
        before = say("Phần “{text}” trước họ tên không lấy vào họ tên.", text=title.group().strip())
        remarks.append(Remark("name_title", before))
    if not only_letters and (_NOT_IN_NAMES.search(name) or not any(letter.isalpha() for letter in name)):
        return refused(
            "name_characters", say("Họ tên có ký tự không thể có trong tên người (chữ số, dấu =, |, @...).")
        )
    name = name_case(name.strip(" .-"))
    if len(name) > _LONGEST:
        return refused("name_too_long", say("Họ tên quá dài ({length} ký tự).", length=len(name)))
    if not name:
        return NOTHING
    if len(name.split()) == 1:
        remarks.append(
            Remark("name_one_word", say("Họ tên chỉ có một chữ “{name}”; hãy kiểm tra.", name=name))
        )
    return Reading(name, tuple(remarks), sex)


def name_and_birth(shown: str) -> tuple[str, str]:
    """Name and birth of a cell that holds both: "Lê Văn A, 05/03/1980", "Lê Văn A (SN 1980)"; no birth is empty."""
    found = _BIRTH_AFTER.search(shown)
    if found is None:
        return shown, ""
    return shown[: found.start()].strip(" ,;:-–(\n"), found.group("born").strip(" )")


def _sex_told(inside: list[str]) -> str | None:
    told = {phrase(each) for each in inside}
    return {"nữ": "female", "nam": "male"}.get(told.pop()) if len(told) == 1 else None


def _family_follows(rest: str) -> bool:
    words = phrase(rest).split()
    return len(words) >= 2 and words[0] in vocabulary.row_words("family_names")


def other_name_in(shown: str) -> str | None:
    """The other name in parentheses when the cell says that it is one: "Lê Văn A (bí danh Ba)"."""
    for inside in _PARENTHESES.findall(shown):
        if _OTHER_NAME.match(inside):
            found = name_case(_OTHER_NAME.sub("", inside))
            return found if found and not _NOT_IN_NAMES.search(found) else None
    return None
