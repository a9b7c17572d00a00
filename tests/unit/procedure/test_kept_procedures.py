"""What a case keeps of its definition reads back the same, and so does every event."""

import json
from datetime import date

import pytest

from hientai.engines.ballots.published import published_rules
from hientai.engines.errors import BadInput
from hientai.engines.procedure import events
from hientai.engines.procedure.record import kind_of, read_event, written
from hientai.rulebook.procedures import definitions, kept_document, read_kept

DAY, LATER = date(2025, 6, 2), date(2025, 6, 3)
EVENTS = [
    events.Summoned(DAY, LATER, 3),
    events.Met(DAY, 2),
    events.BallotClosed(DAY, "chosen", ("1", "2"), True),
    events.BallotCorrected(DAY, "b2", "none", (), False, "nhầm"),
    events.PaperGiven(DAY, "cv", DAY, LATER, "12"),
    events.PaperGiven(DAY, "cv", DAY),
    events.Waived(DAY, "health", "ai", "căn cứ"),
    events.Finished(DAY, "agreed", ("1",), "x"),
    events.Finished(DAY),
    events.Suspended(DAY, "x"),
    events.Resumed(DAY),
    events.Returned(DAY, "b1", "x"),
    events.Stopped(DAY, "x"),
]


@pytest.mark.parametrize("definition", definitions(), ids=lambda one: one.code)
def test_a_kept_definition_reads_back_as_it_was(definition):
    kept = json.loads(json.dumps(kept_document(definition)))
    again, rules = read_kept(kept)
    assert again == definition
    assert rules == {code: published_rules()[code] for code in rules}
    assert rules.keys() == {step.ballot for step in definition.steps if step.ballot}


@pytest.mark.parametrize("event", EVENTS, ids=lambda one: type(one).__name__)
def test_an_event_reads_back_as_it_was(event):
    assert read_event(kind_of(event), event.on, json.loads(json.dumps(written(event)))) == event


def test_an_event_nobody_knows_is_refused():
    with pytest.raises(BadInput) as error:
        read_event("voted", DAY, {})
    assert error.value.code == "unknown_event"
