"""Screens as their readers see them: content, fragments equal to fresh pages, scope, refusals, statement counts."""

from __future__ import annotations

import io
import re

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests.conftest import sign_in
from tests.factories.province import Province

from hientai.apps.cadres.models import Person
from hientai.foundation.models import AuditEvent

pytestmark = pytest.mark.django_db
STANDARD = "plan.commune.committee_member"
AS_OF = "as_of=05/09/2025"


def _text(client: Client, address: str, **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200, response.content[:500]
    return response.content.decode()


def _fragment_of(page: str, name: str) -> str:
    """The element with that id, tags balanced."""
    start = page.index(f'<div id="{name}"')
    depth, place = 0, start
    for tag in re.finditer(r"<div\b|</div>", page[start:]):
        depth += 1 if tag.group().startswith("<div") else -1
        if depth == 0:
            place = start + tag.end()
            break
    return re.sub(r"\s+", " ", page[start:place])


@pytest.mark.parametrize(
    ("address", "fragment"),
    [
        (f"/can-bo/?q=nguyen&{AS_OF}", "people-list"),
        (f"/quy-hoach/do-phu/?unit=T.H1&{AS_OF}", "coverage"),
        (f"/ra-soat/?standard={STANDARD}&unit=&verdict=&{AS_OF}", "screening-answer"),
    ],
)
def test_a_fragment_equals_the_same_part_of_a_fresh_page(
    signed_in: Client, address: str, fragment: str
) -> None:
    whole = _text(signed_in, address)
    part = _text(signed_in, address, **{"HX-Request": "true", "HX-Target": fragment})

    assert "<html" not in part
    assert _fragment_of(whole, fragment) == _fragment_of(part, fragment)


def test_an_unknown_fragment_name_gives_the_whole_page(signed_in: Client) -> None:
    assert "<html" in _text(signed_in, "/can-bo/", **{"HX-Request": "true", "HX-Target": "cadres/secret"})


def test_people_are_listed_by_given_name_the_vietnamese_way(signed_in: Client) -> None:
    page = _text(signed_in, "/can-bo/")
    given = re.findall(r'<a href="/can-bo/CB\d+/">[^<]* (\w+)</a>', page)
    assert given[0] == "Anh" and given.index("Ánh") > given.index("Anh")
    assert given.index("Bích") > max(place for place, name in enumerate(given) if name == "Ánh")


def test_search_is_blind_to_accents_and_case(signed_in: Client) -> None:
    page = _text(signed_in, "/can-bo/?q=LUONG")
    assert "Lường" in page and "Nguyễn Văn" not in page


def test_the_workbook_of_a_list_holds_exactly_the_list(signed_in: Client) -> None:
    response = signed_in.get(f"/can-bo/?q=lo&format=xlsx&{AS_OF}")
    sheet = load_workbook(io.BytesIO(response.content)).active
    names = [row[1].value for row in sheet.iter_rows(min_row=5)]
    shown = re.findall(r'<a href="/can-bo/CB\d+/">([^<]*)</a>', _text(signed_in, f"/can-bo/?q=lo&{AS_OF}"))
    assert names == shown
    assert "05/09/2025" in str(sheet["A2"].value)


def test_the_date_switch_asks_the_same_question_as_of_another_day(
    signed_in: Client, province: Province
) -> None:
    assert "Không có ai khớp" in _text(signed_in, "/can-bo/?as_of=01/01/2011")
    assert "Không có ai khớp" not in _text(signed_in, "/can-bo/?as_of=01/01/2025")


def test_a_date_that_is_no_date_is_said_and_today_is_shown(signed_in: Client) -> None:
    page = _text(signed_in, "/can-bo/?as_of=31/02/2025")
    assert "31/02/2025" in page and "không phải là ngày" in page


def test_the_unit_head_sees_the_own_district_only(client: Client, province: Province) -> None:
    page = _text(sign_in(client, "huyen1"), "/can-bo/?size=500")
    assert "Bản Lạnh 1" in page and "Bản Lạnh 2" not in page


def test_a_person_out_of_scope_answers_as_if_there_were_none(client: Client, province: Province) -> None:
    inside = Person.objects.filter(held_by_id=province.units["T.H1.X1"]).first()
    outside = Person.objects.filter(held_by_id=province.units["T.H2.X1"]).first()
    head = sign_in(client, "huyen1")
    assert head.get(f"/can-bo/{inside.code}/").status_code == 200
    refused, unknown = head.get(f"/can-bo/{outside.code}/"), head.get("/can-bo/CB999999/")
    assert refused.status_code == unknown.status_code == 404
    assert outside.biographies.first().full_name not in refused.content.decode()


def test_the_coverage_of_a_head_counts_the_own_district_only(client: Client, province: Province) -> None:
    everything = sign_in(client, "bantochuc").get(f"/api/v1/plans/2025-2030/coverage?{AS_OF}").json()
    own = sign_in(client, "huyen1").get(f"/api/v1/plans/2025-2030/coverage?{AS_OF}").json()
    assert 0 < own["turns"] < everything["turns"]


def test_every_figure_of_the_coverage_opens_a_list_of_that_many_people(signed_in: Client) -> None:
    page = _text(signed_in, f"/quy-hoach/do-phu/?{AS_OF}")
    cells = re.findall(r'<a href="(/quy-hoach/do-phu/[^"]+)">(\d+)</a>', page)
    assert len(cells) > 20
    for address, printed in cells:
        listed = _text(signed_in, address.replace("&amp;", "&"))
        total = re.search(r"trong (\d+)", listed)
        assert total and total.group(1) == printed, address


@pytest.mark.parametrize(
    "address",
    [
        "/quy-hoach/do-phu/khong-co/women/",
        "/quy-hoach/do-phu/commune.chair/khong-co/",
        "/can-bo/CB999999/tieu-chuan/plan.commune.committee_member/",
    ],
)
def test_what_does_not_exist_answers_404_with_a_page(signed_in: Client, address: str) -> None:
    response = signed_in.get(address)
    assert response.status_code == 404
    assert "Chưa thực hiện được" in response.content.decode()


def test_a_standard_that_is_not_in_force_says_when_it_is(signed_in: Client, province: Province) -> None:
    code = Person.objects.first().code
    response = signed_in.get(f"/can-bo/{code}/tieu-chuan/{STANDARD}/?as_of=01/01/1999")
    assert response.status_code == 400
    assert "có hiệu lực" in response.content.decode()


def test_english_is_one_click_away_and_keeps_names(signed_in: Client) -> None:
    signed_in.post("/ngon-ngu/", {"language": "en", "next": "/can-bo/"})
    page = _text(signed_in, "/can-bo/")
    assert 'lang="en"' in page and "Full name" in page and "Lường" in page


@pytest.mark.parametrize(
    ("address", "statements"),
    [
        ("/can-bo/", 12),
        ("/can-bo/?q=nguyen", 12),
        ("/", 16),
        (f"/quy-hoach/do-phu/?{AS_OF}", 13),
        ("/quy-dinh/", 12),
        (f"/quy-dinh/chi-tieu/?{AS_OF}", 14),
        (f"/ra-soat/?standard=plan.commune.chair&{AS_OF}", 17),
        ("/bao-cao/", 12),
        ("/tim-nguoi/", 12),
    ],
)
def test_statements_of_a_page_stay_within_the_budget(
    signed_in: Client, django_assert_max_num_queries: object, address: str, statements: int
) -> None:
    signed_in.get(address)
    with django_assert_max_num_queries(statements):  # type: ignore[operator]
        signed_in.get(address)


def test_statements_of_the_person_page_stay_within_the_budget(
    signed_in: Client, province: Province, django_assert_max_num_queries: object
) -> None:
    address = f"/can-bo/{Person.objects.first().code}/"
    signed_in.get(address)  # the copy for reckoning is taken once, not for each page
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        signed_in.get(address)


def test_opening_a_person_leaves_a_trace_with_the_id_only(signed_in: Client, province: Province) -> None:
    person = Person.objects.first()
    signed_in.get(f"/can-bo/{person.code}/")
    event = AuditEvent.objects.order_by("-id").first()
    assert (event.action, event.details) == ("read.person", {"person_id": person.id})
