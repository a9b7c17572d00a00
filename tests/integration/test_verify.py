"""`verify` finds what was changed behind the program's back; each fault is planted by raw SQL or on disk."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from django.db import connection
from tests.factories.province import Province

from hientai.foundation import audit, snapshot
from hientai.site import integrity

pytestmark = pytest.mark.usefixtures("own_database")


@pytest.fixture(autouse=True)
def _open(django_db_blocker: Any, own_database: str) -> Any:
    with django_db_blocker.unblock():
        yield


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _faults() -> dict[str, list[str]]:
    return {check: faults for check, faults in integrity.faults().items() if faults}


def test_untouched_records_agree(province: Province) -> None:
    audit.seal()
    assert _faults() == {}


def test_a_changed_event_breaks_its_seal(province: Province) -> None:
    audit.seal()
    _unguarded(
        "foundation_auditevent",
        "UPDATE foundation_auditevent SET actor = 'ai khác' WHERE id = (SELECT min(id) FROM foundation_auditevent)",
    )
    assert list(_faults()) == ["nhật ký kiểm toán"]


def test_a_removed_batch_breaks_the_chain(province: Province) -> None:
    audit.seal()
    audit.record_reading(actor=province.maker, what="person", details={"person_id": 1})
    audit.seal()
    _unguarded(
        "foundation_auditseal",
        "UPDATE foundation_auditseal SET previous = '' WHERE id = (SELECT max(id) FROM foundation_auditseal)",
    )
    assert list(_faults()) == ["nhật ký kiểm toán"]


def test_a_missing_line_of_the_tree_is_found(province: Province) -> None:
    _run(
        "DELETE FROM organization_unitsubtree WHERE id = (SELECT min(id) FROM organization_unitsubtree WHERE depth = 2)"
    )
    assert "cây đơn vị" in _faults()


def test_a_drifted_scope_is_found_with_the_person(province: Province) -> None:
    _run(f"UPDATE cadres_person SET held_by_id = {province.units['T']} WHERE id = {province.people[-1]}")
    assert len(_faults()["phạm vi hồ sơ"]) == 1


def test_an_altered_file_of_the_snapshot_is_found(province: Province) -> None:
    generation = snapshot.current()
    file = generation.tables["persons"]
    pl.read_parquet(file).with_columns(born_year=pl.col("born_year") + 1).write_parquet(file)
    assert _faults() == {"bản chụp cột": ["Bảng persons: bản chụp không còn khớp với cơ sở dữ liệu."]}


def _sealed(province: Province) -> None:
    integrity.seal(province.maker)
    assert _faults() == {}


def _unguarded(table: str, sql: str) -> None:
    """What somebody with the owner's password does: switch the trigger off, change, switch it on again."""
    _run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    _run(sql)
    _run(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE {t} SET full_name = 'Ai Khác' WHERE id = (SELECT min(id) FROM {t})",
        "UPDATE {t} SET recorded_from = recorded_from - interval '1 day' WHERE id = (SELECT min(id) FROM {t})",
        "DELETE FROM {t} WHERE id = (SELECT max(id) FROM {t})",
    ],
    ids=["value", "entry time", "deleted"],
)
def test_changed_history_is_found(province: Province, change: str) -> None:
    _sealed(province)
    snapshot.current()
    _unguarded("cadres_biographicalrecord", change.format(t="cadres_biographicalrecord"))
    found = _faults()
    assert len(found["lịch sử"]) == 1 and "cadres_biographicalrecord" in found["lịch sử"][0]


def test_lawful_changes_after_a_seal_are_no_faults_and_are_sealed_next_time(province: Province) -> None:
    from hientai.apps.cadres import services as cadres

    _sealed(province)
    cadres.correct_biography(
        actor=province.maker, person_id=province.people[0], because="thử", residence="Phường Mới"
    )
    assert "lịch sử" not in _faults()
    _sealed(province)
    _unguarded(
        "cadres_biographicalrecord",
        "UPDATE cadres_biographicalrecord SET residence = 'Khác' WHERE residence = 'Phường Mới'",
    )
    assert len(_faults()["lịch sử"]) == 1


def test_overlapping_versions_and_the_missing_rule_are_found(province: Province) -> None:
    _run("ALTER TABLE cadres_management DROP CONSTRAINT management_no_overlap")
    _run(
        """INSERT INTO cadres_management (line, valid_from, valid_to, source, reason, tier, person_id, unit_id)
           SELECT gen_random_uuid(), valid_from, valid_to, '', '', tier, person_id, unit_id FROM cadres_management
           ORDER BY id LIMIT 1"""
    )
    found = _faults()
    assert len(found["trùng thời gian"]) == 1 and "cadres_management" in found["trùng thời gian"][0]
    assert found["chốt bảo vệ"] == ["Bảng cadres_management: ràng buộc “management_no_overlap” đã bị gỡ."]


def test_a_trigger_left_switched_off_is_found(province: Province) -> None:
    _run("ALTER TABLE cadres_position DISABLE TRIGGER USER")
    assert _faults() == {
        "chốt bảo vệ": ["Bảng cadres_position: chốt “versions_are_never_edited” đã bị gỡ hoặc tắt."]
    }


@pytest.mark.parametrize("harm", ["altered", "swapped", "gone"])
def test_a_file_altered_swapped_or_gone_is_found(
    province: Province, harm: str, settings: Any, tmp_path: Any
) -> None:
    from datetime import date

    from tests.factories import papers
    from tests.factories.province import actor_named

    from hientai.apps.dossiers import services
    from hientai.apps.dossiers.types import PaperDraft

    settings.HOME = tmp_path
    officer = actor_named("bantochuc")
    purpose = services.open_purpose(actor=officer, title="Đợt", template="appointment.civil_servant")
    services.add_people(actor=officer, purpose_id=purpose.pk, person_ids=[province.people[0]])
    dossier = purpose.dossiers.get().pk
    for item in ("health", "diplomas"):
        draft = PaperDraft(item, date(2026, 1, 1), papers.pdf(item), "a.pdf")
        services.bring_papers(actor=officer, papers=[(dossier, draft)])
    assert _faults() == {}
    one, other = sorted(file for file in (tmp_path / "papers").rglob("*") if file.is_file())
    if harm == "altered":
        content = bytearray(one.read_bytes())
        content[-1] ^= 1
        one.write_bytes(bytes(content))
    elif harm == "swapped":
        one.write_bytes(other.read_bytes())
    else:
        one.unlink()
    assert len(_faults()["tệp giấy tờ"]) == 1


def test_the_command_ends_with_four_and_the_list(
    province: Province, capsys: pytest.CaptureFixture[str]
) -> None:
    import json

    from hientai.site.command_line import main

    assert main(["verify", "--seal", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sealed"]
    _unguarded(
        "cadres_position",
        "UPDATE cadres_position SET source = 'khác' WHERE id = (SELECT min(id) FROM cadres_position)",
    )
    assert main(["verify", "--json"]) == 4
    document = json.loads(capsys.readouterr().out)
    assert [one["check"] for one in document["checks"] if one["faults"]] == ["lịch sử"]


def test_the_command_checks_a_bundle_alone(
    province: Province, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    from hientai.site.command_line import main

    assert main(["verify", "--bundle", str(tmp_path / "gone.zip")]) == 2
    capsys.readouterr()
