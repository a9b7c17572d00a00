"""Whole folders that somebody hands in wrong: each is told with file, line, key and what to do, and none breaks the
command or takes long."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.rules.test_faulty_rules import CASES, NEXT, SOUND

from hientai.engines.errors import BadInput
from hientai.rulebook.load import BUILT_IN, check_rulebook
from hientai.rulebook.procedures import FOLDER as PROCEDURES
from hientai.rulebook.whole_folder import check_folder
from hientai.site.command_line import main

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{after}: &{after} [*{before}, *{before}, *{before}, *{before}, *{before}, *{before}, *{before}, *{before}]\n"
    for before, after in zip("abcdefghijklmno", "bcdefghijklmnop", strict=True)
)
DEEP = "code: " + "[" * 5_000 + "]" * 5_000 + "\n"
CODED = SOUND.encode("utf-8").replace("Quy định".encode(), "Quy định".encode("utf-16-le"))

Act = Callable[[Path], object]
# what is done to a sound folder, then (code, file, line, what the message must tell)
FOLDERS: dict[str, tuple[Act, tuple[str, str, int, str]]] = {
    "a bomb of references": (
        lambda at: (at / "bomb.yaml").write_text(BOMB), ("reference_used", "bomb.yaml", 1, "“shared”"),
    ),
    "an anchor used once": (
        lambda at: change(at, "{value: 60,", "{value: &sixty 60,"), ("reference_used", "first.yaml", 8, "“use”"),
    ),
    "a merge of mappings": (
        lambda at: change(at, "  plan.share:", "  <<: {x: 1}\n  plan.share:"), ("bad_key", "first.yaml", 7, "<<"),
    ),
    "lists in lists without end": (
        lambda at: (at / "deep.yaml").write_text(DEEP), ("too_deep", "deep.yaml", 1, "phẳng"),
    ),
    "the same key twice": (
        lambda at: change(at, "signed:", "issuer: Nơi khác\nsigned:"), ("duplicate_key", "first.yaml", 4, "bỏ một lần"),
    ),
    "a list as a key": (
        lambda at: change(at, "signed:", "? [a, b]\n: 1\nsigned:"), ("bad_key", "first.yaml", 1, "một từ"),
    ),
    "an object of another program": (
        lambda at: change(at, "title: Quy định thử", "title: !!python/object/apply:os.getcwd []"),
        ("bad_value", "first.yaml", 2, "bỏ đi"),
    ),
    "a file that is not UTF-8": (
        lambda at: (at / "first.yaml").write_bytes(CODED), ("not_utf8", "first.yaml", 2, "UTF-8"),
    ),
    "a file with a character nobody sees": (
        lambda at: change(at, "issuer: Nơi", "issuer: \x07Nơi"), ("not_yaml", "first.yaml", 3, "dòng"),
    ),
    "a tab instead of spaces": (
        lambda at: change(at, "  plan.share:", "\tplan.share:"), ("not_yaml", "first.yaml", 12, "dấu cách"),
    ),
    "a quotation mark left open": (
        lambda at: change(at, 'operator: ">="', 'operator: ">='), ("not_yaml", "first.yaml", 21, "dấu nháy"),
    ),
    "two documents in one file": (
        lambda at: (at / "first.yaml").write_text(SOUND + "---\n" + SOUND),
        ("not_yaml", "first.yaml", SOUND.count("\n") + 1, "YAML"),
    ),
    "a folder named like a file": (
        lambda at: (at / "third.yaml").mkdir(), ("not_a_file", "third.yaml", 0, "đổi tên"),
    ),
    "an ending that nothing reads": (
        lambda at: (at / "first.yaml").rename(at / "third.yml"), ("wrong_ending", "third.yml", 0, ".yaml"),
    ),
    "a huge file": (
        lambda at: (at / "third.yaml").write_text("# x\n" * 200_000), ("too_large", "third.yaml", 0, "tách"),
    ),
    "an empty file": (
        lambda at: (at / "third.yaml").write_text("# chưa viết\n"), ("empty_file", "third.yaml", 0, "xóa"),
    ),
    "a link to nothing": (
        lambda at: (at / "third.yaml").symlink_to(at / "nowhere"), ("not_a_file", "third.yaml", 0, "chuyển đi"),
    ),
    "a day that is not in the calendar": (
        lambda at: change(at, "signed: 2020-01-01", "signed: 2020-02-30"), ("bad_value", "first.yaml", 4, "sửa lại"),
    ),
    "a day with an hour": (
        lambda at: change(at, "signed: 2020-01-01", "signed: 2020-01-01 10:00:00"),
        ("not_a_day", "first.yaml", 4, "2021-12-27"),
    ),
    "a number that YAML reads otherwise": (
        lambda at: change(at, "{value: 60,", "{value: 1:00,"), ("odd_number", "first.yaml", 8, "60"),
    ),
    "a number without end": (
        lambda at: change(at, "{value: 60,", "{value: .inf,"), ("odd_number", "first.yaml", 8, "số thường"),
    ),
    "a list of lists as a value": (
        lambda at: change(at, "{value: 60,", "{value: [[60]],"), ("bad_value", "first.yaml", 8, "chữ và số"),
    ),
    "no value in a list of versions": (
        lambda at: change(at, "  plan.share:", "  plan.none: []\n  plan.share:"),
        ("not_a_list", "first.yaml", 12, "ít nhất"),
    ),
    "cases of nothing": (
        lambda at: (at / "first.cases.yaml").write_text("cases: []\n"),
        ("not_a_list", "first.cases.yaml", 1, "ít nhất"),
    ),
    "two regimes on one day": (
        lambda at: (at / "second.yaml").write_text(NEXT.replace("from: 2024-01-01", "from: 2023-12-31")),
        ("overlapping_regimes", "second.yaml", 25, "Chồng lấn"),
    ),
    "a day without a regime": (
        lambda at: (at / "second.yaml").write_text(NEXT.replace("from: 2024-01-01", "from: 2024-01-02")),
        ("gap_between_regimes", "second.yaml", 25, "Khoảng trống"),
    ),
    "a criterion nobody can meet": (
        lambda at: change(at, "{value: 60,", "{value: 5000,"), ("never_met", "first.yaml", 17, "không bao giờ"),
    ),
    "a fact there is not": (
        lambda at: change(at, "fact: months_to_retirement", "fact: months_to_retire"),
        ("unknown_fact", "first.yaml", 20, "danh mục"),
    ),
    "years for months": (
        lambda at: change(at, "unit: tháng", "unit: năm"), ("unit_mismatch", "first.yaml", 17, "tháng"),
    ),
    "a value without its article": (
        lambda at: change(at, "citation: {article: 5, source: PAGE}, ", ""),
        ("missing_citation", "first.yaml", 8, "thêm"),
    ),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "rules"
    place.mkdir()
    (place / "first.yaml").write_text(SOUND)
    (place / "first.cases.yaml").write_text(CASES)
    (place / "second.yaml").write_text(NEXT)
    return place


def change(place: Path, old: str, new: str) -> None:
    file = place / "first.yaml"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new, 1))


def test_there_are_enough_of_them_and_the_folder_is_sound_before(folder: Path) -> None:
    assert len(FOLDERS) >= 20
    assert check_folder(folder).findings == ()


@pytest.mark.parametrize("name", FOLDERS)
def test_a_faulty_folder_is_told_with_file_line_and_what_to_do(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    act, (code, file, line, advice) = FOLDERS[name]
    act(folder)
    assert main(["rules", "check", str(folder), "--json"]) == 4
    findings = json.loads(capsys.readouterr().out)["findings"]
    told = [one for one in findings if (one["code"], one["file"], one["line"]) == (code, file, line)]
    assert told, findings
    assert advice in told[0]["message"]
    assert len(findings) < 12, "one fault is told once, not by everything that follows from it"
    assert main(["rules", "check", str(folder)]) == 4
    assert f"{file}:{line}: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("make", "code", "advice"),
    [
        (lambda at: at / "nowhere", "no_folder", "đường dẫn"),
        (lambda at: at / "first.yaml", "not_a_folder", "thư mục chứa"),
        (lambda at: _empty(at), "no_rules", "không có tệp quy tắc"),
        (lambda at: _crowded(at), "too_many_files", "chỉ đúng thư mục"),
    ],
)
def test_a_place_that_is_no_folder_of_rules_is_refused(
    make: Callable[[Path], Path], code: str, advice: str, folder: Path
) -> None:
    with pytest.raises(BadInput) as error:
        check_rulebook(make(folder))
    assert error.value.code == code and advice in str(error.value)
    assert main(["rules", "check", str(make(folder)), "--json"]) == 2


def _empty(at: Path) -> Path:
    (at / "empty").mkdir(exist_ok=True)
    return at / "empty"


def _crowded(at: Path) -> Path:
    (at / "crowd").mkdir(exist_ok=True)
    for number in range(2_001):
        (at / "crowd" / f"{number}.txt").touch()
    return at / "crowd"


# --- procedures beside the documents


@pytest.fixture
def with_procedures(folder: Path) -> Path:
    (folder / "procedures").mkdir()
    for file in ("planning-on-spot-qd-50.yaml", "planning-on-spot-qd-377.yaml", "holidays.yaml"):
        (folder / "procedures" / file).write_text((PROCEDURES / file).read_text())
    return folder


def test_procedures_are_checked_and_listed(with_procedures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check", str(with_procedures), "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["procedures"]
    assert [one["file"] for one in listed] == [
        "procedures/planning-on-spot-qd-50.yaml", "procedures/planning-on-spot-qd-377.yaml",
    ]  # fmt: skip
    assert main(["rules", "check"]) == 0
    said = capsys.readouterr().out
    assert "procedures/appointment-on-spot-qd-377.yaml: quy trình" in said and "Không kiểm ở lệnh này" in said


PROCEDURE_FAULTS = [
    ("convener: Người đứng đầu", "convenor: Người đứng đầu", "unknown_key", "steps[1]"),
    ("needs: [plan, source_list]", "needs: [plan, list]", "unknown_paper", "steps[0].needs"),
    ("next: {done: b2}", "next: {done: b9}", "unsound_procedure", "steps"),
    ("from: 2021-12-27", "from: hôm qua", "not_a_day", "in_force.from"),
    ("quorum: 2/3", "quorum: hai phần ba", "bad_value", ""),
    ("kind: planning.on_spot", "kind: [planning]", "not_a_name", "kind"),
    ("version: 1", "version: &v 1", "reference_used", ""),
    ("to: 2025-10-08", "to: 2025-10-09", "overlapping_regimes", "in_force.from"),
]


@pytest.mark.parametrize(
    ("old", "new", "code", "path"), PROCEDURE_FAULTS, ids=[one[2] for one in PROCEDURE_FAULTS]
)
def test_a_faulty_procedure_is_told_with_its_key(
    old: str, new: str, code: str, path: str, with_procedures: Path
) -> None:
    file = with_procedures / "procedures" / "planning-on-spot-qd-50.yaml"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new, 1))
    found = check_folder(with_procedures).findings
    assert (code, path) in [(one.code, one.path) for one in found]
    assert all(one.file.startswith("procedures/") for one in found)
    assert code in ("bad_value", "reference_used") or all(one.line > 0 for one in found)


def test_a_copy_of_the_built_in_rules_is_sound_and_a_wrong_template_in_it_is_found(tmp_path: Path) -> None:
    for file in [*BUILT_IN.rglob("*.yaml")]:
        (tmp_path / file.relative_to(BUILT_IN)).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file.relative_to(BUILT_IN)).write_text(file.read_text())
    found = check_folder(tmp_path)
    assert found.findings == () and found.procedures and found.templates and found.quality_rules
    template = tmp_path / "dossiers" / "nd-170-2025-bo-nhiem.yaml"
    template.write_text(template.read_text().replace("required:", "requird:", 1))
    assert "unknown_key" in [one.code for one in check_folder(tmp_path).findings]
