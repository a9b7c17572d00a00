"""`hientai docs`: writes the reference pages that the program knows best itself; `--check` only compares."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hientai.site.command_line import Answer

SUMMARY = "viết các trang tra cứu sinh từ mã nguồn / write the generated reference pages"
STATELESS = True  # it sets Django up without a database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--check", action="store_true", help="chỉ so, nêu trang đã cũ / only compare, name stale pages"
    )


def answer(options: argparse.Namespace) -> Answer:
    """The pages written, or with `--check` the stale ones and exit status 4."""
    from hientai.engines.errors import BadInput
    from hientai.engines.wording import say
    from hientai.site import reference
    from hientai.site.command_line import ANSWERED, FAULTS_FOUND, Answer

    if not (reference.ROOT / "docs").is_dir():
        raise BadInput("no_checkout", say("Chỉ chạy được trong thư mục mã nguồn (có docs/)."), "docs")
    _set_up_without_records()
    if options.check:
        found = [path.as_posix() for path in reference.stale()]
        text = "\n".join(f"{path}: đã cũ; chạy `python3 go.py docs` rồi ghi vào kho." for path in found)
        return Answer(
            {"stale": found}, text or "Các trang tra cứu đều mới.", FAULTS_FOUND if found else ANSWERED
        )
    done = [path.as_posix() for path in reference.written()]
    return Answer({"written": done}, "\n".join(done) or "Các trang tra cứu đều mới.")


def _set_up_without_records() -> None:
    from django.apps import apps

    if apps.ready:
        return
    from hientai.site.records import SETTINGS

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()
