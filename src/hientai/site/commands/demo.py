"""`hientai demo`: a database of invented people on real units, then the program on it."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hientai.engines.errors import BadInput
from hientai.engines.wording import say

if TYPE_CHECKING:
    from hientai.site.command_line import Answer

SUMMARY = "bản trình diễn với dữ liệu hư cấu / a demo with fictional people"
STATELESS = True  # it makes its own database before Django is set up
SCENARIOS = ("dien-bien", "ha-long")
USUAL_PEOPLE = 25_944
MARK = "demo"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--scenario", choices=SCENARIOS, default=SCENARIOS[0])
    parser.add_argument(
        "--people",
        type=int,
        default=None,
        metavar="N",
        help=f"số người, thường {USUAL_PEOPLE} (chỉ với dien-bien) / how many people",
    )
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="hạt giống ngẫu nhiên / random seed")
    parser.add_argument(
        "--fresh", action="store_true", help="làm lại từ đầu / rebuild even when there is one"
    )
    parser.add_argument(
        "--before-reform",
        action="store_true",
        help="trước ngày 01/07/2025, với đợt sắp xếp là dự thảo (chỉ dien-bien) / the eve, the reform as a draft",
    )
    parser.add_argument("--no-serve", action="store_true", help="chỉ nạp dữ liệu / load only")
    parser.add_argument("--port", type=int, default=8000)


def answer(options: argparse.Namespace) -> Answer:
    from config import env

    from hientai.site import records, serving
    from hientai.site.command_line import Answer
    from hientai.site.demo import ACCOUNTS, PASSWORD, VERSION

    home = env.read().home
    people = _people(options)
    asked = {"scenario": options.scenario, "people": people, "seed": options.seed, "version": VERSION}
    if options.before_reform:
        if options.scenario != SCENARIOS[0]:
            raise BadInput(
                "no_reform_to_prepare",
                say("Chỉ kịch bản dien-bien có đợt sắp xếp dự thảo."),
                "--before-reform",
            )
        asked["before_reform"] = True
    if not options.no_serve:
        serving.check_port("127.0.0.1", options.port)
    if options.fresh or _loaded(home) != asked:
        if options.no_serve:
            _load(home, asked)
        else:
            _load_apart(options)
    records.migrate()
    accounts = [{"username": name, "password": PASSWORD, "role": role} for name, role in ACCOUNTS]
    if not options.no_serve:
        _announce(options.port, accounts)
        serving.serve("127.0.0.1", options.port, workers=2)
    text = "\n".join(f"{a['username']} / {a['password']} ({a['role']})" for a in accounts)
    return Answer({**asked, "accounts": accounts, "home": str(home)}, text)


def _people(options: argparse.Namespace) -> int:
    """How many people are asked for; 0 where the scenario itself says how many there are."""
    if options.scenario != SCENARIOS[0]:
        if options.people is not None:
            raise BadInput(
                "people_given_by_scenario",
                say(
                    "Số người của kịch bản {scenario} do số liệu nguồn quyết định.", scenario=options.scenario
                ),
                "--people",
            )
        return 0
    people = USUAL_PEOPLE if options.people is None else int(options.people)
    if people < 100:
        raise BadInput("too_few_people", say("Bản trình diễn cần ít nhất 100 người."), "--people")
    return people


def _load_apart(options: argparse.Namespace) -> None:
    """Loads in a process of its own: reckoning starts threads, and a server forked from these would stand still."""
    command = [sys.executable, "-P", "-m", "hientai.site.command_line", "demo", "--no-serve"]
    command += ["--scenario", options.scenario, "--seed", str(options.seed)]
    command += [] if options.people is None else ["--people", str(options.people)]
    command += ["--fresh"] if options.fresh else []
    command += ["--before-reform"] if options.before_reform else []
    loaded = subprocess.run(command, stdout=subprocess.DEVNULL)
    if loaded.returncode:
        raise SystemExit(loaded.returncode)


def _loaded(home: Path) -> dict[str, Any] | None:
    mark = home / MARK
    try:
        return dict(json.loads(mark.read_text(encoding="utf-8")).get("loaded") or {}) or None
    except (OSError, ValueError):
        return None


def _load(home: Path, asked: dict[str, Any]) -> None:
    """Empties a demo database (never another one) and fills it; the mark is complete only when all is in."""
    from hientai.foundation import embedded_postgres
    from hientai.site import records

    mark = home / MARK
    if not mark.exists() and embedded_postgres.status(home).folder is not None:
        raise BadInput(
            "not_a_demo",
            say(
                "Thư mục {home} chứa dữ liệu thật, không nạp bản trình diễn lên đó. "
                "Đặt HIENTAI_HOME sang thư mục khác.",
                home=home,
            ),
            str(home),
        )
    home.mkdir(parents=True, exist_ok=True)
    mark.write_text(json.dumps({"loaded": None}), encoding="utf-8")
    records.start_database()
    records.empty_database()
    from hientai.site import demo

    before_reform, ready = bool(asked.get("before_reform", False)), []

    def reckon() -> None:
        records.start(tables_come=True)
        ready.append(demo.reckon(asked["scenario"], asked["people"], asked["seed"]))

    records.migrate(meanwhile=reckon)
    demo.load(
        scenario=asked["scenario"],
        people=asked["people"],
        seed=asked["seed"],
        report=_report,
        before_reform=before_reform,
        reckoned=ready[0],
    )
    if not before_reform:
        demo.evaluate()
    mark.write_text(json.dumps({"loaded": asked}), encoding="utf-8")


def _report(text: str) -> None:
    sys.stderr.write(f"  {text}\n")
    sys.stderr.flush()


def _announce(port: int, accounts: list[dict[str, str]]) -> None:
    lines = [f"\nHiền Tài: http://127.0.0.1:{port}/   (dữ liệu hư cấu / fictional people; Ctrl-C để dừng)"]
    lines += [
        f"  {account['username']:<12} {account['password']:<24} {account['role']}" for account in accounts
    ]
    sys.stderr.write("\n".join(lines) + "\n")
    os.environ.setdefault("HIENTAI_AGENCY", "Ban Tổ chức Tỉnh ủy")
