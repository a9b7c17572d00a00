"""Proposals about records of a file: added, corrected, ended; accepted in part; a record changed meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.factories import papers
from tests.factories.province import Province

from hientai.apps.cadres import models as cadres
from hientai.apps.cadres import services as cadre_services
from hientai.apps.cadres.types import RecordDraft
from hientai.apps.integrity import models, selectors, services
from hientai.apps.integrity.desk import send
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Conflict, Refused

pytestmark = pytest.mark.django_db
PRIZE = RecordDraft(
    "khen-thuong", "them", "khen thưởng", None, {"title": "Bằng khen của UBND tỉnh"}, date(2024, 9, 2), None, (),
    (("Danh hiệu, hình thức", "Bằng khen của UBND tỉnh"), ("Ngày quyết định", "02/09/2024")),
)  # fmt: skip


@pytest.fixture
def board(officer: Actor) -> Actor:
    return replace(officer, user_id=900_001, name="Cán bộ Ban Tổ chức thứ hai")


@pytest.fixture
def own(staff: Actor) -> int:
    return selectors.file_to_change(actor=staff, as_of=staff.today, code=staff.person_code)[0].id


def proposed(staff: Actor, own: int, *records: RecordDraft, **more: Any) -> models.Proposal:
    address = send(actor=staff, person_id=own, records=records, reason="Theo quyết định khen thưởng", **more)
    return models.Proposal.objects.get(pk=int(address.strip("/").rpartition("/")[2]))


def approved(made: models.Proposal, officer: Actor, board: Actor, **more: Any) -> models.Proposal:
    services.confirm(actor=officer, proposal_id=made.pk)
    return services.approve(actor=board, proposal_id=made.pk, **more)


def test_a_record_is_added_with_evidence_by_three_people(
    staff: Actor, officer: Actor, board: Actor, own: int
) -> None:
    made = proposed(staff, own, PRIZE, papers=[("bang-khen.pdf", papers.pdf("Bằng khen"))])
    row = selectors.proposal(actor=officer, as_of=officer.today, proposal_id=made.pk)
    assert [(one.doing, one.title, one.after[0][1]) for one in row.records] == [
        ("Thêm", "khen thưởng", "Bằng khen của UBND tỉnh")
    ]
    assert row.evidence and not cadres.Commendation.objects.filter(person_id=own).exists()
    approved(made, officer, board)
    prize = cadres.Commendation.objects.known_on().get(person_id=own)
    assert (prize.title, prize.valid_from) == ("Bằng khen của UBND tỉnh", date(2024, 9, 2))
    assert f"Đề nghị số {made.pk}" in prize.source


def test_what_is_proposed_lies_sealed(staff: Actor, own: int) -> None:
    made = proposed(staff, own, PRIZE)
    assert b"UBND" not in bytes(made.changes)


def test_a_rating_is_corrected_and_a_post_ended(staff: Actor, officer: Actor, board: Actor, own: int) -> None:
    rating = cadres.YearRating.objects.known_on().filter(person_id=own).order_by("year").first()
    post = cadres.Position.objects.known_on().get(person_id=own)
    assert rating is not None
    made = proposed(
        staff, own,
        RecordDraft("xep-loai", "dinh-chinh", "xếp loại năm", rating.pk, {"year": rating.year, "rating": "outstanding"},
                    rating.valid_from),
        RecordDraft("chuc-vu", "ket-thuc", "chức vụ", post.pk, {}, date(2026, 2, 1)),
    )  # fmt: skip
    approved(made, officer, board)
    now = cadres.YearRating.objects.known_on().get(person_id=own, year=rating.year)
    assert now.rating == "outstanding" and now.line == rating.line
    assert cadres.Position.objects.known_on().get(person_id=own).valid_to == date(2026, 2, 1)


def test_the_board_accepts_a_part_and_says_what_it_left_out(
    staff: Actor, officer: Actor, board: Actor, own: int
) -> None:
    grade = RecordDraft(
        "ngach-luong", "them", "ngạch, bậc lương", None,
        {"grade": "01.003", "step": 2, "coefficient": Decimal("2.67")}, date(2023, 1, 1),
    )  # fmt: skip
    made = proposed(staff, own, PRIZE, grade, typed={"phone": "0912 000 111"})
    done = approved(made, officer, board, without=["record:0", "phone"])
    assert cadres.Grade.objects.known_on().get(person_id=own).coefficient == Decimal("2.67")
    assert not cadres.Commendation.objects.filter(person_id=own).exists()
    assert cadres.BiographicalRecord.objects.known_on().get(person_id=own).phone == ""
    note = done.steps.order_by("-id")[0].note
    assert "Không nhận: Điện thoại, khen thưởng" in note


def test_nothing_left_is_a_refusal_to_be_said_as_such(
    staff: Actor, officer: Actor, board: Actor, own: int
) -> None:
    made = proposed(staff, own, PRIZE)
    services.confirm(actor=officer, proposal_id=made.pk)
    with pytest.raises(Refused, match="Không chấp nhận"):
        services.approve(actor=board, proposal_id=made.pk, without=["record:0"])


def test_a_record_changed_meanwhile_is_told_and_nothing_is_written(
    staff: Actor, officer: Actor, board: Actor, own: int
) -> None:
    post = cadres.Position.objects.known_on().get(person_id=own)
    end = RecordDraft("chuc-vu", "ket-thuc", "chức vụ", post.pk, {}, date(2026, 2, 1))
    made = proposed(staff, own, PRIZE, end)
    services.confirm(actor=officer, proposal_id=made.pk)
    cadre_services.end_record(
        actor=officer, slug="chuc-vu", row_id=post.pk, on=date(2026, 1, 1), source="QĐ khác"
    )
    row = selectors.proposal(actor=board, as_of=board.today, proposal_id=made.pk)
    assert [one.moved for one in row.records] == [False, True] and row.moved
    with pytest.raises(Conflict):
        services.approve(actor=board, proposal_id=made.pk)
    assert not cadres.Commendation.objects.filter(person_id=own).exists()
    made.refresh_from_db()
    assert made.state == "confirmed"


def test_a_form_read_before_the_file_changed_is_not_sent(
    staff: Actor, officer: Actor, own: int, province: Province
) -> None:
    file = selectors.file_to_change(actor=staff, as_of=staff.today, code=staff.person_code)[0]
    cadre_services.correct_biography(actor=officer, person_id=own, because="thử", phone="1")
    with pytest.raises(Conflict, match="nộp lại"):
        proposed(staff, own, PRIZE, version=file.version)


def test_what_a_form_says_beside_goes_along_for_who_decides(staff: Actor, officer: Actor, own: int) -> None:
    made = proposed(staff, own, PRIZE, unread=["Sở thích: Đọc sách (không thuộc mục nào)"])
    row = selectors.proposal(actor=officer, as_of=officer.today, proposal_id=made.pk)
    assert row.unread == ("Sở thích: Đọc sách (không thuộc mục nào)",)
    assert "Đọc sách".encode() not in bytes(made.changes)
