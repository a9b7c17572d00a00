"""Imports measured: two workbooks from file to records, full histories live, a first load, and the floor.

The floor is PostgreSQL's own COPY of the same rows into bare tables. The peer is Horilla 1.x, measured elsewhere on
like hardware: 774 people a second on the 19 columns its importer asks for. One workbook has the same columns, and the
day of birth beside them, without which nobody can be told from a namesake; the other has 19 columns of an office
here, four trainings, party and ethnicity among them. Everything runs on a server and a database of its own.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

HORILLA = 774.0
TODAY = date(2026, 3, 5)
_FAMILIES = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Vũ",
    "Đặng",
    "Lò",
    "Quàng",
    "Giàng",
    "Tòng",
    "Đỗ",
    "Hà",
    "Lường",
    "Vàng",
)
_MIDDLES = (
    "Văn",
    "Đức",
    "Mạnh",
    "Quốc",
    "Hữu",
    "Ngọc",
    "Xuân",
    "Thanh",
    "Minh",
    "Trung",
    "Anh",
    "Hoài",
    "Kim",
    "Thu",
)
_GIVEN = (
    "Hùng",
    "Thắng",
    "Cường",
    "Bình",
    "Phúc",
    "Khánh",
    "Đạt",
    "Quý",
    "Hằng",
    "Loan",
    "Mai",
    "Lan",
    "Yến",
    "Nga",
)
HEADINGS = (
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Số điện thoại", "Email", "Dân tộc", "Tôn giáo",
    "Quê quán", "Nơi ở hiện nay", "Chức vụ", "Ngày bổ nhiệm", "Ngày tuyển dụng", "Ngày vào Đảng", "Trình độ chuyên môn",
    "Lý luận chính trị", "Ngoại ngữ", "Tin học",
)  # fmt: skip
# Badge ID, First Name, Last Name, Phone, Email, Gender, Department, Job Position, Job Role, Work Type, Shift, Employee
# Type, Reporting Manager, Company, Location, Date Joining, Contract End Date, Basic Salary, Salary Hour
PEER_HEADINGS = (
    "Mã cán bộ", "Họ đệm", "Tên", "Số điện thoại", "Email", "Giới tính", "Phòng ban", "Chức vụ", "Vai trò",
    "Hình thức làm việc", "Ca làm việc", "Loại lao động", "Người quản lý trực tiếp", "Công ty", "Địa điểm làm việc",
    "Ngày tuyển dụng", "Ngày hết hạn hợp đồng", "Lương cơ bản", "Lương giờ", "Ngày sinh",
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--people", type=int, default=5_000, help="người trong bảng tính / people in the workbook"
    )
    parser.add_argument(
        "--first", type=int, default=20_000, help="người nạp lần đầu / people of the first load"
    )
    parser.add_argument("--repetitions", type=int, default=3)


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Rows with seconds, CPU of this process, people a second; ratios to the floor and to the peer.

    The first load happens once; the others in turn, each time with other people: medians by wall.
    """
    with tempfile.TemporaryDirectory(prefix="hientai-bench-") as home:
        os.environ["HIENTAI_HOME"] = home
        Path(home).chmod(
            0o755
        )  # the server's own account passes through, so its data lies in here and goes with it
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
            os.environ.pop(name, None)
        from hientai.foundation import embedded_postgres
        from hientai.site import records

        try:
            records.migrate()
            records.start()
            return _measured(options)
        finally:  # before its folder goes: a server without its folder is found by nobody
            embedded_postgres.stop(Path(home))


