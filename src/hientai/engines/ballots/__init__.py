"""Ballots: the outcome of a voting step from its totals and a rule that is data."""

from hientai.engines.ballots.count import BallotCount
from hientai.engines.ballots.outcome import NameResult, Outcome, decide
from hientai.engines.ballots.possible import possible_statuses
from hientai.engines.ballots.rule import Band, Citation, Rule, Threshold, read_rule

__all__ = [
    "BallotCount",
    "Band",
    "Citation",
    "NameResult",
    "Outcome",
    "Rule",
    "Threshold",
    "decide",
    "possible_statuses",
    "read_rule",
]
