"""Every kind of fault in a rule file is found, with file, line, key path and a stable word for it."""

from __future__ import annotations

import json
import shutil

import pytest

from hientai.engines.errors import BadInput
from hientai.rulebook.load import BUILT_IN, check_rulebook, load_rulebook
from hientai.site.command_line import main

SOUND = """\
code: 1-QĐ/TEST
title: Quy định thử
issuer: Nơi ban hành
signed: 2020-01-01
in_force: {from: 2020-02-01, to: 2024-01-01}
sources: {PAGE: https://example.vn/1}
parameters:
  plan.months_min: {value: 60, unit: tháng, citation: {article: 5, source: PAGE}, verified: true,
                    direction: minimum, local_change: tighten}
  plan.months_max: {value: 240, unit: tháng, citation: {article: 5}, verified: true, direction: maximum,
                    local_change: none}
  plan.share: {basis: none, note: chưa có}
shared:
  common:
    sentence: Phần chung
    all:
      - key: left
        sentence: Còn đủ tháng
        citation: {article: 5, clause: 1}
        fact: months_to_retirement
        operator: ">="
        parameter: plan.months_min
standards:
  plan.one:
    title: Tiêu chuẩn một
    use: common
  plan.two:
    title: Tiêu chuẩn hai
    any:
      - {use: common}
      - {key: form, sentence: Không kỷ luật, citation: {article: 6}, fact: discipline_in_force,
         operator: is false, verified: true}
      - {key: later, sentence: Chưa rõ, basis: none}
"""
CASES = """\
cases:
  - {name: đủ, standard: plan.one, facts: {months_to_retirement: 60}, verdict: met, blamed: []}
  - {name: thiếu, standard: plan.one, facts: {months_to_retirement: 59}, verdict: not_met, blamed: [left]}
"""
NEXT = (
    SOUND.replace("1-QĐ/TEST", "2-QĐ/TEST")
    .replace("in_force: {from: 2020-02-01, to: 2024-01-01}", "in_force: {from: 2024-01-01}")
    .replace("signed:", "replaces: [1-QĐ/TEST]\nsigned:")
)


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "rules" / "party"
    place.mkdir(parents=True)
    (place / "first.yaml").write_text(SOUND)
    (place / "first.cases.yaml").write_text(CASES)
    (place / "second.yaml").write_text(NEXT)
    return tmp_path / "rules"


def change(folder, name, old, new):
    file = folder / "party" / name
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def found(folder):
    return [(finding.code, finding.path) for finding in check_rulebook(folder).findings]


def test_a_sound_folder_has_no_findings_and_loads(folder):
    checked = check_rulebook(folder)
    assert checked.findings == ()
    assert (checked.documents, checked.standards, checked.judged) == (2, 4, 2)
    assert load_rulebook(folder).standard_codes == ("plan.one", "plan.two")


