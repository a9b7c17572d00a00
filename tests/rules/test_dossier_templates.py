"""Lists of papers: the built-in ones, what a province lays over them, and files that are out of order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hientai.engines.errors import BadInput
from hientai.rulebook.dossiers import Secrecy, check_templates, load_templates

LOCAL = """
code: appointment.civil_servant.dien_bien
title: Hồ sơ bổ nhiệm của tỉnh (hư cấu)
document: Quy định hư cấu 1-QĐ/TU
in_force: {from: 2026-01-01, verified: true}
base: appointment.civil_servant
papers:
  - {code: health, title: Giấy khám sức khỏe trong 3 tháng, required: true, source: person, secrecy: restricted,
     checked_by: organisation, verified: false, valid_months: 3}
  - {code: programme, title: Chương trình hành động, required: false, source: person, secrecy: ordinary,
     checked_by: organisation, verified: false}
"""


def written(folder: Path, text: str, name: str = "tinh.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_every_built_in_list_is_in_order_and_says_what_was_read() -> None:
    templates, findings = check_templates()
    assert findings == ()
    assert len(templates["appointment.civil_servant"].papers) == 10
    eleven = templates["congress.committee.ha_noi_2020"].papers
    assert len(eleven) == 11 and not eleven[-1].published and not eleven[-1].verified


def test_a_province_replaces_lines_and_adds_others_and_keeps_the_rest(tmp_path: Path) -> None:
    templates = load_templates(written(tmp_path, LOCAL))
    base, own = templates["appointment.civil_servant"], templates["appointment.civil_servant.dien_bien"]
    assert [paper.code for paper in own.papers] == [*(paper.code for paper in base.papers), "programme"]
    health, before = own.paper("health"), base.paper("health")
    assert health is not None and before is not None
    assert (health.valid_months, before.valid_months) == (3, 6) and health.secrecy == Secrecy.RESTRICTED
    assert own.paper("diplomas") == base.paper("diplomas")
    assert own.holds_on(date(2026, 1, 1)) and not own.holds_on(date(2025, 12, 31))


@pytest.mark.parametrize(
    ("wrong", "with_what", "code"),
    [
        ("base: appointment.civil_servant", "base: khong.co", "unknown_base"),
        ("valid_months: 3", "valid_months: -3", "not_months"),
        ("code: programme", "code: health", "duplicate_paper"),
        ("verified: false, valid_months", "verified: true, valid_months", "verified_without_source"),
        ("code: appointment.civil_servant.dien_bien", "code: appointment.civil_servant", "duplicate_template"),
        ("from: 2026-01-01,", "from: 2026-01-01, to: 2025-01-01,", "ends_before_start"),
    ],
)  # fmt: skip
def test_a_list_out_of_order_is_refused_with_file_and_line(
    tmp_path: Path, wrong: str, with_what: str, code: str
) -> None:
    assert wrong in LOCAL
    folder = written(tmp_path, LOCAL.replace(wrong, with_what, 1))
    found = [finding for finding in check_templates(folder)[1] if finding.code == code]
    assert found and "tinh.yaml" in found[0].file and found[0].line > 0
    with pytest.raises(BadInput) as refused:
        load_templates(folder)
    assert refused.value.code == "faulty_templates"


def test_a_local_list_does_not_stand_on_a_local_list(tmp_path: Path) -> None:
    written(tmp_path, LOCAL)
    second = LOCAL.replace("code: appointment.civil_servant.dien_bien", "code: appointment.other").replace(
        "base: appointment.civil_servant", "base: appointment.civil_servant.dien_bien"
    )
    found = check_templates(written(tmp_path, second, "xa.yaml"))[1]
    assert [finding.code for finding in found] == ["unknown_base"]
