"""Frozen reports: kept word for word, written again to the same bytes, read by those who may."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from hientai.apps.reports import selectors, services
from hientai.apps.reports.models import FrozenReport
from hientai.apps.reports.types import Asked
from hientai.engines.errors import BadInput
from hientai.foundation.actor import Actor
from hientai.foundation.audit import AuditEvent
from hientai.foundation.documents.writing import WRITERS
from hientai.foundation.errors import Forbidden, NotFound
from hientai.site.command_line import main

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 5)
COVERAGE = Asked("coverage", "", {})


def frozen(actor: Actor, unit: str = "") -> str:
    return services.freeze(actor=actor, as_of=DAY, asked=Asked("coverage", unit, {}))


@pytest.mark.parametrize("ending", WRITERS)
def test_a_frozen_report_is_written_again_to_the_bytes_that_were_issued(officer: Actor, ending: str) -> None:
    code = frozen(officer)
    issued = selectors.replay(actor=officer, as_of=DAY, code=code, ending=ending)
    found = selectors.verified(actor=officer, as_of=DAY, content=issued)
    assert found.holds and found.differences == 0 and found.row and found.row.code == code


@pytest.mark.parametrize("ending", ["docx", "xlsx", "json", "pdf"])
def test_a_file_changed_after_it_was_issued_is_recognised_and_refused(officer: Actor, ending: str) -> None:
    code = frozen(officer)
    changed = _changed(selectors.replay(actor=officer, as_of=DAY, code=code, ending=ending), ending)
    found = selectors.verified(actor=officer, as_of=DAY, content=changed)
    assert not found.holds and not found.genuine
    assert found.row and found.row.code == code


def _changed(content: bytes, ending: str) -> bytes:
    if ending in ("json", "pdf"):
        return content.replace(b"2", b"3", 1) if ending == "json" else content + b"\n"
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(buffer, "w") as made:
        for name in given.namelist():
            made.writestr(name, given.read(name).replace("Bí thư".encode(), b"Bi thu"))
    return buffer.getvalue()


def test_a_file_of_somebody_else_is_no_frozen_report(officer: Actor) -> None:
    found = selectors.verified(actor=officer, as_of=DAY, content=b"a text")
    assert found.row is None and not found.holds


def test_what_was_frozen_says_what_it_was_made_from_and_the_audit_names_it(officer: Actor) -> None:
    code = frozen(officer)
    row = selectors.frozen_of(actor=officer, as_of=DAY, code=code)
    assert row.records and row.rules and row.program.startswith("0.1.0+") and set(row.hashes) == set(WRITERS)
    assert row.asked == Asked("coverage", "", {"term": "2025-2030"})
    event = AuditEvent.objects.filter(action="reports.freeze").latest("id")
    assert event.details == {"frozen": code}


def test_the_same_question_of_the_same_records_is_kept_once(officer: Actor) -> None:
    assert frozen(officer) == frozen(officer) and FrozenReport.objects.count() == 1


def test_a_frozen_report_does_not_change_when_the_records_are_corrected(officer: Actor) -> None:
    code = frozen(officer)
    before = selectors.replay(actor=officer, as_of=DAY, code=code, ending="json")
    assert b'"mark"' in before
    kept = FrozenReport.objects.get(code=code)
    for act in (lambda: FrozenReport.objects.update(title="khác"), kept.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert selectors.replay(actor=officer, as_of=DAY, code=code, ending="json") == before


def test_a_head_reads_the_own_frozen_reports_and_not_those_of_the_board(
    officer: Actor, district_head: Actor
) -> None:
    boards, own = frozen(officer), frozen(district_head, "T.H1")
    assert [row.code for row in selectors.frozen(actor=district_head, as_of=DAY)] == [own]
    with pytest.raises(NotFound):
        selectors.replay(actor=district_head, as_of=DAY, code=boards, ending="docx")
    assert {row.code for row in selectors.frozen(actor=officer, as_of=DAY)} == {boards}


def test_staff_may_neither_ask_nor_freeze(staff: Actor) -> None:
    with pytest.raises(Forbidden):
        selectors.answered(actor=staff, as_of=DAY, asked=COVERAGE)
    with pytest.raises(Forbidden):
        frozen(staff)


@pytest.mark.parametrize(
    ("options", "code"), [({"color": "red"}, "unknown_option"), ({"term": "1999-2004"}, "unknown_choice")]
)
def test_an_option_that_is_not_asked_is_refused(officer: Actor, options: dict[str, str], code: str) -> None:
    with pytest.raises(BadInput) as refused:
        selectors.answered(actor=officer, as_of=DAY, asked=Asked("coverage", "", options))
    assert refused.value.code == code


def test_the_command_writes_freezes_and_verifies(
    province: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "a.docx"
    assert (
        main(["report", "coverage", "--as-of", "2026-03-05", "--out", str(target), "--freeze", "--json"]) == 0
    )
    said = json.loads(capsys.readouterr().out)
    assert said["report"] == "coverage" and said["frozen"] and said["answer"]["term"] == "2025-2030"
    assert main(["report", "verify", str(target), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["differences_now"] == 0
    target.write_bytes(target.read_bytes()[:-5])
    assert main(["report", "verify", str(target)]) == 4
    assert "không phải bản cố định" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        (["report"], "no_report"),
        (["report", "nothing"], "not_found"),
        (["report", "verify"], "no_file"),
        (["report", "verify", "/nowhere"], "no_file"),
        (["report", "coverage", "--set", "term"], "bad_option"),
        (["report", "coverage", "--out", "a.odt"], "unknown_form"),
        (["report", "coverage", "--out", "/nowhere/a.pdf"], "cannot_write"),
        (["report", "coverage", "--unit", "X"], "unknown_unit"),
        (["report", "coverage", "--as-of", "31/31/2020"], "not_a_day"),
    ],
)
def test_bad_input_is_named(
    province: object, capsys: pytest.CaptureFixture[str], arguments: list[str], where: str
) -> None:
    assert main([*arguments, "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == where


def test_the_catalogue_is_listed(province: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--list", "--json"]) == 0
    listed = {entry["report"]: entry for entry in json.loads(capsys.readouterr().out)["reports"]}
    assert listed["coverage"]["options"]["term"] == ["2025-2030"]
