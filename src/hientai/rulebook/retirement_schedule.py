"""Reads the dated schedule of retirement ages from `retirement/*.yaml`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from hientai.engines.errors import BadInput
from hientai.engines.interval import AgeStep, RetirementSchedule
from hientai.engines.wording import say

FOLDER = Path(__file__).parent / "retirement"


@lru_cache(maxsize=4)
def load_retirement_schedule(folder: Path = FOLDER) -> RetirementSchedule:
    """The retirement ages of all documents in `folder`, each with the document and article it stands in.

    Raises BadInput `bad_rule_file` with file and key where a value, unit, year, sex, article or mark of
    verification is missing or of the wrong kind, and `bad_schedule` where the ages contradict each other.
    """
    steps: dict[str, list[AgeStep]] = {"male": [], "female": []}
    for file in sorted(folder.glob("*.yaml")):
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
        for key, parameter in document["parameters"].items():
            step = _step(document, parameter, f"{file.name}: {key}")
            steps[parameter["sex"]].append(step)
    ordered = {sex: tuple(sorted(ages, key=lambda step: step.from_year or 0)) for sex, ages in steps.items()}
    return RetirementSchedule(male=ordered["male"], female=ordered["female"])


def _step(document: dict[str, Any], parameter: dict[str, Any], where: str) -> AgeStep:
    fits = (
        parameter.get("sex") in ("male", "female")
        and type(parameter.get("value")) is int
        and parameter.get("unit") == "month"
        and ("from_year" in parameter and isinstance(parameter["from_year"], int | None))
        and isinstance(parameter.get("citation"), str)
        and isinstance(parameter.get("verified"), bool)
    )
    if not fits:
        raise BadInput(
            "bad_rule_file",
            say("Mục tuổi nghỉ hưu phải có value, unit: month, sex, from_year, citation và verified."),
            where,
        )
    return AgeStep(
        from_year=parameter["from_year"],
        months=parameter["value"],
        citation=f"{document['title']}, {parameter['citation']}",
        verified=parameter["verified"],
    )
