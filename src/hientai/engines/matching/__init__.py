"""Duplicate people: pairs of records that may be one person, with the points each agreement gives."""

from hientai.engines.matching.find import find_pairs
from hientai.engines.matching.identity import Identity, read_identity
from hientai.engines.matching.near import NameAndBirth, near
from hientai.engines.matching.record import Commonness, Likeness, Pair, PersonRecord, Point

__all__ = [
    "Commonness",
    "Identity",
    "Likeness",
    "NameAndBirth",
    "Pair",
    "PersonRecord",
    "Point",
    "find_pairs",
    "near",
    "read_identity",
]
