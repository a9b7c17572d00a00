"""Keeps the English catalogue: takes the texts out of the source, compiles, says what is missing.

    python tools/messages.py update     after adding or changing texts: new ones come in empty, old ones go
    python tools/messages.py compile    after translating: writes the .mo files
    python tools/messages.py check      what the guard asks; exit code 1 when something is missing

Texts are Vietnamese in the source. In Python they are the first argument of a keyword (`_`, `say`, ...), also
where they reach it through a variable, a table or a parameter: a function that hands a parameter on to a
keyword is a keyword itself. In templates Django's own reader finds them. See docs/howto/translate.md.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import polib
import yaml
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "hientai"
LOCALE = SOURCE / "locale"
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.po"
OVERRIDES = LOCALE / "vi" / "LC_MESSAGES" / "django.po"
# tables whose entries have a text under that key
TABLES = {"engines/worksheet/vocabulary/fields.yaml": "label"}
# data whose texts people read: files, keys of the texts wherever they stand, context ("" without one)
DATA: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("rulebook/party/*.yaml", ("title", "sentence", "scope", "note", "notes"), ""),
    ("rulebook/state/*.yaml", ("title", "sentence", "scope", "note", "notes"), ""),
    ("rulebook/register/documents.yaml", ("title", "note"), ""),
    ("rulebook/procedures/*-*.yaml", ("title", "note", "convener", "summoned"), ""),
    ("rulebook/dossiers/*.yaml", ("title", "note", "notes"), ""),
    ("engines/ballots/published.yaml", ("title",), ""),
    ("rulebook/code_lists/*.yaml", ("name",), "code"),
    ("rulebook/register/names.yaml", ("name",), ""),
)
NOT_READ = {"migrations", "locale", "static"}
HEAD = {
    "Project-Id-Version": "hientai",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}

# keyword -> (place of the text, place of its plural, place of its context)
KEYWORDS: dict[str, tuple[int, int | None, int | None]] = {
    **dict.fromkeys(
        ("_", "gettext", "gettext_lazy", "_l", "_now", "gettext_noop", "say", "translate"), (0, None, None)
    ),
    "Sentence": (0, None, None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (0, 1, None)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (1, None, 0)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (1, 2, 0)),
}

# context ("" without one), text, plural ("" without one)
Message = tuple[str, str, str]
Function = ast.FunctionDef | ast.AsyncFunctionDef
# (module by id for a private name, else 0; name of the function) -> (place, name) of the parameters handed on
Carriers = Mapping[tuple[int, str], set[tuple[int, str]]]

_BY_NAME_ONLY = 1_000  # the place of a parameter that no call gives by its place
_IN_TEMPLATE = re.compile(r"\b(n?p?gettext|_)\(")
_PERCENT = re.compile(r"%\((\w+)\)[a-z]")
_BRACES = re.compile(r"\{(\w*)[^{}]*\}")


def main(words: list[str]) -> int:
    if words == ["update"]:
        update()
    elif words == ["compile"]:
        for path in (ENGLISH, OVERRIDES):
            path.with_suffix(".mo").write_bytes(compiled(path))
    elif words != ["check"]:
        sys.exit(__doc__)
    found = faults(messages(), polib.pofile(str(ENGLISH)))
    sys.stdout.writelines(f"{fault}\n" for fault in found)
    return 1 if found and words == ["check"] else 0


# --- what the source says


def messages() -> dict[Message, list[str]]:
    """Every text of the program with the files (relative to the project) that say it, in the order of files."""
    found: dict[Message, list[str]] = defaultdict(list)
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in _files("*.py")}
    carriers = carriers_of(trees.values())
    for path, tree in trees.items():
        _note(found, path, in_python(tree, carriers))
    for name, key in TABLES.items():
        _note(found, SOURCE / name, in_table((SOURCE / name).read_text(encoding="utf-8"), key))
    for pattern, keys, context in DATA:
        for path in sorted(SOURCE.glob(pattern)):
            if not path.name.endswith(".cases.yaml"):
                _note(found, path, in_data(yaml.safe_load(path.read_text(encoding="utf-8")), keys, context))
    for path in [*_files("*.html"), *_files("*.txt")]:
        _note(found, path, in_template(path.read_text(encoding="utf-8")))
    return dict(found)


def _files(pattern: str) -> list[Path]:
    return sorted(path for path in SOURCE.rglob(pattern) if not NOT_READ & set(path.parts))


def _note(found: dict[Message, list[str]], path: Path, texts: Iterable[Message]) -> None:
    name = path.relative_to(ROOT).as_posix()
    for message in texts:
        if message[1] and name not in found[message]:
            found[message].append(name)


def in_table(text: str, key: str) -> Iterator[Message]:
    """The texts under that key of the entries of a YAML file of lists."""
    for entries in yaml.safe_load(text).values():
        yield from (("", entry[key], "") for entry in entries if key in entry)


def in_data(value: object, keys: tuple[str, ...], context: str) -> Iterator[Message]:
    """The texts under these keys, at any depth."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key in keys:
                texts = part if isinstance(part, list) else [part]
                yield from ((context, text.strip(), "") for text in texts if isinstance(text, str))
            yield from in_data(part, keys, context)
    elif isinstance(value, list):
        for part in value:
            yield from in_data(part, keys, context)


