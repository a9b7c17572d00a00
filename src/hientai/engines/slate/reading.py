"""A slate problem out of a JSON document, or one clear sentence about what is wrong and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hientai.engines.amounts import Amount, exact, read_amount
from hientai.engines.document import check_unique, fields_of, list_of, name_of, nfc, required
from hientai.engines.errors import BadInput
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
    fields = fields_of(document, _PROBLEM, "")
    people = tuple(_person(entry, f"people[{i}]") for i, entry in enumerate(list_of(fields, "people")))
    check_unique((person.id for person in people), "people", "duplicate_person", "Trùng mã người “{name}”.")
    known = {person.id for person in people}
    rules = _rules(list_of(fields, "rules", optional=True), people)
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
    choose = required(fields, "choose", "choose")
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
    fields = fields_of(entry, _PERSON, where)
    traits = fields_of(fields.get("traits", {}), None, f"{where}.traits")
    return Person(
        id=name_of(required(fields, "id", where), f"{where}.id"),
        score=exact(required(fields, "score", where), f"{where}.score"),
        traits={
            nfc(name): tuple(_trait(v, f"{where}.traits.{name}") for v in _several(value) if v is not None)
            for name, value in traits.items()
        },
    )


def _rules(entries: Iterable[Any], people: tuple[Person, ...]) -> tuple[Rule, ...]:
    known = {name for person in people for name in person.traits}
    rules: list[Rule] = []
    for i, entry in enumerate(entries):
        where = f"rules[{i}]"
        fields = fields_of(entry, _RULE, where)
        rule = _rule(fields, known, where)
        rules += (
            _for_each(rule, fields["each"], people, known, f"{where}.each") if "each" in fields else [rule]
        )
    check_unique((rule.name for rule in rules), "rules", "duplicate_rule", "Trùng tên quy tắc “{name}”.")
    return tuple(rules)


def _rule(fields: Mapping[str, Any], known: set[str], where: str) -> Rule:
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
        name=name_of(required(fields, "name", where), f"{where}.name"),
        where=_group(fields.get("where", {}), known, f"{where}.where"),
        of=None if base is None or isinstance(base, str) else _group(base, known, f"{where}.of"),
        least=amounts.get("min"),
        most=amounts.get("max"),
        price=price,
    )


def _for_each(rule: Rule, trait: Any, people: tuple[Person, ...], known: set[str], where: str) -> list[Rule]:
    """One rule per value: {"each": "unit"} for all held, {"each": {"unit": ["A", "B"]}} for those listed."""
    if isinstance(trait, str):
        name, values = nfc(trait), None
    else:
        fields = fields_of(trait, None, where)
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
    for name, asked in fields_of(entry, None, where).items():
        at = f"{where}.{name}"
        _check_trait(nfc(name), known, at)
        conditions.append(_condition(nfc(name), asked, at))
    return tuple(conditions)


def _condition(name: str, asked: Any, where: str) -> Condition:
    if not isinstance(asked, Mapping):
        return Condition(name, frozenset(_trait(value, where) for value in _several(asked)))
    fields = fields_of(asked, {*_LIMITS, "not"}, where)
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
        return nfc(value)
    if isinstance(value, int | float | Decimal | Fraction):
        return exact(value, where)
    raise BadInput(
        "bad_trait", say("Giá trị {value} không phải chữ, số hay đúng/sai.", value=repr(value)), where
    )


def _several(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _ids(fields: Mapping[str, Any], key: str, known: set[str]) -> tuple[str, ...]:
    ids = tuple(
        _known_id(value, known, f"{key}[{i}]") for i, value in enumerate(list_of(fields, key, optional=True))
    )
    check_unique(ids, key, "duplicate_person", "“{name}” được nêu hai lần.")
    return ids


def _groups_of_ids(fields: Mapping[str, Any], key: str, known: set[str]) -> tuple[tuple[str, ...], ...]:
    groups = []
    for i, entry in enumerate(list_of(fields, key, optional=True)):
        where = f"{key}[{i}]"
        if not isinstance(entry, list | tuple) or len(entry) < 2:
            raise BadInput("bad_pair", say("Mỗi mục là danh sách từ hai mã người trở lên."), where)
        ids = tuple(_known_id(value, known, where) for value in entry)
        check_unique(ids, where, "duplicate_person", "“{name}” được nêu hai lần.")
        groups.append(ids)
    check_unique(
        (", ".join(sorted(ids)) for ids in groups), key, "duplicate_pair", "Nhóm “{name}” được nêu hai lần."
    )
    return tuple(groups)


def _known_id(value: Any, known: set[str], where: str) -> str:
    person = name_of(value, where)
    if person not in known:
        raise BadInput("unknown_person", say("Không có người mang mã “{person}”.", person=person), where)
    return person
