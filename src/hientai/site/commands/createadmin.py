"""`hientai createadmin NAME`: the first account of an installation, who may open others and sees no personnel files."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hientai.site.command_line import Answer

SUMMARY = "tạo tài khoản quản trị đầu tiên / create the first administrator"
STATELESS = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username")
    parser.add_argument(
        "--role", default="administrator", help="administrator | board_officer | unit_head | staff"
    )
    parser.add_argument(
        "--unit", default="", help="mã đơn vị / unit code; bỏ trống là mọi đơn vị / empty: everywhere"
    )


def answer(options: argparse.Namespace) -> Answer:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from hientai.apps.accounts import services
    from hientai.apps.accounts.types import Role
    from hientai.apps.organization import selectors
    from hientai.engines.errors import BadInput
    from hientai.foundation.actor import system
    from hientai.site.command_line import Answer

    if options.role not in Role.values:
        raise BadInput(
            "unknown_role", f"Không có vai trò “{options.role}”. Có: {', '.join(Role.values)}.", "--role"
        )
    today = timezone.localdate()
    actor = system(today)
    unit = selectors.unit_by_code(actor=actor, as_of=today, code=options.unit).id if options.unit else None
    password = _password()
    try:
        validate_password(password)
    except ValidationError as error:
        raise BadInput("weak_password", " ".join(error.messages), "password") from error
    user = services.open_account(
        actor=actor, username=options.username, display_name=options.username, password=password
    )
    services.grant_role(actor=actor, user=user, role=options.role, unit_id=unit, valid_from=today)
    return Answer(
        {"username": user.username, "role": options.role},
        f"Đã tạo tài khoản {user.username} ({options.role}).",
    )


def _password() -> str:
    """From HIENTAI_PASSWORD or typed; never an argument, which other users of the machine could read."""
    given = os.environ.get("HIENTAI_PASSWORD", "")
    if given or not sys.stdin.isatty():
        return given or sys.stdin.readline().rstrip("\n")
    return getpass.getpass("Mật khẩu / password: ")
