"""Cases through the services, on PostgreSQL: what may happen, what is refused, what higher capabilities hear."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import InternalError, ProgrammingError
from tests.factories import cases
from tests.factories.province import TODAY, Province

from hientai.apps.accounts.policies import PERMISSIONS
from hientai.apps.accounts.types import Role
from hientai.apps.procedures import selectors, services
from hientai.apps.procedures.models import Ballot, Case, CaseEvent, FinalCount, TellerCount
from hientai.apps.procedures.types import CaseDraft, NameDraft, Totals
from hientai.engines.errors import BadInput
from hientai.foundation import registry
from hientai.foundation.actor import Actor, ActorGrant
from hientai.foundation.errors import Conflict, Forbidden, NotFound, Refused
from hientai.foundation.models import AuditEvent

pytestmark = pytest.mark.django_db
PAPERS = ("cv", "self_review", "committee_comments", "residence_comments", "political_conclusion",
          "asset_declaration", "diplomas", "health", "party_opinion")  # fmt: skip


@pytest.fixture
def code(officer: Actor, province: Province) -> str:
    """An appointment that stands at its second step."""
    code = cases.opened(officer, province).row.code
    cases.give(officer, code, "policy")
    cases.meet(officer, code)
    cases.own_papers(officer, code)
    assert cases.finish(officer, code, "agreed").row.step == "b2"
    return code


def refused(kind: type[Exception], act: object, **arguments: object) -> str:
    with pytest.raises(kind) as error, transaction.atomic():
        act(**arguments)  # type: ignore[operator]
    return error.value.code  # type: ignore[attr-defined]


def test_an_appointment_walks_to_its_decision_and_keeps_every_step(officer: Actor, code: str) -> None:
    assert cases.ballot_step(officer, code, (20, 6, 4)).row.step == "b3"
    page = cases.ballot_step(officer, code, (20, 6, 4))
    assert (page.row.step, len(page.state.names)) == ("b4", 1)
    cases.ballot_step(officer, code, (11,))
    cases.give(officer, code, *PAPERS)
    assert cases.ballot_step(officer, code, (16,)).row.step == "decision"
    page = cases.finish(officer, code, "approved")
    assert (page.row.status, page.row.ending) == ("ended", "Được quyết định bổ nhiệm")
    assert [event.number for event in page.events] == list(range(1, len(page.events) + 1))
    assert page.demands == ()


def test_planning_walks_through_five_steps_to_approval_and_asks_for_a_ground_where_the_rule_is_doubtful(
    officer: Actor, province: Province
) -> None:
    code = cases.opened(officer, province, cases.PLANNING).row.code
    cases.give(officer, code, "plan", "source_list")
    assert cases.finish(officer, code).row.step == "b2"
    cases.meet(officer, code)
    cases.own_papers(officer, code)
    cases.finish(officer, code, "agreed")
    cases.ballot_step(officer, code, (25, 20, 3))
    cases.ballot_step(officer, code, (26, 21, 2))
    cases.give(officer, code, "proposal", "personal_files")
    cases.meet(officer, code)
    cases.vote(officer, code, (28, 16, 15))
    cases.own_papers(officer, code)
    arguments = {"actor": officer, "code": code, "on": TODAY, "expected": cases.page(officer, code).version}
    assert refused(BadInput, services.finish_step, **arguments) == "ground_missing"
    page = cases.finish(officer, code, ground="Quy chế làm việc của Ban Thường vụ, Điều 12")
    assert (page.row.step, len(page.state.names)) == ("approval", 2)
    assert cases.finish(officer, code, "approved").row.status == "ended"


def test_a_quorum_missed_by_one_is_kept_and_blocks_the_ballot(officer: Actor, code: str) -> None:
    cases.meet(officer, code, 30, 19)
    page = cases.page(officer, code)
    assert page.sitting is not None and page.sitting.present == 19
    assert page.demands[0].code == "quorum_missed"
    assert (
        refused(Refused, services.name_tellers, actor=officer, code=code, first="huyen1", second="canbo")
        == "no_ballot_now"
    )
    cases.meet(officer, code, 30, 20)
    cases.tellers(officer, code)


def test_tellers_who_disagree_keep_the_ballot_open_until_both_read_the_same(
    officer: Actor, code: str
) -> None:
    cases.meet(officer, code)
    token = cases.tellers(officer, code)
    arguments = {"actor": officer, "code": code, "on": TODAY, "expected": cases.page(officer, code).version}
    assert refused(Refused, services.close_ballot, **arguments) == "count_missing"
    cases.count(token, "huyen1", (16, 8, 6))
    cases.count(token, "canbo", (15, 9, 6))
    ballot = cases.page(officer, code).ballot
    assert ballot is not None and len(ballot.differing) == 2
    assert refused(Refused, services.close_ballot, **arguments) == "tellers_differ"
    cases.count(token, "canbo", (16, 8, 6), attempt=2)
    services.close_ballot(**arguments)
    assert cases.page(officer, code).ballot.outcome.status == "chosen"  # type: ignore[union-attr]


def test_a_teller_sees_nothing_of_the_other_before_entering(officer: Actor, code: str) -> None:
    cases.meet(officer, code)
    token = cases.tellers(officer, code)
    cases.count(token, "huyen1", (16, 8, 6))
    second = cases.actor_named("canbo")
    assert selectors.ballot_to_count(actor=second, as_of=TODAY, token=token).entered == {}
    assert selectors.my_ballots(actor=second, as_of=TODAY)[0].entered == {}
    cases.count(token, "canbo", (15, 9, 6))
    assert len(selectors.ballot_to_count(actor=second, as_of=TODAY, token=token).entered) == 2


def test_only_the_two_tellers_count_and_they_are_two_accounts(officer: Actor, code: str) -> None:
    cases.meet(officer, code)
    assert (
        refused(Refused, services.name_tellers, actor=officer, code=code, first="canbo", second="canbo")
        == "two_tellers"
    )
    assert (
        refused(Refused, services.name_tellers, actor=officer, code=code, first="canbo", second="ai")
        == "two_tellers"
    )
    token = cases.tellers(officer, code)
    totals = Totals(30, 30, {})
    assert (
        refused(NotFound, services.enter_count, actor=officer, token=token, attempt=1, totals=totals)
        == "not_found"
    )
    cases.count(token, "canbo", (1, 2, 3))
    assert (
        refused(Refused, services.name_tellers, actor=officer, code=code, first="huyen1", second="bantochuc")
        == "count_begun"
    )


@pytest.mark.parametrize(
    ("issued", "valid", "votes", "wrong"),
    [
        (31, 30, (1, 1, 1), "counts_contradict"),
        (29, 30, (1, 1, 1), "counts_contradict"),
        (30, 20, (21, 0, 0), "votes_above_valid"),
        (30, 20, (10, 10, 1), "too_many_votes"),
    ],
)
def test_totals_that_cannot_all_be_true_are_refused_at_entry(
    officer: Actor, code: str, issued: int, valid: int, votes: tuple[int, ...], wrong: str
) -> None:
    cases.meet(officer, code)
    token = cases.tellers(officer, code)
    arguments = {"token": token, "teller": "canbo", "votes": votes, "issued": issued, "valid": valid}
    assert refused(BadInput, cases.count, **arguments) == wrong


def test_a_teller_entering_the_same_twice_counts_once_and_agreed_counts_stay(
    officer: Actor, code: str
) -> None:
    cases.meet(officer, code)
    token = cases.tellers(officer, code)
    cases.count(token, "canbo", (16, 8, 6))
    cases.count(token, "canbo", (16, 8, 6))
    assert TellerCount.objects.filter(ballot__token=token).count() == 1
    again = {"token": token, "teller": "canbo", "votes": (15, 9, 6)}
    assert refused(Conflict, cases.count, **again) == "count_entered"
    cases.count(token, "huyen1", (16, 8, 6))
    assert refused(Refused, cases.count, **{**again, "attempt": 2}) == "counts_agree"


def test_after_closing_only_a_correction_changes_the_result_and_both_stay(officer: Actor, code: str) -> None:
    cases.meet(officer, code)
    cases.vote(officer, code, (15, 9, 6))
    ballot = cases.page(officer, code).ballot
    assert ballot is not None and ballot.outcome is not None and ballot.outcome.status == "carried"
    votes = dict(zip((name.key for name in ballot.names), (16, 8, 6), strict=True))
    arguments = {"actor": officer, "code": code, "on": TODAY, "expected": cases.page(officer, code).version,
                 "ballot_id": ballot.id, "totals": Totals(30, 30, votes)}  # fmt: skip
    assert refused(Refused, services.correct_ballot, **arguments, because=" ") == "reason_missing"
    services.correct_ballot(**arguments, because="cộng nhầm một phiếu")
    finals = cases.page(officer, code).ballot.finals  # type: ignore[union-attr]
    assert [(f.version, f.outcome.status, f.because) for f in finals] == [
        (1, "carried", ""), (2, "chosen", "cộng nhầm một phiếu"),
    ]  # fmt: skip
    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
        FinalCount.objects.filter(version=1).update(valid=29)


def test_a_correction_after_the_case_went_on_sends_it_back_to_that_step(officer: Actor, code: str) -> None:
    cases.ballot_step(officer, code, (15, 9, 6))
    page = cases.page(officer, code)
    ballot = page.ballots[0]
    votes = dict(zip((name.key for name in ballot.names), (15, 6, 9), strict=True))
    services.correct_ballot(actor=officer, code=code, expected=page.version, on=TODAY, ballot_id=ballot.id,
                            totals=Totals(30, 30, votes), because="đổi hai dòng")  # fmt: skip
    assert cases.page(officer, code).demands[0].code == "ballot_corrected"
    services.send_back(actor=officer, code=code, expected=cases.page(officer, code).version, on=TODAY, to="b2",
                       reason="kết quả được đính chính")  # fmt: skip
    cases.own_papers(officer, code)
    after = cases.finish(officer, code)
    assert (after.row.step, set(after.state.names)) == ("b3", {ballot.names[0].key, ballot.names[2].key})


def test_a_step_out_of_order_is_refused_and_writes_nothing(officer: Actor, code: str) -> None:
    before = CaseEvent.objects.count()
    arguments = {"actor": officer, "code": code, "on": TODAY, "expected": cases.page(officer, code).version}
    assert refused(Refused, services.close_ballot, **arguments) == "no_meeting"
    assert refused(BadInput, services.finish_step, **arguments) == "no_meeting"
    assert refused(BadInput, services.send_back, **arguments, to="b5", reason="x") == "not_passed"
    assert (
        refused(Refused, services.finish_step, **{**arguments, "on": TODAY + timedelta(days=1)})
        == "day_in_future"
    )
    assert CaseEvent.objects.count() == before


def test_a_paper_that_expired_between_steps_is_asked_for_anew(officer: Actor, province: Province) -> None:
    begun = date(2025, 6, 2)
    code = cases.opened(officer, province, on=begun).row.code
    cases.give(officer, code, "health", on=begun, signed_on=date(2025, 5, 5))
    held = cases.page(officer, code).state.papers["health"]
    assert held.valid_until == date(2025, 11, 5)
    cases.give(officer, code, "policy", on=date(2025, 11, 5))
    cases.meet(officer, code, on=date(2025, 11, 5))
    page = cases.page(officer, code)
    at_last_step = replace(page.state, step_code="b5")
    from hientai.engines.procedure import demands

    assert "paper_expired" not in [one.code for one in demands(at_last_step, date(2025, 11, 5))]
    assert "paper_expired" in [one.code for one in demands(at_last_step, date(2025, 11, 6))]


def test_a_second_officer_acting_on_the_same_page_gets_a_conflict_and_nothing_is_lost(
    officer: Actor, code: str
) -> None:
    seen = cases.page(officer, code).version
    second = replace(officer, user_id=999, name="Cán bộ thứ hai")
    services.suspend(actor=officer, code=code, expected=seen, on=TODAY, reason="đang xác minh")
    arguments = {"actor": second, "code": code, "expected": seen, "on": TODAY, "reason": "rút nhân sự"}
    assert refused(Conflict, services.stop, **arguments) == "case_moved_on"
    assert cases.page(officer, code).row.status == "suspended"


def test_the_same_form_sent_twice_is_taken_once(officer: Actor, code: str) -> None:
    token, seen = uuid4(), cases.page(officer, code).version
    people = [(None, "Một"), (None, "Hai"), (None, "Ba")]
    for _ in range(2):
        services.summon(
            actor=officer, code=code, expected=seen, on=TODAY, meeting_on=TODAY, people=people, token=token
        )
    page = cases.page(officer, code)
    assert (page.version, len(page.sittings)) == (seen + 1, 2)
    draft = CaseDraft(cases.PLANNING, "Một lần", page.row.unit_id, (NameDraft(page.names[0].person_id),))
    first = services.open_case(actor=officer, draft=draft, on=TODAY, token=token)
    assert services.open_case(actor=officer, draft=draft, on=TODAY, token=token).pk == first.pk


def test_the_list_of_the_summoned_has_everybody_once_and_only_they_are_present(
    officer: Actor, code: str
) -> None:
    arguments = {"actor": officer, "code": code, "expected": cases.page(officer, code).version, "on": TODAY}
    twice = [(None, "Một"), (None, "Một")]
    assert refused(Refused, services.summon, **arguments, meeting_on=TODAY, people=twice) == "summoned_twice"
    services.summon(**arguments, meeting_on=TODAY, people=[(None, "Một")])
    arguments["expected"] = cases.page(officer, code).version
    assert refused(Refused, services.hold_meeting, **arguments, present=[0]) == "not_summoned"


def test_suspend_return_stop_and_waive_say_why(officer: Actor, code: str) -> None:
    def arguments() -> dict[str, object]:
        return {"actor": officer, "code": code, "expected": cases.page(officer, code).version, "on": TODAY}

    for act in (services.suspend, services.stop):
        assert refused(BadInput, act, **arguments(), reason=" ") == "reason_missing"
    assert (
        refused(BadInput, services.waive, **arguments(), what="health", by="", ground="x") == "reason_missing"
    )
    services.waive(**arguments(), what="health", by="Ban Thường vụ", ground="Thông báo 12-TB/TU")
    services.waive(**arguments(), what="deadline", by="Ban Thường vụ", ground="giải trình lý do chậm")
    page = cases.page(officer, code)
    assert (page.state.waivers[0].what, page.state.waivers[0].by, page.state.waivers[0].ground) == (
        "health",
        "Ban Thường vụ",
        "Thông báo 12-TB/TU",
    )
    assert page.row.due_on is None
    services.stop(**arguments(), reason="nhân sự xin rút")
    assert cases.page(officer, code).row.ending == "Dừng"


def test_deadlines_are_working_days_and_show_up_in_reminders(officer: Actor, province: Province) -> None:
    row = cases.opened(officer, province).row
    assert (row.due_on, row.due_certain) == (date(2026, 4, 16), False)
    assert [r.code for r in selectors.reminders(actor=officer, as_of=TODAY, until=row.due_on)] == [row.code]
    day_before = row.due_on - timedelta(days=1)
    assert selectors.reminders(actor=officer, as_of=TODAY, until=day_before) == []
    assert not row.is_overdue(row.due_on) and row.is_overdue(row.due_on + timedelta(days=1))


def test_higher_capabilities_hear_of_the_end_in_the_same_transaction(
    officer: Actor, province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[str, object]] = []

    def closed(**said: object) -> None:
        heard.append(("closed", said["ending"]))
        if said["ending"] == "stopped":
            raise Refused("not_now", "Chưa dừng được.")

    handler = registry.ProcedureHandler(
        "test_subject", "thử", lambda **said: heard.append(("approved", said["names"])), closed, str
    )
    monkeypatch.setattr(registry, "_procedure_handlers", {"test_subject": handler})
    more = {"subject_kind": "test_subject", "subject_id": "7"}
    code = cases.opened(officer, province, cases.PLANNING, people=2, **more).row.code
    names = [NameDraft(person) for person in province.people[:2]]
    assert refused(Refused, cases.opened, actor=officer, province=province, **more) == "subject_has_case"
    arguments = {"actor": officer, "code": code, "expected": cases.page(officer, code).version, "on": TODAY}
    assert refused(Refused, services.stop, **arguments, reason="x") == "not_now"
    assert cases.page(officer, code).row.status == "open"
    cases.give(officer, code, "plan", "source_list")
    cases.finish(officer, code)
    cases.meet(officer, code)
    cases.own_papers(officer, code)
    cases.finish(officer, code, "agreed")
    cases.ballot_step(officer, code, (1, 1))
    cases.ballot_step(officer, code, (1, 1))
    cases.give(officer, code, "proposal", "personal_files")
    cases.ballot_step(officer, code, (30, 16), ground="Quy chế")
    cases.finish(officer, code, "approved")
    assert heard[-1] == ("approved", names)
    found = selectors.case_of_subject(actor=officer, as_of=TODAY, subject_kind="test_subject", subject_id="7")
    assert found is not None and found.code == code


def test_a_case_keeps_the_definition_it_began_with(officer: Actor, province: Province) -> None:
    old = cases.opened(officer, province, cases.PLANNING, on=date(2025, 10, 7))
    new = cases.opened(officer, province, cases.PLANNING, on=date(2025, 10, 8))
    assert (old.definition.document, new.definition.document) == ("50-QĐ/TW", "377-QĐ/TW")


def test_who_is_out_of_reach_sees_no_case_and_who_may_not_act_is_refused(
    officer: Actor, district_head: Actor, staff: Actor, province: Province
) -> None:
    row = cases.opened(officer, province).row
    other = services.open_case(
        actor=officer, on=TODAY,
        draft=CaseDraft(cases.PLANNING, "Nơi khác", province.units["T.H2.X1"], (NameDraft(province.people[0]),)),
    )  # fmt: skip
    assert [r.code for r in selectors.cases(actor=district_head, as_of=TODAY)] == [row.code]
    with pytest.raises(NotFound):
        selectors.case(actor=district_head, as_of=TODAY, code=other.code)
    with pytest.raises(Forbidden):
        selectors.cases(actor=staff, as_of=TODAY)
    with pytest.raises(Forbidden):
        services.suspend(actor=district_head, code=row.code, expected=0, on=TODAY, reason="x")
    arguments = {"actor": district_head, "code": row.code, "expected": 0, "on": TODAY, "paper": "policy"}
    assert refused(BadInput, services.give_paper, **arguments, signed_on=TODAY) == "not_the_actor"
    away = Actor(
        1,
        "thử",
        TODAY,
        (ActorGrant(Role.BOARD_OFFICER, PERMISSIONS[Role.BOARD_OFFICER], province.units["T.H2"]),),
    )
    assert (
        refused(NotFound, services.stop, actor=away, code=row.code, expected=0, on=TODAY, reason="x")
        == "not_found"
    )


def test_the_sending_unit_acts_on_its_own_step_only(
    officer: Actor, district_head: Actor, province: Province
) -> None:
    draft = CaseDraft("appointment.elsewhere.public_employee", "Từ nơi khác", province.units["T.H2.X1"],
                      (NameDraft(province.people[0]),), other_unit_id=province.units["T.H1.X1"])  # fmt: skip
    code = services.open_case(actor=officer, draft=draft, on=TODAY).code
    assert refused(BadInput, cases.meet, actor=district_head, code=code) == "not_the_actor"
    cases.give(officer, code, "policy")
    cases.meet(officer, code)
    cases.own_papers(officer, code)
    cases.finish(officer, code, "agreed")
    cases.meet(district_head, code, 9, 6)
    assert cases.page(district_head, code).capacities == {"unit"}


def test_events_are_never_changed_and_the_audit_has_codes_only(officer: Actor, code: str) -> None:
    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
        CaseEvent.objects.filter(case__code=code).update(kind="x")
    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
        CaseEvent.objects.filter(case__code=code)._raw_delete("default")
    details = [event.details for event in AuditEvent.objects.filter(action__startswith="procedures.")]
    assert details and all(set(one) <= {"case", "event"} for one in details)


def test_the_database_holds_two_tellers_apart_and_one_open_case_for_a_subject(
    officer: Actor, code: str
) -> None:
    cases.meet(officer, code)
    cases.tellers(officer, code)
    ballot = Ballot.objects.get(sitting__case__code=code)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.filter(pk=ballot.pk).update(second_teller=ballot.first_teller)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(code=code).update(status="ended", ending="")


def test_namesakes_are_told_apart_on_the_ballot() -> None:
    from hientai.apps.procedures.replay import labels_told_apart

    people = [
        ("Lò Văn An", "1980", "A1"),
        ("Lò Văn An", "1981", "A2"),
        ("Lò Văn An", "1981", "A3"),
        ("Vàng Thị Bích", "1990", "A4"),
    ]
    assert labels_told_apart(people) == [
        "Lò Văn An (sinh 1980)",
        "Lò Văn An (A2)",
        "Lò Văn An (A3)",
        "Vàng Thị Bích",
    ]


def test_nobody_is_put_forward_twice_or_from_out_of_reach(officer: Actor, province: Province) -> None:
    unit, person = province.units["T.H1.X1"], province.people[0]

    def opening(*names: NameDraft, kind: str = cases.PLANNING, title: str = "Thử") -> dict[str, object]:
        return {"actor": officer, "draft": CaseDraft(kind, title, unit, names), "on": TODAY}

    assert refused(Refused, services.open_case, **opening()) == "nobody_named"
    assert (
        refused(Refused, services.open_case, **opening(NameDraft(person), NameDraft(person))) == "name_twice"
    )
    assert refused(Refused, services.open_case, **opening(NameDraft(person), title=" ")) == "title_missing"
    assert refused(BadInput, services.open_case, **opening(NameDraft(person), kind="khác")) == "no_procedure"
    assert refused(Refused, services.open_case, **opening(NameDraft(0))) == "not_on_file"
