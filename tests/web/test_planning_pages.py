"""Pages of plans when asked badly, and what a figure's list holds."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.conftest import sign_in
from tests.factories.province import Province

from hientai.apps.planning.models import (
    ProgrammeStep,
    Proposal,
    Publication,
    Review,
    ReviewAddition,
    Slot,
    Wanted,
)

pytestmark = pytest.mark.django_db
DAY = {"as_of": "05/09/2025"}


def test_titles_and_lists_that_are_not_there_are_not_found(signed_in: Client) -> None:
    for name, value in (
        ("plan-bench", "commune.king"),
        ("plan-grid", "commune.king"),
        ("plan-approval", "1900-1905"),
    ):
        assert signed_in.get(reverse(name, args=[value]), DAY).status_code == 404
    for name in ("plan-proposal", "plan-review", "plan-additions", "plan-publication"):
        assert signed_in.get(reverse(name, args=[99_999]), DAY).status_code == 404


def test_a_thought_that_cannot_be_understood_is_named_and_passed_over(signed_in: Client) -> None:
    asked = DAY | {"add": ["KHONG@1", "x"], "drop": ["abc", "12"]}
    page = signed_in.get(reverse("plan-what-if"), asked)
    assert page.status_code == 200 and page.content.decode().count("Không hiểu") == 2
    assert "Không có số liệu nào khác" in page.content.decode()


def test_a_day_that_is_none_is_said_to_be_none(signed_in: Client) -> None:
    page = signed_in.get(reverse("plan-between"), DAY | {"since": "31/02/2025"})
    assert page.status_code == 400 and "Ngày không đọc được" in page.content.decode()


@pytest.mark.parametrize("years", ["0", "31", "năm"])
def test_a_span_that_is_none_falls_back_to_five_years(signed_in: Client, years: str) -> None:
    page = signed_in.get(reverse("plan-ahead"), DAY | {"years": years})
    assert page.status_code == 200 and page.context["years"] == 5


def test_the_list_of_turns_is_what_its_filter_says_and_saves_itself(signed_in: Client) -> None:
    asked = DAY | {"title": "commune.chair", "term": "2025-2030"}
    page = signed_in.get(reverse("plan-turns"), asked)
    known = Slot.objects.filter(
        seat__title__code="commune.chair", recorded_to=None, valid_from__lte="2025-09-05"
    )
    assert page.context["page"].paginator.count == known.count() > 3
    saved = signed_in.get(reverse("plan-turns"), asked | {"format": "xlsx"})
    assert saved.status_code == 200 and saved.content[:2] == b"PK"


def test_a_refused_act_says_why_and_writes_nothing(signed_in: Client) -> None:
    signed_in.get(reverse("plan-proposals"), DAY)  # the day is kept for what follows
    made = signed_in.post(reverse("plan-proposals"), {"term": "2025-2030", "unit": "T.H1.X1"})
    proposal = Proposal.objects.get()
    assert made.status_code == 302 and f"/{proposal.pk}/" in made["Location"]
    at = reverse("plan-proposal", args=[proposal.pk])
    for sent in (
        {"act": "submit"},
        {"act": "propose", "seat": "1"},
        {"act": "propose", "seat": "1", "code": "KHONG"},
    ):
        assert signed_in.post(at, sent).status_code == 409
    assert signed_in.post(at, {"act": "dance"}).status_code == 404
    assert not proposal.candidates.exists()
    reviewed = signed_in.post(reverse("plan-reviews"), {"term": "2025-2030"})
    review = Review.objects.get()
    assert reviewed.status_code == 302
    at = reverse("plan-review", args=[review.pk])
    assert signed_in.post(at, {"act": "decide", "decision": "keep"}).status_code == 409
    assert signed_in.post(at, {"act": "close", "decision": ""}).status_code == 409
    assert signed_in.post(reverse("plan-reviews"), {"term": "2025-2030"}).status_code == 409


def test_the_number_wanted_is_written_on_its_page_and_shows_on_the_bench(signed_in: Client) -> None:
    slot = Slot.objects.filter(seat__title__code="commune.chair", recorded_to=None).order_by("id")[0]
    at = reverse("plan-wanted", args=["2025-2030", slot.seat_id])
    assert signed_in.get(at, DAY).status_code == 200
    for number, source in (("-1", "Kế hoạch 3"), ("100", "Kế hoạch 3"), ("ba", "Kế hoạch 3"), ("3", "")):
        assert signed_in.post(at, {"number": number, "source": source}).status_code == 400
    assert not Wanted.objects.exists()
    made = signed_in.post(at, {"number": "7", "source": "Kế hoạch 3"})
    assert made.status_code == 302 and Wanted.objects.get().number == 7
    bench = signed_in.get(reverse("plan-bench", args=["commune.chair"]), DAY)
    shown = next(b for b in bench.context["benches"] if b.seat.id == slot.seat_id)
    assert shown.wanted == 7 and shown.is_thin and at in bench.content.decode()
    assert signed_in.get(reverse("plan-wanted", args=["1900-1905", slot.seat_id]), DAY).status_code == 404


def test_a_programme_is_written_step_by_step_and_counted_on_the_bench(signed_in: Client) -> None:
    slot = Slot.objects.filter(seat__title__code="commune.chair", recorded_to=None).order_by("id")[0]
    at = reverse("plan-programme", args=["2025-2030", slot.person.code])
    assert "Chưa có bước nào" in signed_in.get(at, DAY).content.decode()
    for text, due, status in (
        ("", "31/12/2026", 400),
        ("Luân chuyển", "31/02/2026", 400),
        ("Luân chuyển", "", 400),
        ("Luân chuyển", "01/01/2020", 409),
    ):
        assert signed_in.post(at, {"act": "add", "text": text, "due_on": due}).status_code == status
    assert signed_in.post(at, {"act": "dance"}).status_code == 404
    assert signed_in.post(at, {"act": "done", "step": "x"}).status_code == 404
    assert not ProgrammeStep.objects.exists()
    signed_in.post(at, {"act": "add", "text": "Luân chuyển", "due_on": "31/12/2026"})
    signed_in.post(at, {"act": "add", "text": "Học cao cấp", "due_on": "30/06/2027"})
    first = ProgrammeStep.objects.get(number=1)
    assert signed_in.get(at, {"as_of": "01/01/2027"}).context["steps"][0].is_late
    signed_in.get(at, {"as_of": "01/11/2026"})
    assert signed_in.post(at, {"act": "done", "step": str(first.pk)}).status_code == 302
    steps = signed_in.get(at, {"as_of": "01/01/2027"}).context["steps"]
    assert [(step.number, step.done_on is not None, step.is_late) for step in steps] == [
        (1, True, False),
        (2, False, False),
    ]
    bench = signed_in.get(reverse("plan-bench", args=["commune.chair"]), {"as_of": "01/01/2027"})
    planned = [one for seat in bench.context["benches"] for one in seat.planned]
    counted = next(one for one in planned if one.person_id == slot.person_id).programme
    assert (counted.done, counted.total, counted.late) == (1, 2, 0)


def test_somebody_who_is_not_planned_has_no_programme(signed_in: Client) -> None:
    assert signed_in.get(reverse("plan-programme", args=["2025-2030", "KHONG"]), DAY).status_code == 404


def test_people_are_put_forward_on_the_page_of_a_review_with_a_reason(signed_in: Client) -> None:
    signed_in.get(reverse("plan-reviews"), DAY)
    signed_in.post(reverse("plan-reviews"), {"term": "2025-2030"})
    review = Review.objects.get()
    at = reverse("plan-additions", args=[review.pk])
    seat = Slot.objects.filter(seat__title__code="commune.committee_member").order_by("id")[0].seat_id
    page = signed_in.get(at, DAY | {"seat": str(seat)})
    code = page.context["pool"][0].code
    wanted = {"act": "add", "seat": str(seat), "came_from": "search", "origin": "on_spot", "codes": code}
    for wrong in (
        {"reason": ""},
        {"reason": "Có triển vọng", "codes": ""},
        {"reason": "x", "codes": "KHONG"},
    ):
        assert signed_in.post(at, wanted | wrong).status_code == 409
    assert signed_in.post(at, {"act": "dance"}).status_code == 404
    assert signed_in.post(at, wanted | {"reason": "Có triển vọng", "seat": "1" * 9}).status_code == 404
    assert not ReviewAddition.objects.exists()
    assert signed_in.post(at, wanted | {"reason": "Có triển vọng"}).status_code == 302
    shown = signed_in.get(at, DAY).content.decode()
    assert code in shown and "Có triển vọng" in shown and "Tìm cán bộ theo dữ kiện" in shown
    row = ReviewAddition.objects.get()
    decide = {"act": "decide", "addition": str(row.pk)}
    assert signed_in.post(at, decide | {"decision": "leave_out"}).status_code == 409
    assert signed_in.post(at, {"act": "decide", "decision": "add"}).status_code == 409
    assert signed_in.post(at, {"act": "take", "take_reason": "x"}).status_code == 409
    assert signed_in.post(at, decide | {"decision": "add"}).status_code == 302
    row.refresh_from_db()
    assert row.decision == "add"
    assert signed_in.get(reverse("plan-review", args=[review.pk]), DAY).context["review"].adding == 1


def test_the_page_of_a_review_takes_a_political_state_with_its_day_only(signed_in: Client) -> None:
    signed_in.get(reverse("plan-reviews"), DAY)
    signed_in.post(reverse("plan-reviews"), {"term": "2025-2030"})
    review = Review.objects.get()
    at = reverse("plan-review", args=[review.pk])
    line = review.lines.filter(finding="stays").order_by("id")[0]
    sent = {"act": "political", "line": str(line.pk), "state": "requested"}
    for wrong in (
        {"political_on": ""},
        {"political_on": "31/02/2025"},
        {"political_on": "01/09/2025", "line": ""},
    ):
        assert signed_in.post(at, sent | wrong).status_code == 409
    assert signed_in.post(at, sent | {"political_on": "01/09/2025"}).status_code == 302
    shown = signed_in.get(at, DAY | {"finding": "stays"}).content.decode()
    assert "đã đề nghị kết luận, 01/09/2025" in shown
    assert signed_in.post(at, {"act": "case"}).status_code == 302  # the automatic ones are decided beforehand
    waiting = signed_in.get(at, DAY)
    assert waiting.context["case"] is not None and not waiting.context["may_decide"]
    assert signed_in.post(at, {"act": "case"}).status_code == 409
    assert signed_in.post(at, {"act": "close", "decision": "KL 1"}).status_code == 409


def test_a_list_is_published_read_printed_and_corrected_on_its_pages(
    signed_in: Client, province: Province
) -> None:
    at = reverse("plan-publications")
    assert "Chưa công bố" in signed_in.get(at, DAY).content.decode()
    sent = {"term": "2025-2030", "unit": "", "audience": "units", "published_on": "10/09/2025"}
    assert signed_in.post(at, sent).status_code == 409
    assert signed_in.post(at, sent | {"decision": "QĐ 12", "published_on": "01/09/2025"}).status_code == 409
    assert not Publication.objects.exists()
    made = signed_in.post(at, sent | {"decision": "QĐ 12"})
    row = Publication.objects.get()
    assert made.status_code == 302 and made["Location"].startswith(f"{at}{row.pk}/")
    own = reverse("plan-publication", args=[row.pk])
    later = {"as_of": "12/09/2025"}
    assert "QĐ 12" in signed_in.get(own, later).content.decode()
    for ending, magic in (("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        assert signed_in.get(own, later | {"format": ending}).content.startswith(magic)
    assert signed_in.post(own, {"because": ""}).status_code == 400
    assert signed_in.post(own, {"because": "Nhầm phụ lục"}).status_code == 302
    page = signed_in.get(own, later).content.decode()
    assert "Nhầm phụ lục" in page and "Ghi đính chính" not in page
    assert signed_in.post(own, {"because": "Lần nữa"}).status_code == 409
    head = sign_in(Client(), "huyen1")
    assert head.get(own, later).status_code == 200
    assert head.post(own, {"because": "x"}).status_code == 403
    assert sign_in(Client(), "canbo").get(own, later).status_code == 403


def test_the_coverage_points_to_seats_that_need_a_look_and_each_opens_its_list(signed_in: Client) -> None:
    page = signed_in.get(reverse("coverage"), DAY)
    tiles = page.context["tiles"]
    assert len(tiles) == 4 and any(tile["number"] for tile in tiles)
    for tile in tiles:
        if tile["number"]:
            opened = signed_in.get(tile["url"])
            turns = "luot" in tile["url"]
            found = opened.context["people"] if turns else opened.context["page"].paginator.count
            assert found == tile["number"]
    assert signed_in.get(reverse("plan-depths"), DAY | {"kind": "sao"}).context["kind"] == "under"


def test_the_approval_leaves_out_what_a_case_or_a_review_decides_and_says_so(
    signed_in: Client, province: Province
) -> None:
    """Three lists are sent: one in a case, one taken up by a review; the page decides about the third alone."""
    signed_in.get(reverse("plan-proposals"), DAY)
    made = []
    for unit in ("T.H1.X1", "T.H1.X2", "T.H1.X3"):
        signed_in.post(reverse("plan-proposals"), {"term": "2025-2030", "unit": unit})
        number = Proposal.objects.order_by("-id")[0].pk
        at = reverse("plan-proposal", args=[number])
        page = signed_in.get(at, DAY | {"seat": str(page_seat(signed_in, at))})
        sure = [row for row in page.context["pool"] if row.judged.verdict.value == "met"]
        sent = {"act": "propose", "seat": str(page.context["seat"].id), "person": sure[0].code}
        assert signed_in.post(at, sent).status_code == 302
        assert signed_in.post(at, {"act": "submit"}).status_code == 302
        made.append(number)
    assert signed_in.post(reverse("plan-proposal", args=[made[0]]), {"act": "case"}).status_code == 302
    signed_in.post(reverse("plan-reviews"), {"term": "2025-2030"})
    review = Review.objects.get()
    candidate = Proposal.objects.get(pk=made[1]).candidates.get().pk
    taken = {"act": "take", "candidate": str(candidate), "take_reason": "Đủ nguồn"}
    assert signed_in.post(reverse("plan-additions", args=[review.pk]), taken).status_code == 302
    approval = reverse("plan-approval", args=["2025-2030"])
    shown = signed_in.get(approval, DAY).context
    assert [row.id for row in shown["sent"]] == [made[2]]
    assert {row.id: url for row, _where, url in shown["elsewhere"]}.keys() == {made[0], made[1]}
    assert signed_in.post(approval, {"decision": "QĐ 12"}).status_code == 302
    states = dict(Proposal.objects.values_list("id", "state"))
    assert states == {made[0]: "submitted", made[1]: "submitted", made[2]: "approved"}


def page_seat(client: Client, at: str) -> int:
    """The committee's seat on the page of a list."""
    seats = client.get(at, DAY).context["seats"]
    return next(seat.id for seat in seats if seat.title_code == "commune.committee_member")
