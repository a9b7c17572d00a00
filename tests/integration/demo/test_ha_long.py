"""The scenario of Hạ Long: printed figures come out of the records, and follow them when these change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count
from tests.integration.demo.test_load import EMPTY

from hientai.apps.planning import services
from hientai.apps.planning.models import Slot
from hientai.foundation.actor import system
from hientai.site import demo
from hientai.site.command_line import main

AS_OF = date(2019, 12, 26)


@pytest.fixture(scope="module")
def _unblocked(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def city(own_database: str, _unblocked: None) -> None:
    """A database of its own with the scenario committed: the snapshot reads committed rows only."""
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
    demo.load(scenario="ha-long", people=0, seed=1, report=lambda _: None)


def _figures(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, dict[str, Any]]]:
    status = main(["figures", "ha-long", "--json", *words])
    document = json.loads(capsys.readouterr().out)
    return status, {figure["id"]: figure for figure in document["figures"]}


def test_the_printed_figures_come_out_and_follow_the_records(
    city: None, capsys: pytest.CaptureFixture[str]
) -> None:
    status, figures = _figures(capsys, "--with-lists")
    assert status == 0 and all(figure["ok"] for figure in figures.values())
    assert [figures[f"HL1{n}"]["computed"] for n in (0, 4)] == [895, 188]
    assert figures["HL11"]["exact"] == {"planned": 419, "coefficient": 419 / 299, "current": 299}
    assert figures["HL12"]["exact"] == {"planned": 146, "coefficient": 146 / 97, "current": 97}
    assert figures["HL13"]["exact"]["turns_per_title"] == 330 / 164
    assert figures["HL15"]["computed"]["planned"] + figures["HL16"]["computed"]["planned"] + 29 == 188
    assert {name: len(figures[name]["list"]) for name in ("HL10", "HL11", "HL12", "HL13", "HL14")} == {
        "HL10": 895, "HL11": 419, "HL12": 146, "HL13": 330, "HL14": 188,
    }  # fmt: skip
    _a_person_taken_out_is_missed(figures, capsys)


def _a_person_taken_out_is_missed(
    before: dict[str, dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    slot = Slot.objects.as_of(AS_OF).filter(seat__title__code="commune.committee_member").order_by("id")[0]
    code = slot.person.code
    services.remove_from_plan(
        actor=system(date(2026, 9, 30)), slot_id=slot.pk, on=AS_OF, source="Quyết định đưa ra khỏi quy hoạch"
    )
    status, after = _figures(capsys, "--with-lists")
    assert status == 4 and not after["HL10"]["ok"] and not after["HL11"]["ok"] and after["HL12"]["ok"]
    assert after["HL11"]["exact"]["coefficient"] == 418 / 299
    for name in ("HL10", "HL11"):
        was = list(before[name]["list"])
        was.remove(code)
        assert after[name]["list"] == was
    _status, day_before = _figures(capsys, "--as-of", "2019-12-25")
    assert day_before["HL10"]["computed"] == 895


def test_each_figure_loses_exactly_whom_its_list_loses(
    city: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """HL10-HL17: one turn of each group taken out; list and exact value follow, the other groups stand."""
    _status, before = _figures(capsys, "--with-lists")
    base, town = ("commune", "HL10"), ("district", "HL14")
    groups = (
        (
            base,
            "commune.standing_committee_member",
            "HL12",
            {"planned": 145, "coefficient": 145 / 97, "current": 97},
        ),
        (base, None, "HL13", None),
        (town, "district.committee_member", "HL15", {"planned": 124}),
        (town, "district.standing_committee_member", "HL16", {"planned": 33}),
    )
    taken: dict[str, list[str]] = {"HL10": [], "HL14": []}
    for (level, whole), title, figure, exact in groups:
        slots = Slot.objects.as_of(AS_OF).filter(plan__term="2015-2020", seat__title__level=level)
        slots = (
            slots.filter(seat__title__code=title)
            if title
            else slots.exclude(seat__title__code__endswith="committee_member")
        )
        slot = slots.order_by("id")[0]
        services.remove_from_plan(actor=system(date(2026, 9, 30)), slot_id=slot.pk, on=AS_OF, source="QĐ 1")
        taken[whole].append(slot.person.code)
        status, after = _figures(capsys, "--with-lists")
        assert status == 4 and not after[whole]["ok"]
        assert after[whole]["computed"] == before[whole]["computed"] - len(taken[whole])
        was = list(before[figure]["list"])
        was.remove(slot.person.code)
        assert after[figure]["list"] == was
        if exact is None:
            exactly = after[figure]["exact"]  # 329 / 164 still rounds to the 2,01 that the source prints
            assert exactly["turns_per_title"] == 329 / 164 and exactly["turns"] == 329 and after[figure]["ok"]
        else:
            assert exact.items() <= after[figure]["exact"].items() and not after[figure]["ok"]
    _a_woman_and_the_ready_are_missed(before, capsys)


def _a_woman_and_the_ready_are_missed(
    before: dict[str, dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """HL17: a person with one turn, ready now, taken out; persons and those ready are one fewer than just before."""
    _status, now = _figures(capsys, "--with-lists")
    slots = Slot.objects.as_of(AS_OF).filter(plan__term="2015-2020")
    alone = slots.values("person_id").annotate(n=Count("id")).filter(n=1).values("person_id")
    slot = slots.filter(person_id__in=alone, readiness="now").order_by("id")[0]
    services.remove_from_plan(actor=system(date(2026, 9, 30)), slot_id=slot.pk, on=AS_OF, source="QĐ 2")
    _status, after = _figures(capsys, "--with-lists")
    for name in ("persons", "ready_now"):
        assert after["HL17"]["exact"][name] == now["HL17"]["exact"][name] - 1
    assert slot.person.code in before["HL17"]["list"] and slot.person.code not in after["HL17"]["list"]


def test_the_scenario_itself_says_how_many_people_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--scenario", "ha-long", "--people", "500", "--no-serve", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "people_given_by_scenario"


def test_a_scenario_without_figures_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", "sao-hoa", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "bad_arguments"
