"""From stored rows to the state of a case and the outcome of a ballot; nothing is read or written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hientai.apps.procedures.types import Totals
from hientai.engines.ballots import BallotCount, Outcome, Rule, decide
from hientai.engines.interval.months import add_months
from hientai.engines.procedure import Definition, PaperNeed, State, advance, begin
from hientai.engines.procedure.record import read_event
from hientai.rulebook.procedures import read_kept

EVERY_CAPACITY = ("board", "unit")
PASSING = {
    "chosen": ("chosen",),
    "carried": ("carried",),
    "head_decides": ("head",),
    "tie": ("chosen", "tied"),
}
_read: dict[str, tuple[Definition, dict[str, Rule]]] = {}


def kept(digest: str, document: Mapping[str, Any]) -> tuple[Definition, dict[str, Rule]]:
    """The definition a case keeps, with its ballot rules; read once for each digest."""
    if digest not in _read:
        _read[digest] = read_kept(document)
    return _read[digest]


def state_of(
    definition: Definition,
    names: Sequence[str],
    opened_on: date,
    events: Iterable[tuple[str, date, Mapping[str, Any]]],
) -> State:
    """Where a case stands after its stored events (kind, day, payload). Who acted was checked when they happened."""
    state, _ = begin(definition, names, opened_on)
    for kind, on, payload in events:
        state, _ = advance(state, read_event(kind, on, payload), EVERY_CAPACITY)
    return state


def outcome_of(
    rule: Rule, summoned: int, present: int, totals: Totals, labels: Mapping[str, str], previous: str | None
) -> Outcome:
    """What the rule makes of the totals; names are said as printed. Raises BadInput where totals contradict."""
    votes = {labels[key]: number for key, number in totals.votes.items()}
    before = labels.get(previous, previous) if previous is not None else None
    return decide(rule, BallotCount(summoned, present, totals.issued, totals.valid, votes, before))


def passed(outcome: Outcome, keys: Mapping[str, str]) -> tuple[str, ...]:
    """Keys of those whom an outcome lets pass, most votes first. keys: label -> key."""
    verdicts = PASSING.get(outcome.status, ())
    return tuple(keys[one.name] for one in outcome.names if one.verdict in verdicts)


def valid_until(need: PaperNeed, signed_on: date) -> date | None:
    """The last day on which a paper signed on a day serves; None where it does not expire."""
    return None if need.months is None else add_months(signed_on, need.months)


def labels_told_apart(people: Sequence[tuple[str, str, str]]) -> list[str]:
    """Names as printed: (name, year of birth, code) -> the name, with the year, then the code, where two are alike."""
    names = [name for name, _, _ in people]
    with_year = [f"{n} (sinh {y})" if names.count(n) > 1 else n for n, y, _ in people]
    return [
        label if with_year.count(label) == 1 else f"{name} ({code})"
        for label, (name, _, code) in zip(with_year, people, strict=True)
    ]


def without_votes_of_others(totals: Totals, keys: Iterable[str]) -> Totals:
    """Totals with exactly one number for each of `keys`; a name nobody wrote has none."""
    return replace(totals, votes={key: totals.votes.get(key, 0) for key in keys})
