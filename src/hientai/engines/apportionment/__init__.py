"""Apportionment: seats, delegates or places to units, by largest remainder and fixed parts, explained."""

from hientai.engines.apportionment.largest_remainder import (
    Apportionment,
    Claim,
    Part,
    Tie,
    apportion,
)

__all__ = ["Apportionment", "Claim", "Part", "Tie", "apportion"]
