"""The extract list: whose, in which order, which columns, from any list; nobody sees more in it than elsewhere."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from django.test import Client
from docx import Document
from openpyxl import load_workbook
from tests.conftest import sign_in
from tests.factories.province import Province

from hientai.apps.accounts import selectors as accounts
from hientai.apps.accounts import services
from hientai.apps.cadres import models
from hientai.apps.cadres.types import Place
from hientai.apps.reports import extract as extracts
from hientai.apps.reports import extract_views
from hientai.apps.reports.extract import Choice, columns_for, extract, sections
from hientai.engines.errors import BadInput
from hientai.foundation import encryption
from hientai.foundation.actor import Actor
from hientai.foundation.documents.report import GroupLine, Picture, Report
from hientai.foundation.errors import Forbidden, NotFound
from hientai.foundation.people_lists import FoundPeople, found_people

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 5)
NAMED = Choice(("name", "code", "title", "unit"))


def listed(actor: Actor, choice: Choice = NAMED, **asked: str) -> Report:
    people = found_people(actor=actor, as_of=DAY, asked={"from": "people", **asked})
    return extract(actor=actor, as_of=DAY, people=people, choice=choice)


def lines(report: Report) -> list[list[object]]:
    return [list(line) for line in report.tables[0].lines if not isinstance(line, GroupLine)]


def heads(report: Report) -> list[str]:
    return [line.text for line in report.tables[0].lines if isinstance(line, GroupLine)]


def test_units_come_as_the_organisation_is_written_down_and_in_each_the_higher_title_first(
    officer: Actor,
) -> None:
    rows = lines(listed(officer))
    units = list(dict.fromkeys(str(row[3]) for row in rows))
    assert units[:4] == ["Tỉnh Thử Nghiệm", "Sở Nội vụ", "Huyện Sông Đà", "Xã Bản Lạnh 1"]
    of_commune = [row[2] for row in rows if row[3] == "Xã Bản Lạnh 1"]
    assert (
        set(of_commune[:2]) == {"Bí thư Đảng ủy xã", "Chủ tịch UBND xã"} and of_commune[-1] == "Chuyên viên"
    )


def test_group_lines_head_their_people_and_say_how_many(officer: Actor) -> None:
    report = listed(officer, Choice(("name",), "unit"), unit="T.H1")
    assert heads(report)[0] == "Huyện Sông Đà (6 người)"
    assert len(lines(report)) == sum(int(head.rsplit("(", 1)[1].split()[0]) for head in heads(report))
    by_title = heads(listed(officer, Choice(("name",), "title"), unit="T.H1"))
    assert by_title[0].startswith("Bí thư huyện ủy (1") and by_title[-1].startswith("Chuyên viên")


def test_the_head_of_a_list_is_the_head_of_its_order_and_not_of_the_alphabet(officer: Actor) -> None:
    people = found_people(actor=officer, as_of=DAY, asked={"from": "people"})
    whole = lines(extract(actor=officer, as_of=DAY, people=people, choice=NAMED))
    head = extract(actor=officer, as_of=DAY, people=people, choice=replace(NAMED, group="unit"), head=4)
    assert lines(head) == whole[:4]
    assert heads(head)[0] == heads(listed(officer, replace(NAMED, group="unit")))[0]


def test_ratings_alike_of_years_in_a_row_are_said_once(officer: Actor, province: Province) -> None:
    said = {str(row[0]): str(row[1]) for row in lines(listed(officer, Choice(("code", "ratings"))))}
    kept = models.YearRating.objects.as_of(DAY).filter(year__in=(2023, 2024, 2025))
    alike = {code: set() for code in said}
    for code, year, rating in kept.values_list("person__code", "year", "rating"):
        alike[code].add((year, rating))
    three = [code for code, given in alike.items() if len(given) == 3]
    once = [code for code in three if len({rating for _year, rating in alike[code]}) == 1]
    assert once and all(said[code].startswith("2023–2025: ") and "\n" not in said[code] for code in once)
    mixed = [code for code in three if code not in once]
    assert mixed and all(said[code].count(": ") > 1 for code in mixed)


def test_the_order_by_name_is_that_of_the_alphabet(officer: Actor) -> None:
    given = [str(row[0]).split()[-1] for row in lines(listed(officer, Choice(("name",), order="name")))]
    assert given[0] == "Anh" and given[-1] == "Yến"


def test_a_person_stands_in_a_list_once(officer: Actor, province: Province) -> None:
    codes = [row[1] for row in lines(listed(officer))]
    assert len(codes) == len(set(codes)) == len(province.people)


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ("people", {"unit": "T.H1"}),
        ("people", {"title": "commune.chair"}),
        ("coverage", {"title": "commune.chair", "measure": "women", "term": "2025-2030"}),
        ("screening", {"standard": "plan.commune.committee_member"}),
    ],
)
def test_any_list_can_be_taken_over_and_shows_each_only_the_own_district(
    officer: Actor, district_head: Actor, province: Province, source: str, asked: dict[str, str]
) -> None:
    everybody = found_people(actor=officer, as_of=DAY, asked={"from": source, **asked})
    own = found_people(actor=district_head, as_of=DAY, asked={"from": source, **asked})
    below = {unit for code, unit in province.units.items() if code.startswith("T.H1")}
    held = set(models.Person.objects.filter(held_by_id__in=below).values_list("id", flat=True))
    shared = set(everybody.ids) & held
    # behind a figure of the coverage the seat must be in scope as well as the person
    assert set(own.ids) <= shared if source == "coverage" else set(own.ids) == shared
    assert own.ids and everybody.title and everybody.base


@pytest.mark.parametrize(
    "asked",
    [{}, {"from": "nothing"}, {"from": "coverage", "title": "x", "measure": "women"},
     {"from": "coverage", "title": "commune.chair", "measure": "x"},
     {"from": "screening", "standard": "plan.commune.committee_member", "verdict": "x"}],
)  # fmt: skip
def test_a_list_that_is_not_there_is_not_found(officer: Actor, asked: dict[str, str]) -> None:
    with pytest.raises(NotFound):
        found_people(actor=officer, as_of=DAY, asked=asked)


def test_identity_numbers_need_their_own_permission(officer: Actor, district_head: Actor) -> None:
    number = lines(listed(officer, Choice(("identity",)), unit="T.H1"))[0][0]
    assert isinstance(number, str) and len(number) == 12
    assert "identity" not in {c.code for _s, columns in columns_for(district_head) for c in columns}
    with pytest.raises(BadInput, match="identity"):
        listed(district_head, Choice(("identity",)))


def test_what_is_for_statistics_only_is_no_column_of_facts(officer: Actor) -> None:
    codes = {c.code for _s, columns in columns_for(officer) for c in columns}
    assert "fact.age_years" in codes and not codes & {"fact.sex", "fact.ethnic_minority", "fact.main_unit"}


def test_every_column_answers_for_everybody(officer: Actor) -> None:
    codes = tuple(c.code for _s, columns in columns_for(officer) for c in columns)
    report = listed(officer, Choice(codes), unit="T.H1.X1")
    rows = lines(report)
    assert len(rows) == 12 and all(len(row) == len(codes) for row in rows)
    shown = dict(zip(codes, rows[0], strict=True))
    assert shown["name"] and shown["post"] and shown["ratings"] and isinstance(shown["fact.age_years"], int)
    assert bool(shown["born_male"]) != bool(shown["born_female"])
    assert str(shown["career"]).count(" - nay: ") >= 1


def test_a_portrait_is_shown_where_there_is_one(officer: Actor, province: Province) -> None:
    person = province.people[0]
    sealed = encryption.seal_bytes(b"jpeg")
    models.Photo.objects.create(person_id=person, sealed=sealed, content_type="image/jpeg", valid_from=DAY)
    code = models.Person.objects.get(pk=person).code
    shown = lines(listed(officer, Choice(("photo", "code")), q=code))
    assert shown == [[Picture(b"jpeg", "image/jpeg"), code]]


def test_a_list_too_long_for_its_form_says_what_to_do(officer: Actor) -> None:
    people = FoundPeople(tuple(range(1, 12)), "", "")
    with pytest.raises(BadInput, match="lưu Excel"):
        extract(actor=officer, as_of=DAY, people=people, choice=NAMED, most=10)


@pytest.mark.parametrize(("count", "parts"), [(1, 1), (3_000, 1), (3_001, 2), (6_000, 2), (6_001, 3)])
def test_more_than_three_thousand_people_are_printed_in_sections_that_miss_nobody(
    count: int, parts: int
) -> None:
    placed = [Place(person, 1, "Xã", "Chuyên viên", 0, 0, None) for person in range(count)]
    assert sections(count) == parts
    shown = [Choice(("name",), section=number).part_of(placed) for number in range(1, parts + 1)]
    assert [before for before, _part in shown] == [3_000 * number for number in range(parts)]
    assert [place for _before, part in shown for place in part] == placed
    assert Choice(("name",)).part_of(placed) == (0, placed)


@pytest.mark.parametrize("group", ["", "unit", "title"])
def test_sections_follow_each_other_in_numbers_order_and_groups(
    officer: Actor, province: Province, monkeypatch: pytest.MonkeyPatch, group: str
) -> None:
    whole = listed(officer, Choice(("code",), group))
    monkeypatch.setattr(extracts, "MOST_PRINTED", 30)
    count = len(province.people)
    parts = [listed(officer, Choice(("code",), group, section=n)) for n in range(1, sections(count) + 1)]
    assert len(parts) > 2 and "phần 2 trên" in parts[1].subtitle
    assert [part.tables[0].first for part in parts] == [30 * n + 1 for n in range(len(parts))]
    assert [row for part in parts for row in lines(part)] == lines(whole)
    for (
        part
    ) in parts:  # a group says how many it has altogether, also where a section begins in the middle of it
        assert set(heads(part)) <= set(heads(whole))
        assert bool(heads(part)) is bool(group)
    with pytest.raises(BadInput, match="chỉ có"):
        listed(officer, Choice(("code",), section=len(parts) + 1))


def test_a_long_list_offers_its_sections_in_place_of_one_file_and_each_can_be_saved(
    signed_in: Client, province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (extracts, extract_views):
        monkeypatch.setattr(module, "MOST_PRINTED", 30)
    address, count = "/trich-ngang/?from=people&cols=code", len(province.people)
    page = signed_in.get(address)
    offered = page.context["sections"]
    assert [item["label"] for item in page.context["exports"]] == ["Excel"]
    assert (offered[0]["first"], offered[-1]["last"]) == (1, count)
    assert all(one["last"] + 1 == other["first"] for one, other in pairwise(offered))
    assert signed_in.get(address + "&format=docx").status_code == 400
    rows = []
    for section in offered:
        saved = signed_in.get(f"/trich-ngang/{section['files'][0]['url']}")
        assert f"-phan-{section['number']}.docx" in saved.headers["Content-Disposition"]
        table = Document(io.BytesIO(saved.content)).tables[1]
        rows += [[cell.text for cell in row.cells] for row in table.rows][2:]
    assert [int(row[0]) for row in rows] == list(range(1, count + 1))
    assert len({row[1] for row in rows}) == count
    whole = load_workbook(io.BytesIO(signed_in.get(address + "&format=xlsx").content)).active
    codes = {cell for row in whole.iter_rows(values_only=True) for cell in row} & {row[1] for row in rows}
    assert len(codes) == count


def test_the_screen_keeps_the_order_of_columns_adds_ticked_ones_and_saves_itself(signed_in: Client) -> None:
    page = signed_in.get(
        "/trich-ngang/?from=people&unit=T.H1&cols=code,name&column=name&column=unit&column=code"
    )
    assert page.context["codes"] == ("code", "name", "unit")
    without = next(c["without"] for c in page.context["chosen"] if c["label"] == "Mã")
    assert signed_in.get(f"/trich-ngang/{without}").context["codes"] == ("name", "unit")
    for ending, start in (("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        saved = signed_in.get(f"/trich-ngang/?from=people&unit=T.H1&format={ending}")
        assert saved.status_code == 200 and saved.content.startswith(start)


def test_a_choice_of_columns_is_kept_for_any_list_and_taken_away(signed_in: Client, officer: Actor) -> None:
    page = signed_in.get("/trich-ngang/?from=people&unit=T.H1&cols=code,name&group=unit")
    kept = page.context["filters"]
    signed_in.post("/da-luu/", {"page": "extract", "name": "Hai cột", "query": kept["query"]})
    other = signed_in.get("/trich-ngang/?from=people&unit=T.H2")
    pill = next(p for p in other.context["filters"]["saved"] if p["label"] == "Hai cột")
    found = signed_in.get(f"/trich-ngang/{pill['url']}")
    assert found.context["codes"] == ("code", "name") and found.context["count"] == 42
    view = accounts.saved_views(actor=officer, as_of=DAY, page="extract")[0]
    assert signed_in.post("/da-luu/", {"forget": view.id}).status_code == 302
    assert accounts.saved_views(actor=officer, as_of=DAY, page="extract") == []


def test_kept_filters_are_pills_of_their_list_and_of_their_account_only(
    signed_in: Client, province: Province, officer: Actor, district_head: Actor
) -> None:
    query = {"page": "people", "name": "Nữ huyện 1", "query": "unit=T.H1&sex=female&as_of=2020-01-01&page=3"}
    assert signed_in.post("/da-luu/", query).headers["Location"] == "/can-bo/?unit=T.H1&sex=female"
    filters = signed_in.get("/can-bo/?unit=T.H1&sex=female").context["filters"]
    assert [p["current"] for p in filters["saved"]] == [True]
    assert [p["label"] for p in filters["pills"]] == ["Huyện Sông Đà", "Nữ"]
    assert filters["pills"][0]["url"] == "?sex=female"
    assert accounts.saved_views(actor=district_head, as_of=DAY, page="people") == []
    view = accounts.saved_views(actor=officer, as_of=DAY, page="people")[0]
    with pytest.raises(NotFound):
        services.forget_view(actor=district_head, view_id=view.id)


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"page": "home", "name": "x"}, 404), ({"page": "people", "name": " "}, 400), ({"forget": "x"}, 404)],
)
def test_what_cannot_be_kept_is_refused(signed_in: Client, sent: dict[str, str], status: int) -> None:
    assert signed_in.post("/da-luu/", sent).status_code == status


def test_staff_get_no_extract(client: Client, province: Province, staff: Actor) -> None:
    with pytest.raises(Forbidden):
        found_people(actor=staff, as_of=DAY, asked={"from": "people"})
    assert sign_in(client, "canbo").get("/trich-ngang/?from=people").status_code == 403
