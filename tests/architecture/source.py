"""The program's own source, parsed once for all guards."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "hientai"
APPS = SOURCE / "apps"


@cache
def modules() -> dict[Path, ast.Module]:
    """Every module but migrations, by path relative to the package."""
    files = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
    return {path.relative_to(SOURCE): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def app_modules(name: str) -> dict[str, ast.Module]:
    """The module of that name in each app that has it: app -> tree."""
    return {
        path.parts[1]: tree
        for path, tree in modules().items()
        if path.parts[0] == "apps" and path.parts[2:] == (f"{name}.py",)
    }


def functions(tree: ast.AST) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def public_functions(tree: ast.Module) -> list[ast.FunctionDef]:
    """Functions at the top of a module whose name does not begin with an underscore."""
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def imports(tree: ast.AST) -> list[tuple[int, str]]:
    """(line, module) of every import; `from a import b` counts as a.b."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found
