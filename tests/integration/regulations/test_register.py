"""The register of documents: what is in force on a day, texts, targets, drafts, what rests on a document."""

from __future__ import annotations

from datetime import date

import pytest

from hientai.apps.accounts.models import User
from hientai.apps.accounts.selectors import actor_of
from hientai.apps.cadres import models
from hientai.apps.regulations import selectors, services
from hientai.apps.regulations.drafts import FaultyDraft
from hientai.apps.regulations.services import DocumentDraft
from hientai.apps.regulations.types import Status
from hientai.engines.criteria.tree import Direction
from hientai.engines.errors import BadInput
from hientai.foundation.citing import records_citing
from hientai.foundation.errors import NotFound, Refused

pytestmark = pytest.mark.django_db
DRAFT = """\
code: 99-QĐ/TW
title: Dự thảo quy định mới
issuer: Bộ Chính trị
signed: 2027-01-01
in_force: {from: 2027-01-01}
parameters:
  plan.min_remaining_months: {value: 84, unit: tháng, citation: {article: 5}, verified: true, direction: minimum,
                              local_change: tighten}
standards:
  plan.commune.chair:
    title: Quy hoạch chủ tịch ủy ban nhân dân cấp xã
    all:
      - {key: left, sentence: Còn đủ 84 tháng, citation: {article: 5}, fact: months_to_retirement, operator: ">=",
         parameter: plan.min_remaining_months}
"""


@pytest.fixture
def officer(province):
    return actor_of(User.objects.get(username="bantochuc"), date(2026, 3, 5))


def status_of(officer, code, day):
    return next(row.status for row in selectors.documents(actor=officer, as_of=day) if row.code == code)


def test_a_document_is_in_force_from_its_first_day_until_the_eve_of_its_end(officer):
    assert status_of(officer, "50-QĐ/TW", date(2021, 12, 26)) == Status.NOT_YET
    assert status_of(officer, "50-QĐ/TW", date(2021, 12, 27)) == Status.IN_FORCE
    assert status_of(officer, "50-QĐ/TW", date(2025, 10, 7)) == Status.IN_FORCE
    assert status_of(officer, "50-QĐ/TW", date(2025, 10, 8)) == Status.EXPIRED
    assert status_of(officer, "165-KL/TW", date(2025, 6, 1)) == Status.UNKNOWN


def test_documents_know_what_they_replace_and_what_replaced_them(officer):
    page = selectors.document(actor=officer, as_of=officer.today, slug="qd-50-2021")
    assert page.row.replaced_by == ("377-QĐ/TW",)
    assert page.row.standards and page.parameters and page.sources and page.targets
    assert selectors.document_url("50-QĐ/TW").endswith("/qd-50-2021/")
    assert selectors.document_url("0-QĐ/XX") == ""
    with pytest.raises(NotFound):
        selectors.document(actor=officer, as_of=officer.today, slug="khong-co")


def test_every_replaced_document_is_in_the_register_and_every_slug_once(officer):
    rows = selectors.documents(actor=officer, as_of=officer.today)
    codes = {row.code for row in rows}
    assert len({row.slug for row in rows}) == len(rows) == len(codes)
    assert {code for row in rows for code in row.replaces} <= codes


def test_an_office_document_is_found_by_number_without_accents_and_not_entered_twice(officer):
    draft = DocumentDraft(
        "15-QĐ/TU", "Quy định về quy hoạch của tỉnh", "Tỉnh ủy", date(2022, 3, 1), date(2022, 3, 1)
    )
    services.enter_document(actor=officer, draft=draft)
    found = selectors.documents(actor=officer, as_of=officer.today, text="quy hoach cua tinh")
    assert [row.code for row in found] == ["15-QĐ/TU"]
    with pytest.raises(Refused):
        services.enter_document(actor=officer, draft=draft)


def test_the_text_of_a_classified_document_is_not_kept(officer):
    draft = DocumentDraft("3-QĐ/TU", "Văn bản mật", "Tỉnh ủy", secrecy="secret")
    services.enter_document(actor=officer, draft=draft)
    with pytest.raises(Refused) as refused:
        services.add_text(actor=officer, document="3-QĐ/TU", name="a.pdf", content=b"%PDF")
    assert refused.value.code == "classified"


