"""addresses.md: every address of the program, what it shows, and who may open it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from hientai.apps.accounts.types import Role
from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.site.reference.markdown import code, first_sentence, table

MATRIX = Path(__file__).resolve().parents[4] / "tests/web/test_matrix.py"
ACCOUNTS = {
    "bantochuc": Role.BOARD_OFFICER,
    "huyen1": Role.UNIT_HEAD,
    "canbo": Role.STAFF,
    "kythuat": Role.ADMINISTRATOR,
}
ANSWERS = {"OK": "yes", "REFUSED": "refused", "NOT_FOUND": "not found", "OWN": "own file", "BAD": "bad input"}
HEAD = """# Addresses

Every address needs a sign-in unless it says *anybody*. Who may open what is the written matrix of
`tests/web/test_matrix.py`, which is tried against every role: *refused* is answered 403; *not found* is answered 404,
as for something that does not exist, because the record asked for lies outside the scope; *own file* opens for the
person it is about. What the matrix does not name yet is *not written down*, and its test fails until it is. The rows
asked for in that test lie outside the unit head's subtree, so *not found* there means "inside the own subtree only"."""


def addresses() -> str:
    """Screens, then the API."""
    matrix, roles, signed_in = _matrix()
    screens, interface = [], []
    for route, pattern in _patterns(get_resolver().url_patterns):
        view = getattr(pattern.callback, "view_class", pattern.callback)
        may = matrix.get(_typed(route)) or [_unwritten(pattern, route in signed_in)] * len(roles)
        if route.startswith("api/"):
            interface += [
                [code(f"{verb} /{route}"), said, *may] for verb, said in _operations(pattern, route)
            ]
        else:
            screens.append([code(f"/{route}"), code(pattern.name or ""), first_sentence(view), *may])
    return "\n\n".join(
        [
            HEAD,
            "## Screens\n\n" + table(["address", "name", "what it shows", *roles], screens),
            "## API\n\nErrors are `application/problem+json` with `status`, `code`, `title`, `where`. The session is "
            "that of the screens; `?as_of=` asks as of a day.\n\n"
            + table(["address", "what it answers", *roles], interface),
        ]
    )


def _patterns(patterns: list[Any], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns, route)
        else:
            yield route, pattern


def _typed(route: str) -> str:
    """`<code>` written as `<str:code>`, as the matrix has it."""
    return "/".join(
        f"<str:{part[1:-1]}>" if part.startswith("<") and ":" not in part else part
        for part in route.split("/")
    )


def _unwritten(pattern: URLPattern, signed_in: bool) -> str:
    """What holds for an address that the matrix leaves out; signed_in: on purpose, for it asks for no role."""
    if not getattr(pattern.callback, "login_required", True) or pattern.name in ("api-root", "openapi-json"):
        return "anybody"
    return "yes" if signed_in else "not written down"


def _operations(pattern: URLPattern, route: str) -> list[tuple[str, str]]:
    """(method, summary) of what the API answers at a route."""
    from hientai.site.api import api

    paths = api.get_openapi_schema()["paths"]
    wanted = "/" + _typed(route).replace("<str:", "{").replace(">", "}")
    found = [(verb.upper(), str(one.get("summary", ""))) for verb, one in paths.get(wanted, {}).items()]
    return found or [
        (
            "GET",
            {"openapi-json": "The OpenAPI document", "api-root": "Nothing: 404"}[str(pattern.name)],
        )
    ]


def _matrix() -> tuple[dict[str, list[str]], list[str], set[str]]:
    """The written matrix (route -> one answer for each role), the names of the roles, routes that ask for no role."""
    try:
        tree = ast.parse(MATRIX.read_text(encoding="utf-8"))
        kept = {
            _target(node): node.value for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)
        }
        rows, accounts = kept["MATRIX"], ast.literal_eval(kept["ROLES"])  # type: ignore[arg-type]
        assert isinstance(rows, ast.Dict)
        matrix = {
            ast.literal_eval(key): [ANSWERS[answer.id] for answer in row.elts]  # type: ignore[arg-type, attr-defined]
            for key, row in zip(rows.keys, rows.values, strict=True)
        }
    except (OSError, KeyError, AttributeError, ValueError) as error:
        raise BadInput(
            "no_matrix",
            say("Không đọc được bảng quyền trong {file}: {why}.", file=MATRIX.name, why=str(error)),
            MATRIX.name,
        ) from error
    return matrix, [str(ACCOUNTS[name].label) for name in accounts], ast.literal_eval(kept["OPEN"])


def _target(node: ast.Assign | ast.AnnAssign) -> str:
    target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
    return target.id if isinstance(target, ast.Name) else ""
