"""The voting steps of published rules that come with the program, by code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from hientai.engines.ballots.rule import Rule, read_rule
from hientai.engines.errors import BadInput
from hientai.engines.wording import say


@cache
def published_rules() -> dict[str, Rule]:
    """code -> rule, in the order of published.yaml."""
    entries = yaml.safe_load(files(__package__).joinpath("published.yaml").read_text(encoding="utf-8"))
    rules = [read_rule(entry, f"published.yaml[{i}]") for i, entry in enumerate(entries)]
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
