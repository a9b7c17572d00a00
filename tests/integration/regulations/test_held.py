"""Figures held against targets: the same people as the coverage counts, judged only where the target is confirmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest

from hientai.apps.accounts.models import User
from hientai.apps.accounts.selectors import actor_of
from hientai.apps.regulations import held, selectors, services
from hientai.apps.regulations.held import standing_of
from hientai.apps.regulations.services import DocumentDraft
from hientai.apps.regulations.types import HeldTarget, Standing
from hientai.engines.criteria.tree import Direction
from hientai.foundation.actor import Actor
from hientai.foundation.people_lists import found_people
from hientai.foundation.registry import MeasuredFigure

pytestmark = pytest.mark.django_db
DAY = date(2025, 9, 5)


@pytest.fixture
def officer(province) -> Actor:
    return actor_of(User.objects.get(username="bantochuc"), date(2026, 3, 5))


def of_measure(officer: Actor, measure: str, document: str = "50-QĐ/TW") -> HeldTarget:
    return next(
        one
        for one in held.held(actor=officer, as_of=DAY)
        if one.row.target.measure == measure and one.row.document == document
    )


def test_each_figure_opens_the_list_of_as_many_people(officer):
    lines = of_measure(officer, "plan.share_women").figures
    assert lines
    for one in lines:
        for url, count in ((one.figure.count_url, one.figure.count), (one.figure.base_url, one.figure.base)):
            if not count:
                continue
            asked = {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}
            listed = found_people(actor=officer, as_of=date.fromisoformat(asked["as_of"]), asked=asked)
            assert len(listed.ids) == count


def test_a_confirmed_target_is_judged_on_both_sides_and_a_doubtful_one_never(officer):
    target = of_measure(officer, "plan.share_women").row.target
    assert (target.value, target.verified) == (0.25, True)
    assert standing_of(MeasuredFigure("", 25, 100), target) is Standing.REACHED
    assert standing_of(MeasuredFigure("", 24, 100), target) is Standing.SHORT
    assert standing_of(MeasuredFigure("", 0, 0), target) is Standing.NOTHING
    assert standing_of(MeasuredFigure("", None, 9), target) is Standing.NOTHING
    doubtful = replace(target, verified=False)
    assert standing_of(MeasuredFigure("", 25, 100), doubtful) is Standing.SHOWN
    assert standing_of(MeasuredFigure("", 24, 100), doubtful) is Standing.SHOWN


def test_a_ceiling_is_kept_from_below(officer):
    ceiling = replace(of_measure(officer, "plan.share_women").row.target, direction=Direction.MAXIMUM)
    assert standing_of(MeasuredFigure("", 25, 100), ceiling) is Standing.REACHED
    assert standing_of(MeasuredFigure("", 26, 100), ceiling) is Standing.SHORT


def test_a_target_of_one_unit_counts_that_unit_only(officer, province):
    services.enter_document(
        actor=officer,
        draft=DocumentDraft("9-QĐ/TU", "Quy định của tỉnh", "Tỉnh ủy", valid_from=date(2022, 1, 1)),
    )
    services.set_target(
        actor=officer, document="9-QĐ/TU", key="nu", measure="plan.share_women", value=Decimal("0.3"),
        measured_in="tỷ lệ", direction=Direction.MINIMUM, unit_id=province.units["T.H1"], due_on=date(2025, 1, 1),
    )  # fmt: skip
    own = of_measure(officer, "plan.share_women", "9-QĐ/TU")
    whole = of_measure(officer, "plan.share_women")
    assert own.row.overdue and own.row.unit == "Huyện Sông Đà"
    assert 0 < sum(one.figure.base for one in own.figures) < sum(one.figure.base for one in whole.figures)


def test_what_nothing_measures_comes_without_figures(officer):
    services.enter_document(
        actor=officer,
        draft=DocumentDraft("9-QĐ/TU", "Quy định của tỉnh", "Tỉnh ủy", valid_from=date(2022, 1, 1)),
    )
    services.set_target(
        actor=officer, document="9-QĐ/TU", key="x", measure="other", value=Decimal(3), measured_in="lớp",
        direction=Direction.MINIMUM,
    )  # fmt: skip
    assert of_measure(officer, "other", "9-QĐ/TU").figures == ()
    assert all(one.row.document != "9-QĐ/TU" for one in held.of_home(actor=officer, as_of=DAY)["held"])


def test_figures_of_a_document_out_of_force_are_shown_and_not_judged(officer):
    page = selectors.document(actor=officer, as_of=date(2026, 3, 5), slug="qd-50-2021")
    shown = held.held(actor=officer, as_of=date(2026, 3, 5), rows=page.targets, judging=False)
    assert {one.standing for line in shown for one in line.figures} <= {Standing.SHOWN, Standing.NOTHING}
