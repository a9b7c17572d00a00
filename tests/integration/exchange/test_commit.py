"""What a list writes: new people, changes from the list's day, nothing twice, nothing half."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import pytest
from tests.factories.province import Province
from tests.integration.exchange.workbooks import HEADINGS, LINES, changed, workbook

from hientai.apps.cadres.models import (
    BiographicalRecord,
    IdentityIndex,
    IdentityNumber,
    ListedText,
    Person,
    Position,
    Qualification,
)
from hientai.apps.exchange import selectors, services
from hientai.apps.exchange.types import Judgement
from hientai.apps.organization.models import Title
from hientai.engines.worksheet import SavedMapping, extract, propose, read_workbook
from hientai.foundation import encryption
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Conflict, Forbidden, Refused

pytestmark = pytest.mark.django_db
UNIT = "T.H1.X1"
LISTED = date(2024, 9, 30)


def judged(officer: Actor, content: bytes, unit: str = UNIT, strict: bool = True) -> Judgement:
    book = read_workbook(content)
    extraction = extract(book, propose(book, SavedMapping()), officer.today)
    return selectors.preview(
        actor=officer, as_of=officer.today, extraction=extraction, unit_code=unit, strict=strict
    )


def committed(officer: Actor, content: bytes, **options: Any) -> Judgement:
    judgement = judged(officer, content)
    services.commit_list(actor=officer, judgement=judgement, source="danh-sach.xlsx", **options)
    return judgement


def statuses(judgement: Judgement) -> list[str]:
    return [str(row.status) for row in judgement.rows]


def codes(judgement: Judgement, row: int = 0) -> set[str]:
    return {reason.code for reason in judgement.rows[row].reasons}


def owner(identity: str) -> Person:
    return Person.objects.get(fingerprints__fingerprint=encryption.fingerprint(identity))


def held(identity: str, day: date) -> dict[str, str]:
    """Title -> kind of the posts somebody held on a day."""
    found = Position.objects.as_of(day).filter(person=owner(identity))
    return dict(found.values_list("seat__title__name", "kind"))


def test_a_first_import_creates_everybody_with_their_records(officer: Actor, province: Province) -> None:
    assert statuses(committed(officer, workbook())) == ["created"] * 3
    woman = owner("011180000011")
    biography = woman.biographies.get()
    assert (biography.full_name, biography.sex) == ("Lò Thị Mai Hương", "female")
    assert (biography.born_year, biography.born_month, biography.born_day) == (1980, 3, 5)
    assert biography.source == "danh-sach.xlsx"
    assert woman.held_by_id == province.units[UNIT]
    assert held("011180000011", LISTED) == {"Bí thư Đảng ủy xã": "full_time"}
    assert woman.qualifications.get().level == "bachelor"


def test_a_post_of_the_list_holds_from_the_day_of_the_list(officer: Actor) -> None:
    committed(officer, workbook())
    assert held("011180000011", date(2024, 9, 29)) == {}
    assert held("011180000011", LISTED) != {}


def test_a_second_import_of_the_same_file_changes_nothing(officer: Actor) -> None:
    committed(officer, workbook())
    versions = {
        model: model.objects.count()
        for model in (BiographicalRecord, Position, Qualification, IdentityNumber)
    }
    assert statuses(committed(officer, workbook())) == ["unchanged"] * 3
    assert versions == {model: model.objects.count() for model in versions}


def test_a_list_without_numbers_changes_nothing_the_second_time_however_common_name_and_birthday_are(
    officer: Actor,
) -> None:
    names = ["An", "Bình", "Cường", "Dũng", "Giang", "Hải", "Khánh", "Lâm", "Minh", "Nam", "Phúc", "Sơn"]
    born_alike = [
        (n, f"Lò Văn {name}", "01/01/1970", "Nam", "", "Chuyên viên", "", "") for n, name in enumerate(names)
    ]
    namesakes = [
        (n, "Nguyễn Văn Hùng", f"{n:02}/02/1970", "Nam", f"0110700010{n:02}", "Chuyên viên", "", "")
        for n in range(1, 9)
    ]
    committed(officer, workbook([*born_alike, *namesakes]))
    alone = workbook([(1, "Nguyễn Văn Hùng", "01/01/1970", "Nam", "", "Chuyên viên", "", "")])
    assert statuses(committed(officer, alone)) == ["created"]
    assert statuses(committed(officer, alone)) == ["unchanged"]


def test_a_row_without_a_number_that_may_be_two_people_is_left_to_the_officer(officer: Actor) -> None:
    twice = [(n, "Lò Thị Mai", "05/03/1980", "Nữ", f"01118000001{n}", "Chuyên viên", "", "") for n in (1, 2)]
    committed(officer, workbook(twice))
    alone = workbook([(1, "Lò Thị Mai", "05/03/1980", "Nữ", "", "Chuyên viên", "", "")])
    assert statuses(judged(officer, alone)) == ["duplicate"]


def test_an_unknown_title_is_entered_as_one_that_only_a_list_knows(officer: Actor) -> None:
    judgement = committed(officer, workbook())
    assert "title_new" in codes(judgement, 2)
    title = Title.objects.get(name="Cán bộ lâm nghiệp")
    assert title.code.startswith("import.commune.") and not title.is_leadership and title.rank == 0


def test_a_changed_post_supersedes_from_the_day_of_the_list(officer: Actor) -> None:
    committed(officer, workbook())
    later = workbook(changed(LINES, 0, "Chức vụ", "Chủ tịch UBND xã"), as_of="15/1/2025")
    judgement = committed(officer, later)
    assert statuses(judgement) == ["updated", "unchanged", "unchanged"]
    change = judgement.rows[0].changes[0]
    assert (change.field, change.old, change.new) == ("position", "Bí thư Đảng ủy xã", "Chủ tịch UBND xã")
    assert change.since == date(2025, 1, 15)
    assert held("011180000011", date(2025, 1, 14)) == {"Bí thư Đảng ủy xã": "full_time"}
    assert held("011180000011", date(2025, 1, 15)) == {"Chủ tịch UBND xã": "full_time"}


def test_an_older_list_fills_the_time_before_and_leaves_the_newer_post(officer: Actor) -> None:
    committed(officer, workbook())
    committed(officer, workbook(changed(LINES, 0, "Chức vụ", "Chủ tịch UBND xã"), as_of="15/1/2022"))
    assert held("011180000011", date(2022, 1, 15)) == {"Chủ tịch UBND xã": "full_time"}
    assert held("011180000011", LISTED) == {"Bí thư Đảng ủy xã": "full_time"}


def test_a_post_that_the_list_does_not_speak_of_goes_on(officer: Actor) -> None:
    committed(officer, workbook(changed(LINES, 0, "Chức vụ", "Bí thư Đảng ủy, Chủ tịch HĐND xã")))
    committed(officer, workbook(as_of="1/6/2025"))
    assert held("011180000011", date(2025, 6, 1)) == {
        "Bí thư Đảng ủy xã": "full_time",
        "Chủ tịch HĐND xã": "concurrent",
    }


def test_a_new_address_holds_from_the_list_and_a_missing_birthday_is_made_good(officer: Actor) -> None:
    committed(officer, workbook())
    lines = changed(changed(LINES, 1, "Nơi ở hiện nay", "Tổ 5"), 1, "Ngày sinh", "09/08/1983")
    judgement = committed(officer, workbook(lines, as_of="15/1/2025"))
    assert {c.field for c in judgement.rows[1].changes} == {"residence", "born"}
    person = owner("011083000022")
    before, after = (
        BiographicalRecord.objects.as_of(day).get(person=person) for day in (LISTED, date(2025, 1, 15))
    )
    assert (before.residence, after.residence) == ("Bản Co", "Tổ 5")
    assert (before.born_day, after.born_day) == (9, 9)
    assert person.biographies.filter(recorded_to__isnull=False).get().born_day is None


def test_a_list_that_knows_less_of_a_birthday_changes_nothing(officer: Actor) -> None:
    committed(officer, workbook())
    assert statuses(judged(officer, workbook(changed(LINES, 0, "Ngày sinh", "1980")))) == ["unchanged"] * 3


def test_a_lower_degree_than_on_file_is_remarked_and_not_written(officer: Actor) -> None:
    committed(officer, workbook())
    judgement = judged(officer, workbook(changed(LINES, 1, "Trình độ chuyên môn", "Cao đẳng")))
    assert statuses(judgement) == ["unchanged"] * 3
    assert "lower_than_on_file" in codes(judgement, 1)


def test_a_higher_degree_is_added_beside_the_one_on_file(officer: Actor) -> None:
    committed(officer, workbook())
    committed(officer, workbook(changed(LINES, 0, "Trình độ chuyên môn", "Thạc sĩ"), as_of="1/6/2025"))
    levels = set(owner("011180000011").qualifications.values_list("level", flat=True))
    assert levels == {"bachelor", "master"}


def test_what_has_no_field_is_kept_word_for_word(officer: Actor) -> None:
    lines = [[*line, note] for line, note in zip(LINES, ("Đang đi học", "", ""), strict=True)]
    committed(officer, workbook(lines, (*HEADINGS, "Ghi chú")))
    assert ListedText.objects.get(person=owner("011180000011")).text == "Đang đi học"


def test_one_refused_row_keeps_the_whole_list_out(officer: Actor) -> None:
    people = Person.objects.count()
    judgement = judged(officer, workbook(changed(LINES, 1, "Ngày sinh", "31/02/1983")))
    assert statuses(judgement) == ["created", "refused", "created"]
    with pytest.raises(Refused, match="1 dòng bị từ chối"):
        services.commit_list(actor=officer, judgement=judgement, source="x")
    assert Person.objects.count() == people


def test_the_good_rows_are_written_when_that_is_chosen(officer: Actor) -> None:
    content = workbook(changed(LINES, 1, "Ngày sinh", "31/02/1983"))
    people = Person.objects.count()
    committed(officer, content, allow_partial=True)
    assert Person.objects.count() == people + 2


def test_a_list_without_a_unit_is_remarked_upon_in_a_dry_run_and_refused_at_commit(officer: Actor) -> None:
    dry = judged(officer, workbook(), unit="", strict=False)
    assert statuses(dry) == ["created"] * 3 and "unit_missing" in codes(dry)
    wet = judged(officer, workbook(), unit="", strict=True)
    assert statuses(wet) == ["refused"] * 3


def test_the_unit_is_found_by_its_name(officer: Actor, province: Province) -> None:
    lines = [[*line, "xã nà hoa 2"] for line in LINES]
    judgement = judged(officer, workbook(lines, (*HEADINGS, "Đơn vị công tác")), unit="")
    assert {row.unit_id for row in judgement.rows} == {province.units["T.H2.X2"]}


def test_a_unit_name_that_fits_several_units_is_refused_with_their_names(officer: Actor) -> None:
    lines = [[*line, "Huyện"] for line in LINES]
    judgement = judged(officer, workbook(lines, (*HEADINGS, "Đơn vị công tác")), unit="")
    assert statuses(judgement) == ["refused"] * 3


def test_a_file_changed_after_the_preview_is_not_overwritten(officer: Actor) -> None:
    committed(officer, workbook())
    later = workbook(changed(LINES, 0, "Chức vụ", "Chủ tịch UBND xã"), as_of="15/1/2025")
    seen = judged(officer, later)
    committed(officer, workbook(changed(LINES, 0, "Nơi ở hiện nay", "Bản khác"), as_of="10/1/2025"))
    with pytest.raises(Conflict, match="vừa được người khác thay đổi"):
        services.commit_list(actor=officer, judgement=seen, source="x")
    assert held("011180000011", date(2025, 1, 15)) == {"Bí thư Đảng ủy xã": "full_time"}


def test_a_second_officer_with_the_same_new_people_doubles_nobody(officer: Actor) -> None:
    seen = judged(officer, workbook())
    committed(officer, workbook())
    people = Person.objects.count()
    with pytest.raises(Refused, match="chưa ghi gì cả"):
        services.commit_list(actor=officer, judgement=seen, source="x")
    assert Person.objects.count() == people


def test_an_unknown_number_with_the_name_and_birthday_of_somebody_without_number_is_the_same_person(
    officer: Actor,
) -> None:
    committed(officer, workbook(changed(LINES, 0, "Số CCCD", None)))
    judgement = committed(officer, workbook())
    assert statuses(judgement) == ["updated", "unchanged", "unchanged"]
    assert [c.field for c in judgement.rows[0].changes] == ["identity"]
    assert IdentityIndex.objects.filter(person=owner("011180000011")).count() == 1


def test_a_number_with_one_slip_is_a_likely_double_with_points_and_is_not_written(officer: Actor) -> None:
    committed(officer, workbook())
    judgement = judged(officer, workbook(changed(LINES, 0, "Số CCCD", "011180000012")))
    assert statuses(judgement) == ["duplicate", "unchanged", "unchanged"]
    likely = judgement.rows[0].likely[0]
    assert likely.code == owner("011180000011").code and likely.points >= 5 and likely.reasons


def test_the_number_of_somebody_with_another_name_and_birthday_is_refused(officer: Actor) -> None:
    committed(officer, workbook())
    judgement = judged(
        officer, workbook([(1, "Vàng A Chống", "01/02/1971", "Nam", "011180000011", "", "", "")])
    )
    assert statuses(judgement) == ["refused"] and "identity_taken" in codes(judgement)


def test_somebody_without_the_right_to_import_cannot_even_preview(district_head: Actor) -> None:
    with pytest.raises(Forbidden):
        judged(district_head, workbook())


def test_identity_numbers_are_in_no_reason_and_no_column_of_the_records(officer: Actor) -> None:
    judgement = committed(officer, workbook())
    said = " ".join(str(r.message) for row in judgement.rows for r in row.reasons)
    assert "011180000011" not in said
    sealed = bytes(IdentityNumber.objects.get(person=owner("011180000011")).sealed)
    assert b"011180000011" not in sealed and hashlib.sha256(b"011180000011").digest() not in sealed
