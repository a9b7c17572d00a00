"""What a yearly review finds about a slot: pure. The program finds, people decide; only what the regime in force calls
automatic, and only where no doubtful value is behind it, is set to leave beforehand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from hientai.apps.planning.judging import Judged
from hientai.apps.planning.types import Finding
from hientai.engines.criteria.tree import Verdict

_BY_FACT: tuple[tuple[Finding, tuple[str, ...]], ...] = (
    (Finding.DISCIPLINED, ("discipline", "reprimand", "warning", "dismissal")),
    (Finding.POLITICAL, ("political_conclusion",)),
    (Finding.OVER_AGE, ("months_to_retirement", "age_", "terms_left")),
    (Finding.NOT_COMPLETED, ("rating_", "unsatisfactory")),
)
"""Which finding a failed criterion means, by the beginning of its fact's code; in the order in which they count."""


@dataclass(frozen=True)
class SlotState:
    """What the records say about a slot on the day. held_since: from when the person holds the seat, None if not."""

    begins: date
    title_stands: bool
    unit_stands: bool
    serves: bool
    held_since: date | None = None


@dataclass(frozen=True)
class Found:
    """decisive: no value without confirmation is behind it; automatic: the regime removes without a vote."""

    finding: Finding
    decisive: bool = True
    automatic: bool = False


def review_slot(
    state: SlotState, judged: Judged, automatic: Collection[str], *, members_again: bool
) -> Found:
    """The finding about one slot. automatic: findings that remove by themselves under the regime; members_again:
    whether holders may stay planned for what they hold (members of committees, before 377-QĐ/TW)."""
    plain = _by_records(state, members_again=members_again)
    if plain is not None:
        return Found(plain)
    if judged.verdict is Verdict.UNKNOWN:
        return Found(Finding.UNKNOWN)
    if judged.verdict is Verdict.MET:
        return Found(Finding.STAYS)
    finding = _by_rule({criterion.fact for criterion in judged.behind})
    return Found(finding, judged.decisive, judged.decisive and finding in automatic)


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Slots of either review whose finding differs: line -> (before, after), "" where the review did not have it."""
    lines = sorted(before.keys() | after.keys())
    both = {line: (before.get(line, ""), after.get(line, "")) for line in lines}
    return {line: pair for line, pair in both.items() if pair[0] != pair[1]}


def _by_records(state: SlotState, *, members_again: bool) -> Finding | None:
    if not (state.title_stands and state.unit_stands):
        return Finding.TITLE_ABOLISHED
    if not state.serves:
        return Finding.LEFT
    if state.held_since is not None and not members_again and state.held_since >= state.begins:
        return Finding.APPOINTED
    return None


def _by_rule(facts: Collection[str]) -> Finding:
    for finding, beginnings in _BY_FACT:
        if any(fact.startswith(beginnings) for fact in facts):
            return finding
    return Finding.STANDARD_LOST
