"""A heading row whose column of names is headed by a word we do not know: told by the names below it."""

from __future__ import annotations

from collections.abc import Sequence

from hientai.engines.worksheet.content import describe
from hientai.engines.worksheet.headings import BY_START, guess_field
from hientai.engines.worksheet.letters import CellText
from hientai.engines.worksheet.sheet import Sheet

_TELLING = frozenset(("born", "born_year", "sex", "identity", "male_mark", "female_mark"))
_MAY_BE_NAMES = frozenset(
    ("given_name", "family_name", "unit", "title", "note")
)  # "Tên", "Cán bộ": told by content
_FEWEST_HEADINGS = 3
_LOOKED_AT = 40  # rows below, sections among them
_PEOPLE_LOOKED_AT = 7  # a row that numbers the columns among them
_FEWEST_NAMES = 3
_LONGEST = 60


def unnamed_heading(sheet: Sheet, text: CellText, row: int) -> int | None:
    """The column of names under the headings of `row`; None when the row does not head a list of people.

    At least three headings must be known, one of them of birth, sex or identity, and the first column whose cells below
    are names and nothing else must itself have a heading.
    """
    shown = {
        column: text.of(value, row, column)
        for column, value in enumerate(sheet.rows[row])
        if isinstance(value, str) and value and len(value) <= _LONGEST
    }
    if len(shown) < _FEWEST_HEADINGS:
        return None
    guesses = {column: guess_field((heading,)) for column, heading in shown.items()}
    known = {guess.field for guess in guesses.values() if guess and guess.confidence >= BY_START}
    if len(known) < _FEWEST_HEADINGS or not known & _TELLING:
        return None
    below = [
        at for at in range(row + 1, min(row + 1 + _LOOKED_AT, len(sheet.rows))) if _is_filled(sheet.rows[at])
    ][:_PEOPLE_LOOKED_AT]
    for column in sorted(shown):
        guess = guesses[column]
        if guess is not None and guess.field not in _MAY_BE_NAMES:
            continue
        if _holds_names(sheet, text, below, column, by_family=guess is not None):
            return column
    return None


def _is_filled(cells: Sequence[object]) -> bool:
    return sum(value != "" for value in cells) >= _FEWEST_HEADINGS


def _holds_names(sheet: Sheet, text: CellText, rows: list[int], column: int, *, by_family: bool) -> bool:
    content = describe(sheet, text, rows, column)
    names = content.names * content.filled
    if by_family and content.families < 0.5:
        return False  # titles and units look like names, but do not begin with family names
    return names >= _FEWEST_NAMES and content.names >= 0.8 and content.ethnicities + content.sexes < 0.3
