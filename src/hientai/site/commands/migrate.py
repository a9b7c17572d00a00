"""`hientai migrate`: brings the tables up to date, as their owner."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hientai.site.command_line import Answer

SUMMARY = "cập nhật cấu trúc dữ liệu / bring the database up to date"
STATELESS = True  # it starts the database itself, with the role that owns the tables


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def answer(options: argparse.Namespace) -> Answer:
    from hientai.site import records
    from hientai.site.command_line import Answer

    records.migrate()
    return Answer({"migrated": True}, "Cấu trúc dữ liệu đã cập nhật.")
