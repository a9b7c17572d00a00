"""The same 40 standards in OpenFisca, run by the Python of `.venv-openfisca`: never a requirement (AGPL).

Reads people (`.npz`: one array a fact, one of what is known) and rules (`.json`); then reckons everything anew for each
line on standard input, so that the benchmark runs both in turn, and prints the seconds it took and how many met and
failed each standard.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

MONTH = "2026-01"
PERSON = build_entity(key="person", plural="persons", label="", is_person=True)


def main(people: str, rules: str) -> None:
    """One JSON document a line asked for."""
    data, wanted = dict(np.load(people)), json.loads(Path(rules).read_text("utf-8"))
    system = system_of(wanted)
    count = len(next(iter(data.values())))
    print("ready", flush=True)
    for _ in sys.stdin:
        simulation = SimulationBuilder().build_default_simulation(system, count=count)
        for name, values in data.items():
            simulation.set_input(name, MONTH, values)
        wall, used = time.perf_counter(), time.process_time()
        met = [simulation.calculate(f"met_{n}", MONTH) for n in range(len(wanted["standards"]))]
        failed = [simulation.calculate(f"failed_{n}", MONTH) for n in range(len(wanted["standards"]))]
        seconds, cpu = time.perf_counter() - wall, time.process_time() - used
        counts = [[int(m.sum()), int(f.sum())] for m, f in zip(met, failed, strict=True)]
        answer = {"seconds": seconds, "cpu_seconds": cpu, "memory_mb": memory_mb(), "counts": counts}
        print(json.dumps(answer), flush=True)


def memory_mb() -> int:
    """The peak of this process alone: `getrusage` tells its parent's where larger."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) // 1024


def system_of(wanted: dict[str, Any]) -> TaxBenefitSystem:
    """Inputs, two booleans a criterion (met, failed), two a standard; OpenFisca reckons each once."""
    system = TaxBenefitSystem([PERSON])
    for name in wanted["facts"]:
        system.add_variable(variable(name, int))
        system.add_variable(variable(f"{name}_known", bool))
    for number, (fact, bound) in enumerate(wanted["criteria"]):
        system.add_variable(variable(f"yes_{number}", bool, at_least(fact, bound)))
        system.add_variable(variable(f"no_{number}", bool, below(fact, bound)))
    for number, parts in enumerate(wanted["standards"]):
        system.add_variable(variable(f"met_{number}", bool, met(parts)))
        system.add_variable(variable(f"failed_{number}", bool, failed(parts)))
    return system


def variable(name: str, kind: type, formula: Any = None) -> type[Variable]:
    """A variable of a person and month."""
    body = {"value_type": kind, "entity": PERSON, "definition_period": DateUnit.MONTH, "label": name}
    return type(name, (Variable,), body if formula is None else body | {"formula": formula})


def at_least(fact: str, bound: int) -> Any:
    return lambda person, period: (person(fact, period) >= bound) & person(f"{fact}_known", period)


def below(fact: str, bound: int) -> Any:
    return lambda person, period: (person(fact, period) < bound) & person(f"{fact}_known", period)


def met(parts: list[int]) -> Any:
    """Seven must hold, one of the last two is enough."""

    def formula(person: Any, period: Any) -> Any:
        found = person(f"yes_{parts[7]}", period) | person(f"yes_{parts[8]}", period)
        for part in parts[:7]:
            found = found & person(f"yes_{part}", period)
        return found

    return formula


def failed(parts: list[int]) -> Any:
    def formula(person: Any, period: Any) -> Any:
        found = person(f"no_{parts[7]}", period) & person(f"no_{parts[8]}", period)
        for part in parts[:7]:
            found = found | person(f"no_{part}", period)
        return found

    return formula


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
