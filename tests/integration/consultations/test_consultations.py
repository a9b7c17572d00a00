"""Consultations: nobody is forgotten, every proposal gets a reason, the figures add up."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import sign_in
from tests.factories.province import TODAY, Province, actor_named

from hientai.apps.cadres.models import Person
from hientai.apps.consultations import documents, selectors, services
from hientai.apps.consultations.models import Answer, Consultation, Proposal
from hientai.apps.consultations.types import (
    AddresseeDraft,
    AddresseeRow,
    Clause,
    ConsultationDraft,
    ConsultationPage,
    ProposalRow,
    tally,
)
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Conflict, Forbidden, NotFound, Refused

pytestmark = pytest.mark.django_db
CLAUSES = (Clause("Điều 1", "Phạm vi toàn tỉnh."), Clause("Điều 2", "Mỗi xã 02 phó chủ tịch."))
DUE = TODAY + timedelta(days=10)


def draft(province: Province, **changes: object) -> ConsultationDraft:
    own = Person.objects.get(code=actor_named("canbo").person_code)
    addressees = (
        AddresseeDraft("Xã Bản Lạnh 1", unit_id=province.units["T.H1.X1"]),
        AddresseeDraft("Xã Bản Lạnh 2", unit_id=province.units["T.H2.X1"]),
        AddresseeDraft("Đồng chí được hỏi", person_id=own.pk),
    )
    made = ConsultationDraft("project", "Đề án thử", province.units["T"], CLAUSES, addressees, DUE)
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.fixture
def code(officer: Actor, province: Province) -> str:
    return services.open_consultation(actor=officer, draft=draft(province), on=TODAY).code


def page(actor: Actor, code: str) -> ConsultationPage:
    return selectors.consultation(actor=actor, as_of=TODAY, code=code)


def answered(actor: Actor, code: str, **proposals: str) -> None:
    mine = page(actor, code).mine[0]
    said = {key.replace("_", " "): text for key, text in proposals.items()}
    services.answer(actor=actor, addressee_id=mine.id, agrees=not said, proposals=said)


def refused(kind: type[Exception], act: object, **arguments: object) -> str:
    with pytest.raises(kind) as error, transaction.atomic():
        act(**arguments)  # type: ignore[operator]
    return error.value.code  # type: ignore[attr-defined]


def test_units_and_people_answer_by_clause_and_the_figures_add_up(
    officer: Actor, district_head: Actor, staff: Actor, code: str
) -> None:
    answered(district_head, code, Điều_2="03 phó chủ tịch với xã loại I")
    answered(staff, code)
    tally = page(officer, code).row.tally
    assert (tally.asked, tally.agreed, tally.proposing, tally.silent) == (3, 1, 1, 1)
    assert (tally.proposals, tally.open) == (1, 1)
    assert [one.name for one in page(officer, code).silent] == ["Xã Bản Lạnh 2"]


def test_an_answer_again_replaces_what_counts_and_the_first_stays(
    officer: Actor, district_head: Actor, code: str
) -> None:
    answered(district_head, code, Điều_1="bỏ", Điều_2="sửa")
    answered(district_head, code)
    one = page(officer, code).addressees[0]
    assert (one.agrees, one.answers, one.proposals) == (True, 2, ())
    assert Answer.objects.filter(addressee_id=one.id).count() == 2 and Proposal.objects.count() == 2


def test_nobody_answers_for_others_or_sees_what_they_said(
    officer: Actor, district_head: Actor, staff: Actor, code: str
) -> None:
    answered(district_head, code, Điều_1="ý riêng")
    seen = page(staff, code)
    assert [one.name for one in seen.addressees] == ["Đồng chí được hỏi"] and seen.proposals == ()
    other = page(officer, code).addressees[0]
    arguments = {"actor": staff, "addressee_id": other.id, "agrees": True, "proposals": {}}
    assert refused(NotFound, services.answer, **arguments) == "not_found"
    with pytest.raises(Forbidden):
        selectors.consultations(actor=actor_named("kythuat"), as_of=TODAY)


def test_an_answer_says_one_thing(district_head: Actor, code: str) -> None:
    mine = page(district_head, code).mine[0]
    arguments = {"actor": district_head, "addressee_id": mine.id}
    assert (
        refused(Refused, services.answer, **arguments, agrees=True, proposals={"": "nhưng"})
        == "agrees_and_proposes"
    )
    assert (
        refused(Refused, services.answer, **arguments, agrees=False, proposals={"Điều 1": " "})
        == "no_proposal"
    )
    assert (
        refused(Conflict, services.answer, **arguments, agrees=False, proposals={"Điều 9": "x"})
        == "draft_changed"
    )


def test_the_same_answer_sent_twice_is_one(officer: Actor, district_head: Actor, code: str) -> None:
    mine, token = page(district_head, code).mine[0], uuid4()
    for _ in range(2):
        services.answer(actor=district_head, addressee_id=mine.id, agrees=True, proposals={}, token=token)
    assert page(officer, code).addressees[0].answers == 1


def test_every_proposal_gets_a_reply_with_a_reason_before_the_end(
    officer: Actor, district_head: Actor, staff: Actor, code: str
) -> None:
    answered(district_head, code, Điều_1="một", Điều_2="hai")
    answered(staff, code)
    first, second = page(officer, code).proposals
    arguments = {"actor": officer, "code": code}
    assert (
        refused(Refused, services.reply, **arguments, proposal_id=first.id, reply="accepted", reason=" ")
        == "reason_missing"
    )
    assert (
        refused(Refused, services.reply, **arguments, proposal_id=first.id, reply="", reason="x")
        == "no_reply"
    )
    assert (
        refused(NotFound, services.reply, **arguments, proposal_id=0, reply="accepted", reason="x")
        == "not_found"
    )
    assert (
        refused(
            Forbidden,
            services.reply,
            **{**arguments, "actor": district_head},
            proposal_id=first.id,
            reply="accepted",
            reason="x",
        )
        == "forbidden"
    )
    services.reply(**arguments, proposal_id=first.id, reply="accepted", reason="đúng thẩm quyền")
    closing = {**arguments, "expected": page(officer, code).version, "on": TODAY, "knows_silent": True}
    assert refused(Refused, services.close, **closing) == "proposals_wait"
    services.reply(**arguments, proposal_id=second.id, reply="rejected", reason="vượt khung")
    tally = page(officer, code).row.tally
    assert (tally.proposals, tally.accepted, tally.partly, tally.rejected, tally.open) == (2, 1, 0, 1, 0)
    services.close(**closing)


def test_closing_with_somebody_silent_must_be_known_and_says_so(
    officer: Actor, district_head: Actor, code: str
) -> None:
    answered(district_head, code)
    arguments = {"actor": officer, "code": code, "expected": page(officer, code).version, "on": TODAY}
    assert refused(Refused, services.close, **arguments, knows_silent=False) == "silent_left"
    services.close(**arguments, knows_silent=True, note="Thống nhất trình.")
    closed = page(officer, code)
    assert "Không trả lời: Xã Bản Lạnh 2; Đồng chí được hỏi." in closed.closing
    assert Consultation.objects.get(code=code).silent_at_close == 2
    mine = page(district_head, code).mine[0]
    again = {"actor": district_head, "addressee_id": mine.id, "agrees": True, "proposals": {}}
    assert refused(Refused, services.answer, **again) == "consultation_closed"


def test_who_is_silent_is_reminded_and_who_answered_is_not(
    officer: Actor, district_head: Actor, staff: Actor, code: str
) -> None:
    assert [row.code for row, _ in selectors.waiting_for(actor=staff, as_of=TODAY)] == [code]
    answered(staff, code)
    assert selectors.waiting_for(actor=staff, as_of=TODAY) == []
    assert [row.code for row in selectors.unanswered(actor=officer, as_of=TODAY)] == [code]
    row = page(officer, code).row
    assert not row.is_late(DUE) and row.is_late(DUE + timedelta(days=1))


def test_a_new_version_keeps_the_old_and_answers_say_which_they_saw(
    officer: Actor, district_head: Actor, staff: Actor, code: str
) -> None:
    answered(district_head, code)
    arguments = {"actor": officer, "code": code, "expected": page(officer, code).version}
    assert refused(Refused, services.change_draft, **arguments, clauses=CLAUSES, note="") == "nothing_changed"
    services.change_draft(**arguments, clauses=[*CLAUSES, Clause("Điều 3", "Hiệu lực.")], note="thêm Điều 3")
    assert (
        refused(Conflict, services.change_draft, **arguments, clauses=CLAUSES, note="") == "changed_meanwhile"
    )
    answered(staff, code, Điều_3="từ 01/01")
    found = page(officer, code)
    assert [one.number for one in found.versions] == [1, 2]
    assert [one.version for one in found.addressees] == [1, 0, 2]


def test_a_conference_keeps_its_minutes_and_its_proposals_are_counted(officer: Actor, code: str) -> None:
    arguments = {"actor": officer, "code": code, "expected": page(officer, code).version, "present": 40}
    assert (
        refused(Refused, services.hold_conference, **arguments, held_on=TODAY, minutes=" ")
        == "minutes_missing"
    )
    late = TODAY + timedelta(days=1)
    assert (
        refused(Refused, services.hold_conference, **arguments, held_on=late, minutes="x") == "day_in_future"
    )
    services.hold_conference(
        **arguments, held_on=TODAY, minutes="Đa số thống nhất.", proposals={"Điều 1": "làm rõ", "": ""}
    )
    found = page(officer, code)
    assert found.row.tally.proposals == 1 and found.conferences[0].minutes == "Đa số thống nhất."


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"title": " "}, "draft_missing"),
        ({"clauses": ()}, "draft_missing"),
        ({"addressees": ()}, "nobody_asked"),
        ({"due_on": TODAY - timedelta(days=1)}, "due_before"),
    ],
)
def test_a_draft_that_cannot_be_sent_says_why(
    officer: Actor, province: Province, changes: dict[str, object], wrong: str
) -> None:
    asked = draft(province, **changes)
    assert refused(Refused, services.open_consultation, actor=officer, draft=asked, on=TODAY) == wrong


def test_nobody_is_asked_twice(officer: Actor, province: Province) -> None:
    one = AddresseeDraft("A", unit_id=province.units["T.H1"])
    asked = draft(province, addressees=(one, replace(one, name="B")))
    assert refused(Refused, services.open_consultation, actor=officer, draft=asked, on=TODAY) == "asked_twice"


def test_the_database_refuses_a_reply_without_a_reason(
    officer: Actor, district_head: Actor, code: str
) -> None:
    answered(district_head, code, Điều_1="một")
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(reply="accepted", reason="")


@given(
    st.lists(
        st.tuples(
            st.sampled_from([None, True, False]),
            st.lists(st.sampled_from(["", "accepted", "partly", "rejected"]), max_size=3),
        ),
        max_size=8,
    )
)
def test_the_parts_of_a_report_always_add_up(answers: list[tuple[bool | None, list[str]]]) -> None:
    rows = [
        AddresseeRow(
            n,
            "x",
            n,
            None,
            agrees,
            None,
            1,
            1,
            tuple(ProposalRow(n, "x", "", "t", reply, "", "", 1) for reply in replies),
        )
        for n, (agrees, replies) in enumerate(answers)
    ]
    figures = tally(rows, [])
    assert figures.agreed + figures.proposing + figures.silent == figures.asked == len(rows)
    assert figures.accepted + figures.partly + figures.rejected + figures.open == figures.proposals


# --- on the pages


@pytest.fixture
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hientai.foundation.web.middleware.timezone.localdate", lambda: TODAY)


def test_a_draft_goes_out_is_answered_replied_to_compared_and_closed_on_the_pages(
    _today: None, client: Client, province: Province
) -> None:
    text = "Điều 1. Phạm vi toàn tỉnh.\nĐiều 2. Mỗi xã 02 phó chủ tịch."
    client = sign_in(client, "bantochuc")
    form = {"kind": "rule", "title": "Quy chế thử", "unit": "T", "due_on": f"{DUE:%d/%m/%Y}", "text": text,
            "addressees": "T.H1.X1\nXã Nà Hoa 1", "token": uuid4()}  # fmt: skip
    assert (
        "Không có đơn vị" in client.post("/lay-y-kien/moi/", {**form, "addressees": "Xã lạ"}).content.decode()
    )
    address = client.post("/lay-y-kien/moi/", form)["Location"]
    code = address.strip("/").split("/")[-1]
    head = sign_in(Client(), "huyen1")
    ids = [one.id for one in page(actor_named("huyen1"), code).mine]
    assert "Cho ý kiến" in head.get(address).content.decode()
    bad = head.post(f"{address}tra-loi/{ids[0]}/", {"agrees": "no", "token": uuid4()})
    assert bad.status_code == 400 and "ít nhất một đề xuất" in bad.content.decode()
    sent = {"agrees": "no", "clause_1": "03 phó chủ tịch", "token": uuid4()}
    assert head.post(f"{address}tra-loi/{ids[0]}/", sent).status_code == 302
    proposal = page(actor_named("bantochuc"), code).proposals[0]
    assert (
        client.post(f"{address}de-xuat/{proposal.id}/", {"reply": "partly", "reason": ""}).status_code == 400
    )
    client.post(f"{address}de-xuat/{proposal.id}/", {"reply": "partly", "reason": "chỉ xã loại I"})
    html = client.get(address).content.decode()
    assert "1 đề xuất: tiếp thu 0, tiếp thu một phần 1" in html and "chỉ xã loại I" in html
    version = page(actor_named("bantochuc"), code).version
    new = {"expected": version, "text": text.replace("02", "03"), "note": "theo góp ý"}
    assert client.post(f"{address}phien-ban/", new).status_code == 302
    assert client.post(f"{address}phien-ban/", new).status_code == 409
    compared = client.get(f"{address}so-sanh/").content.decode()
    assert "<del>02 </del><ins>03 </ins>" in compared and "không đổi" in compared
    closing = {"expected": version + 1, "on": f"{TODAY:%d/%m/%Y}"}
    assert "Xã Nà Hoa 1" in client.post(f"{address}ket-thuc/", closing).content.decode()
    assert client.post(f"{address}ket-thuc/", {**closing, "knows_silent": "on"}).status_code == 302
    assert "Không trả lời: Xã Nà Hoa 1." in client.get(address).content.decode()
    word = Document(io.BytesIO(client.get(f"{address}tong-hop.docx").content))
    assert any(
        "Hỏi ý kiến 2 nơi: 0 nơi thống nhất, 1 nơi có đề xuất, 1 nơi chưa trả lời." in p.text
        for p in word.paragraphs
    )


def test_the_home_page_reminds_those_asked_and_those_who_lead(
    _today: None, client: Client, code: str
) -> None:
    client = sign_in(client, "bantochuc")
    assert "3 trên 3 nơi chưa trả lời" in client.get("/").content.decode()
    assert "Đề án thử" in sign_in(Client(), "canbo").get("/").content.decode()


def test_the_report_states_what_the_page_states(officer: Actor, district_head: Actor, code: str) -> None:
    answered(district_head, code, Điều_1="một")
    found = page(officer, code)
    text = "\n".join(
        p.text for p in Document(io.BytesIO(documents.report_docx(found, date(2026, 3, 5)))).paragraphs
    )
    assert all(said in text for said in documents.summary(found))
