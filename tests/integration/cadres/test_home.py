"""The home page: every number equals the length of the list it opens, for the whole province and for one district."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from tests.conftest import sign_in
from tests.factories.province import Province

from hientai.apps.cadres import dashboard
from hientai.apps.cadres.types import LACKING
from hientai.apps.planning import dashboard as plans
from hientai.foundation.actor import Actor

pytestmark = pytest.mark.django_db
DAYS = (date(2019, 12, 31), date(2024, 5, 1), date(2026, 3, 5))


def listed(client: Client, url: str, day: date) -> int:
    page = client.get(url + ("&" if "?" in url else "?") + f"as_of={day.isoformat()}")
    assert page.status_code == 200
    return int(page.context["page"].paginator.count)


def figures(chart: Any) -> list[tuple[int, str]]:
    return [(bar.value, bar.url) for bar in chart.rows if bar.url]


def numbers(actor: Actor, day: date) -> list[tuple[int, str]]:
    asked = {"actor": actor, "as_of": day}
    count = dashboard.headcount(**asked)
    learned = dashboard.learning(**asked)
    return [
        *((tile.value, tile.url) for tile in dashboard.tiles(**asked)),
        *figures(count["levels"]), *figures(count["blocks"]),
        *(figure for _label, chart in learned["kinds"] for figure in figures(chart)),
        *(
            figure
            for row in dashboard.ages(**asked)["chart"].rows
            for figure in ((row.left, row.left_url), (row.right, row.right_url))
        ),
        *figures(dashboard.lacking(**asked)["chart"]),
    ]  # fmt: skip


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("account", ["bantochuc", "huyen1"])
def test_every_number_equals_the_list_it_opens(
    client: Client, province: Province, day: date, account: str
) -> None:
    from tests.factories.province import actor_named

    found = numbers(actor_named(account), day)
    signed = sign_in(client, account)
    assert len(found) > 8 or day.year == 2019
    assert [(value, url) for value, url in found if listed(signed, url, day) != value] == []


def test_the_age_pyramid_adds_up_to_everybody_and_its_bands_touch(officer: Actor, signed_in: Client) -> None:
    ages = dashboard.ages(actor=officer, as_of=DAYS[2])
    assert sum(row.left + row.right for row in ages["chart"].rows) == ages["base"] > 0
    assert (
        listed(signed_in, "/can-bo/?age=-29", DAYS[2]) + listed(signed_in, "/can-bo/?age=30-", DAYS[2])
        == ages["base"]
    )


@pytest.mark.parametrize("typed", ["abc", "5-4-3", "-", "030-040"])
def test_an_age_nobody_can_read_lists_everybody_as_other_filters_do(
    signed_in: Client, officer: Actor, typed: str
) -> None:
    ages = dashboard.ages(actor=officer, as_of=DAYS[2])
    assert listed(signed_in, f"/can-bo/?age={typed}", DAYS[2]) == ages["base"]


def test_levels_of_learning_add_up_to_everybody(officer: Actor) -> None:
    learned = dashboard.learning(actor=officer, as_of=DAYS[2])
    for _label, chart in learned["kinds"]:
        assert sum(bar.value for bar in chart.rows) == learned["base"]


def test_what_files_lack_is_asked_by_every_word(officer: Actor) -> None:
    shown = dashboard.lacking(actor=officer, as_of=DAYS[2])["chart"].rows
    assert len(shown) == len(LACKING) and shown[0].value > 0


def test_the_depth_of_the_plan_names_key_titles_and_each_figure_opens_its_list(
    signed_in: Client, officer: Actor
) -> None:
    found = plans.depth(actor=officer, as_of=DAYS[2])
    assert [row["title"] for row in found["rows"]][-1] == "Bí thư Đảng ủy xã"
    for row in found["rows"]:
        for figure in row["figures"]:
            page = signed_in.get(f"{figure['url']}?as_of=2026-03-05")
            assert page.context["page"].paginator.count == figure["value"]


def test_an_unknown_word_in_the_address_filters_nothing_away_silently(signed_in: Client) -> None:
    page = signed_in.get("/can-bo/?missing=hat&as_of=2026-03-05")
    assert page.context["form"].errors["missing"]
    assert parse_qs(urlsplit("?missing=hat").query) == {"missing": ["hat"]}


def test_the_search_finds_titles_and_leads_to_those_who_hold_them(signed_in: Client) -> None:
    groups = signed_in.get("/tim/?q=bi thu dang uy&as_of=2026-03-05").context["groups"]
    titles = {str(label): rows for label, rows in groups}
    assert listed(signed_in, titles["Chức danh"][0][2], DAYS[2]) == 6
    none = signed_in.get("/tim/?q=%20&as_of=2026-03-05").context["groups"]
    assert none == [] or all(rows == [] for _label, rows in none)


def test_facts_call_unit_seat_and_title_by_their_names(signed_in: Client, province: Province) -> None:
    from hientai.apps.cadres.models import Person

    code = Person.objects.filter(held_by_id=province.units["T.SNV"]).values_list("code", flat=True)[0]
    rows = signed_in.get(f"/can-bo/{code}/du-kien/?as_of=2026-03-05").context["rows"]
    values = {str(row["label"]): str(row["value"]) for row in rows}
    assert values["Đơn vị chính"] == "Sở Nội vụ" and values["Chức danh chính"] == "Giám đốc sở"
    assert values["Vị trí chính"] == "Giám đốc sở, Sở Nội vụ"
