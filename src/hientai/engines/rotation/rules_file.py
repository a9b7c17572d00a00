"""Reads rules.yaml of a rotation problem into Rules; whatever is not understood is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import yaml

from hientai.engines.errors import BadInput
from hientai.engines.rotation.problem import (
    BUILT_IN_MEASURES,
    DIRECTIONS,
    LARGEST,
    SCORE_AIM,
    Aim,
    Balance,
    CostPerRound,
    MovePattern,
    MustMove,
    Pairs,
    People,
    Rules,
    Seats,
    Tenure,
)
from hientai.engines.wording import say

FILE = "rules.yaml"
MOST_ROUNDS = 1000


def read_rules(path: Path, people: People, seats: Seats, pairs: Pairs) -> Rules:
    """The rules in `path`. Raises BadInput with the key at fault."""
    if not path.is_file():
        raise BadInput("missing_file", say("Thiếu tệp {file} trong thư mục bài toán", file=FILE), str(path))
    try:
        tree = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_Once)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadInput(
            "unreadable_file", say("{file} không phải YAML đúng mẫu", file=FILE), str(path)
        ) from error
    return rules_from_tree({} if tree is None else tree, people, seats, pairs)


class _Once(yaml.SafeLoader):
    """Safe YAML in which a key stands once: of two limits, nobody should have to guess which holds."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        names = [self.construct_object(key, deep=True) for key, _ in node.value]
        for name in names:
            if names.count(name) > 1:
                text = say("{file}: “{key}” có hai lần", file=FILE, key=str(name))
                raise BadInput("repeated_rule", text, f"{FILE}:{name}")
        return super().construct_mapping(node, deep)


def rules_from_tree(tree: Any, people: People, seats: Seats, pairs: Pairs) -> Rules:
    """The rules of a parsed rules.yaml."""
    reader = _Reader(people, seats, pairs)
    top = _mapping(tree, "", KNOWN)
    soft = _mapping(top.get("soft", {}), "soft")
    rules = Rules(
        rounds=_whole(top.get("rounds", 1), "rounds", 1),
        moves_per_round=_optional(top, "moves_per_round"),
        cost_per_round=_cost(top["cost_per_round"]) if "cost_per_round" in top else None,
        unit_leaving_share=_share(top["unit_leaving_share"]) if "unit_leaving_share" in top else None,
        unit_vacancy_growth=_optional(top, "unit_vacancy_growth"),
        direction_minimum=_directions(top.get("direction_minimum") or {}),
        non_local_heads_minimum=_optional(top, "non_local_heads_minimum"),
        relatives_apart=_flag(top.get("relatives_apart", False), "relatives_apart"),
        pinned=reader.patterns(top.get("pinned"), "pinned", whole=True),
        forbidden=reader.patterns(top.get("forbidden"), "forbidden", whole=False),
        must_move=reader.groups(top.get("must_move")),
        not_together=reader.apart(top.get("not_together")),
        tenure=_tenure(top["tenure"], people) if "tenure" in top else None,
        unit_balance=_balance(top, "unit_balance"),
        province_balance=_balance(top, "province_balance"),
        soft=tuple((str(name), _whole(price, f"soft.{name}", 1)) for name, price in soft.items()),
        aims=reader.aims(top.get("aims")),
    )
    _check_soft(rules)
    _check_pinned_exist(rules, people, seats, pairs)
    return rules


KNOWN = (
    "rounds", "moves_per_round", "cost_per_round", "unit_leaving_share", "unit_vacancy_growth",
    "direction_minimum", "non_local_heads_minimum", "relatives_apart", "pinned", "forbidden", "must_move",
    "not_together", "tenure", "unit_balance", "province_balance", "soft", "aims",
)  # fmt: skip


def soft_names(rules: Rules) -> tuple[str, ...]:
    """Names of the minima of these rules that may carry a price."""
    names = [f"direction_minimum.{direction}" for direction, _ in rules.direction_minimum]
    if rules.non_local_heads_minimum is not None:
        names.append("non_local_heads_minimum")
    return (*names, *(f"must_move.{group.name}" for group in rules.must_move))


