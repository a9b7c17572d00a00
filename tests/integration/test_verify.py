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
    _run("ALTER TABLE foundation_auditevent DISABLE TRIGGER USER")
    _run(
        "UPDATE foundation_auditevent SET actor = 'ai khác' WHERE id = (SELECT min(id) FROM foundation_auditevent)"
    )
    assert list(_faults()) == ["nhật ký kiểm toán"]


def test_a_removed_batch_breaks_the_chain(province: Province) -> None:
    audit.seal()
    audit.record_reading(actor=province.maker, what="person", details={"person_id": 1})
    audit.seal()
    _run("ALTER TABLE foundation_auditseal DISABLE TRIGGER USER")
    _run(
        "UPDATE foundation_auditseal SET previous = '' WHERE id = (SELECT max(id) FROM foundation_auditseal)"
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
