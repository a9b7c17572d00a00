"""Cross-tables of persons and of turns, ratios with a named base, and the list behind every number."""

from hientai.engines.cube.crosstab import Cell, CrossTable, Table, count
from hientai.engines.cube.dimensions import Bands, Column, Dimension, Member, Parts
from hientai.engines.cube.values import Persons, Printed, Ratio, Turns, check_adds_up, coefficient, share

__all__ = [
    "Bands",
    "Cell",
    "Column",
    "CrossTable",
    "Dimension",
    "Member",
    "Parts",
    "Persons",
    "Printed",
    "Ratio",
    "Table",
    "Turns",
    "check_adds_up",
    "coefficient",
    "count",
    "share",
]
