"""The extract list: whose, in which order, which columns, from any list; nobody sees more in it than elsewhere."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.conftest import sign_in
from tests.factories.province import Province

from hientai.apps.accounts import selectors as accounts
from hientai.apps.accounts import services
from hientai.apps.cadres import models
from hientai.apps.reports.extract import Choice, columns_for, extract
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
