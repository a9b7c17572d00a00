"""The documents tell the truth: links lead somewhere, commands and words exist, generated pages are current."""

from __future__ import annotations

import ast
import importlib.util
import pkgutil
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.architecture.source import APPS, ROOT, SOURCE, modules

LEFT_OUT = {".git", ".venv", "var", "wheelhouse", "node_modules", "test-results", "staticfiles", "dist"}
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.S)
COMMAND = re.compile(r"python3 go\.py ([a-z][a-z-]*)")
TEXTS = {
    ".py",
    ".md",
    ".html",
    ".css",
    ".js",
    ".toml",
    ".yaml",
    ".yml",
    ".txt",
    ".in",
    ".cfg",
    ".json",
    ".sql",
    ".svg",
}
REGISTRY = re.compile(
    r"https?://[^\s\"')]*\b(?:pypi|pythonhosted|npmjs|crates)[.][a-z]+|--(?:extra-)?index-url[ =]\S"
)


def texts() -> list[Path]:
    """Every text file of the repository, without what a checkout makes for itself."""
    found = []
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        made = LEFT_OUT & set(parts) or any(
            part.startswith(".") and part not in (".ci", ".importlinter", ".gitignore") for part in parts
        )
        if (
            not made
            and path.is_file()
            and (path.suffix in TEXTS or path.name in (".importlinter", ".gitignore", "run", "LICENSE"))
        ):
            found.append(path)
    return found


def documents() -> list[Path]:
    return [path for path in texts() if path.suffix == ".md"]


def dead_links(document: Path, text: str) -> list[str]:
    """Relative links of a document that lead to no file, or to no heading in it."""
    dead = []
    for link in LINK.findall(CODE.sub("", text)):
        path, _, fragment = link.partition("#")
        target = document.parent / unquote(path) if path else document
        if "://" in link or link.startswith("mailto:"):
            continue
        if not target.exists() or (fragment and target.suffix == ".md" and fragment not in _anchors(target)):
            dead.append(link)
    return dead


def _anchors(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def traces(text: str) -> list[str]:
    """Paths of the machine somebody builds on, and addresses of package registries."""
    return [
        found.group() for pattern in (_paths_of_this_machine(), REGISTRY) for found in pattern.finditer(text)
    ]


def _paths_of_this_machine() -> re.Pattern[str]:
    """The checkout, the home folder, and any home folder; a folder directly below / says nothing about anybody."""
    folders = [str(path) for path in (ROOT, Path.home()) if len(path.parts) > 2]
    return re.compile(
        "|".join([*(rf"{re.escape(folder)}\b" for folder in folders), r"(?<![\w./])/(?:home/\w+|root)/"])
    )


def words_of_the_command_line() -> set[str]:
    spec = importlib.util.spec_from_file_location("go", ROOT / "go.py")
    assert spec and spec.loader
    usage = re.search(r'USAGE = """(.+?)"""', (ROOT / "go.py").read_text(encoding="utf-8"), re.S)
    assert usage
    own = set(re.findall(r"^  ([a-z]+) ", usage.group(1), re.M))
    return own | {
        found.name.replace("_", "-") for found in pkgutil.iter_modules([str(SOURCE / "site" / "commands")])
    }


def unknown_words(text: str, known: Iterable[str]) -> set[str]:
    return set(COMMAND.findall(text)) - set(known)


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_of(document: Path) -> None:
    assert dead_links(document, document.read_text(encoding="utf-8")) == []


def test_a_dead_link_is_found() -> None:
    text = (
        "[gone](gone.md) [no heading](README.md#nowhere) `[code](is-no-link.md)` [there](README.md#documents)"
    )
    assert dead_links(ROOT / "docs" / "README.md", text) == ["gone.md", "README.md#nowhere"]


def test_every_page_is_listed_in_the_list_of_documents() -> None:
    listed = {
        unquote(link.partition("#")[0])
        for link in LINK.findall((ROOT / "docs/README.md").read_text(encoding="utf-8"))
    }
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")} - {
        "README.md"
    }
    assert pages - listed == set()


