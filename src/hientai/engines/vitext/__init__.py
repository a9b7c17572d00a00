"""Vietnamese text: letters, order, names, legacy fonts, days, numbers and words."""

from hientai.engines.vitext.dates import NotADay, ParsedDay, parse_day
from hientai.engines.vitext.letters import fold, nfc, search_key, tidy
from hientai.engines.vitext.names import NameParts, name_case, split_name
from hientai.engines.vitext.numbers import ParsedNumber, parse_number
from hientai.engines.vitext.ordering import sort_key, sort_key_plain
from hientai.engines.vitext.words import day_in_words, decimal_in_words, number_in_words

__all__ = [
    "NameParts",
    "NotADay",
    "ParsedDay",
    "ParsedNumber",
    "day_in_words",
    "decimal_in_words",
    "fold",
    "name_case",
    "nfc",
    "number_in_words",
    "parse_day",
    "parse_number",
    "search_key",
    "sort_key",
    "sort_key_plain",
    "split_name",
    "tidy",
]