@pytest.mark.parametrize(
    ("name", "content"), [("a.exe", b"MZ"), ("a.pdf", b"<html>"), ("a.docx", b""), ("a.txt", b"")]
)
def test_what_is_no_readable_text_is_refused(officer, name, content):
    with pytest.raises(Refused) as refused:
        services.add_text(actor=officer, document="50-QĐ/TW", name=name, content=content)
    assert refused.value.code == "wrong_file"


def test_the_same_text_is_kept_once(officer):
    first = services.add_text(actor=officer, document="50-QĐ/TW", name="a.pdf", content=b"%PDF 1")
    assert (
        services.add_text(actor=officer, document="qd-50-2021", name="b.pdf", content=b"%PDF 1").pk
        == first.pk
    )


def test_targets_in_force_are_offered_to_dashboards_by_measure(officer):
    day = date(2024, 1, 1)
    women = selectors.targets(actor=officer, as_of=day, measure="plan.share_women")
    assert [row.document for row in women] == ["50-QĐ/TW"]
    assert not women[0].target.is_reached_by(0.2499) and women[0].target.is_reached_by(0.25)
    assert selectors.targets(actor=officer, as_of=date(2026, 1, 1), measure="plan.share_women") == []
    services.set_target(
        actor=officer, document="50-QĐ/TW", key="own", measure="plan.share_women", value="0.3", measured_in="tỷ lệ",
        direction=Direction.MINIMUM, due_on=date(2023, 12, 31),
    )  # fmt: skip
    own = selectors.targets(actor=officer, as_of=day, measure="plan.share_women")[0]
    assert (own.target.value, own.overdue) == (0.3, True)


def test_a_draft_answers_what_would_be_and_is_in_no_rulebook(officer):
    kept = services.bring_draft(actor=officer, name="moi.yaml", content=DRAFT.encode())
    standard = selectors.draft_standard(
        actor=officer, as_of=officer.today, code=kept.slug, standard="plan.commune.chair"
    )
    assert standard.criteria()[0].required == 84
    from hientai.foundation.rules import rulebook

    with pytest.raises(BadInput):
        rulebook().document("99-QĐ/TW")
    services.drop_draft(actor=officer, draft_id=kept.pk)
    assert selectors.drafts(actor=officer, as_of=officer.today) == []


def test_a_draft_with_faults_is_refused_with_every_line(officer):
    with pytest.raises(FaultyDraft) as refused:
        services.bring_draft(actor=officer, name="moi.yaml", content=DRAFT.replace("tháng", "năm").encode())
    assert [(one.code, one.line) for one in refused.value.findings] == [("unit_mismatch", 13)]


def test_a_draft_whose_value_is_no_number_is_refused_at_that_line(officer):
    wrong = DRAFT.replace("value: 84", "value: nhiều")
    assert wrong != DRAFT
    with pytest.raises(FaultyDraft) as refused:
        services.bring_draft(actor=officer, name="moi.yaml", content=wrong.encode())
    found = refused.value.findings[0]
    assert found.code == "not_a_number" and "value: nhiều" in wrong.splitlines()[found.line - 1]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"\xff\xfe\x00", "not_text"), (b"", "faulty_rules"), (b"a: [", "faulty_rules"),
     (DRAFT.replace("plan.commune.chair", "plan.nothing.like_it").encode(), "nothing_to_compare"),
     (DRAFT.replace("99-QĐ/TW", "50-QĐ/TW").encode(), "document_exists")],
)  # fmt: skip
def test_what_is_no_draft_is_refused(officer, content, code):
    with pytest.raises(Refused) as refused:
        services.bring_draft(actor=officer, name="moi.yaml", content=content)
    assert refused.value.code == code


def test_records_are_counted_by_the_document_they_rest_on(officer):
    counted = dict(records_citing("Danh sách thử"))
    people = models.BiographicalRecord.objects.known_on().filter(source="Danh sách thử").count()
    assert people and counted["Cán bộ"] > people
    assert records_citing("0-QĐ/XX") == []
    assert selectors.citing(actor=officer, as_of=officer.today, slug="qd-50-2021") == records_citing(
        "50-QĐ/TW"
    )
