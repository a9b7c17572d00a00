"""What a heading says its codes mean: "Giới tính (1: Nam, 2: Nữ)", "Giới tính (Nam = 1; Nữ = 0)"."""

from __future__ import annotations

import functools
import re

from hientai.engines.worksheet.content import MARKS, SEX_WORDS
from hientai.engines.worksheet.letters import phrase

_PAIRS = re.compile(r"([^\W_]{1,8})\s*(?:[:=\-–]|là|ghi|đánh)\s*(?:dấu|số)?\s*([^\W_]{1,8})", re.IGNORECASE)
BLANK = ""


@functools.lru_cache(maxsize=1024)
def sex_legend(heading: str) -> dict[str, str]:
    """Code -> male or female; `BLANK` is the other sex where the heading explains the mark of one only.

    Empty where the heading explains nothing, or says two things of one code.
    """
    found: dict[str, str] = {}
    for left, right in _PAIRS.findall(heading):
        one, other = phrase(left), phrase(right)
        if one in SEX_WORDS and other not in SEX_WORDS:
            code, sex = other, SEX_WORDS[one]
        elif other in SEX_WORDS and one not in SEX_WORDS:
            code, sex = one, SEX_WORDS[other]
        else:
            continue
        if found.get(code, sex) != sex or not (code.isdigit() or code in MARKS):
            return {}
        found[code] = sex
    if len(found) == 1:
        (only,) = found.values()
        found[BLANK] = "female" if only == "male" else "male"
    return found if len(set(found.values())) == 2 else {}
