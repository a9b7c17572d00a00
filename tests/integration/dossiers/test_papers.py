"""Papers: bringing, appraisal by a second person, replacement, waiver, validity, levels of reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from tests.factories import papers
from tests.factories.province import Province, actor_named
from tests.integration.dossiers.conftest import ISSUED, Office

from hientai.apps.dossiers import models, selectors, services
from hientai.apps.dossiers.types import Outcome, PaperDraft, PaperState
from hientai.engines.errors import BadInput
from hientai.foundation import vault
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Conflict, Forbidden, NotFound, Refused
from hientai.foundation.models import AuditEvent

pytestmark = pytest.mark.django_db


def _state(office: Office, item: str, as_of: date | None = None) -> str:
    day = as_of or office.officer.today
    card = selectors.dossier(actor=office.second, as_of=day, dossier_id=office.dossier.pk)
    return next(one.state for one in card.items if one.kind.code == item)


def _accept(office: Office, version: int) -> None:
    services.appraise(actor=office.second, version_ids=[version], outcome=Outcome.ACCEPTED)


def test_a_paper_goes_from_missing_to_awaiting_to_accepted(office: Office) -> None:
    assert _state(office, "diplomas") == PaperState.MISSING
    version = office.bring()
    assert _state(office, "diplomas") == PaperState.AWAITING
    _accept(office, version)
    assert _state(office, "diplomas") == PaperState.ACCEPTED


def test_who_brought_a_paper_does_not_appraise_it(office: Office) -> None:
    version = office.bring()
    with pytest.raises(Refused) as refused:
        services.appraise(actor=office.officer, version_ids=[version], outcome=Outcome.ACCEPTED)
    assert refused.value.code == "same_person"


def test_the_database_refuses_an_appraisal_by_the_same_person_and_takes_one_by_another(
    office: Office,
) -> None:
    version = office.bring()
    said = {"version_id": version, "outcome": "accepted", "appraised_by": "x", "appraised_on": ISSUED}
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Appraisal.objects.create(user_id=office.officer.user_id, **said)
    models.Appraisal.objects.create(user_id=office.second.user_id, **said)


def test_a_return_needs_a_reason_in_the_act_and_in_the_database(office: Office) -> None:
    version = office.bring()
    with pytest.raises(Refused):
        services.appraise(actor=office.second, version_ids=[version], outcome=Outcome.RETURNED, reason=" ")
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Appraisal.objects.create(
            version_id=version, outcome="returned", user_id=1, appraised_by="x", appraised_on=ISSUED
        )
    services.appraise(
        actor=office.second, version_ids=[version], outcome=Outcome.RETURNED, reason="Thiếu dấu"
    )
    assert _state(office, "diplomas") == PaperState.RETURNED


def test_a_paper_replaced_after_appraisal_needs_appraisal_anew(office: Office) -> None:
    first = office.bring()
    _accept(office, first)
    second = office.bring(content=papers.pdf("bản khác"))
    assert _state(office, "diplomas") == PaperState.AWAITING
    with pytest.raises(Conflict):
        _accept(office, first)
    _accept(office, second)
    card = selectors.dossier(actor=office.second, as_of=office.officer.today, dossier_id=office.dossier.pk)
    versions = next(one.versions for one in card.items if one.kind.code == "diplomas")
    assert [(v.number, v.is_newest, [a.outcome for a in v.appraisals]) for v in versions] == [
        (2, True, ["accepted"]),
        (1, False, ["accepted"]),
    ]


def test_several_papers_of_one_kind_are_accepted_only_together(office: Office) -> None:
    first, second = office.bring(), office.bring(part=2)
    _accept(office, first)
    assert _state(office, "diplomas") == PaperState.AWAITING
    _accept(office, second)
    assert _state(office, "diplomas") == PaperState.ACCEPTED


@pytest.mark.parametrize(
    ("day", "state"),
    [(date(2026, 7, 10), PaperState.ACCEPTED), (date(2026, 7, 11), PaperState.EXPIRED)],
)
def test_a_health_certificate_is_good_for_six_months_and_not_a_day_longer(
    office: Office, day: date, state: str
) -> None:
    _accept(office, office.bring("health", issued_on=date(2026, 1, 10)))
    assert _state(office, "health", day) == state


def test_the_own_last_day_of_a_paper_counts_when_it_is_earlier(office: Office) -> None:
    _accept(office, office.bring("health", valid_until=date(2026, 4, 1)))
    assert _state(office, "health", date(2026, 4, 1)) == PaperState.ACCEPTED
    assert _state(office, "health", date(2026, 4, 2)) == PaperState.EXPIRED


def test_a_paper_that_ends_before_it_is_needed_says_so_on_the_board(office: Office) -> None:
    _accept(office, office.bring("health", valid_until=date(2026, 5, 31)))
    _accept(office, office.bring("biography", issued_on=date(2026, 3, 1)))
    board = selectors.board(actor=office.officer, as_of=office.officer.today, purpose_id=office.purpose.pk)
    early = {cell.item: cell.expires_before_needed for cell in board.rows[0].cells}
    assert (early["health"], early["biography"]) == (True, False)


def test_an_earlier_day_shows_what_was_on_file_then(office: Office) -> None:
    later = replace(office.second, today=date(2026, 3, 9))
    version = office.bring()
    services.appraise(actor=later, version_ids=[version], outcome=Outcome.ACCEPTED)
    assert _state(office, "diplomas", date(2026, 3, 8)) == PaperState.AWAITING
    assert _state(office, "diplomas", date(2026, 3, 9)) == PaperState.ACCEPTED
    with pytest.raises(NotFound):
        _state(office, "diplomas", date(2026, 3, 4))


def test_a_waiver_has_a_ground_stands_and_can_be_taken_back(office: Office) -> None:
    with pytest.raises(Refused):
        services.waive(actor=office.second, dossier_id=office.dossier.pk, item="residence", ground="")
    services.waive(actor=office.second, dossier_id=office.dossier.pk, item="residence", ground="Công văn 1")
    assert _state(office, "residence") == PaperState.WAIVED
    services.take_back_waiver(
        actor=office.second, dossier_id=office.dossier.pk, item="residence", ground="Công văn 1 bị bãi bỏ"
    )
    assert _state(office, "residence") == PaperState.MISSING
    assert models.Waiver.objects.count() == 2


def test_of_a_declaration_only_the_state_is_kept(office: Office) -> None:
    with pytest.raises(Refused) as refused:
        office.bring("asset_declaration")
    assert refused.value.code == "content_not_kept"
    draft = PaperDraft("asset_declaration", ISSUED)
    version = services.bring_papers(actor=office.officer, papers=[(office.dossier.pk, draft)])[0]
    kept = models.PaperVersion.objects.get(pk=version)
    assert (kept.digest, kept.size, kept.name, kept.issued_on) == ("", None, "", ISSUED)
    with pytest.raises(Refused) as opened:
        selectors.version_to_open(actor=office.second, as_of=ISSUED, version_id=version)
    assert opened.value.code == "no_content_kept"


@pytest.mark.parametrize(
    ("item", "fields", "code"),
    [
        ("health", {"issued_on": None}, "day_missing"),
        ("health", {"issued_on": date(2026, 3, 6)}, "day_in_future"),
        ("health", {"valid_until": date(2026, 1, 9)}, "ends_before_day"),
        ("nothing", {}, "unknown_paper"),
        ("diplomas", {"content": papers.HTML}, "unknown_kind"),
        ("diplomas", {"content": papers.pdf(), "name": "x.docx"}, "wrong_extension"),
    ],
)
def test_a_paper_out_of_order_is_refused_and_nothing_is_kept(
    office: Office, item: str, fields: dict[str, object], code: str
) -> None:
    with pytest.raises(BadInput) as refused:
        office.bring(item, **fields)
    assert refused.value.code == code
    assert not models.PaperVersion.objects.exists()


def test_papers_come_all_or_none(office: Office) -> None:
    good, bad = (
        PaperDraft("diplomas", ISSUED, papers.pdf(), "a.pdf"),
        PaperDraft("health", ISSUED, b"x", "b.pdf"),
    )
    with pytest.raises(BadInput):
        services.bring_papers(
            actor=office.officer, papers=[(office.dossier.pk, good), (office.dossier.pk, bad)]
        )
    assert not models.PaperVersion.objects.exists()


def test_a_closed_purpose_takes_nothing_more(office: Office) -> None:
    services.close_purpose(actor=office.officer, purpose_id=office.purpose.pk)
    with pytest.raises(Refused, match="khóa"):
        office.bring()
    with pytest.raises(Refused, match="khóa"):
        services.add_people(actor=office.officer, purpose_id=office.purpose.pk, person_ids=[office.person])


def test_versions_appraisals_and_waivers_cannot_be_changed_or_deleted(office: Office) -> None:
    _accept(office, office.bring())
    services.waive(actor=office.second, dossier_id=office.dossier.pk, item="residence", ground="Công văn 1")
    for table in ("paperversion", "appraisal", "waiver"):
        for act in (f"UPDATE dossiers_{table} SET id = id", f"DELETE FROM dossiers_{table}"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(act)


def test_a_secret_paper_is_seen_to_exist_and_opens_only_with_the_level(office: Office) -> None:
    version = office.bring("minutes", name="bien-ban-kiem-phieu.pdf")
    today = office.officer.today
    assert selectors.version_to_open(actor=office.second, as_of=today, version_id=version).kind == "pdf"
    with pytest.raises(Forbidden):
        selectors.version_to_open(actor=office.officer, as_of=today, version_id=version)
    card = selectors.dossier(actor=office.officer, as_of=today, dossier_id=office.dossier.pk)
    row = next(one for one in card.items if one.kind.code == "minutes")
    assert (row.state, row.may_open, row.versions[0].name, row.versions[0].digest) == (
        "awaiting",
        False,
        "",
        "",
    )
    third = replace(office.officer, user_id=999_999)
    with pytest.raises(Forbidden):
        services.appraise(actor=third, version_ids=[version], outcome=Outcome.ACCEPTED)


def test_a_restricted_paper_does_not_open_for_a_reader_of_ordinary_ones(
    office: Office, district_head: Actor, province: Province
) -> None:
    person = next(
        p for p in province.people
        if not selectors.cadres.outside_scope(
            actor=district_head, as_of=office.officer.today, ids=[p], permission="dossiers.read"
        )
    )  # fmt: skip
    services.add_people(actor=office.officer, purpose_id=office.purpose.pk, person_ids=[person])
    dossier = models.Dossier.objects.get(person_id=person)
    for item, opens in (("diplomas", True), ("comments", False)):
        draft = PaperDraft(item, ISSUED, papers.pdf(item), "a.pdf")
        version = services.bring_papers(actor=office.officer, papers=[(dossier.pk, draft)])[0]
        if opens:
            assert selectors.version_to_open(actor=district_head, as_of=ISSUED, version_id=version)
        else:
            with pytest.raises(Forbidden):
                selectors.version_to_open(actor=district_head, as_of=ISSUED, version_id=version)


def test_outside_the_scope_a_dossier_does_not_exist(office: Office, district_head: Actor) -> None:
    version = office.bring()
    today = office.officer.today
    with pytest.raises(NotFound):
        selectors.dossier(actor=district_head, as_of=today, dossier_id=office.dossier.pk)
    with pytest.raises(NotFound):
        selectors.version_to_open(actor=district_head, as_of=today, version_id=version)
    assert selectors.board(actor=district_head, as_of=today, purpose_id=office.purpose.pk).rows == ()
    with pytest.raises(Forbidden):
        services.bring_papers(actor=district_head, papers=[])


def test_ones_own_dossier_opens_for_ordinary_papers_and_is_never_appraised_by_oneself(
    office: Office, staff: Actor, province: Province
) -> None:
    own = selectors.cadres.person_id_of(actor=staff, code=staff.person_code)
    services.add_people(actor=office.officer, purpose_id=office.purpose.pk, person_ids=[own])
    dossier = models.Dossier.objects.get(person_id=own)
    ordinary, other = (
        services.bring_papers(
            actor=office.officer, papers=[(dossier.pk, PaperDraft(item, ISSUED, papers.pdf(item), "a.pdf"))]
        )[0]
        for item in ("diplomas", "comments")
    )
    assert selectors.version_to_open(actor=staff, as_of=ISSUED, version_id=ordinary)
    with pytest.raises(Forbidden):
        selectors.version_to_open(actor=staff, as_of=ISSUED, version_id=other)
    himself = replace(office.second, person_code=staff.person_code)
    with pytest.raises(Refused) as refused:
        services.appraise(actor=himself, version_ids=[ordinary], outcome=Outcome.ACCEPTED)
    assert refused.value.code == "own_dossier"
    with pytest.raises(Refused):
        services.waive(actor=himself, dossier_id=dossier.pk, item="health", ground="x")


def test_who_may_only_read_neither_brings_nor_appraises(office: Office, district_head: Actor) -> None:
    with pytest.raises(Forbidden):
        services.waive(actor=district_head, dossier_id=office.dossier.pk, item="health", ground="x")
    with pytest.raises(Forbidden):
        services.bring_papers(actor=office.second, papers=[])


def test_the_audit_keeps_ids_only(office: Office) -> None:
    _accept(office, office.bring("health", name="Nguyễn Văn A.pdf"))
    events = AuditEvent.objects.filter(action__startswith="dossiers.").order_by("id")
    assert {e.action for e in events} >= {
        "dossiers.bring_papers",
        "dossiers.appraise",
        "dossiers.open_purpose",
    }
    assert "Nguyễn" not in "".join(str(e.details) for e in events)


def test_a_file_is_kept_encrypted_and_once(office: Office, settings: object, tmp_path: object) -> None:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    content = papers.pdf("Nội dung riêng")
    first, second = office.bring(content=content), office.bring(content=content, part=2)
    digests = set(models.PaperVersion.objects.filter(pk__in=[first, second]).values_list("digest", flat=True))
    files = [file for file in tmp_path.rglob("papers/*/*") if file.is_file()]  # type: ignore[attr-defined]
    assert len(digests) == len(files) == 1
    assert b"%PDF" not in files[0].read_bytes() and digests.pop() not in files[0].name
    assert vault.content_of(models.PaperVersion.objects.get(pk=first).digest) == content


def test_the_board_takes_a_fixed_number_of_statements(
    office: Office, province: Province, django_assert_max_num_queries: object
) -> None:
    services.add_people(actor=office.officer, purpose_id=office.purpose.pk, person_ids=province.people[:60])
    services.bring_papers(
        actor=office.officer,
        papers=[(d.pk, PaperDraft("asset_declaration", ISSUED)) for d in office.purpose.dossiers.all()],
    )
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        board = selectors.board(
            actor=office.officer, as_of=office.officer.today, purpose_id=office.purpose.pk
        )
    assert (len(board.rows), board.count("awaiting"), board.count("missing")) == (61, 61, 61 * 9)
    assert sum(share.people for share in board.shares()) == 61


def test_expiry_lists_papers_of_open_purposes_soonest_first(office: Office) -> None:
    office.bring("health", issued_on=date(2026, 1, 10))
    office.bring("biography", issued_on=date(2025, 12, 1))
    asked = {"actor": office.officer, "as_of": office.officer.today}
    found = selectors.expiring(**asked, until=date(2026, 12, 31))  # type: ignore[arg-type]
    assert [(one.item, one.valid_until) for one in found] == [
        ("biography", date(2026, 6, 1)),
        ("health", date(2026, 7, 10)),
    ]
    assert selectors.expiring(**asked, until=date(2026, 5, 31)) == []  # type: ignore[arg-type]
    services.close_purpose(actor=office.officer, purpose_id=office.purpose.pk)
    assert selectors.expiring(**asked, until=date(2026, 12, 31)) == []  # type: ignore[arg-type]


def test_a_template_not_in_force_is_not_adopted(officer: Actor) -> None:
    early = replace(officer, today=date(2025, 6, 30))
    with pytest.raises(Refused, match="hiệu lực"):
        services.open_purpose(actor=early, title="Sớm một ngày", template="appointment.civil_servant")
    on_the_day = replace(officer, today=date(2025, 7, 1))
    assert services.open_purpose(actor=on_the_day, title="Đúng ngày", template="appointment.civil_servant")


def test_one_purpose_for_one_reference(officer: Actor) -> None:
    asked = {"actor": officer, "title": "Quy trình", "template": "appointment.civil_servant"}
    made = services.open_purpose(**asked, reference="procedure:1")  # type: ignore[arg-type]
    found = selectors.purpose_of(actor=officer, as_of=officer.today, reference="procedure:1")
    assert found is not None and found.id == made.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        services.open_purpose(**asked, reference="procedure:1")  # type: ignore[arg-type]


def test_completeness_of_one_person_for_a_procedure(office: Office) -> None:
    asked = {"actor": office.officer, "as_of": office.officer.today, "purpose_id": office.purpose.pk}
    line = selectors.completeness(**asked, person_id=office.person)
    assert line is not None and (line.settled, line.is_complete) == (0, False)
    for paper in line.cells:
        services.waive(actor=office.second, dossier_id=office.dossier.pk, item=paper.item, ground="Văn bản 1")
    line = selectors.completeness(**asked, person_id=office.person)
    assert line is not None and (line.settled, line.is_complete) == (10, True)
    assert (
        selectors.completeness(**{**asked, "actor": actor_named("huyen1")}, person_id=office.person) is None
    )
