"""Proposals: everybody lands once or is on the list to decide, and no seat takes more than it has."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hientai.apps.reorganisation.proposing import propose
from hientai.apps.reorganisation.types import Chosen, Group, Place, Plan, Sitter, deadline, from_json, to_json

DAY = date(2025, 7, 1)
GROUP = Group("N", (Place("N", "head", 1), Place("N", "deputy", 2), Place("N", "staff")), excess="deputy")
BARE = Group("M", (Place("M", "head", 1), Place("M", "staff")))
WISHES = {"head": ("head", "deputy", "staff"), "deputy": ("deputy", "staff"), "staff": ("staff",)}
PLAN = Plan((), {"N": GROUP, "M": BARE}, {"A": ("N",), "B": ("M",), "C": ("N", "M"), "D": ()}, WISHES)
RANK = {"head": 30, "deputy": 20, "staff": 5, "odd": 7}


def _sitter(number: int, unit: str, title: str, days: int = 0) -> Sitter:
    return Sitter(number, unit, title, RANK[title], RANK[title] > 10, DAY - timedelta(days=days))


SITTERS = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from(sorted(RANK)), st.integers(0, 900)), max_size=40
)


@given(SITTERS, st.sets(st.integers(0, 39)))
def test_everybody_lands_once_or_is_on_the_list_to_decide(
    found: list[tuple[str, str, int]], leaving: set[int]
) -> None:
    sitters = [_sitter(n, *who) for n, who in enumerate(found)]
    landings = propose(PLAN, sitters, {n: Chosen("leave", scheme="other") for n in leaving})
    assert [landing.person_id for landing in landings] == list(range(len(sitters)))
    for landing in landings:
        assert bool(landing.unit) + landing.leaves + bool(landing.why) == 1
    regular = Counter((x.unit, x.title) for x in landings if x.unit and not x.excess)
    for group in PLAN.groups.values():
        for place in group.places:
            assert place.places is None or regular[place.unit, place.title] <= place.places
    assert (
        propose(PLAN, list(reversed(sitters)), {n: Chosen("leave", scheme="other") for n in leaving})
        == landings
    )


def test_who_held_the_higher_post_longer_comes_first() -> None:
    sitters = [_sitter(1, "A", "head", 10), _sitter(2, "A", "head", 900), _sitter(3, "A", "deputy", 900)]
    landed = {x.person_id: (x.title, x.excess) for x in propose(PLAN, sitters, {})}
    assert landed == {2: ("head", False), 1: ("deputy", False), 3: ("deputy", False)}


def test_a_leader_without_a_place_is_a_deputy_above_the_number_for_five_years() -> None:
    sitters = [_sitter(n, "A", "deputy", 10 * n) for n in range(4)]
    landings = propose(PLAN, sitters, {})
    assert [(x.title, x.excess) for x in landings] == [
        ("deputy", True), ("deputy", True), ("deputy", False), ("deputy", False)
    ]  # fmt: skip
    assert deadline(date(2025, 7, 1)) == date(2030, 7, 1)


def test_where_no_deputies_are_foreseen_a_leader_takes_another_post() -> None:
    landings = propose(PLAN, [_sitter(1, "B", "deputy"), _sitter(2, "B", "deputy")], {})
    assert [(x.unit, x.title, x.excess) for x in landings] == [("M", "staff", False)] * 2


def test_nobody_is_guessed_for() -> None:
    landings = propose(PLAN, [_sitter(1, "D", "staff"), _sitter(2, "A", "odd")], {})
    assert [(x.unit, x.why) for x in landings] == [("", "unit_goes_nowhere"), ("", "no_place_for_title")]


def test_a_choice_goes_before_the_proposal_and_takes_the_place() -> None:
    sitters = [_sitter(1, "A", "head", 900), _sitter(2, "A", "staff")]
    landed = {x.person_id: x for x in propose(PLAN, sitters, {2: Chosen("move", "N", "head")})}
    assert landed[2].title == "head" and landed[2].chosen
    assert landed[1].title in ("head", "deputy")


def test_a_plan_written_down_is_read_back_the_same() -> None:
    from fractions import Fraction

    from hientai.apps.organization.types import ActDraft, ActKind, Heir, UnitDraft

    new = UnitDraft("N", "Xã Mới", "area", "government", "commune", "T", DAY, 5)
    act = ActDraft(
        ActKind.SPLIT,
        DAY,
        "NQ",
        (new,),
        ("A",),
        (),
        (Heir("A", "N", Fraction(1, 3)), Heir("A", "M", None, keeps_records=False)),
    )
    plan = Plan((act,), PLAN.groups, PLAN.goes, WISHES)
    assert from_json(to_json(plan), DAY, "NQ") == plan
