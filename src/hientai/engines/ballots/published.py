"""The voting steps of published rules that come with the program, by code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from hientai.engines.ballots.rule import Rule, read_rule
from hientai.engines.errors import BadInput
from hientai.engines.wording import say


@cache
def published_rules() -> dict[str, Rule]:
    """code -> rule, in the order of published.yaml."""
    rules = [read_rule(entry, f"published.yaml[{i}]") for i, entry in enumerate(_entries())]
    return {rule.code: rule for rule in rules}


def published_rule(code: str) -> Rule:
    """The rule with that code. Raises BadInput with the codes there are."""
    rules = published_rules()
    if code not in rules:
        raise BadInput(
            "unknown_rule",
            say("Không có quy tắc “{code}”; hiện có: {codes}.", code=code, codes=", ".join(rules)),
            "rule",
        )
    return rules[code]


def published_document(code: str) -> dict[str, Any]:
    """A rule as it is written, for those who keep it beside what was decided under it; `read_rule` reads it."""
    published_rule(code)
    return next(dict(entry) for entry in _entries() if entry["code"] == code)


@cache
def _entries() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.safe_load(
        files(__package__).joinpath("published.yaml").read_text(encoding="utf-8")
    )
    return entries
