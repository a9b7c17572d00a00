"""Searches, comparisons, people one criterion away, impact: each number has its list and its scope."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO

import pytest

from hientai.apps.accounts.models import User
from hientai.apps.accounts.selectors import actor_of
from hientai.apps.cadres import selectors as cadres
from hientai.apps.screening import selectors, services
from hientai.apps.screening.documents import regimes_docx
from hientai.apps.screening.searching import searchable
from hientai.apps.screening.types import Condition
from hientai.engines.criteria.tree import Verdict
from hientai.engines.errors import BadInput
from hientai.engines.facts.standard import standard_catalogue
from hientai.foundation.errors import NotFound

pytestmark = pytest.mark.django_db
DAY = date(2025, 11, 1)
STANDARD = "plan.commune.secretary"


@pytest.fixture
def officer(province):
    return actor_of(User.objects.get(username="bantochuc"), date(2026, 3, 5))


@pytest.fixture
def head(province):
    return actor_of(User.objects.get(username="huyen1"), date(2026, 3, 5))


def found_impact(actor, before="qd-50-2021", after="qd-377-2025"):
    return selectors.impact(actor=actor, as_of=DAY, code=STANDARD, before=before, after=after)


def test_every_number_of_an_impact_opens_a_list_of_that_length(officer):
    found = found_impact(officer)
    asked = {"actor": officer, "as_of": DAY, "found": found}
    assert found.base == sum(found.table.values()) > 0
    for (before, after), count in found.table.items():
        assert len(selectors.impact_people(**asked, kind=f"{before.value}-{after.value}")) == count
    for kind in selectors.KINDS:
        shift = getattr(found, kind)
        assert len(selectors.impact_people(**asked, kind=kind)) == shift.count
        for criterion, count in shift.by_criterion:
            assert len(selectors.impact_people(**asked, kind=kind, criterion=criterion.key)) == count
        of_units = [
            len(selectors.impact_people(**asked, kind=kind, unit_id=row["group"]))
            for row in found.groups.iter_rows(named=True)
        ]
        assert of_units == found.groups[kind].to_list()
    assert any(getattr(found, kind).count for kind in selectors.KINDS)


def test_an_impact_keeps_to_the_scope_of_whoever_asks(officer, head):
    assert 0 < found_impact(head).base < found_impact(officer).base


def test_the_schedule_of_retirement_can_be_asked_about(officer):
    found = found_impact(officer, before=selectors.AGES_BEFORE_2021)
    assert found.before.document == selectors.AGES_BEFORE_2021
    assert {one.fact for one in found.before.criteria()} >= {"months_to_age_60_55"}
    assert found.table[Verdict.MET, Verdict.NOT_MET] == 0


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [("qd-50-2021", "qd-50-2021", "same_version"), ("khong-co", "qd-50-2021", "unknown_document"),
     ("qd-65-2022", "qd-50-2021", "unknown_standard")],
)  # fmt: skip
def test_an_impact_of_what_is_not_there_is_refused(officer, before, after, code):
    with pytest.raises(BadInput) as refused:
        found_impact(officer, before, after)
    assert refused.value.code == code


def test_almost_means_that_one_right_criterion_would_do(officer):
    answer = selectors.almost(actor=officer, as_of=DAY, code=STANDARD)
    page = selectors.almost_people(actor=officer, as_of=DAY, answer=answer)
    assert page.paginator.count == len({person for person, _ in answer.pairs}) > 0
    for row in page:
        tree = selectors.explain(actor=officer, as_of=DAY, person_code=row.code, standard_code=STANDARD).tree
        assert [part.key for part in tree.parts if part.verdict not in (None, Verdict.MET)] == [
            row.criterion.key
        ]


def test_the_changes_proposed_name_the_day_and_what_nobody_can_change_is_not_proposed(officer):
    grows, fixed = "position_change.due_at_latest", STANDARD
    answer = selectors.almost(actor=officer, as_of=DAY, code=grows)
    criterion, _count, nothing_helps = answer.by_criterion[0]
    assert (criterion.key, nothing_helps) == ("period", False)
    row = selectors.almost_people(actor=officer, as_of=DAY, answer=answer, criterion="period").object_list[0]
    ((change,), *_others) = selectors.changes(
        actor=officer, as_of=DAY, person_code=row.code, standard_code=grows
    )
    assert change.label.template == "Thời gian giữ vị trí hiện tại"
    assert DAY < change.by_time <= row.by_time
    answer = selectors.almost(actor=officer, as_of=DAY, code=fixed)
    helpless = {one.key for one, _count, nothing_helps in answer.by_criterion if nothing_helps}
    assert helpless == {"remaining_terms"}
    row = selectors.almost_people(
        actor=officer, as_of=DAY, answer=answer, criterion="remaining_terms"
    ).object_list[0]
    assert selectors.changes(actor=officer, as_of=DAY, person_code=row.code, standard_code=fixed) == ()


def test_a_search_says_why_and_finds_nobody_out_of_scope(officer, head):
    conditions = [Condition("age_years", ">=", "40"), Condition("leads_now", "is true")]
    everybody = selectors.search(actor=officer, as_of=DAY, conditions=conditions)
    own = selectors.search(actor=head, as_of=DAY, conditions=conditions)
    assert set(own.ids) < set(everybody.ids) and own.base < everybody.base
    page = selectors.found_people(actor=officer, as_of=DAY, answer=everybody)
    for row in page:
        values = selectors.facts(actor=officer, as_of=DAY, person_code=row.code).values
        assert values["age_years"] >= 40 and values["leads_now"] is True
        assert [label.template for label, _value in row.reasons] == [
            "Tuổi",
            "Đang giữ chức vụ lãnh đạo, quản lý",
        ]


def test_what_is_for_statistics_only_is_neither_offered_nor_taken(officer):
    private = [fact.code for fact in standard_catalogue() if fact.statistics_only]
    assert {"sex", "ethnicity", "ethnic_minority", "has_religion"} <= set(private)
    assert not set(private) & {fact.code for fact in searchable()}
    for code in private:
        with pytest.raises(BadInput) as refused:
            selectors.search(actor=officer, as_of=DAY, conditions=[Condition(code, "is true", "x")])
        assert refused.value.code == "statistics_only"


@pytest.mark.parametrize(
    ("condition", "code"),
    [(Condition("age_years", ">=", "già"), "wrong_type"), (Condition("age_years", ">=", "40,5"), "wrong_type"),
     (Condition("age_years", "is true", ""), "wrong_operator"),
     (Condition("unit_level", "==", "huyen"), "unknown_code"),
     (Condition("main_unit", "==", "1"), "identifier_in_rule"), (Condition("x", ">=", "1"), "unknown_fact")],
)  # fmt: skip
def test_a_search_that_makes_no_sense_is_refused(officer, condition, code):
    with pytest.raises(BadInput) as refused:
        selectors.search(actor=officer, as_of=DAY, conditions=[condition])
    assert refused.value.code == code


def test_a_kept_search_is_seen_by_others_only_when_shared_and_dropped_only_by_its_owner(officer, head):
    kept = services.keep_search(actor=officer, name="Trẻ", conditions=[Condition("age_years", "<=", "39")])
    assert selectors.saved_searches(actor=head, as_of=DAY) == []
    services.keep_search(
        actor=officer, name="Trẻ", conditions=[Condition("age_years", "<=", "39")], shared=True
    )
    (seen,) = selectors.saved_searches(actor=head, as_of=DAY)
    assert (seen.name, seen.is_own, seen.query) == ("Trẻ", False, "fact=age_years&operator=%3C%3D&value=39")
    with pytest.raises(NotFound):
        services.drop_search(actor=head, search_id=kept.pk)
    services.drop_search(actor=officer, search_id=kept.pk)
    assert selectors.saved_searches(actor=officer, as_of=DAY) == []


def codes(actor, count):
    ids = selectors.population(
        actor=actor, as_of=DAY, unit_id=None, permission=selectors.RUN, facts=()
    ).person_ids
    return list(cadres.codes(actor=actor, as_of=DAY, ids=ids.to_list()[:count]).values())


def test_no_more_facts_of_everybody_are_copied_than_are_asked(officer):
    everybody = selectors.population(
        actor=officer, as_of=DAY, unit_id=None, permission=selectors.RUN, facts=["age_years"]
    )
    assert everybody.frame.columns == ["person_id", "age_years"] and len(everybody)


def test_people_stand_side_by_side_in_the_order_asked_for_without_statistics(officer):
    asked = list(reversed(codes(officer, 3)))
    found = selectors.compare(actor=officer, as_of=DAY, people=asked)
    assert [person.code for person in found.people] == asked
    assert all(len(row.values) == 3 for row in found.facts) and found.standards
    assert not {"Giới tính", "Dân tộc"} & {row.label.template for row in found.facts}
    with pytest.raises(BadInput):
        selectors.compare(actor=officer, as_of=DAY, people=asked[:1])
    with pytest.raises(NotFound):
        selectors.compare(actor=officer, as_of=DAY, people=[asked[0], "KHÔNG-CÓ"])


def test_ten_people_under_three_regimes_agree_with_each_explained_alone_and_print(officer):
    people = codes(officer, 10)
    answer = selectors.under_regimes(
        actor=officer, as_of=DAY, standard_code=STANDARD, documents=["hd-15-2012", "qd-50-2021", "qd-377-2025"],
        people=[*people[:9], "KHÔNG-CÓ"],
    )  # fmt: skip
    assert answer.missing == ("KHÔNG-CÓ",) and len(answer.people) == 9
    for person in answer.people:
        alone = selectors.explain(actor=officer, as_of=DAY, person_code=person.code, standard_code=STANDARD)
        assert answer.explained[person.code][2].verdict is alone.verdict
    with zipfile.ZipFile(BytesIO(regimes_docx(answer))) as packed:
        written = packed.read("word/document.xml").decode()
    assert all(person.name in written for person in answer.people) and "377-QĐ/TW" in written
    with pytest.raises(BadInput) as refused:
        selectors.under_regimes(
            actor=officer, as_of=DAY, standard_code=STANDARD, documents=["qd-50-2021"], people=["x"] * 11
        )
    assert refused.value.code == "too_many_people"
