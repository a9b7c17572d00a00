"""Allocation: nominations to classes under places, quotas, dates and absences, with proof and reasons."""

from hientai.engines.allocation.problem import Nomination, Problem, Quota, Result, TrainingClass, Unit
from hientai.engines.allocation.solve import solve

__all__ = ["Nomination", "Problem", "Quota", "Result", "TrainingClass", "Unit", "solve"]