LEFT = "shared.common.all[0]"
TWO = "standards.plan.two"
MONTHS = "parameters.plan.months_min"
# new text, the sound text it replaces, the finding it must bring (None: still sound)
FAULTS = [
    (
        "isuer: x\nissuer:",
        "issuer:",
        ("unknown_key", "isuer"),
    ),
    (
        "",
        "title: Quy định thử\n",
        ("missing_key", ""),
    ),
    (
        "in_force: {from: 2019-02-01",
        "in_force: {from: 2020-02-01",
        ("in_force_before_signed", "in_force.from"),
    ),
    (
        "to: 2020-02-01}",
        "to: 2024-01-01}",
        ("dates_out_of_order", "in_force.to"),
    ),
    (
        "from: tomorrow,",
        "from: 2020-02-01,",
        ("not_a_day", "in_force.from"),
    ),
    (
        "{value: 60, unit: tháng, verified",
        "{value: 60, unit: tháng, citation: {article: 5, source: PAGE}, verified",
        ("missing_citation", MONTHS),
    ),
    (
        "citation: {clause: 1}",
        "citation: {article: 5, clause: 1}",
        ("missing_article", LEFT + ".citation"),
    ),
    (
        "source: PAGES}",
        "source: PAGE}",
        ("unknown_source", MONTHS),
    ),
    (
        "verified: probably,",
        "verified: true,",
        ("not_truth", MONTHS + ".verified"),
    ),
    (
        "direction: upward,",
        "direction: minimum,",
        ("not_a_choice", MONTHS + ".direction"),
    ),
    (
        "{value: null,",
        "{value: 60,",
        ("missing_value", MONTHS),
    ),
    (
        "{value: nhiều,",
        "{value: 60,",
        ("not_a_number", MONTHS + ".value"),
    ),
    (
        "{value: true,",
        "{value: 60,",
        ("not_a_number", MONTHS + ".value"),
    ),
    (
        "{value: 300,",
        "{value: 60,",
        ("contradictory_bounds", MONTHS),
    ),
    (
        "unit: năm, citation: {article: 5, source",
        "unit: tháng, citation: {article: 5, source",
        ("unit_mismatch", LEFT),
    ),
    (
        "{value: 5000,",
        "{value: 60,",
        ("never_met", LEFT),
    ),
    (
        "fact: months_to_retire\n",
        "fact: months_to_retirement\n",
        ("unknown_fact", LEFT + ".fact"),
    ),
    (
        "fact: ethnicity\n",
        "fact: months_to_retirement\n",
        ("statistics_only", LEFT + ".fact"),
    ),
    (
        "fact: main_unit\n",
        "fact: months_to_retirement\n",
        ("identifier_in_rule", LEFT + ".fact"),
    ),
    (
        "fact: discipline_heaviest\n",
        "fact: months_to_retirement\n",
        ("not_ordered", LEFT),
    ),
    (
        'operator: "=>"',
        'operator: ">="',
        ("not_a_choice", LEFT + ".operator"),
    ),
    (
        'operator: "between"',
        'operator: ">="',
        ("wrong_form", LEFT),
    ),
    (
        'operator: "is true"',
        'operator: ">="',
        ("surplus_value", LEFT),
    ),
    (
        "parameter: plan.months\n",
        "parameter: plan.months_min\n",
        ("unknown_parameter", LEFT + ".parameter"),
    ),
    (
        "value: sixty\n        verified: true\n",
        "parameter: plan.months_min\n",
        ("wrong_type", LEFT),
    ),
    (
        "value: 60\n",
        "parameter: plan.months_min\n",
        ("missing_key", LEFT),
    ),
    (
        "parameter: plan.months_min\n        verified: true\n",
        "parameter: plan.months_min\n",
        ("surplus_verified", LEFT + ".verified"),
    ),
    (
        "operator: is true,",
        "operator: is false,",
        None,
    ),
    (
        "fact: months_to_retirement,",
        "fact: discipline_in_force,",
        ("not_boolean", TWO + ".any[1]"),
    ),
    (
        "basis: some}",
        "basis: none}",
        ("bad_open", TWO + ".any[2].basis"),
    ),
    (
        "use: comon\n  plan.two",
        "use: common\n  plan.two",
        ("unknown_shared", "standards.plan.one.use"),
    ),
    (
        "key: form, sentence: Chưa rõ",
        "key: later, sentence: Chưa rõ",
        ("duplicate_criterion", TWO + ".any[2]"),
    ),
    (
        "    all:\n      - {use: common}\n    any:",
        "    any:",
        ("unclear_node", TWO),
    ),
    (
        "    all: []\n  plan.two",
        "    use: common\n  plan.two",
        ("not_a_list", "standards.plan.one.all"),
    ),
    (
        "in_force: {from: 2019-01-01}\n    use: common",
        "use: common",
        ("outside_document", "standards.plan.one.in_force"),
    ),
    (
        "title: a\n    title: Tiêu chuẩn một",
        "title: Tiêu chuẩn một",
        ("duplicate_key", "standards.plan.one.title"),
    ),
    (
        "unused:\n    {key: x, sentence: x, basis: none}\n  common:",
        "common:",
        ("unused_shared", "shared.unused"),
    ),
    (
        "code: [",
        "code: ",
        ("not_yaml", ""),
    ),
]


@pytest.mark.parametrize(("new", "old", "finding"), FAULTS, ids=lambda value: str(value)[:40])
def test_a_planted_fault_is_found_where_it_stands(folder, new, old, finding):
    (folder / "party" / "first.cases.yaml").unlink()
    (folder / "party" / "second.yaml").unlink()
    change(folder, "first.yaml", old, new)
    codes = found(folder)
    assert codes == [] if finding is None else finding in codes


def test_two_documents_must_not_rule_on_one_day_nor_leave_a_gap(folder):
    change(folder, "second.yaml", "from: 2024-01-01", "from: 2023-12-31")
    assert ("overlapping_regimes", "standards.plan.one") in found(folder)
    assert ("overlapping_parameters", "parameters.plan.months_min") in found(folder)
    assert ("replaced_still_in_force", "in_force.to") in found(folder)
    change(folder, "second.yaml", "from: 2023-12-31", "from: 2024-01-02")
    assert found(folder) == [
        ("gap_between_regimes", "standards.plan.one"),
        ("gap_between_regimes", "standards.plan.two"),
    ]


def test_the_same_document_twice_is_found(folder):
    shutil.copy(folder / "party" / "first.yaml", folder / "party" / "copy.yaml")
    assert "duplicate_document" in [code for code, _ in found(folder)]


def test_criteria_that_contradict_each_other_are_named(folder):
    change(
        folder,
        "first.yaml",
        "        parameter: plan.months_min\n",
        """\
        parameter: plan.months_min
      - {key: few, sentence: x, citation: {article: 5}, fact: months_to_retirement, operator: "<", value: 60,
         verified: true}
""",
    )
    (only,) = [finding for finding in check_rulebook(folder).findings if finding.code == "can_never_be_met"]
    assert only.path == "standards.plan.one"
    assert "left, few" in str(only)


