"""A slate problem out of a JSON document, or one clear sentence about what is wrong and where."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hientai.engines.errors import BadInput
from hientai.engines.slate.amounts import Amount, exact, read_amount
from hientai.engines.slate.problem import Condition, Group, Person, Problem, Rule, Trait, Truth
from hientai.engines.wording import say

_PROBLEM = {"people", "choose", "rules", "must", "must_not", "together", "apart"}
_PERSON = {"id", "score", "traits"}
_RULE = {"name", "where", "of", "min", "max", "each", "price"}
_LIMITS = ("ge", "gt", "le", "lt")


def read_problem(document: Any) -> Problem:
    """The problem that a JSON document states (format: docs/reference/slate.md).

    Numbers may be int, float (read as the decimal they print as) or Decimal. Raises BadInput.
    """
    fields = _object(document, _PROBLEM, "")
    people = tuple(_person(entry, f"people[{i}]") for i, entry in enumerate(_list(fields, "people")))
    _check_unique((person.id for person in people), "people", "duplicate_person", "Trùng mã người “{name}”.")
    known = {person.id for person in people}
    rules = _rules(_list(fields, "rules", ()), people)
    problem = Problem(
        people=people,
        choose=_choose(fields, len(people)),
        rules=rules,
        must=_ids(fields, "must", known),
        must_not=_ids(fields, "must_not", known),
        together=_groups_of_ids(fields, "together", known),
        apart=_groups_of_ids(fields, "apart", known),
    )
    _check_must(problem)
    return problem


def _choose(fields: Mapping[str, Any], people: int) -> int:
    if "choose" not in fields:
        raise BadInput("missing_key", say("Thiếu mục “{key}”.", key="choose"), "choose")
    choose = fields["choose"]
    if isinstance(choose, bool) or not isinstance(choose, int) or choose < 0:
        raise BadInput(
            "bad_choose",
            say("Số người cần chọn phải là số nguyên không âm, không phải {value}.", value=choose),
            "choose",
        )
    if choose > people:
        raise BadInput(
            "choose_above_people",
            say("Cần chọn {choose} người nhưng danh sách chỉ có {people}.", choose=choose, people=people),
            "choose",
        )
    return choose


def _check_must(problem: Problem) -> None:
    both = sorted(set(problem.must) & set(problem.must_not))
    if both:
        raise BadInput(
            "must_and_must_not",
            say("“{person}” vừa phải chọn vừa không được chọn: bỏ một trong hai.", person=both[0]),
            "must",
        )


def _person(entry: Any, where: str) -> Person:
    fields = _object(entry, _PERSON, where)
    for key in ("id", "score"):
        if key not in fields:
            raise BadInput("missing_key", say("Thiếu mục “{key}”.", key=key), where)
    traits = _object(fields.get("traits", {}), None, f"{where}.traits")
    return Person(
        id=_text(fields["id"], f"{where}.id"),
        score=exact(fields["score"], f"{where}.score"),
        traits={
            _nfc(name): tuple(_trait(v, f"{where}.traits.{name}") for v in _several(value) if v is not None)
            for name, value in traits.items()
        },
    )


def _rules(entries: Iterable[Any], people: tuple[Person, ...]) -> tuple[Rule, ...]:
    known = {name for person in people for name in person.traits}
    rules: list[Rule] = []
    for i, entry in enumerate(entries):
        where = f"rules[{i}]"
        fields = _object(entry, _RULE, where)
        rule = _rule(fields, known, where)
        rules += (
            _for_each(rule, fields["each"], people, known, f"{where}.each") if "each" in fields else [rule]
        )
    _check_unique((rule.name for rule in rules), "rules", "duplicate_rule", "Trùng tên quy tắc “{name}”.")
    return tuple(rules)


def _rule(fields: Mapping[str, Any], known: set[str], where: str) -> Rule:
    if "name" not in fields:
        raise BadInput("missing_key", say("Thiếu mục “{key}”.", key="name"), where)
    base = fields.get("of")
    if isinstance(base, str) and base != "chosen":
        raise BadInput(
            "bad_base",
            say("“of” phải là “chosen” hoặc điều kiện của một nhóm, không phải “{base}”.", base=base),
            f"{where}.of",
        )
    amounts: dict[str, Amount] = {
        side: read_amount(fields[side], base is not None, f"{where}.{side}")
        for side in ("min", "max")
        if side in fields
    }
    if not amounts:
        raise BadInput("rule_without_bound", say("Quy tắc không có “min” cũng không có “max”."), where)
    if len({type(amount) for amount in amounts.values()}) == 2:
        raise BadInput(
            "count_and_share",
            say("Một quy tắc dùng số người hoặc tỷ lệ cho cả “min” và “max”: tách thành hai quy tắc."),
            where,
        )
    price = exact(fields.get("price", 1), f"{where}.price")
    if price <= 0:
        raise BadInput("bad_price", say("Giá của quy tắc phải lớn hơn 0."), f"{where}.price")
    return Rule(
        name=_text(fields["name"], f"{where}.name"),
        where=_group(fields.get("where", {}), known, f"{where}.where"),
        of=None if base is None or isinstance(base, str) else _group(base, known, f"{where}.of"),
        least=amounts.get("min"),
        most=amounts.get("max"),
        price=price,
    )


def _for_each(rule: Rule, trait: Any, people: tuple[Person, ...], known: set[str], where: str) -> list[Rule]:
    """One rule per value: {"each": "unit"} for all held, {"each": {"unit": ["A", "B"]}} for those listed."""
    if isinstance(trait, str):
        name, values = _nfc(trait), None
    else:
        fields = _object(trait, None, where)
        if len(fields) != 1:
            raise BadInput("bad_each", say("“each” nêu đúng một đặc điểm."), where)
        name, listed = next(iter(fields.items()))
        values = [_trait(value, where) for value in _several(listed)]
    _check_trait(name, known, where)
    if values is None:
        held = {value for person in people for value in person.traits.get(name, ())}
        values = sorted(held, key=lambda value: (type(value).__name__, str(value)))
    return [
        replace(
            rule,
            name=f"{rule.name} [{shown(value)}]",
            where=(*rule.where, Condition(name, frozenset({value}))),
        )
        for value in values
    ]


def shown(value: Trait) -> str:
    """A trait value as it is printed in names of rules."""
    if isinstance(value, Truth):
        return "true" if value.value else "false"
    return str(value)


def _group(entry: Any, known: set[str], where: str) -> Group:
    conditions = []
    for name, asked in _object(entry, None, where).items():
        at = f"{where}.{name}"
        _check_trait(_nfc(name), known, at)
        conditions.append(_condition(_nfc(name), asked, at))
    return tuple(conditions)


def _condition(name: str, asked: Any, where: str) -> Condition:
    if not isinstance(asked, Mapping):
        return Condition(name, frozenset(_trait(value, where) for value in _several(asked)))
    fields = _object(asked, {*_LIMITS, "not"}, where)
    if not fields:
        raise BadInput("empty_condition", say("Điều kiện trống."), where)
    limits = {key: exact(fields[key], f"{where}.{key}") for key in _LIMITS if key in fields}
    refused = frozenset(_trait(value, f"{where}.not") for value in _several(fields.get("not", [])))
    return Condition(
        name,
        none_of=refused,
        at_least=limits.get("ge"),
        above=limits.get("gt"),
        at_most=limits.get("le"),
        below=limits.get("lt"),
    )


def _check_trait(name: str, known: set[str], where: str) -> None:
    if name not in known:
        raise BadInput("unknown_trait", say("Không người nào có đặc điểm “{name}”.", name=name), where)


def _trait(value: Any, where: str) -> Trait:
    if isinstance(value, bool):
        return Truth(value)
    if isinstance(value, str):
        return _nfc(value)
    if isinstance(value, int | float | Decimal | Fraction):
        return exact(value, where)
    raise BadInput(
        "bad_trait", say("Giá trị {value} không phải chữ, số hay đúng/sai.", value=repr(value)), where
    )


def _several(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _ids(fields: Mapping[str, Any], key: str, known: set[str]) -> tuple[str, ...]:
    ids = tuple(_known_id(value, known, f"{key}[{i}]") for i, value in enumerate(_list(fields, key, ())))
    _check_unique(ids, key, "duplicate_person", "“{name}” được nêu hai lần.")
    return ids


def _groups_of_ids(fields: Mapping[str, Any], key: str, known: set[str]) -> tuple[tuple[str, ...], ...]:
    groups = []
    for i, entry in enumerate(_list(fields, key, ())):
        where = f"{key}[{i}]"
        if not isinstance(entry, list | tuple) or len(entry) < 2:
            raise BadInput("bad_pair", say("Mỗi mục là danh sách từ hai mã người trở lên."), where)
        ids = tuple(_known_id(value, known, where) for value in entry)
        _check_unique(ids, where, "duplicate_person", "“{name}” được nêu hai lần.")
        groups.append(ids)
    _check_unique(
        (", ".join(sorted(ids)) for ids in groups), key, "duplicate_pair", "Nhóm “{name}” được nêu hai lần."
    )
    return tuple(groups)


def _known_id(value: Any, known: set[str], where: str) -> str:
    person = _text(value, where)
    if person not in known:
        raise BadInput("unknown_person", say("Không có người mang mã “{person}”.", person=person), where)
    return person


def _check_unique(names: Iterable[str], where: str, code: str, template: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise BadInput(code, say(template, name=name), where)
        seen.add(name)


def _text(value: Any, where: str) -> str:
    """Text that names something; whole numbers are taken as their digits, as in spreadsheets."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value.strip():
        raise BadInput("not_a_name", say("{value} không phải là tên hay mã.", value=repr(value)), where)
    return _nfc(value)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _object(value: Any, allowed: set[str] | None, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise BadInput("not_an_object", say("Cần một đối tượng JSON {{...}} ở đây."), where)
    unknown = sorted(str(key) for key in value if allowed is not None and key not in allowed)
    if unknown:
        raise BadInput(
            "unknown_key",
            say(
                "Không có mục “{key}”; các mục đọc được: {allowed}.",
                key=unknown[0],
                allowed=", ".join(sorted(allowed or ())),
            ),
            where,
        )
    return value


def _list(fields: Mapping[str, Any], key: str, default: Any = None) -> list[Any]:
    value = fields.get(key, default)
    if value is None and key not in fields:
        raise BadInput("missing_key", say("Thiếu mục “{key}”.", key=key), key)
    if not isinstance(value, list | tuple):
        raise BadInput("not_a_list", say("“{key}” phải là một danh sách.", key=key), key)
    return list(value)
