"""Screens of job positions, competencies and slimming-down: what is asked, shown, refused, and who sees it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.conftest import sign_in
from tests.factories.province import TODAY, Province

from hientai.apps.cadres.models import Person, Position
from hientai.apps.organization import services as units
from hientai.apps.workforce import selectors, services
from hientai.apps.workforce.types import JobDraft
from hientai.foundation.actor import Actor

pytestmark = pytest.mark.django_db
DAY = "?as_of=05/03/2026"
JOB = {
    "unit": "T.H1.X1", "code": "X1.CV", "name": "Chuyên viên văn phòng", "group": "361/2025/NĐ-CP|professional",
    "posts": "2", "title": "", "description": "Soạn thảo", "requirements": "Đại học", "day": "01/01/2026",
    "decision": "QĐ 5",
}  # fmt: skip


def _codes(province: Province, unit: str = "T.H1.X1") -> list[str]:
    held = Position.objects.as_of(TODAY).filter(
        seat__unit_id=province.units[unit], seat__title__code="commune.specialist"
    )
    return sorted(held.values_list("person__code", flat=True))


@pytest.fixture
def job(officer: Actor, province: Province) -> int:
    """A job position of the first commune with three posts, two people in it, and a level asked for."""
    draft = JobDraft(
        province.units["T.H1.X1"], "X1.CV", "Chuyên viên văn phòng", "361/2025/NĐ-CP", "professional", 3,
        date(2026, 1, 1), source="QĐ 5",
    )  # fmt: skip
    made = services.open_jobs(actor=officer, drafts=[draft])["X1.CV"]
    ids = Person.objects.filter(code__in=_codes(province)[:2]).values_list("id", flat=True)
    services.place(actor=officer, pairs=[(i, made) for i in ids], on=date(2026, 1, 1), source="QĐ 6")
    services.require_levels(actor=officer, levels=[(made, "drafting", 3)], on=date(2026, 1, 1), source="QĐ 5")
    return made


def test_a_job_position_is_entered_filled_changed_and_ended_on_the_screens(
    signed_in: Client, province: Province
) -> None:
    done = signed_in.post("/vi-tri-viec-lam/them/", JOB, follow=True)
    assert "Chuyên viên văn phòng" in done.content.decode() and "Soạn thảo" in done.content.decode()
    code = _codes(province)[0]
    placed = signed_in.post(
        "/vi-tri-viec-lam/X1.CV/nguoi/" + DAY,
        {"people": [code], "day": "01/02/2026", "decision": "QĐ 6"},
        follow=True,
    )
    assert code in placed.content.decode() and "Còn thiếu người" in placed.content.decode()
    changed = {**JOB, "posts": "1", "day": "01/03/2026", "decision": "QĐ 7"}
    assert signed_in.post("/vi-tri-viec-lam/X1.CV/sua/" + DAY, changed).status_code == 302
    page = signed_in.get("/vi-tri-viec-lam/X1.CV/" + DAY).content.decode()
    assert "Đủ người" in page and "QĐ 7" in page and "QĐ 5" in page
    ending = {"act": "end", "end-day": "05/03/2026", "end-decision": "QĐ 8"}
    refused = signed_in.post("/vi-tri-viec-lam/X1.CV/sua/" + DAY, ending)
    assert refused.status_code == 400 and "hãy chuyển họ trước" in refused.content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"unit": "NO"}, "Không có đơn vị mã này"),
        ({"group": "62/2020/NĐ-CP|shared"}, "không có hiệu lực"),
        ({"posts": "0"}, "1"),
        ({"day": "không"}, "Áp dụng từ ngày"),
        ({"decision": ""}, "Quyết định"),
    ],
)
def test_a_wrong_position_keeps_what_was_typed_and_says_why(
    signed_in: Client, province: Province, change: dict[str, str], words: str
) -> None:
    answer = signed_in.post("/vi-tri-viec-lam/them/", {**JOB, **change})
    page = answer.content.decode()
    assert answer.status_code == 400 and words in page and "Chuyên viên văn phòng" in page
    assert selectors.jobs(actor=province.maker, as_of=TODAY) == []


def test_the_register_counts_exactly_what_it_lists_and_saves_itself(
    signed_in: Client, province: Province, job: int
) -> None:
    page = signed_in.get("/vi-tri-viec-lam/" + DAY)
    assert page.context["sums"] == {"jobs": 1, "posts": 3, "holders": 2, "vacant": 1, "over": 0}
    assert signed_in.get("/vi-tri-viec-lam/" + DAY + "&filling=over").context["sums"]["jobs"] == 0
    saved = signed_in.get("/vi-tri-viec-lam/" + DAY + "&format=xlsx")
    assert saved.content[:2] == b"PK" and "attachment" in saved["Content-Disposition"]
    part = signed_in.get("/vi-tri-viec-lam/" + DAY, headers={"HX-Request": "true", "HX-Target": "jobs-list"})
    assert part.content.decode().lstrip().startswith('<div id="jobs-list"')


def test_a_position_of_a_frozen_past_day_is_not_found(
    signed_in: Client, province: Province, job: int
) -> None:
    assert signed_in.get("/vi-tri-viec-lam/X1.CV/?as_of=31/12/2025").status_code == 404
    assert signed_in.get("/vi-tri-viec-lam/KHONG-CO/" + DAY).status_code == 404


def test_every_number_of_the_gaps_opens_its_list(signed_in: Client, province: Province, job: int) -> None:
    code = _codes(province)[0]
    sent = {"level_drafting": "2", "by": "Hội đồng", "day": "01/03/2026", "decision": "Biên bản 2"}
    address = f"/can-bo/{code}/nang-luc/" + DAY
    assert signed_in.post(address, {**sent, "by": ""}).status_code == 400
    assert signed_in.post(address, {**sent, "level_drafting": ""}).status_code == 400
    assert signed_in.post(address, sent).status_code == 302
    page = signed_in.get("/khoang-cach-nang-luc/" + DAY + "&unit=T.H1")
    counts = [(row.competency, *numbers) for row, *numbers in page.context["counts"]]
    assert counts == [("drafting", 0, 1, 1)] and "<svg" in page.content.decode()
    for outcome, number in (("met", 0), ("below", 1), ("unknown", 1), ("", 2)):
        listed = signed_in.get(
            f"/khoang-cach-nang-luc/danh-sach/{DAY}&unit=T.H1&nang-luc=drafting&ket-qua={outcome}"
        )
        assert len(listed.context["lines"]) == number
    assert signed_in.get("/khoang-cach-nang-luc/danh-sach/?nang-luc=charm").status_code == 404
    assert signed_in.get("/khoang-cach-nang-luc/?unit=NO").status_code == 404
    own = signed_in.get(f"/can-bo/{code}/" + DAY).content.decode()
    assert "Dưới mức yêu cầu" in own and "thiếu 1 mức" in own and "Hội đồng" in own
    nobody = signed_in.get("/khoang-cach-nang-luc/" + DAY + "&unit=T.H2").content.decode()
    assert "Chưa so sánh được" in nobody


def test_levels_asked_for_are_written_on_their_page(signed_in: Client, province: Province, job: int) -> None:
    address = "/vi-tri-viec-lam/X1.CV/nang-luc/" + DAY
    sent = {"level_drafting": "", "level_ethics": "4", "day": "05/03/2026", "decision": "QĐ 9"}
    assert signed_in.post(address, {**sent, "decision": ""}).status_code == 400
    assert signed_in.post(address, {**sent, "level_ethics": "6"}).status_code == 400
    assert signed_in.post(address, sent).status_code == 302
    assert selectors.job(actor=province.maker, as_of=TODAY, code="X1.CV").levels == {"ethics": 4}


def test_somebody_leaves_on_the_screen_and_is_taken_back(
    signed_in: Client, officer: Actor, province: Province
) -> None:
    units.allot_posts(
        actor=officer,
        drafts=[(province.units["T.H1.X1"], 12)],
        from_day=date(2026, 1, 1),
        to_day=None,
        source="Giao",
    )
    code = _codes(province)[0]
    sent = {
        "code": code,
        "scheme": "154/2025/NĐ-CP",
        "day": "01/02/2026",
        "decision": "QĐ 30",
        "posts_cut": "1",
    }
    for change, words in (
        ({"code": "KHONG"}, "Không có cán bộ mã này"), ({"posts_cut": "50"}, "không cắt 50 được"),
        ({"scheme": ""}, "Chế độ"),
    ):  # fmt: skip
        wrong = signed_in.post("/tinh-gian/ghi/", {**sent, **change})
        assert wrong.status_code == 400 and words in wrong.content.decode()
    page = signed_in.post("/tinh-gian/ghi/", sent, follow=True)
    shown = page.content.decode()
    assert page.context["left"].posts_after == 11 and "Trước ngày nghỉ" in shown
    listed = signed_in.get("/tinh-gian/" + DAY)
    assert listed.context["total"] == 1 and code in str(listed.context["lines"][0][1])
    assert signed_in.get("/tinh-gian/" + DAY + "&format=xlsx").content[:2] == b"PK"
    number = listed.context["lines"][0][0].id
    assert signed_in.post(f"/tinh-gian/{number}/hoan-tac/" + DAY, {"because": ""}).status_code == 400
    assert signed_in.post(f"/tinh-gian/{number}/hoan-tac/" + DAY, {"because": "nhầm"}).status_code == 302
    assert signed_in.get("/tinh-gian/" + DAY).context["total"] == 0
    assert signed_in.get(f"/tinh-gian/{number}/" + DAY).status_code == 404


def test_a_head_of_a_unit_assesses_own_people_and_writes_no_positions(
    client: Client, province: Province, job: int
) -> None:
    sign_in(client, "huyen1")
    inside, outside = _codes(province)[0], _codes(province, "T.H2.X1")[0]
    sent = {"level_drafting": "3", "by": "Chủ tịch", "day": "05/03/2026", "decision": "BB"}
    assert client.post(f"/can-bo/{inside}/nang-luc/" + DAY, sent).status_code == 302
    assert client.post(f"/can-bo/{outside}/nang-luc/" + DAY, sent).status_code == 404
    assert client.post("/vi-tri-viec-lam/them/", JOB).status_code == 403
    assert client.post("/tinh-gian/ghi/", {}).status_code == 403


def test_somebody_who_reads_only_the_own_file_sees_the_own_competencies(
    client: Client, officer: Actor, province: Province
) -> None:
    from hientai.apps.accounts.models import User

    code = User.objects.get(username="canbo").person_code
    person = Person.objects.get(code=code)
    services.assess(
        actor=officer, levels=[(person.pk, "digital", 4)], by="Hội đồng", on=date(2026, 3, 1), source="BB"
    )
    page = sign_in(client, "canbo").get(f"/can-bo/{code}/" + DAY).content.decode()
    assert "Sử dụng công nghệ thông tin" in page and "Đánh giá năng lực" not in page


def test_the_table_of_heat_shows_a_unit_only_while_it_stood_and_opens_the_list_of_that_day(
    signed_in: Client, officer: Actor, province: Province
) -> None:
    units.allot_posts(
        actor=officer, drafts=[(province.units["T.H1.X1"], 10)], from_day=date(2024, 1, 1), to_day=date(2025, 1, 1),
        source="Giao 2024",
    )  # fmt: skip
    page = signed_in.get("/to-chuc/bien-che/nam/" + DAY + "&goc=T.H1")
    days: list[Any] = page.context["days"]
    rows = {unit.code: cells for unit, cells in page.context["rows"]}
    then = rows["T.H1.X1"][days.index(date(2024, 12, 31))]
    assert (then.posts, then.present is not None) == (10, True)
    assert rows["T.H1.X1"][days.index(date(2025, 12, 31))].posts is None
    assert "as_of=2024-12-31" in then.present_url and then.present_url.split("?")[
        1
    ] in page.content.decode().replace("&amp;", "&")
    listed = signed_in.get(then.present_url)
    assert listed.context["page"].paginator.count == then.present
    assert signed_in.get("/to-chuc/bien-che/nam/?goc=KHONG").status_code == 404