def _wrong(key: str, expected: str) -> BadInput:
    text = say("{file}: “{key}” phải là {expected}", file=FILE, key=key, expected=say(expected))
    return BadInput("bad_rule", text, f"{FILE}:{key}")


def _mapping(value: Any, key: str, known: tuple[str, ...] | None = None) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(key or "/", "một bảng khóa: giá trị")
    for name in value:
        if known is not None and name not in known:
            text = say("{file}: không hiểu quy tắc “{key}”", file=FILE, key=f"{key}.{name}".lstrip("."))
            raise BadInput("unknown_rule", text, f"{FILE}:{key}.{name}".replace(":.", ":"))
    return value


def _entries(value: Any, key: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise _wrong(key, "một danh sách")
    return value


def _whole(value: Any, key: str, minimum: int | None = 0) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(key, "một số nguyên")
    if minimum is not None and value < minimum:
        text = say("{file}: “{key}” phải từ {minimum} trở lên", file=FILE, key=key, minimum=minimum)
        raise BadInput("number_too_small", text, f"{FILE}:{key}")
    most = MOST_ROUNDS if key == "rounds" else LARGEST
    if abs(value) > most:
        text = say("{file}: “{key}” không được quá {maximum}", file=FILE, key=key, maximum=most)
        raise BadInput("number_too_large", text, f"{FILE}:{key}")
    return value


def _optional(tree: dict[str, Any], key: str, minimum: int | None = 0) -> int | None:
    return _whole(tree[key], key, minimum) if key in tree else None


def _flag(value: Any, key: str) -> bool:
    if not isinstance(value, bool):
        raise _wrong(key, "true hoặc false")
    return value


def _share(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise _wrong("unit_leaving_share", "một tỷ lệ từ 0 đến 1")
    return float(value)


def _cost(value: Any) -> CostPerRound:
    keys = ("limit", "same_province", "other_province")
    tree = _mapping(value, "cost_per_round", keys)
    for key in keys:
        if key not in tree:
            raise _wrong(f"cost_per_round.{key}", "một số nguyên")
    return CostPerRound(*(_whole(tree[key], f"cost_per_round.{key}") for key in keys))


def _directions(value: Any) -> tuple[tuple[str, int], ...]:
    tree = _mapping(value, "direction_minimum", DIRECTIONS)
    return tuple(
        (name, _whole(tree[name], f"direction_minimum.{name}")) for name in DIRECTIONS if name in tree
    )


def _tenure(value: Any, people: People) -> Tenure:
    tree = _mapping(value, "tenure", ("minimum_months", "months_per_round"))
    if people.tenure_months is None:
        text = say("Thiếu cột {column} trong {file}", column="tenure_months", file="people.csv")
        raise BadInput("missing_column", text, "people.csv")
    return Tenure(
        _whole(tree.get("minimum_months"), "tenure.minimum_months"),
        _whole(tree.get("months_per_round", 0), "tenure.months_per_round"),
    )


def _balance(top: dict[str, Any], key: str) -> Balance | None:
    if key not in top:
        return None
    tree = _mapping(top[key], key, ("net_minimum", "net_maximum"))
    low = _optional(tree, "net_minimum", None)
    high = _optional(tree, "net_maximum", None)
    if low is not None and high is not None and low > high:
        raise _wrong(f"{key}.net_minimum", "một số không lớn hơn net_maximum")
    return Balance(low, high)


def _check_soft(rules: Rules) -> None:
    for name, _ in rules.soft:
        if name not in soft_names(rules):
            text = say("{file}: “{key}” không phải một mức tối thiểu có trong bài toán", file=FILE, key=name)
            raise BadInput("unknown_soft_rule", text, f"{FILE}:soft.{name}")


def _check_pinned_exist(rules: Rules, people: People, seats: Seats, pairs: Pairs) -> None:
    for pin in rules.pinned:
        there = (pairs.person == pin.person) & (pairs.seat == pin.seat) & (pairs.round == pin.round)
        if not there.any():
            text = say(
                "Nước đi ấn định {person} → {seat} đợt {round} không có trong pairs.csv",
                person=people.ids[pin.person],
                seat=seats.ids[pin.seat],
                round=pin.round,
            )
            raise BadInput("unknown_move", text, f"{FILE}:pinned")


class _Reader:
    """Reads the rules that name people, seats and measures."""

    def __init__(self, people: People, seats: Seats, pairs: Pairs) -> None:
        self._people = {name: index for index, name in enumerate(people.ids)}
        self._seats = {name: index for index, name in enumerate(seats.ids)}
        self._measures = {*BUILT_IN_MEASURES, *pairs.measures}
        self._values = {"score": pairs.score, **pairs.measures}

    def _of(self, index: dict[str, int], name: Any, key: str) -> int:
        if str(name) not in index:
            text = say("{file}: “{key}” có mã lạ “{id}”", file=FILE, key=key, id=str(name))
            raise BadInput("unknown_id", text, f"{FILE}:{key}")
        return index[str(name)]

    def patterns(self, value: Any, key: str, whole: bool) -> tuple[MovePattern, ...]:
        """Moves named by person, seat and round; each may be left out unless `whole`."""
        found = []
        for entry in _entries(value, key):
            tree = _mapping(entry, key, ("person", "seat", "round"))
            if not tree or (whole and len(tree) < 3):
                raise _wrong(key, "danh sách {person, seat, round}")
            found.append(MovePattern(
                self._of(self._people, tree["person"], key) if "person" in tree else -1,
                self._of(self._seats, tree["seat"], key) if "seat" in tree else -1,
                _whole(tree["round"], f"{key}.round", 1) if "round" in tree else 0,
            ))  # fmt: skip
        return tuple(found)

    def groups(self, value: Any) -> tuple[MustMove, ...]:
        found: list[MustMove] = []
        for number, entry in enumerate(_entries(value, "must_move"), 1):
            tree = _mapping(entry, "must_move", ("name", "people", "at_least"))
            members = self._members(tree.get("people"), "must_move.people")
            at_least = _whole(tree.get("at_least", len(members)), "must_move.at_least")
            found.append(MustMove(str(tree.get("name", number)), members, at_least))
        if len({group.name for group in found}) < len(found):
            raise _wrong("must_move.name", "tên không lặp lại")
        return tuple(found)

    def apart(self, value: Any) -> tuple[tuple[int, ...], ...]:
        return tuple(self._members(entry, "not_together") for entry in _entries(value, "not_together"))

    def _members(self, value: Any, key: str) -> tuple[int, ...]:
        members = [self._of(self._people, name, key) for name in _entries(value, key)]
        if len(set(members)) < len(members):
            raise _wrong(key, "danh sách người không lặp lại")
        return tuple(members)

    def _check_size(self, weights: tuple[tuple[str, int], ...]) -> None:
        """The sum of a move's weighted measures stays within what the exact bound can add up."""
        most = sum(abs(weight) * int(np.abs(self._values.get(name, np.ones(1))).max(initial=1))
                   for name, weight in weights)  # fmt: skip
        if most > LARGEST:
            text = say(
                "{file}: “{key}” không được quá {maximum}", file=FILE, key="aims.weights", maximum=LARGEST
            )
            raise BadInput("number_too_large", text, f"{FILE}:aims.weights")

    def aims(self, value: Any) -> tuple[Aim, ...]:
        found = []
        for number, entry in enumerate(_entries(value, "aims"), 1):
            tree = _mapping(entry, "aims", ("name", "weights", "tolerance"))
            weights = _mapping(tree.get("weights"), "aims.weights", tuple(sorted(self._measures)))
            pairs = tuple(
                (name, _whole(weight, f"aims.weights.{name}", None)) for name, weight in weights.items()
            )
            self._check_size(pairs)
            found.append(
                Aim(str(tree.get("name", number)), pairs, _whole(tree.get("tolerance", 0), "aims.tolerance"))
            )
        return tuple(found) or (SCORE_AIM,)