def _measured(options: argparse.Namespace) -> dict[str, Any]:
    from django.db import connection

    place = _organisation()
    chance = random.Random(7)
    rows = []
    drafts = [_draft(chance, number, place) for number in range(options.first)]
    per_person = sum(_records(draft) for draft in drafts) / len(drafts)
    rows.append(_timed("first load, full histories", options.first, lambda: _first_load(drafts)))
    floor = _timed("floor: COPY of the same rows into bare tables", options.first, lambda: _floor(drafts))
    turns = [_turn(options, chance, place, number) for number in range(options.repetitions)]
    rows += [_median(rows_alike) for rows_alike in zip(*turns, strict=True)]
    rows.append(floor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cadres_person")
        total = cursor.fetchone()[0]
    connection.close()
    live, sheet, richer = rows[1:4]
    return {
        "rows": rows,
        "people_on_file": total,
        "records_per_person": round(per_person, 1),
        "ratio_to_floor": round(rows[0]["seconds"] / floor["seconds"], 2),
        "ratio_to_peer": round(sheet["people_per_second"] / HORILLA, 2),
        "ratio_to_peer_of_the_richer_workbook": round(richer["people_per_second"] / HORILLA, 2),
        "budgets": {
            "first load >= 3000 people/s": rows[0]["people_per_second"] >= 3000,
            "live >= 500 people/s": live["people_per_second"] >= 500,
            "workbook >= 4 x Horilla": sheet["people_per_second"] >= 4 * HORILLA,
        },
    }


def _turn(
    options: argparse.Namespace, chance: random.Random, place: dict[str, int], number: int
) -> list[dict[str, Any]]:
    """Everything but the first load, once."""
    people, begins = options.people, 2 * options.first + number * 3 * options.people
    more = [_draft(chance, begins + each, place) for each in range(people)]
    alike = _workbook(PEER_HEADINGS, _peer_line, chance, begins + people, people)
    richer = _workbook(HEADINGS, _line, chance, begins + 2 * people, people)
    return [
        _timed("live entry, full histories", people, lambda: _enter(more)),
        _timed("workbook of the peer's 19 columns", people, lambda: _import(alike)),
        _timed("workbook of an office's 19 columns", people, lambda: _import(richer)),
        _timed("the same workbook again (unchanged)", people, lambda: _import(richer, again=True)),
    ]


def _median(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return sorted(rows, key=lambda row: row["seconds"])[len(rows) // 2]


def _timed(name: str, people: int, act: Callable[[], Any]) -> dict[str, Any]:
    wall, cpu, server = time.perf_counter(), time.process_time(), _server_seconds()
    act()
    seconds = time.perf_counter() - wall
    ours, theirs = time.process_time() - cpu, _server_seconds() - server
    return {
        "name": name,
        "people": people,
        "seconds": seconds,
        "cpu_seconds": ours + theirs,
        "server_cpu_seconds": theirs,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "people_per_second": round(people / seconds),
        "people_per_cpu_second": round(people / (ours + theirs)),
    }


def _server_seconds() -> float:
    """CPU seconds of the whole server so far, ended processes too (Linux)."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    master = int(_fields(backend)[1])
    ticks = sum(int(field) for field in _fields(master)[11:15])  # its own and those of ended children
    for child in Path(f"/proc/{master}/task/{master}/children").read_text().split():
        with suppress(FileNotFoundError):  # one of the short-lived, ended meanwhile
            ticks += sum(int(field) for field in _fields(int(child))[11:13])
    return ticks / os.sysconf("SC_CLK_TCK")


def _fields(process: int) -> list[str]:
    """What /proc says of a process, from its state on."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


def _organisation() -> dict[str, int]:
    from hientai.apps.organization import services
    from hientai.apps.organization.types import TitleDraft, UnitDraft
    from hientai.foundation.actor import system

    maker, since = system(TODAY), date(2010, 1, 1)
    units = services.establish_units(actor=maker, drafts=[
        UnitDraft("T", "Tỉnh Đo", "area", "government", "province", "", since),
        *(UnitDraft(f"T.{n}", f"Xã Đo {n}", "area", "government", "commune", "T", since, n) for n in range(100)),
    ])  # fmt: skip
    titles = services.enter_titles(actor=maker, drafts=[
        TitleDraft(f"t{n}", f"Chức danh {n}", "commune", 30 - n, "commune", since, order=n) for n in range(6)
    ])  # fmt: skip
    pairs = [(unit, title) for code, unit in units.items() if code != "T" for title in titles.values()]
    seats = services.open_seats(actor=maker, wanted=pairs, valid_from=since)
    return {f"{unit}:{title}": seat for (unit, title), seat in seats.items()}


def _draft(chance: random.Random, number: int, place: dict[str, int]) -> Any:
    from hientai.apps.cadres.drafts import (
        GradeDraft,
        ManagementDraft,
        PersonDraft,
        PositionDraft,
        QualificationDraft,
        RatingDraft,
    )  # fmt: skip
    from hientai.apps.cadres.types import Born

    held = chance.sample(sorted(place), 3)
    years = sorted(chance.sample(range(2012, 2025), 3))
    days = [date(year, 1, 1) for year in years] + [None]
    unit = int(held[2].split(":")[0])
    born = Born(chance.randint(1966, 1995), chance.randint(1, 12), chance.randint(1, 28))
    return PersonDraft(
        full_name=f"{chance.choice(_FAMILIES)} {chance.choice(_MIDDLES)} {chance.choice(_GIVEN)}",
        sex=chance.choice(("male", "female")),
        born=born,
        management=(ManagementDraft(unit, "commune", date(2012, 1, 1)),),
        identities=(f"011{number:09d}",),
        biography={"party_joined_on": date(2010, 2, 3), "ethnicity": "kinh", "home_place": "Điện Biên"},
        positions=tuple(PositionDraft(place[seat], days[i], days[i + 1]) for i, seat in enumerate(held)),  # type: ignore[arg-type]
        qualifications=(
            QualificationDraft("professional", "bachelor", date(2005, 6, 1)),
            QualificationDraft("political_theory", "intermediate", date(2012, 6, 1)),
            QualificationDraft("state_management", "specialist", date(2013, 6, 1)),
        ),
        ratings=tuple(RatingDraft(year, "good") for year in range(2020, 2026)),
        grades=(GradeDraft("01.003", date(2012, 1, 1), 3),),
    )  # fmt: skip


def _records(draft: Any) -> int:
    parts = (draft.management, draft.positions, draft.qualifications, draft.ratings, draft.grades)
    return 2 + 2 * len(draft.identities) + sum(len(part) for part in parts)


def _first_load(drafts: list[Any]) -> None:
    from hientai.site.demo.first_load import first_load

    with first_load():
        _enter(drafts)


def _enter(drafts: list[Any]) -> None:
    from hientai.apps.cadres import services
    from hientai.foundation.actor import system

    for begin in range(0, len(drafts), 5000):
        services.enter_people(actor=system(TODAY), drafts=drafts[begin : begin + 5000], source="đo")


def _floor(drafts: list[Any]) -> None:
    """As many rows of the same width, into tables without keys, indexes and triggers."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE bare (a int, b int, c date, d date, e text, f text, g text)")
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for number, draft in enumerate(drafts):
                for record in range(_records(draft)):
                    copy.write_row((number, record, TODAY, None, draft.full_name, "đo", "commune"))
        cursor.execute("DROP TABLE bare")


def _workbook(
    headings: tuple[str, ...],
    line: Callable[[random.Random, int], list[Any]],
    chance: random.Random,
    first: int,
    people: int,
) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": True, "in_memory": True}) as book:
        sheet = book.add_worksheet("Danh sách")
        sheet.write_row(0, 0, ["DANH SÁCH CÁN BỘ (Tính đến ngày 01/03/2026)"])
        sheet.write_row(1, 0, headings)
        for number in range(people):
            sheet.write_row(number + 2, 0, line(chance, first + number))
    return stream.getvalue()


def _line(chance: random.Random, number: int) -> list[Any]:
    female = chance.random() < 0.5
    year = chance.randint(1966, 1995)
    name = f"{chance.choice(_FAMILIES)} {chance.choice(_MIDDLES)} {chance.choice(_MIDDLES)} {chance.choice(_GIVEN)}"
    day = f"{chance.randint(1, 28):02d}/{chance.randint(1, 12):02d}"
    return [
        number, name, f"{day}/{year}", "Nữ" if female else "Nam",
        f"011{int(female)}{year % 100:02d}{number % 1_000_000:06d}", f"09{number:08d}", f"cb{number}@dienbien.gov.vn",
        "Kinh", "Không", "Điện Biên", f"Tổ {number % 40}", f"Chức danh {number % 6}", f"01/0{number % 9 + 1}/2022",
        "01/09/2012", "03/02/2015", "Đại học", "Trung cấp", "B1", "Cơ bản",
    ]  # fmt: skip


def _peer_line(chance: random.Random, number: int) -> list[Any]:
    born = f"{chance.randint(1, 28):02d}/{chance.randint(1, 12):02d}/{chance.randint(1966, 1995)}"
    return [
        f"NV{number}", f"{chance.choice(_FAMILIES)} {chance.choice(_MIDDLES)} {chance.choice(_MIDDLES)}",
        chance.choice(_GIVEN), f"09{number:08d}", f"nv{number}@dienbien.gov.vn", chance.choice(("Nam", "Nữ")),
        f"Xã Đo {number % 100}", f"Chức danh {number % 6}", "Chuyên môn", "Tại cơ quan", "Hành chính", "Biên chế",
        f"NV{number % 50}", "Tỉnh Đo", "Điện Biên", "01/09/2012", "01/09/2032", 2340000, 15000, born,
    ]  # fmt: skip


def _import(content: bytes, *, again: bool = False) -> None:
    from hientai.apps.exchange import selectors, services
    from hientai.apps.exchange.reading import read_content
    from hientai.engines.worksheet import SavedMapping
    from hientai.foundation.actor import system

    maker = system(TODAY)
    extraction = read_content(content, "do.xlsx", SavedMapping(), TODAY)
    judgement = selectors.preview(
        actor=maker, as_of=TODAY, extraction=extraction, unit_code="T.1", strict=True
    )
    counts = judgement.counts()
    wanted = "unchanged" if again else "created"
    assert counts[wanted] > 0.99 * len(extraction.rows), counts
    services.commit_list(actor=maker, judgement=judgement, source="do.xlsx", allow_partial=True)


def main() -> None:
    """Prints one run."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser)
    for key, value in run(parser.parse_args()).items():
        if key == "rows":
            for row in value:
                print(row)
        else:
            print(f"{key}: {value}")


if __name__ == "__main__":
    main()
