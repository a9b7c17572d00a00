"""What changed since a locked day, over real records: corrections apart, scopes kept, each figure opens its list."""

from __future__ import annotations

import json
import re
from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from tests.conftest import sign_in
from tests.factories.province import Province

from hientai.apps.cadres.models import Management, Person, Position
from hientai.apps.reports import change_selectors as selectors
from hientai.apps.reports import services
from hientai.apps.reports.change_report import CHANGES, find
from hientai.apps.reports.changes import Kind
from hientai.apps.reports.models import LockedDay
from hientai.engines.errors import BadInput
from hientai.foundation import temporal
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Forbidden, NotFound, Refused
from hientai.site.command_line import main

LOCKED, NOW = date(2025, 12, 31), date(2026, 3, 5)
LOCK = LOCKED.isoformat()


@pytest.fixture
def in_own_copy(own_database: str, django_db_blocker: object) -> object:
    """A copy of the province to commit into: the columns read what is committed."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield


@pytest.fixture
def moved(in_own_copy: object, province: Province) -> dict[str, int]:
    """People of commune 1 of district 1 after the lock: one left, one went to district 2, one came, one was wrong."""
    from hientai.apps.accounts.models import User
    from hientai.apps.accounts.selectors import actor_of

    officer = actor_of(User.objects.get(username="bantochuc"), NOW)
    services.lock_day(actor=officer, day=LOCKED, name="Báo cáo năm 2025")
    first, second = province.units["T.H1.X1"], province.units["T.H2.X1"]
    here = list(Person.objects.filter(held_by_id=first).order_by("id").values_list("id", flat=True))
    there = Person.objects.filter(held_by_id=second).order_by("-id").values_list("id", flat=True)[0]
    end(here[-1])
    change(here[-2], second)
    change(there, first)
    temporal.withdraw(Management.objects.known_on().get(person_id=here[-3]), because="hồ sơ nhập nhầm")
    rise(here[-4], province)
    touch()
    return {
        "left": here[-1],
        "sent": here[-2],
        "received": there,
        "withdrawn": here[-3],
        "promoted": here[-4],
    }


def end(person: int) -> None:
    temporal.end(Management.objects.known_on().get(person_id=person), date(2026, 2, 1))


def change(person: int, unit: int) -> None:
    temporal.supersede(Management.objects.known_on().get(person_id=person), date(2026, 2, 1), unit_id=unit)
    Person.objects.filter(pk=person).update(held_by_id=unit)


def rise(person: int, province: Province) -> None:
    """From specialist to member of the committee."""
    held = Position.objects.known_on().get(person_id=person)
    temporal.end(held, date(2026, 2, 1))
    seat = Position.objects.filter(
        seat__unit_id=held.seat.unit_id, seat__title__code="commune.committee_member"
    ).first()
    assert seat is not None and province is not None
    Position.objects.create(person_id=person, seat_id=seat.seat_id, valid_from=date(2026, 2, 1))


def touch() -> None:
    """An event of the audit, by which the columns see that something was written."""
    from hientai.foundation import audit
    from hientai.foundation.actor import system

    audit.record(actor=system(NOW), action="cadres.change", details={})


def actor(name: str) -> Actor:
    from hientai.apps.accounts.models import User
    from hientai.apps.accounts.selectors import actor_of

    return actor_of(User.objects.get(username=name), NOW)


def test_everybody_is_in_the_kind_that_happened_to_them(moved: dict[str, int], province: Province) -> None:
    found = selectors.changes(actor=actor("bantochuc"), as_of=NOW, lock=LOCK, unit="T.H1")
    assert found.people(Kind.ENDED) == (moved["left"],)
    assert found.people(Kind.SENT) == (moved["sent"],)
    assert found.people(Kind.RECEIVED) == (moved["received"],)
    assert found.people(Kind.WITHDRAWN) == (moved["withdrawn"],)
    assert found.people(Kind.PROMOTED) == (moved["promoted"],)
    assert len(found.before) == 42 and len(found.after) == 42 + 1 - 3
    assert all(group.holds for column in ("level", "block", "part") for group in found.by(column))
    assert len(found.by("part")) == 4  # the district's own body and three communes


def test_seen_from_the_whole_province_those_who_changed_district_have_moved(moved: dict[str, int]) -> None:
    found = selectors.changes(actor=actor("bantochuc"), as_of=NOW, lock=LOCK)
    assert set(found.people(Kind.MOVED)) == {moved["sent"], moved["received"]}
    assert found.people(Kind.SENT) == () and found.people(Kind.RECEIVED) == ()
    assert len(found.before) + len(found.came) - len(found.left) == len(found.after)


def test_a_head_counts_who_left_the_district_and_does_not_see_the_name(moved: dict[str, int]) -> None:
    head = actor("huyen1")
    found = selectors.changes(actor=head, as_of=NOW, lock=LOCK)
    assert len(found.before) == 42 and found.people(Kind.ENDED, Kind.SENT) != ()
    asked = {"lock": LOCK, "to": NOW.isoformat(), "kind": "before"}
    listed = find(actor=head, as_of=LOCKED, asked=asked)
    assert moved["sent"] not in listed.ids and len(listed.ids) == 41
    assert "1 người đã ra khỏi phạm vi" in listed.base


def test_the_report_closes_and_names_people_only_when_asked(moved: dict[str, int]) -> None:
    asked = {"lock": LOCK, "lists": "no"}
    plain = CHANGES.build(actor=actor("bantochuc"), as_of=NOW, unit="T.H1", options=asked)
    assert plain.answer["before"] + plain.answer["came"] - plain.answer["left"] == plain.answer["after"]
    assert (
        sum(plain.answer["kinds"][k] for k in ("recruited", "returned", "received", "added"))
        == plain.answer["came"]
    )
    assert len(plain.tables) == 4
    named = CHANGES.build(actor=actor("bantochuc"), as_of=NOW, unit="T.H1", options=asked | {"lists": "yes"})
    assert len([line for line in named.tables[4].lines if isinstance(line, list)]) == 5


def test_the_screen_and_the_command_say_the_same(
    moved: dict[str, int], client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    page = sign_in(client, "bantochuc").get(f"/bien-dong/?lock={LOCK}&unit=T.H1&as_of=2026-03-05")
    shown = {figure["label"]: figure["count"] for figure in page.context["totals"]}
    assert main(["report", "changes", "--as-of", "2026-03-05", "--unit", "T.H1", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)["answer"]
    assert list(shown.values()) == [said["before"], said["came"], said["left"], said["after"]]
    left = next(f for f in page.context["left"] if f["count"] and "đi đơn vị" in f["label"])
    assert sign_in(client, "bantochuc").get(left["url"]).context["count"] == 1


@pytest.mark.parametrize("unit", ["", "T.H1"])
@pytest.mark.parametrize("name", ["bantochuc", "huyen1"])
def test_every_cell_opens_a_list_of_as_many_people(
    moved: dict[str, int], client: Client, name: str, unit: str
) -> None:
    signed_in = sign_in(client, name)
    page = signed_in.get(f"/bien-dong/?lock={LOCK}&unit={unit}&as_of=2026-03-05").context
    figures = [figure for part in ("totals", "came", "left", "within") for figure in page[part]]
    cells = [cell for _label, rows in page["groups"] for _name, line in rows for cell in line]
    gone = 0
    for cell in figures + cells:
        if not cell["count"]:
            continue
        listed = signed_in.get(cell["url"]).context
        more = re.search(r"(\d+) người đã ra khỏi phạm vi", listed["people"].base)
        unseen = int(more[1]) if more else 0  # whoever left the scope is counted, not named
        assert listed["count"] + unseen == cell["count"], cell["url"]
        gone += unseen
    assert len([cell for cell in cells if cell["count"]]) > 12
    assert bool(gone) is (name == "huyen1")


@pytest.mark.django_db
def test_a_day_is_locked_with_a_name_by_who_may_and_never_changed(
    officer: Actor, district_head: Actor
) -> None:
    services.lock_day(actor=officer, day=LOCKED, name="  Năm   2025 ")
    assert [lock.name for lock in selectors.locked_days(actor=officer, as_of=NOW)] == ["Năm 2025"]
    for day, name in ((date(2030, 1, 1), "x"), (LOCKED, "  ")):
        with pytest.raises(Refused):
            services.lock_day(actor=officer, day=day, name=name)
    with pytest.raises(Forbidden):
        services.lock_day(actor=district_head, day=LOCKED, name="x")
    with pytest.raises(Exception, match="Cannot update"), connection.cursor() as cursor:
        cursor.execute("UPDATE reports_lockedday SET day = '2020-01-01'")


@pytest.mark.django_db
def test_what_cannot_be_compared_is_refused(officer: Actor) -> None:
    with pytest.raises(NotFound):
        selectors.changes(actor=officer, as_of=NOW, lock=LOCK)
    services.lock_day(actor=officer, day=LOCKED, name="x")
    with pytest.raises(BadInput, match="sau ngày khóa"):
        selectors.changes(actor=officer, as_of=date(2025, 12, 30), lock=LOCK)
    with pytest.raises(NotFound):
        selectors.changes(actor=officer, as_of=NOW, lock=LOCK, unit="X")
    with pytest.raises(BadInput, match="loại biến động"):
        find(actor=officer, as_of=NOW, asked={"lock": LOCK, "kind": "x"})


@pytest.mark.django_db
def test_the_same_day_locked_again_counts_as_known_then(officer: Actor) -> None:
    services.lock_day(actor=officer, day=LOCKED, name="lần một")
    LockedDay.objects.create(
        day=LOCKED,
        name="lần hai",
        known_at=datetime.fromisoformat("2099-01-01T00:00:00+07:00"),
        locked_by="x",
    )
    assert selectors.locked_day(actor=officer, as_of=NOW, day=LOCK).name == "lần hai"
