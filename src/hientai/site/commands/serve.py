"""`hientai serve`: serves the program; Ctrl-C stops everything it started."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hientai.site.command_line import Answer

SUMMARY = "chạy chương trình trên máy này / serve the program"
STATELESS = True  # it migrates as the owner before Django is set up


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ nghe / address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="cổng / port")
    parser.add_argument("--workers", type=int, default=2, help="số tiến trình / processes")


def answer(options: argparse.Namespace) -> Answer:
    from hientai.site import records, serving
    from hientai.site.command_line import Answer

    records.refuse_half_loaded()
    records.migrate()
    serving.serve(options.host, options.port, options.workers)
    return Answer({"stopped": True}, "Đã dừng.")
