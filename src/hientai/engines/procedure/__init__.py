"""Lawful procedures: definitions as data, cases that advance through them, and what is still missing."""

from hientai.engines.procedure.advance import BOARD, advance, begin
from hientai.engines.procedure.analysis import faults
from hientai.engines.procedure.calendar import Calendar, Due
from hientai.engines.procedure.definition import Deadline, Definition, Ending, PaperNeed, Step, Target
from hientai.engines.procedure.demands import Demand, demands, quorum_needed
from hientai.engines.procedure.reading import read_definition
from hientai.engines.procedure.state import Result, Sitting, State, Visit

__all__ = [
    "BOARD",
    "Calendar",
    "Deadline",
    "Definition",
    "Demand",
    "Due",
    "Ending",
    "PaperNeed",
    "Result",
    "Sitting",
    "State",
    "Step",
    "Target",
    "Visit",
    "advance",
    "begin",
    "demands",
    "faults",
    "quorum_needed",
    "read_definition",
]