def in_template(text: str) -> Iterator[Message]:
    """The texts of a template, as Django will look them up."""
    code = templatize(text)
    for start in _IN_TEMPLATE.finditer(code):
        call = _call_at(code, start.start())
        if call is not None:
            yield from _said(call, KEYWORDS[start[1]])


def _call_at(code: str, start: int) -> ast.Call | None:
    """The call that begins there; Django's reader leaves the rest of the template around it as rubbish."""
    end = code.find(")", start)
    while end >= 0:
        try:
            call = ast.parse(code[start : end + 1], mode="eval").body
        except SyntaxError:
            end = code.find(")", end + 1)
            continue
        return call if isinstance(call, ast.Call) else None
    return None


def in_python(tree: ast.Module, carriers: Carriers) -> Iterator[Message]:
    """The texts of a module; `carriers` as of `carriers_of`."""
    values = _assigned(tree)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = _name(call.func)
        if name in KEYWORDS:
            yield from _said(call, KEYWORDS[name])
            if call.args and (variable := _variable(call.args[KEYWORDS[name][0] :][:1])):
                for value in values.get(variable, ()):
                    yield from (("", text, "") for text in _texts(value))
        for place, keyword in carriers.get(_known_as(name, tree), ()):
            for value in _argument(call, place, keyword):
                yield from (("", text, "") for text in _texts(value))


def carriers_of(trees: Iterable[ast.Module]) -> Carriers:
    """Functions and classes that hand a parameter on to a keyword."""
    found: dict[tuple[int, str], set[tuple[int, str]]] = defaultdict(set)
    named = [(tree, *pair) for tree in trees for pair in _named_functions(tree)]
    before = -1
    while before != (before := sum(map(len, found.values()))):
        for tree, names, function in named:
            for place, keyword in list(_handed_on(function, tree, found)):
                for name in names:
                    found[_known_as(name, tree)].add((place, keyword))
    return dict(found)


def _known_as(name: str, tree: ast.Module) -> tuple[int, str]:
    """Private names of two modules are two things."""
    return (id(tree) if name.startswith("_") else 0), name


def _named_functions(tree: ast.Module) -> Iterator[tuple[list[str], Function]]:
    """Each function with the names it is called by: a constructor by its class and the classes below it."""
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    below = {one.name: [one.name] for one in classes}
    for one in classes:
        for base in one.bases:
            below.get(_name(base), []).append(one.name)
    makers = {id(part): below[one.name] for one in classes for part in one.body}
    for node in ast.walk(tree):
        if isinstance(node, Function):
            if node.name != "__init__":
                yield [node.name], node
            elif id(node) in makers:
                yield makers[id(node)], node


def _handed_on(function: Function, tree: ast.Module, carriers: Carriers) -> Iterator[tuple[int, str]]:
    parameters = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    if parameters[:1] in (["self"], ["cls"]):
        del parameters[0]
    names = {name: place for place, name in enumerate(parameters)}
    names |= {one.arg: _BY_NAME_ONLY for one in function.args.kwonlyargs}
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        name = _name(call.func)
        handed = [call.args[KEYWORDS[name][0]]] if name in KEYWORDS and call.args else []
        for place, keyword in carriers.get(_known_as(name, tree), ()):
            handed += _argument(call, place, keyword)
        for value in handed:
            if isinstance(value, ast.Name) and value.id in names:
                yield names[value.id], value.id


def _argument(call: ast.Call, place: int, keyword: str) -> list[ast.expr]:
    named = [one.value for one in call.keywords if one.arg == keyword]
    return named or call.args[place : place + 1]


