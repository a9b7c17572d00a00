"""Declarations: deadlines of each kind, steps in their order, lateness as of a day, the drawing of a closed list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.factories.province import TODAY, Province, actor_named

from hientai.apps.cadres import selectors as cadres
from hientai.apps.dossiers import models, selectors, services
from hientai.apps.dossiers.deadlines import due_on
from hientai.apps.dossiers.drawing import digest_of
from hientai.apps.dossiers.types import DeclarationKind
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Conflict, Forbidden, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(officer: Actor, province: Province) -> list[int]:
    """Forty people owe the yearly declaration of 2026."""
    ids = list(province.people[:40])
    posts = cadres.posts_that_lead(actor=officer, as_of=TODAY, ids=ids)
    services.open_declarations(
        actor=officer,
        kind=DeclarationKind.ANNUAL,
        year=2026,
        people=[(person, *posts[person]) for person in ids],
    )
    return list(models.Declaration.objects.order_by("id").values_list("id", flat=True))


def _row(actor: Actor, declaration: int, as_of: date) -> selectors.DeclarationRow:
    return next(
        row for row in selectors.declarations(actor=actor, as_of=as_of, year=2026) if row.id == declaration
    )


@pytest.mark.parametrize(
    ("kind", "event", "due"),
    [
        ("annual", None, date(2026, 12, 31)),
        ("first", date(2026, 3, 1), date(2026, 3, 11)),
        ("procedure", date(2026, 6, 20), date(2026, 6, 10)),
        ("additional", None, date(2026, 12, 31)),
    ],
)
def test_the_last_day_of_each_kind(kind: str, event: date | None, due: date) -> None:
    assert due_on(kind, 2026, event, TODAY) == due


def test_a_kind_that_counts_from_a_day_needs_the_day() -> None:
    for kind in ("first", "procedure"):
        with pytest.raises(Refused):
            due_on(kind, 2026, None, TODAY)


def test_a_declaration_is_late_from_the_day_after_its_last_one(officer: Actor, listed: list[int]) -> None:
    assert not _row(officer, listed[0], date(2026, 12, 31)).is_late
    assert _row(officer, listed[0], date(2027, 1, 1)).is_late
    assert len(selectors.declarations(actor=officer, as_of=date(2027, 1, 1), year=2026, only="late")) == 40


def test_each_step_sets_the_last_day_of_the_next(officer: Actor, listed: list[int]) -> None:
    one, day = listed[0], TODAY
    services.record_step(actor=officer, declaration_ids=[one], step="filed_on", on=day)
    row = _row(officer, one, day)
    assert (row.next_step, row.next_due) == ("checked_on", day + timedelta(days=7))
    services.record_step(actor=officer, declaration_ids=[one], step="checked_on", on=day)
    row = _row(officer, one, day)
    assert (row.next_step, row.next_due) == ("handed_over_on", day + timedelta(days=20))
    services.record_step(actor=officer, declaration_ids=[one], step="handed_over_on", on=day)
    row = _row(officer, one, day)
    assert (row.next_step, row.next_due) == ("published_on", day + timedelta(days=5))
    services.record_step(actor=officer, declaration_ids=[one], step="published_on", on=day)
    assert _row(officer, one, day).next_step == ""
    assert _row(officer, one, day - timedelta(days=0)).filed_on == day


def test_steps_are_recorded_once_in_order_and_not_for_tomorrow(officer: Actor, listed: list[int]) -> None:
    with pytest.raises(Refused):
        services.record_step(actor=officer, declaration_ids=listed[:1], step="checked_on", on=TODAY)
    with pytest.raises(Refused):
        services.record_step(
            actor=officer, declaration_ids=listed[:1], step="filed_on", on=TODAY + timedelta(days=1)
        )
    services.record_step(actor=officer, declaration_ids=listed[:2], step="filed_on", on=TODAY)
    with pytest.raises(Refused):
        services.record_step(actor=officer, declaration_ids=listed[:3], step="filed_on", on=TODAY)
    assert models.Declaration.objects.filter(filed_on__isnull=False).count() == 2


def test_the_list_is_closed_before_the_seed_and_can_be_drawn_again(officer: Actor, listed: list[int]) -> None:
    codes = [one.code for one in selectors.declarants(actor=officer, as_of=TODAY, year=2026)]
    with pytest.raises(Conflict):
        services.draw_lots(actor=officer, year=2026, digest=digest_of(codes[1:]), seed="15-27-33")
    services.draw_lots(actor=officer, year=2026, digest=digest_of(codes), seed="15-27-33")
    found = selectors.drawing(actor=officer, as_of=TODAY, year=2026)
    assert found is not None and found.agrees and found.least == 4 and len(found.chosen) >= 4
    assert len(selectors.declarations(actor=officer, as_of=TODAY, year=2026, only="chosen")) == len(
        found.chosen
    )
    with pytest.raises(Refused):
        services.draw_lots(actor=officer, year=2026, digest=digest_of(codes), seed="1")


def test_a_list_changed_after_the_drawing_no_longer_agrees(
    officer: Actor, listed: list[int], province: Province
) -> None:
    codes = [one.code for one in selectors.declarants(actor=officer, as_of=TODAY, year=2026)]
    services.draw_lots(actor=officer, year=2026, digest=digest_of(codes), seed="15-27-33")
    person = province.people[-1]
    post = cadres.posts_that_lead(actor=officer, as_of=TODAY, ids=[person])[person]
    services.open_declarations(actor=officer, kind="annual", year=2026, people=[(person, *post)])
    found = selectors.drawing(actor=officer, as_of=TODAY, year=2026)
    assert found is not None and not found.agrees


def test_only_the_board_sees_and_records_declarations(
    officer: Actor, staff: Actor, listed: list[int]
) -> None:
    for actor in (staff, actor_named("huyen1")):
        with pytest.raises(Forbidden):
            selectors.declarations(actor=actor, as_of=TODAY, year=2026)
        with pytest.raises(Forbidden):
            services.record_step(actor=actor, declaration_ids=listed[:1], step="filed_on", on=TODAY)
    nobody = replace(officer, grants=())
    with pytest.raises(Forbidden):
        services.draw_lots(actor=nobody, year=2026, digest="", seed="1")


def test_the_screens_list_record_and_draw(signed_in: object, officer: Actor, listed: list[int]) -> None:
    client = signed_in
    page = client.get("/ke-khai/?year=2026").content.decode()  # type: ignore[attr-defined]
    assert "trên 40 bản phải kê khai" in page
    sent = {"id": listed[:2], "step": "filed_on", "on": "5/3/2026", "year": "2026"}
    assert client.post("/ke-khai/buoc/", sent).status_code == 302  # type: ignore[attr-defined]
    digest = digest_of(one.code for one in selectors.declarants(actor=officer, as_of=TODAY, year=2026))
    drawn = client.post("/ke-khai/2026/boc-tham/", {"digest": digest, "seed": "7"})  # type: ignore[attr-defined]
    assert "Tính lại ra đúng" in client.get(drawn["Location"]).content.decode()  # type: ignore[attr-defined]
    wrong = {"kind": "first", "year": "2026", "codes": "CB000001", "event": ""}
    refused = client.post("/ke-khai/", wrong)  # type: ignore[attr-defined]
    assert refused.status_code == 400 and "căn cứ tính hạn" in refused.content.decode()
