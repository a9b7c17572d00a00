"""Tells the row under the headings that numbers the columns."""

from __future__ import annotations

import itertools
import re

from hientai.engines.vitext import search_key

_NUMBERING = re.compile(r"\(?\[?\s*(\d{1,3}|[A-ZĐa-zđ])\s*\]?\)?(?:\s*=\s*[\w()+\-\s]+)?")


def is_numbering(shown: list[str]) -> bool:
    """Whether a row numbers its columns: "1 2 3", "(1) (2)", "A B 1 2 3=4+5"."""
    if len(shown) < 2 or not all(_NUMBERING.fullmatch(each) for each in shown):
        return False
    if len(shown) >= 3 and all(
        len(each.strip("()[] ")) == 1 and each.strip("()[] ").isalpha() for each in shown
    ):
        letters_in_order = [search_key(each.strip("()[] ")) for each in shown]
        return all(a <= b for a, b in itertools.pairwise(letters_in_order))
    numbers = [int(digits) for each in shown if (digits := re.sub(r"\D.*", "", each.strip("([ ")))]
    letters = len(shown) - len(numbers)
    rising = all(a < b for a, b in itertools.pairwise(numbers))
    return rising and letters <= 4 and (len(numbers) >= 2 or letters >= 2) and max(numbers, default=0) < 200
