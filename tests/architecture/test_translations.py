"""The English catalogue is whole: every text of the source, the same fields, and what is compiled is current."""

from __future__ import annotations

import ast
from pathlib import Path

import polib
import pytest
from django.utils import translation
from tools import messages

from hientai.engines.criteria.tree import walk
from hientai.rulebook import load_rulebook
from hientai.rulebook.code_lists import code_lists
from hientai.rulebook.names import names


def python(text: str) -> set[str]:
    tree = ast.parse(text)
    return {one for _, one, _ in messages.in_python(tree, messages.carriers_of([tree]))}


def entry(text: str, english: str) -> polib.POEntry:
    return polib.POEntry(msgid=text, msgstr=english)


def test_every_text_of_the_source_has_an_english_one_with_the_same_fields() -> None:
    assert messages.faults(messages.messages(), polib.pofile(str(messages.ENGLISH))) == []


def test_every_name_that_gettext_goes_by_is_one_whose_texts_are_taken() -> None:
    names = {
        alias.asname or alias.name
        for path in messages.SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if "gettext" in alias.name
    }
    assert names - set(messages.KEYWORDS) == set()


@pytest.mark.parametrize("path", [messages.ENGLISH, messages.OVERRIDES], ids=["en", "vi"])
def test_the_compiled_catalogue_is_made_of_the_one_people_edit(path: Path) -> None:
    assert path.with_suffix(".mo").read_bytes() == messages.compiled(path), (
        "run: python tools/messages.py compile"
    )


@pytest.mark.parametrize("path", [messages.ENGLISH, messages.OVERRIDES], ids=["en", "vi"])
def test_a_catalogue_holds_neither_doubtful_nor_dead_entries(path: Path) -> None:
    assert [one.msgid for one in polib.pofile(str(path)) if one.fuzzy or one.obsolete] == []


def test_vietnamese_overrides_keep_the_fields_of_the_library() -> None:
    wrong = [
        one.msgid
        for one in polib.pofile(str(messages.OVERRIDES))
        for text in ([one.msgstr] if not one.msgid_plural else one.msgstr_plural.values())
        if messages.fields(text) != messages.fields(one.msgid) or not text
    ]
    assert wrong == []


def test_the_program_speaks_both_languages() -> None:
    with translation.override("en"):
        assert translation.gettext("Họ và tên") == "Full name"
        assert translation.ngettext("Có %(n)s chỗ sai", "Có %(n)s chỗ sai", 2) == "%(n)s places are wrong"
    with translation.override("vi"):
        assert translation.gettext("Họ và tên") == "Họ và tên"
        assert translation.gettext("This field is required.") == "Chưa điền ô này."


# --- the reader of the source finds what people see, and what is wrong


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("_('một')", {"một"}),
        ("say('một {n}', n=2)", {"một {n}"}),
        ("say('một' if a else 'hai')", {"một", "hai"}),
        ("MARKS = {1: 'một', 2: 'hai'}\ndef f(x, translate): return translate(MARKS[x])", {"một", "hai"}),
        ("def refuse(code, text): raise Bad(say(text))\nrefuse('x', 'một')", {"một"}),
        ("def outer(text): inner(text)\ndef inner(t): say(t)\nouter(text='một')", {"một"}),
        ("class Bad:\n def __init__(self, code, text): say(text)\nclass Worse(Bad): ...\nWorse(1, 'một')", {"một"}),
        ("'tiếng'.translate('không')", set()),
        ("print('không')", set()),
    ],
)  # fmt: skip
def test_texts_are_found_however_they_reach_their_keyword(source: str, found: set[str]) -> None:
    assert python(source) == found


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("{% translate 'một' %}", {("", "một", "")}),
        ("{% translate 'một' context 'x' %}", {("x", "một", "")}),
        ('<p title="{{ a|default:_("một (1)") }}">', {("", "một (1)", "")}),
        ("{% blocktranslate %}một {{ n }}{% endblocktranslate %}", {("", "một %(n)s", "")}),
        (
            "{% blocktranslate count n=n %}một{% plural %}{{ n }} hai{% endblocktranslate %}",
            {("", "một", "%(n)s hai")},
        ),
        ("{# {% translate 'không' %} #} không", set()),
    ],
)
def test_texts_of_templates_are_found(template: str, found: set[tuple[str, str, str]]) -> None:
    assert set(messages.in_template(template)) == found


@pytest.mark.parametrize(
    ("catalogue", "fault"),
    [
        ([], "not in the catalogue"),
        ([entry("{n} người", "")], "not translated"),
        ([entry("{n} người", "people")], "other fields"),
        ([entry("{n} người", "{m} people")], "other fields"),
        ([entry("{n} người", "{n} people ")], "space at the edges"),
        ([entry("{n} người", "{n} people"), entry("cũ", "old")], "no longer said"),
    ],
)
def test_a_wrong_catalogue_is_reported(catalogue: list[polib.POEntry], fault: str) -> None:
    said = {("", "{n} người", ""): ["src/hientai/x.py"]}
    assert [fault in one for one in messages.faults(said, catalogue)] == [True]
    assert messages.faults(said, [entry("{n} người", "{n} people")]) == []


def test_texts_of_data_are_found_at_any_depth() -> None:
    data = {"title": " một ", "parts": [{"sentence": "hai", "note": "không"}, {"all": [{"sentence": "ba"}]}]}
    found = set(messages.in_data(data, ("title", "sentence"), "x"))
    assert found == {("x", "một", ""), ("x", "hai", ""), ("x", "ba", "")}


def test_every_rule_name_of_a_value_and_value_of_a_code_list_is_told_in_english() -> None:
    """Asked of what is loaded, so that a new kind of rule file cannot be left out of the catalogue unseen."""
    said = {text for context, text, _plural in messages.messages() if not context}
    coded = {text for context, text, _plural in messages.messages() if context == "code"}
    sentences = {
        node.sentence.template
        for document in load_rulebook().documents
        for standard in document.standards.values()
        for node in walk(standard.rule)
    }
    titles = {s.title.template for d in load_rulebook().documents for s in d.standards.values()}
    assert sentences and sentences | titles <= said
    assert {name.template for name in names().values()} <= said
    assert {entry.name for entry in code_lists()} <= coded
