"""A value takes two people and a text; what they confirm judges; what a province sets keeps within its leave."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from hientai.apps.accounts.models import User
from hientai.apps.accounts.selectors import actor_of
from hientai.apps.cadres import selectors as cadres
from hientai.apps.cadres.models import Person
from hientai.apps.regulations import selectors, services
from hientai.apps.regulations.models import ValueProposal
from hientai.apps.regulations.services import DocumentDraft, ValueDraft
from hientai.apps.screening import selectors as screening
from hientai.engines.criteria.judge import verdict_of
from hientai.engines.criteria.tree import Verdict
from hientai.engines.errors import BadInput
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Conflict, Forbidden, Refused
from hientai.foundation.models import AuditEvent
from hientai.foundation.rules import in_force, rulebook
from hientai.foundation.snapshot.everybody import facts_as_of

pytestmark = pytest.mark.django_db
DAY = date(2025, 11, 1)
DAY_OF_50 = date(2024, 3, 5)
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


# --- values of one unit for the people below it


@pytest.fixture
def district(province) -> int:
    return province.units["T.H1"]


def of_unit(officer: Actor, second: Actor, value: str, unit: int, **more: object) -> ValueProposal:
    proposal = local(officer, value, at_unit_id=unit, **more)
    return services.confirm_value(actor=second, proposal_id=proposal.pk)


def told(officer: Actor, prefix: str, day: date) -> set[tuple[object, str]]:
    """(months asked for, document that asks) for some people of a unit and below, as their explanations say."""
    below = set(Person.objects.filter(held_by__code__startswith=prefix).values_list("code", flat=True))
    codes = [row.code for row in cadres.people(actor=officer, as_of=day, size=500) if row.code in below]
    assert codes
    found = set()
    for code in codes[:3]:
        answer = screening.explain(
            actor=officer, as_of=day, person_code=code, standard_code="plan.commune.chair"
        )
        leaf = next(part for part in answer.tree.parts if part.key == "remaining_term")
        found.add((leaf.comparison.parameter.value, leaf.comparison.parameter.citation.document))
    return found


def test_a_value_of_a_unit_holds_at_and_below_it_from_its_day_and_nowhere_else(officer, second, district):
    of_unit(officer, second, "84", district)
    before, after = date(2022, 5, 31), date(2022, 6, 1)
    assert told(officer, "T.H1", before) == {(60, "50-QĐ/TW")}
    assert told(officer, "T.H1", after) == {(84, "9-QĐ/TU")}
    assert told(officer, "T.H2", after) == {(60, "50-QĐ/TW")}
    assert required_on(after) == (60, "50-QĐ/TW")


def test_a_screening_judges_each_group_by_its_value_and_says_so(officer, second, district):
    day = date(2024, 3, 5)
    asked = {"actor": officer, "as_of": day, "code": "plan.commune.chair"}
    plain = screening.screen(**asked)
    assert plain.local == ()
    of_unit(officer, second, "300", district)
    answer = screening.screen(**asked)
    (part,) = answer.local
    inside = screening.screen(**asked, unit_id=district)
    assert part.people == inside.counts.base < answer.counts.base == plain.counts.base
    assert [(one.parameter.value, one.parameter.citation.document) for one in part.criteria] == [
        (300, "9-QĐ/TU")
    ]
    lost = set(plain.ids["met"]) - set(answer.ids["met"])
    assert lost and lost <= {i for ids in inside.ids.values() for i in ids}
    assert set(answer.ids["met"]) <= set(plain.ids["met"])
    assert sum(map(len, answer.ids.values())) == answer.counts.base
    verdicts = {
        line.id: line.verdict for line in screening.everybody(actor=officer, as_of=day, answer=answer)
    }
    assert all(verdicts[i] == verdict for verdict, ids in answer.ids.items() for i in ids)


def lone(asked: dict, units: list[int]) -> tuple[int, int, int, set[int]]:
    """A unit, one of its people, their months and everybody of it: nobody else there who meets has so few months, while
    somebody elsewhere does."""
    plain = screening.impact(**asked)
    facts = facts_as_of(DAY_OF_50)
    months = {
        person: facts.of_person(person)["months_to_retirement"]
        for person, was in zip(plain.persons, plain.was, strict=True)
        if was
    }
    for unit in units:
        inside = set(screening.impact(**asked, unit_id=unit).persons.to_list())
        nearest = sorted((months[person], person) for person in months if person in inside)
        few = {person for person, month in months.items() if nearest and month <= nearest[0][0]}
        if len(few & inside) == 1 and few - inside:
            return unit, nearest[0][1], nearest[0][0], inside
    raise AssertionError("no such unit in the province of the tests")


def test_an_impact_judges_each_person_by_the_value_of_their_unit(officer, second, province):
    asked = {"actor": officer, "as_of": DAY_OF_50, "code": "plan.commune.chair"}
    asked |= {"before": "50-QĐ/TW", "after": "377-QĐ/TW"}
    plain = screening.impact(**asked)
    unit, person, months, inside = lone(asked, [province.units[c] for c in sorted(province.units)])
    assert screening.own_values_of_impact(actor=officer, as_of=DAY_OF_50, found=plain, **pair(asked)) == ()
    of_unit(officer, second, str(months + 1), unit)
    found = screening.impact(**asked)
    assert found.persons.equals(plain.persons) and found.now.equals(plain.now)
    changed = [i for i, a, b in zip(plain.persons, plain.was, found.was, strict=True) if a is not b]
    assert changed == [person] and found.people(Verdict.NOT_MET, Verdict.NOT_MET).is_in(changed).any()
    assert found.base == plain.base == sum(found.table.values())
    for kind in screening.KINDS:
        shift = getattr(found, kind)
        assert shift.persons.is_sorted() and found.groups[kind].sum() == shift.count
        for criterion, count in shift.by_criterion:
            assert len(shift.blamed_on(criterion.key)) == count
    (part,) = screening.own_values_of_impact(actor=officer, as_of=DAY_OF_50, found=found, **pair(asked))
    assert part.people == len(inside)
    assert [(c.key, c.parameter.value) for c in part.criteria] == [("remaining_term", months + 1)]


def pair(asked: dict) -> dict:
    return {key: asked[key] for key in ("before", "after")}


def test_a_unit_may_tighten_what_its_province_has_set_and_not_loosen_it(officer, second, district):
    services.confirm_value(actor=second, proposal_id=local(officer, "72").pk)
    with pytest.raises(BadInput) as refused:
        local(officer, "71", at_unit_id=district)
    assert refused.value.code == "local_change_not_allowed"
    of_unit(officer, second, "73", district)
    assert told(officer, "T.H1", DAY_OF_50) == {(73, "9-QĐ/TU")}
    assert told(officer, "T.H2", DAY_OF_50) == {(72, "9-QĐ/TU")}


def test_a_unit_below_stays_within_the_value_of_the_unit_above_it(officer, second, district, province):
    of_unit(officer, second, "84", district)
    with pytest.raises(BadInput) as refused:
        local(officer, "83", at_unit_id=province.units["T.H1.X1"])
    assert refused.value.code == "local_change_not_allowed"
    of_unit(officer, second, "96", province.units["T.H1.X1"])
    assert told(officer, "T.H1.X1", DAY_OF_50) == {(96, "9-QĐ/TU")}
    assert told(officer, "T.H1.X2", DAY_OF_50) == {(84, "9-QĐ/TU")}


def test_a_province_that_tightens_later_prevails_over_a_looser_unit(officer, second, district):
    of_unit(officer, second, "72", district)
    services.confirm_value(actor=second, proposal_id=local(officer, "84", valid_from=date(2023, 1, 1)).pk)
    assert told(officer, "T.H1", date(2022, 12, 31)) == {(72, "9-QĐ/TU")}
    assert told(officer, "T.H1", date(2023, 1, 1)) == {(84, "9-QĐ/TU")}


def test_a_unit_may_not_loosen_the_central_value_and_must_stand_on_the_day(officer, district):
    with pytest.raises(BadInput) as refused:
        local(officer, "59", at_unit_id=district)
    assert refused.value.code == "local_change_not_allowed"
    with pytest.raises(Refused) as refused:
        local(officer, "84", at_unit_id=district, valid_from=date(2009, 1, 1))
    assert refused.value.code == "unknown_unit"


def test_two_units_have_values_on_one_day_and_one_unit_only_one(officer, second, province):
    of_unit(officer, second, "84", province.units["T.H1"])
    of_unit(officer, second, "84", province.units["T.H2"])
    again = local(officer, "90", at_unit_id=province.units["T.H1"])
    with pytest.raises(Refused) as refused:
        services.confirm_value(actor=second, proposal_id=again.pk)
    assert refused.value.code == "already_confirmed"


def test_a_confirmed_reading_of_the_text_has_no_unit(officer, second, district):
    proposal = proposed(officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        ValueProposal.objects.filter(pk=proposal.pk).update(at_unit=district)


def test_the_register_of_values_names_the_unit_of_a_value(officer, second, district):
    of_unit(officer, second, "84", district)
    rows = selectors.parameters(actor=officer, as_of=DAY_OF_50, key=KEY)
    own = [row for row in rows if row.at_unit]
    assert [(row.at_unit, row.parameter.value, row.is_local) for row in own] == [("Huyện Sông Đà", 84, True)]
    (shown,) = selectors.proposals(actor=officer, as_of=DAY_OF_50, key=KEY)
    assert shown.at_unit == "Huyện Sông Đà"
