"""Rotation of officials over seats in rounds: Problem -> solve(problem, stop, seed) -> Result with proof.

    problem = read_folder("plan")
    result = solve(problem, Stop(seconds=60, clock=time.monotonic), seed=1)

The mathematics is in docs/reference/rotation.md.
"""

from hientai.engines.rotation.folder import read_folder
from hientai.engines.rotation.problem import Problem, Rules
from hientai.engines.rotation.result import Progress, Result
from hientai.engines.rotation.solve import solve
from hientai.engines.rotation.stop import Stop
from hientai.engines.rotation.verify import Report, verify

__all__ = ["Problem", "Progress", "Report", "Result", "Rules", "Stop", "read_folder", "solve", "verify"]
