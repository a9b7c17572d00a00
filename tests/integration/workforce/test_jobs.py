"""Job positions over time, who holds them, levels required and assessed: what each act does and what refuses it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.factories.province import TODAY, Province

from hientai.apps.accounts.policies import PERMISSIONS
from hientai.apps.cadres import services as cadres
from hientai.apps.cadres.models import Position
from hientai.apps.organization import services as units
from hientai.apps.organization.types import ActDraft, ActKind, Heir, UnitDraft
from hientai.apps.workforce import gaps, selectors, services
from hientai.apps.workforce.models import Assessment, JobVersion, Placement, RequiredLevel
from hientai.apps.workforce.types import JobDraft, JobFilter
from hientai.foundation.actor import Actor, ActorGrant
from hientai.foundation.errors import Forbidden, NotFound, Refused

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)
DECISION = "Quyết định 5-QĐ/UBND ngày 20/12/2025"


def _draft(province: Province, code: str = "X1.CV", unit: str = "T.H1.X1", **more: Any) -> JobDraft:
    said = {
        "decree": "361/2025/NĐ-CP",
        "group": "professional",
        "posts": 2,
        "valid_from": DAY,
        "source": DECISION,
    }
    return JobDraft(province.units[unit], code, "Chuyên viên văn phòng", **(said | more))


def _people(province: Province, unit: str = "T.H1.X1", title: str = "commune.specialist") -> list[int]:
    held = Position.objects.as_of(TODAY).filter(seat__unit_id=province.units[unit], seat__title__code=title)
    return sorted(held.values_list("person_id", flat=True))


def _open(actor: Actor, province: Province, **more: Any) -> int:
    return services.open_jobs(actor=actor, drafts=[_draft(province, **more)])["X1.CV"]


def _head(province: Province) -> Actor:
    role = "board_officer"
    return Actor(9, "thử", TODAY, (ActorGrant(role, PERMISSIONS[role], province.units["T.H1"]),))


def test_a_job_position_is_there_from_its_day_and_not_before(officer: Actor, province: Province) -> None:
    _open(officer, province)
    rows = selectors.jobs(actor=officer, as_of=DAY)
    assert [(row.code, row.posts, row.holders, row.filling) for row in rows] == [("X1.CV", 2, 0, "vacant")]
    assert rows[0].group_name == "Chuyên môn, nghiệp vụ" and rows[0].group_verified
    assert selectors.jobs(actor=officer, as_of=date(2025, 12, 31)) == []
    with pytest.raises(NotFound):
        selectors.job(actor=officer, as_of=date(2025, 12, 31), code="X1.CV")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"decree": "62/2020/NĐ-CP"}, "decree_not_in_force"),
        ({"decree": "232/2026/NĐ-CP"}, "decree_not_in_force"),
        ({"decree": "1/1900/NĐ-CP"}, "unknown_group"),
        ({"group": "nobody"}, "unknown_group"),
        ({"posts": 0}, "no_posts"),
        ({"title": "no.such"}, "unknown_title"),
    ],
)
def test_a_job_position_that_cannot_be_is_refused(
    officer: Actor, province: Province, change: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as caught:
        services.open_jobs(actor=officer, drafts=[_draft(province, **change)])
    assert caught.value.code == code
    assert not JobVersion.objects.exists()


def test_a_code_is_given_once(officer: Actor, province: Province) -> None:
    _open(officer, province)
    for drafts in ([_draft(province)], [_draft(province, "B"), _draft(province, "B")]):
        with pytest.raises(Refused, match="đã có"):
            services.open_jobs(actor=officer, drafts=drafts)


def test_a_changed_position_answers_both_days_and_the_past_stays(officer: Actor, province: Province) -> None:
    _open(officer, province, decree="62/2020/NĐ-CP", group="shared", valid_from=date(2024, 1, 1))
    services.change_job(
        actor=officer, code="X1.CV", on=DAY, source="QĐ 9",
        changes={"posts": 3, "decree": "361/2025/NĐ-CP", "group": "professional"},
    )  # fmt: skip
    was = selectors.job(actor=officer, as_of=date(2025, 6, 1), code="X1.CV")
    now = selectors.job(actor=officer, as_of=TODAY, code="X1.CV")
    assert (was.row.posts, was.row.decree, was.row.group_verified) == (2, "62/2020/NĐ-CP", False)
    assert (now.row.posts, now.row.decree) == (3, "361/2025/NĐ-CP")
    assert [row.last_day for row in now.history] == [None, date(2025, 12, 31)]
    with pytest.raises(Refused) as caught:
        services.change_job(
            actor=officer, code="X1.CV", on=TODAY, source="Q", changes={"decree": "62/2020/NĐ-CP"}
        )
    assert caught.value.code in ("decree_not_in_force", "unknown_group")


def test_a_holder_is_somebody_placed_who_works_there(officer: Actor, province: Province) -> None:
    job, people = _open(officer, province), _people(province)[:2]
    assert services.place(actor=officer, pairs=[(p, job) for p in people], on=DAY, source=DECISION) == 2
    assert {row.id for row in selectors.holders(actor=officer, as_of=TODAY, job_id=job)} == set(people)
    assert people[0] not in {
        row.id for row in selectors.unplaced(actor=officer, as_of=TODAY, unit_id=province.units["T.H1.X1"])
    }
    post = Position.objects.as_of(TODAY).get(person_id=people[0])
    cadres.end_position(actor=officer, position_id=post.pk, on=date(2026, 2, 1), source="QĐ thôi")
    assert [row.id for row in selectors.holders(actor=officer, as_of=TODAY, job_id=job)] == [people[1]]
    assert len(selectors.holders(actor=officer, as_of=date(2026, 1, 31), job_id=job)) == 2


def test_placing_is_refused_beyond_the_posts_elsewhere_and_without_a_decision(
    officer: Actor, province: Province
) -> None:
    job, people = _open(officer, province), _people(province)
    for pairs, source, code in (
        ([(p, job) for p in people[:3]], DECISION, "no_post_left"),
        ([(_people(province, "T.H2.X1")[0], job)], DECISION, "not_at_the_unit"),
        ([(people[0], job)], " ", "decision_missing"),
    ):
        with pytest.raises(Refused) as caught:
            services.place(actor=officer, pairs=pairs, on=DAY, source=source)
        assert caught.value.code == code
    with pytest.raises(NotFound):
        services.place(actor=officer, pairs=[(people[0], 0)], on=DAY, source=DECISION)
    assert not Placement.objects.exists()


def test_fewer_posts_than_people_and_ending_while_people_are_there_are_refused(
    officer: Actor, province: Province
) -> None:
    job, people = _open(officer, province), _people(province)[:2]
    services.place(actor=officer, pairs=[(p, job) for p in people], on=DAY, source=DECISION)
    with pytest.raises(Refused) as fewer:
        services.change_job(actor=officer, code="X1.CV", on=TODAY, source="Q", changes={"posts": 1})
    with pytest.raises(Refused) as ending:
        services.end_job(actor=officer, code="X1.CV", on=TODAY, source="Q")
    assert (fewer.value.code, ending.value.code) == ("fewer_posts_than_people", "people_left")
    for person in people:
        services.end_placement(actor=officer, person_id=person, on=TODAY, source="Q")
    services.end_job(actor=officer, code="X1.CV", on=TODAY, source="Q")
    assert selectors.jobs(actor=officer, as_of=TODAY) == []
    assert len(selectors.jobs(actor=officer, as_of=DAY)) == 1


def test_a_job_position_goes_with_its_unit_and_comes_back_when_that_is_undone(
    officer: Actor, province: Province
) -> None:
    office = UnitDraft("N1", "Văn phòng", "division", "government", "commune", "T.H1.X1", date(2025, 1, 1))
    begins = ActDraft(ActKind.ESTABLISH, date(2025, 1, 1), "QĐ 1", begins=(office,))
    units.carry_out(actor=officer, drafts=[begins])
    from hientai.apps.organization import selectors as organization

    unit = organization.unit_id_of("N1")
    assert unit is not None
    draft = JobDraft(unit, "N1.CV", "Văn thư", "361/2025/NĐ-CP", "support", 1, DAY)
    services.open_jobs(actor=officer, drafts=[draft])
    assert [row.code for row in selectors.jobs(actor=officer, as_of=TODAY)] == ["N1.CV"]
    merger = ActDraft(ActKind.MERGE, date(2026, 2, 1), "QĐ 2", ends=("N1",), heirs=(Heir("N1", "T.H1.X1"),))
    acts = units.carry_out(actor=officer, drafts=[merger])
    assert selectors.jobs(actor=officer, as_of=TODAY) == []
    units.undo_acts(actor=officer, act_ids=acts, because="nhầm")
    assert [row.code for row in selectors.jobs(actor=officer, as_of=TODAY)] == ["N1.CV"]


def test_an_officer_of_one_district_neither_sees_nor_writes_positions_of_another(
    officer: Actor, province: Province
) -> None:
    services.open_jobs(actor=officer, drafts=[_draft(province), _draft(province, "X2.CV", "T.H2.X1")])
    head = _head(province)
    assert [row.code for row in selectors.jobs(actor=head, as_of=TODAY)] == ["X1.CV"]
    with pytest.raises(NotFound):
        selectors.job(actor=head, as_of=TODAY, code="X2.CV")
    for act in (
        lambda: services.open_jobs(actor=head, drafts=[_draft(province, "B", "T.H2.X1")]),
        lambda: services.change_job(actor=head, code="X2.CV", on=TODAY, source="Q", changes={"posts": 5}),
        lambda: services.end_job(actor=head, code="X2.CV", on=TODAY, source="Q"),
        lambda: services.assess(
            actor=head, levels=[(_people(province, "T.H2.X1")[0], "ethics", 3)], by="A", on=TODAY, source="B"
        ),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            act()


def test_who_only_reads_the_own_file_may_not_ask_for_positions(staff: Actor, province: Province) -> None:
    with pytest.raises(Forbidden):
        selectors.jobs(actor=staff, as_of=TODAY)
    with pytest.raises(NotFound):
        gaps.of_person(actor=staff, as_of=TODAY, person_id=_people(province, "T.H2.X1")[0])


def test_gaps_have_three_answers_and_every_number_is_its_list(officer: Actor, province: Province) -> None:
    job, people = _open(officer, province, posts=3), _people(province)[:3]
    services.place(actor=officer, pairs=[(p, job) for p in people], on=DAY, source=DECISION)
    services.require_levels(
        actor=officer, levels=[(job, "drafting", 3), (job, "ethics", 2)], on=DAY, source=DECISION
    )
    services.assess(
        actor=officer, levels=[(people[0], "drafting", 3), (people[1], "drafting", 1)], by="Hội đồng", on=TODAY,
        source="Biên bản 1",
    )  # fmt: skip
    rows = {row.competency: row for row in gaps.of_unit(actor=officer, as_of=TODAY, unit_id=None)}
    assert {o: rows["drafting"].number(o) for o in ("met", "below", "unknown")} == {
        "met": 1,
        "below": 1,
        "unknown": 1,
    }
    assert rows["ethics"].number("unknown") == 3 == rows["ethics"].asked
    for outcome, expected in (("met", people[0]), ("below", people[1]), ("unknown", people[2])):
        found = gaps.people_behind(
            actor=officer, as_of=TODAY, unit_id=province.units["T.H1"], competency="drafting", outcome=outcome
        )
        assert [person for person, _ in found] == [expected]
    own, lines = gaps.of_person(actor=officer, as_of=TODAY, person_id=people[1])
    assert own is not None and own.code == "X1.CV"
    assert [(line.competency, line.outcome, line.gap) for line in lines] == [
        ("ethics", "unknown", None), ("drafting", "below", 2)
    ]  # fmt: skip
    before = {r.competency: r.number("unknown") for r in gaps.of_unit(actor=officer, as_of=DAY, unit_id=None)}
    assert before == {"drafting": 3, "ethics": 3}
    with pytest.raises(NotFound):
        gaps.people_behind(actor=officer, as_of=TODAY, unit_id=None, competency="drafting", outcome="odd")
    assert gaps.of_unit(actor=officer, as_of=TODAY, unit_id=province.units["T.H2"]) == []


def test_a_later_judgement_takes_over_and_the_earlier_stays(officer: Actor, province: Province) -> None:
    person = _people(province)[0]
    for day, level in ((DAY, 2), (TODAY, 4)):
        services.assess(actor=officer, levels=[(person, "digital", level)], by="Hội đồng", on=day, source="B")
    held = Assessment.objects.known_on().filter(person_id=person).order_by("valid_from")
    assert [(row.valid_from, row.level) for row in held] == [(DAY, 2), (TODAY, 4)]
    with pytest.raises(Refused, match="muộn hơn"):
        services.assess(
            actor=officer, levels=[(person, "digital", 3)], by="A", on=date(2026, 2, 1), source="B"
        )


@pytest.mark.parametrize(
    ("level", "code", "by", "wrong"),
    [(6, "digital", "A", "level_out_of_range"), (0, "digital", "A", "level_out_of_range"),
     (3, "charm", "A", "unknown_competency"), (3, "digital", " ", "judge_missing")],
)  # fmt: skip
def test_a_judgement_that_cannot_be_is_refused(
    officer: Actor, province: Province, level: int, code: str, by: str, wrong: str
) -> None:
    with pytest.raises(Refused) as caught:
        services.assess(
            actor=officer, levels=[(_people(province)[0], code, level)], by=by, on=TODAY, source="B"
        )
    assert caught.value.code == wrong and not Assessment.objects.exists()


def test_a_level_no_longer_asked_for_ends_on_its_day(officer: Actor, province: Province) -> None:
    job = _open(officer, province)
    services.require_levels(actor=officer, levels=[(job, "drafting", 3)], on=DAY, source=DECISION)
    services.require_levels(actor=officer, levels=[(job, "drafting", 4)], on=date(2026, 2, 1), source="QĐ 2")
    services.require_levels(
        actor=officer, levels=[(job, "drafting", None)], on=date(2026, 3, 1), source="QĐ 3"
    )
    asked = [
        selectors.job(actor=officer, as_of=day, code="X1.CV").levels for day in (DAY, date(2026, 2, 1), TODAY)
    ]
    assert asked == [{"drafting": 3}, {"drafting": 4}, {}]


def test_the_database_refuses_a_level_of_six_and_two_positions_at_once(
    officer: Actor, province: Province
) -> None:
    job, person = _open(officer, province), _people(province)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        RequiredLevel.objects.create(job_id=job, competency="ethics", level=6, valid_from=DAY)
    RequiredLevel.objects.create(job_id=job, competency="ethics", level=5, valid_from=DAY)
    services.enter_placements(actor=officer, drafts=[(person, job, DAY, None)], source="Danh sách")
    with pytest.raises(Refused, match="hai vị trí"):
        services.enter_placements(actor=officer, drafts=[(person, job, TODAY, None)], source="Danh sách")


def test_the_register_is_filtered_by_unit_group_words_and_filling(officer: Actor, province: Province) -> None:
    services.open_jobs(
        actor=officer,
        drafts=[_draft(province), _draft(province, "X2.PV", "T.H2.X1", group="support", posts=1)],
    )
    job = selectors.job_id_of(actor=officer, as_of=TODAY, code="X2.PV")
    person = _people(province, "T.H2.X1")[0]
    services.place(actor=officer, pairs=[(person, job)], on=DAY, source=DECISION)

    def codes(**wanted: Any) -> list[str]:
        return [r.code for r in selectors.jobs(actor=officer, as_of=TODAY, wanted=JobFilter(**wanted))]

    assert codes() == ["X1.CV", "X2.PV"]
    assert codes(unit_id=province.units["T.H1"]) == ["X1.CV"]
    assert codes(group="support") == codes(filling="full") == ["X2.PV"]
    assert codes(text="chuyen vien VAN phong") == ["X1.CV", "X2.PV"] and codes(text="giáo viên") == []