def _said(call: ast.Call, places: tuple[int, int | None, int | None]) -> Iterator[Message]:
    text, plural, context = places
    others = [_only_text(call, place) for place in (context, plural)]
    for value in call.args[text : text + 1]:
        yield from ((others[0], one, others[1]) for one in _texts(value))


def _only_text(call: ast.Call, place: int | None) -> str:
    if place is None or place >= len(call.args):
        return ""
    return next(_texts(call.args[place]), "")


def _texts(value: ast.expr) -> Iterator[str]:
    """The literals that a value can be: itself, the branches of a choice, the members of a table."""
    if isinstance(value, ast.Constant):
        if isinstance(value.value, str):
            yield value.value
    elif isinstance(value, ast.IfExp):
        yield from (*_texts(value.body), *_texts(value.orelse))
    elif isinstance(value, ast.Dict):
        for member in value.values:
            yield from _texts(member)
    elif isinstance(value, ast.Tuple | ast.List):
        for member in value.elts:
            yield from _texts(member)
    elif isinstance(value, ast.Subscript):
        yield from _texts(value.value)
    elif isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "get":
        yield from _texts(value.func.value)


def _assigned(tree: ast.Module) -> dict[str, list[ast.expr]]:
    """What each name of the module is set to, wherever."""
    found: dict[str, list[ast.expr]] = defaultdict(list)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found[target.id].append(node.value)
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and isinstance(node.target, ast.Name):
            found[node.target.id] += [node.value] if node.value else []
    return found


def _variable(values: list[ast.expr]) -> str:
    """`name` of the argument name, name[...] or name.get(...)."""
    value = values[0] if values else None
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        value = value.func.value
    if isinstance(value, ast.Subscript):
        value = value.value
    return value.id if isinstance(value, ast.Name) else ""


def _name(value: ast.expr) -> str:
    if isinstance(value, ast.Attribute):
        return "" if value.attr == "translate" else value.attr  # str.translate is another thing
    return value.id if isinstance(value, ast.Name) else ""


# --- the catalogue


def update() -> None:
    """Writes the catalogue anew from the source; what has a translation keeps it."""
    known = {_key(entry): entry for entry in polib.pofile(str(ENGLISH))} if ENGLISH.exists() else {}
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = dict(HEAD)
    for message, files in sorted(messages().items(), key=lambda item: (item[1][0], item[0][1])):
        catalogue.append(_entry(message, files, known.get(message)))
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(ENGLISH))


def _key(entry: polib.POEntry) -> Message:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural


def _entry(message: Message, files: list[str], known: polib.POEntry | None) -> polib.POEntry:
    context, text, plural = message
    entry = polib.POEntry(msgid=text, msgctxt=context or None, occurrences=[(name, "") for name in files])
    if plural:
        entry.msgid_plural = plural
        entry.msgstr_plural = dict(known.msgstr_plural) if known else {0: "", 1: ""}
    elif known:
        entry.msgstr = known.msgstr
    return entry


def compiled(path: Path) -> bytes:
    """The .mo of a .po, the same bytes each time."""
    return bytes(polib.pofile(str(path)).to_binary())


def faults(said: Mapping[Message, list[str]], catalogue: Iterable[polib.POEntry]) -> list[str]:
    """What is wrong with the catalogue against the texts of the source, one line each."""
    known = {_key(entry): entry for entry in catalogue}
    found = [f"{said[one][0]}: not in the catalogue: {one[1]!r}" for one in said if one not in known]
    found += [f"no longer said: {one[1]!r}" for one in known if one not in said]
    for entry in known.values():
        found += _entry_faults(entry)
    return found


def _entry_faults(entry: polib.POEntry) -> Iterator[str]:
    translations = [entry.msgstr] if not entry.msgid_plural else [*entry.msgstr_plural.values()]
    wanted = fields(entry.msgid)
    for text in translations:
        if not text.strip():
            yield f"not translated: {entry.msgid!r}"
        elif fields(text) != wanted:
            yield f"other fields than {sorted(wanted)}: {entry.msgid!r} -> {text!r}"
        elif _edges(text) != _edges(entry.msgid):
            yield f"space at the edges differs: {entry.msgid!r} -> {text!r}"


@cache
def fields(text: str) -> frozenset[str]:
    """The fields of both kinds: {name} and %(name)s."""
    return frozenset(_BRACES.findall(text)) | frozenset(f"%{name}" for name in _PERCENT.findall(text))


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
