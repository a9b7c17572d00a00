"""A value takes two people and a text; what they confirm judges; what a province sets keeps within its leave."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from hientai.apps.accounts.models import User
from hientai.apps.accounts.selectors import actor_of
from hientai.apps.regulations import selectors, services
from hientai.apps.regulations.models import ValueProposal
from hientai.apps.regulations.services import DocumentDraft, ValueDraft
from hientai.engines.criteria.judge import verdict_of
from hientai.engines.errors import BadInput
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Conflict, Forbidden, Refused
from hientai.foundation.models import AuditEvent
from hientai.foundation.rules import in_force, rulebook

pytestmark = pytest.mark.django_db
DAY = date(2025, 11, 1)
KEY = "plan.min_remaining_months"
PDF = b"%PDF-1.4 text"


@pytest.fixture
def officer(province) -> Actor:
    return actor_of(User.objects.get(username="bantochuc"), date(2026, 3, 5))


@pytest.fixture
def second(officer) -> Actor:
    return Actor((officer.user_id or 0) + 100_000, "Người thứ hai", officer.today, officer.grants)


def proposed(officer: Actor, value: str = "120", **more: object) -> ValueProposal:
    text = services.add_text(actor=officer, document="377-QĐ/TW", name="qd377.pdf", content=PDF)
    draft = ValueDraft("377-QĐ/TW", KEY, value, "phải đủ tuổi công tác 2 nhiệm kỳ", text_id=text.pk, **more)
    return services.propose_value(actor=officer, draft=draft)


def judged(months: int) -> tuple[str, bool]:
    standard = rulebook().standard("plan.commune.chair", DAY)
    facts = {
        "months_to_retirement": months, "discipline_in_force": False, "discipline_heaviest": "none", "rating_last": 3
    }  # fmt: skip
    found = verdict_of(standard, facts)
    remaining = next(one for one in standard.criteria() if one.key == "remaining_terms")
    return found.value, remaining.parameter.verified


def test_a_proposed_value_judges_nobody_and_a_confirmed_one_does(officer, second):
    proposal = proposed(officer)
    assert judged(119) == ("not_met", False)
    services.confirm_value(actor=second, proposal_id=proposal.pk)
    assert judged(119) == ("not_met", True)
    assert any(
        one.parameter.verified for s in in_force(DAY) for one in s.criteria() if one.parameter.key == KEY
    )
    kept = AuditEvent.objects.latest("id")
    assert kept.action == "regulations.confirm_value"
    assert kept.details == {"proposal": proposal.pk, "key": KEY}


def test_whoever_proposed_cannot_confirm_neither_by_the_service_nor_in_the_database(officer):
    proposal = proposed(officer)
    with pytest.raises(Refused) as refused:
        services.confirm_value(actor=officer, proposal_id=proposal.pk)
    assert refused.value.code == "same_person"
    with pytest.raises(IntegrityError), transaction.atomic():
        ValueProposal.objects.filter(pk=proposal.pk).update(outcome="confirmed", decided_by=F("proposed_by"))


def test_a_value_other_than_the_remembered_one_takes_its_place(officer, second):
    services.confirm_value(actor=second, proposal_id=proposed(officer, "96").pk)
    assert judged(100) == ("met", True)


def test_a_decided_proposal_is_not_decided_again_and_a_confirmed_value_not_proposed_again(officer, second):
    proposal = proposed(officer)
    services.refuse_value(actor=second, proposal_id=proposal.pk, reason="Không thấy trong văn bản")
    with pytest.raises(Conflict):
        services.confirm_value(actor=second, proposal_id=proposal.pk)
    with pytest.raises(Refused) as refused:
        services.propose_value(
            actor=officer, draft=ValueDraft("50-QĐ/TW", KEY, "60", "trọn một nhiệm kỳ", text_id=1)
        )
    assert refused.value.code == "already_confirmed"


@pytest.mark.parametrize(
    ("change", "code"),
    [({"value": "nhiều"}, "wrong_type"), ({"value": "1,5"}, "wrong_type"), ({"quotation": " "}, "no_quotation"),
     ({"text_id": None}, "no_text"), ({"key": "plan.none"}, "unknown_parameter"),
     ({"document": "1-QĐ/XX"}, "unknown_document")],
)  # fmt: skip
def test_a_proposal_that_does_not_fit_is_refused(officer, change, code):
    text = services.add_text(actor=officer, document="377-QĐ/TW", name="a.pdf", content=PDF)
    sound = {"document": "377-QĐ/TW", "key": KEY, "value": "120", "quotation": "câu", "text_id": text.pk}
    with pytest.raises(BadInput) as refused:
        services.propose_value(actor=officer, draft=ValueDraft(**(sound | change)))
    assert refused.value.code == code


def test_a_unit_head_may_read_but_not_propose(officer):
    head = actor_of(User.objects.get(username="huyen1"), date(2026, 3, 5))
    assert selectors.parameters(actor=head, as_of=DAY)
    with pytest.raises(Forbidden):
        services.propose_value(actor=head, draft=ValueDraft("377-QĐ/TW", KEY, "120", "câu"))


def local(officer: Actor, value: str, **more: object) -> ValueProposal:
    if not selectors.document_url("9-QĐ/TU"):
        services.enter_document(
            actor=officer, draft=DocumentDraft("9-QĐ/TU", "Quy định của tỉnh", "Tỉnh ủy", date(2022, 1, 1))
        )
    given = {"valid_from": date(2022, 6, 1), "local_document": "9-QĐ/TU"} | more
    return services.propose_value(
        actor=officer, draft=ValueDraft("50-QĐ/TW", KEY, value, "phải còn 6 năm", **given)
    )


def required_on(day: date) -> tuple[object, str]:
    standard = rulebook().standard("plan.commune.chair", day)
    parameter = next(one for one in standard.criteria() if one.key == "remaining_term").parameter
    return parameter.value, parameter.citation.document


def test_a_province_may_tighten_from_its_day_on_and_end_it(officer, second):
    proposal = local(officer, "72")
    services.confirm_value(actor=second, proposal_id=proposal.pk)
    assert required_on(date(2022, 5, 31)) == (60, "50-QĐ/TW")
    assert required_on(date(2022, 6, 1)) == (72, "9-QĐ/TU")
    services.end_local_value(actor=officer, proposal_id=proposal.pk, on=date(2024, 1, 1))
    assert required_on(date(2023, 12, 31)) == (72, "9-QĐ/TU")
    assert required_on(date(2024, 1, 1)) == (60, "50-QĐ/TW")


def test_a_province_may_not_loosen_and_its_document_must_be_in_the_register(officer):
    with pytest.raises(BadInput) as refused:
        local(officer, "48")
    assert refused.value.code == "local_change_not_allowed"
    with pytest.raises(BadInput) as refused:
        local(officer, "72", local_document="10-QĐ/TU")
    assert refused.value.code == "unknown_document"


def test_two_local_values_on_one_day_are_refused(officer, second):
    services.confirm_value(actor=second, proposal_id=local(officer, "72").pk)
    later = local(officer, "84", valid_from=date(2023, 1, 1))
    with pytest.raises(Refused) as refused:
        services.confirm_value(actor=second, proposal_id=later.pk)
    assert refused.value.code == "already_confirmed"


def test_a_value_named_without_a_figure_gets_one(officer, second):
    text = services.add_text(actor=officer, document="377-QĐ/TW", name="qd377.pdf", content=PDF)
    draft = ValueDraft("377-QĐ/TW", "plan.share_women_min", "25%", "nữ từ 25%", text_id=text.pk)
    services.confirm_value(actor=second, proposal_id=services.propose_value(actor=officer, draft=draft).pk)
    assert rulebook().parameter("plan.share_women_min", DAY).value == 0.25
