"""Every parameter and every measure of a target has a name that people read, and no name is left over or used twice."""

from __future__ import annotations

from collections import Counter

from hientai.rulebook import load_rulebook
from hientai.rulebook.names import name_of, names


def keys_of_rules() -> set[str]:
    documents = load_rulebook().documents
    found = {key for one in documents for key in (*one.parameters, *one.structure)}
    return found | {target.measure for one in documents for target in one.targets}


def test_every_key_has_a_name_and_no_name_is_left_over() -> None:
    assert keys_of_rules() - names().keys() == set()
    assert names().keys() - keys_of_rules() == set()


def test_no_two_keys_are_called_the_same() -> None:
    counted = Counter(str(name) for name in names().values())
    assert [name for name, count in counted.items() if count > 1] == []


def test_a_key_nobody_named_is_called_by_itself() -> None:
    assert str(name_of("plan.min_remaining_months")) == "Tuổi công tác còn lại khi quy hoạch"
    assert str(name_of("office.own")) == "office.own"