def test_values_of_one_parameter_over_time_must_not_overlap(folder):
    two = (
        "{value: 60, unit: tháng, citation: {article: 5}, verified: true, direction: minimum, "
        "local_change: tighten, in_force: {from: %s, to: %s}}"
    )
    for second, wanted in (
        ("2022-01-01", []),
        ("2021-12-31", [("overlapping_versions", "parameters.plan.months_min")]),
    ):
        versions = [two % ("2020-02-01", "2022-01-01"), (two % (second, "2024-01-01")).replace("60", "72")]
        text = SOUND.replace(
            SOUND[SOUND.index("  plan.months_min:") : SOUND.index("  plan.months_max")],
            "  plan.months_min:\n    - " + "\n    - ".join(versions) + "\n",
        )
        (folder / "party" / "first.yaml").write_text(text)
        (folder / "party" / "first.cases.yaml").unlink(missing_ok=True)
        assert [item for item in found(folder) if item[0] == "overlapping_versions"] == wanted
    (folder / "party" / "first.yaml").write_text(text.replace("2021-12-31", "2022-01-01"))
    book = load_rulebook(folder)
    from datetime import date

    required = [
        book.standard("plan.one", day).criteria()[0].required
        for day in (date(2021, 12, 31), date(2022, 1, 1))
    ]
    assert required == [60, 72]


CASE_FAULTS = [
    ("verdict: not_met", "verdict: met", "case_fails"),
    ("blamed: [right]", "blamed: [left]", "case_blames_others"),
    ("facts: {months_to_retire: 60}", "facts: {months_to_retirement: 60}", "unknown_fact"),
    ("facts: {months_to_retirement: many}", "facts: {months_to_retirement: 60}", "wrong_type"),
    ("standard: plan.three, facts", "standard: plan.one, facts", "unknown_standard"),
    ("as_of: 2024-01-01, standard: plan.one", "standard: plan.one", "case_out_of_force"),
    ("verdict: maybe", "verdict: met", "not_a_choice"),
]


@pytest.mark.parametrize(("new", "old", "code"), CASE_FAULTS, ids=lambda value: str(value)[:40])
def test_a_wrong_case_is_found(folder, new, old, code):
    change(folder, "first.cases.yaml", old, new)
    assert code in [code for code, _ in found(folder)]


def test_a_case_on_the_last_day_of_force_is_taken(folder):
    change(folder, "first.cases.yaml", "standard: plan.one", "as_of: 2023-12-31, standard: plan.one")
    assert found(folder) == []


def test_cases_without_their_document_are_found(folder):
    (folder / "party" / "third.cases.yaml").write_text(CASES)
    assert found(folder) == [("orphan_cases", "")]


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty_file"), ("- a\n", "not_a_mapping"), ("code: &again [*again]\n", "reference_used")],
)
def test_a_file_that_is_no_document_at_all_is_found(folder, text, code):
    (folder / "party" / "third.yaml").write_text(text)
    assert found(folder)[0][0] == code


def test_a_faulty_rulebook_is_not_loaded_and_says_where(folder):
    change(folder, "first.yaml", "verified: true", "verified: probably")
    with pytest.raises(BadInput) as error:
        load_rulebook(folder)
    assert error.value.code == "faulty_rules"
    assert error.value.where.startswith("party/first.yaml:8: parameters.plan.months_min.verified")


def test_the_line_of_a_finding_is_the_line_in_the_file(folder):
    change(folder, "first.yaml", 'operator: ">="', 'operator: "=>"')
    (finding,) = [one for one in check_rulebook(folder).findings if one.code == "not_a_choice"]
    assert SOUND.splitlines()[finding.line - 1].strip() == 'operator: ">="'


def test_the_command_answers_0_4_and_2(folder, capsys):
    assert main(["rules", "check", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []
    change(folder, "first.yaml", "unit: tháng", "unti: tháng")
    assert main(["rules", "check", str(folder), "--json"]) == 4
    document = json.loads(capsys.readouterr().out)
    finding = document["findings"][0]
    assert finding | {"message": ""} == {
        "code": "unknown_key",
        "file": "party/first.yaml",
        "line": 8,
        "path": "parameters.plan.months_min.unti",
        "message": "",
    }
    assert "unit" in finding["message"]
    assert main(["rules", "check", str(folder)]) == 4
    assert "party/first.yaml:8: parameters.plan.months_min.unti:" in capsys.readouterr().out
    assert main(["rules", "check", str(folder / "nowhere"), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "no_folder"


def test_the_built_in_rulebook_is_found_sound_by_the_command(capsys):
    assert main(["rules", "check"]) == 0
    assert "0 lỗi" in capsys.readouterr().out
    assert BUILT_IN.name == "rulebook"
