"""Duplicate people: pairs of records that may be one person, with the points each agreement gives."""

from hientai.engines.matching.find import find_pairs
from hientai.engines.matching.identity import Identity, read_identity
from hientai.engines.matching.record import Likeness, Pair, PersonRecord, Point

__all__ = ["Identity", "Likeness", "Pair", "PersonRecord", "Point", "find_pairs", "read_identity"]
