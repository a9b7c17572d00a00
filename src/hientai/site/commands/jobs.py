"""`hientai jobs`: does long work (imports, packs of reports) until interrupted; `serve` runs one beside the pages."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hientai.site.command_line import Answer

SUMMARY = "làm việc dài ở nền / do long work in the background"
STATELESS = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--until-idle", action="store_true", help="dừng khi hết việc / stop when nothing waits"
    )


def answer(options: argparse.Namespace) -> Answer:
    from procrastinate.contrib.django import app

    from hientai.foundation.jobs import do_chores
    from hientai.site import asking
    from hientai.site.command_line import Answer

    do_chores(asking.operator())
    worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    worker_app.run_worker(wait=not options.until_idle, install_signal_handlers=True, delete_jobs="always")
    return Answer({"stopped": True}, "Đã dừng.")
