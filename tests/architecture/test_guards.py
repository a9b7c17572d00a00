"""What the house asks of its own source. Each guard is a function of the source, and is shown to catch a breach."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.architecture.source import APPS, SOURCE, app_modules, functions, imports, modules, public_functions

LONGEST_FILE, LONGEST_FUNCTION = 600, 60
MAY_WRITE = {"services.py", "audit.py", "temporal.py"}
WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "delete",
    "_raw_delete",
}
SELECTORS_WITHOUT_DAY = {
    # the tree and code look-ups that scoping and services build on; they tell nothing about people
    ("organization", "subtree_ids"), ("organization", "reach_ids"), ("organization", "frozen_days"),
    ("organization", "unit_id_of"), ("organization", "unit_name_histories"),
    ("accounts", "actor_of"), ("planning", "plan_of"), ("cadres", "person_id_of"),
    ("organization", "closure_differences"), ("regulations", "document_url"),
}  # fmt: skip
SELECTORS_WITHOUT_ACTOR = {
    ("organization", "subtree_ids"),
    ("organization", "reach_ids"),
    ("organization", "unit_id_of"),
    ("organization", "closure_differences"),
    ("accounts", "actor_of"),
    ("regulations", "document_url"),
}
CLOCKS = {"today", "now", "utcnow", "localdate", "localtime"}
MAY_LOOK_AT_THE_CLOCK = ("foundation/web", "site", "apps/exchange/tasks.py")
EDGES_MAY_IMPORT = {"selectors", "types", "services"}
BETWEEN = {
    "models": {"models", "types"},
    "selectors": {"models", "selectors", "types"},
    "facts": {"models", "selectors", "types"},
    "services": {"services", "selectors", "types", "drafts"},
}  # fmt: skip
ELSEWHERE_MAY_IMPORT = {"selectors", "types", "tables", "drafts"}

Sources = Mapping[Path, ast.Module]


def long_functions(sources: Sources) -> Iterator[str]:
    for path, tree in sources.items():
        for function in functions(tree):
            length = (function.end_lineno or function.lineno) - function.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{path}:{function.lineno} {function.name} has {length} lines"


def is_services(path: Path) -> bool:
    """Whether a module holds services: `services.py`, or a room of a package `services`."""
    return path.name == "services.py" or path.parent.name == "services"


def writes_outside_services(sources: Sources) -> Iterator[str]:
    for path, tree in sources.items():
        if path.parts[0] not in ("apps", "site") or path.name in MAY_WRITE or is_services(path):
            continue
        for node in ast.walk(tree):
            called = node.func if isinstance(node, ast.Call) else None
            if (
                isinstance(called, ast.Attribute)
                and called.attr in WRITES
                and "objects" in ast.unparse(called.value)
            ):
                yield f"{path}:{node.lineno} {ast.unparse(called)}"


def acts_without_action(sources: Sources) -> Iterator[str]:
    for path, tree in sources.items():
        if not is_services(path):
            continue
        for function in public_functions(tree):
            actor = [a.arg for a in function.args.kwonlyargs]
            acts = any("action(" in ast.unparse(decorator) for decorator in function.decorator_list)
            if "actor" in actor and not acts:
                yield f"{path}:{function.lineno} {function.name} has an actor but no @action"


def questions_without_actor_or_day(sources: Sources) -> Iterator[str]:
    for path, tree in sources.items():
        if path.name != "selectors.py":
            continue
        for function in public_functions(tree):
            asked = {a.arg for a in (*function.args.args, *function.args.kwonlyargs)}
            key = (path.parts[1], function.name)
            if "actor" not in asked and key not in SELECTORS_WITHOUT_ACTOR:
                yield f"{path}:{function.lineno} {function.name} does not ask who asks"
            if "as_of" not in asked and key not in SELECTORS_WITHOUT_DAY:
                yield f"{path}:{function.lineno} {function.name} does not ask as of when"


def clocks_below_the_edge(sources: Sources) -> Iterator[str]:
    for path, tree in sources.items():
        if str(path).startswith(MAY_LOOK_AT_THE_CLOCK):
            continue
        for node in ast.walk(tree):
            called = node.func if isinstance(node, ast.Call) else None
            if (
                isinstance(called, ast.Attribute)
                and called.attr in CLOCKS
                and ast.unparse(called.value)
                in ("date", "datetime", "timezone", "datetime.date", "datetime.datetime")
            ):
                yield f"{path}:{node.lineno} {ast.unparse(node)}"


def imports_between_capabilities(sources: Sources) -> Iterator[str]:
    for path, tree in sources.items():
        if path.parts[0] != "apps" or len(path.parts) < 3:
            continue
        allowed = BETWEEN.get(path.parts[2].removesuffix(".py"), ELSEWHERE_MAY_IMPORT)
        for line, module in imports(tree):
            parts = module.split(".")
            if parts[:2] != ["hientai", "apps"] or len(parts) < 4 or parts[2] == path.parts[1]:
                continue
            if parts[3] not in allowed:
                yield f"{path}:{line} imports {module}"


GUARDS = {
    long_functions: "def f():\n" + "    x = 1\n" * LONGEST_FUNCTION,
    writes_outside_services: "def f():\n    Person.objects.filter(pk=1).delete()\n",
    acts_without_action: "def close(*, actor):\n    pass\n",
    questions_without_actor_or_day: "def people():\n    pass\n",
    clocks_below_the_edge: "from datetime import date\nday = date.today()\n",
    imports_between_capabilities: "from hientai.apps.planning.models import Slot\n",
}
PLANTED_AT = {acts_without_action: "services.py", questions_without_actor_or_day: "selectors.py"}


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_the_source_keeps(guard: object) -> None:
    assert list(guard(modules())) == []  # type: ignore[operator]


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_a_planted_breach_is_caught_by(guard: object) -> None:
    planted = {Path("apps/cadres") / PLANTED_AT.get(guard, "views.py"): ast.parse(GUARDS[guard])}  # type: ignore[call-overload]
    assert list(guard(planted))  # type: ignore[operator]


def test_no_file_is_longer_than_six_hundred_lines() -> None:
    files = [p for p in SOURCE.rglob("*") if p.suffix in (".py", ".html", ".css") and "vendor" not in p.parts]
    assert [f"{p}" for p in files if p.read_text(encoding="utf-8").count("\n") > LONGEST_FILE] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [str(path) for path, tree in modules().items() if tree.body and not ast.get_docstring(tree)]
    assert silent == []


def test_every_template_is_used() -> None:
    templates = {
        p.relative_to(p.parents[1] if p.parent.name != "templates" else p.parent): p
        for p in SOURCE.rglob("templates/**/*.html")
    }
    said = "\n".join(p.read_text(encoding="utf-8") for p in SOURCE.rglob("*") if p.suffix in (".py", ".html"))
    named = {"403.html", "404.html", "500.html", "registration/login.html"}
    unused = [
        str(name) for name, path in templates.items()
        if str(name) not in named and "cotton" not in path.parts and f"{name}" not in said
    ]  # fmt: skip
    assert unused == []


def test_every_capability_has_its_words_and_its_registration() -> None:
    for app in sorted(path for path in APPS.iterdir() if path.is_dir() and path.name != "__pycache__"):
        assert (app / "apps.py").exists(), app
    assert app_modules("apps").keys() == {
        p.name for p in APPS.iterdir() if p.is_dir() and p.name != "__pycache__"
    }