def test_documents_name_only_words_the_command_line_knows() -> None:
    known = words_of_the_command_line()
    wrong = {path.name: unknown_words(path.read_text(encoding="utf-8"), known) for path in documents()}
    assert {name: words for name, words in wrong.items() if words} == {}


def test_an_unknown_word_is_found() -> None:
    assert unknown_words("python3 go.py fly --now", words_of_the_command_line()) == {"fly"}


def test_readme_names_the_accounts_of_the_demo() -> None:
    demo = modules()[Path("site/demo/__init__.py")]
    said = {
        node.value
        for node in ast.walk(demo)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    kept = {
        node.targets[0].id: node.value
        for node in demo.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `(\w+)` \|", readme, re.M)
    assert named and set(named) <= said
    assert f"`{ast.literal_eval(kept['PASSWORD'])}`" in readme


def test_glossary_names_classes_and_arguments_that_exist() -> None:
    first = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").split("## The field")[0]
    words = set(re.findall(r"^\| `(\w+)`", first, re.M))
    written = {
        node.name
        for tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef | ast.FunctionDef)
    }
    arguments = {
        node.arg for tree in modules().values() for node in ast.walk(tree) if isinstance(node, ast.arg)
    }
    assert words and words - written - arguments == set()


def test_architecture_names_every_capability_and_engine() -> None:
    said = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    folders = [
        path
        for place in (APPS, SOURCE / "engines")
        for path in place.iterdir()
        if (path / "__init__.py").exists()
    ]
    assert [path.name for path in folders if not re.search(rf"\b{path.name}\b", said)] == []


def test_decisions_have_numbers_of_their_own_and_say_them() -> None:
    files = sorted((ROOT / "docs" / "adr").glob("*.md"))
    numbers = [path.name[:4] for path in files]
    assert len(set(numbers)) == len(numbers)
    for path in files:
        head = path.read_text(encoding="utf-8").splitlines()[0]
        assert re.match(rf"# 0*{int(path.name[:4])}\. ", head), path.name


def test_generated_pages_are_current() -> None:
    from hientai.site import reference

    assert reference.stale() == [], "run: python3 go.py docs"


def test_a_changed_missing_or_left_over_page_is_stale(tmp_path: Path) -> None:
    from hientai.site import reference

    first = reference.written(tmp_path)
    assert first == sorted(reference.FOLDER / name for name in reference.pages())
    folder = tmp_path / reference.FOLDER
    (folder / "facts.md").write_text("something else", encoding="utf-8")
    (folder / "rules.md").unlink()
    (folder / "former.md").write_text(f"{reference.MARK}\n", encoding="utf-8")
    (folder / "by-hand.md").write_text("kept\n", encoding="utf-8")

    assert [path.name for path in reference.stale(tmp_path)] == ["facts.md", "former.md", "rules.md"]
    reference.written(tmp_path)
    assert reference.stale(tmp_path) == []
    assert (folder / "by-hand.md").exists() and not (folder / "former.md").exists()


def test_every_registration_is_on_its_page() -> None:
    from hientai.foundation import registry
    from hientai.site.reference.registry import registries

    page = registries()
    for panel in registry.panels():
        assert f"| {panel.code} |" in page
    for table in registry.exports():
        assert f"| {table} |" in page
    assert not re.search(r"\|  \|$", page, re.M), "somebody registers without being named"


def test_the_repository_says_nothing_about_where_it_was_built() -> None:
    found = {
        str(path.relative_to(ROOT)): traces(path.read_text(encoding="utf-8", errors="replace"))
        for path in texts()
    }
    assert {name: names for name, names in found.items() if names} == {}


def test_a_trace_is_found() -> None:
    registry = "pypi" + ".org"
    for trace in (
        f"cp {ROOT}/go.py .",
        "/home/" + "lan/x",
        f"https://{registry}/simple",
        "--index-url" + " x",
    ):
        assert traces(trace), trace
    assert traces("see https://vietnamnet.vn/Home/Politics/x and ./root/x") == []
