"""What a problem document may say, and how it is refused."""

import copy

import pytest

from hientai.engines.errors import BadInput
from hientai.engines.slate import solve
from hientai.engines.slate.reading import read_problem

GOOD = {
    "people": [
        {"id": "a", "score": 3, "traits": {"unit": "X", "age": 30, "langs": ["en", "fr"], "head": True}},
        {"id": "b", "score": 2, "traits": {"unit": "Y", "age": 40, "langs": ["lo"], "head": False}},
        {"id": "c", "score": 1, "traits": {"unit": "Z", "age": None, "head": False}},
    ],
    "choose": 1,
    "rules": [],
    "must": [],
    "must_not": [],
}


def changed(**fields):
    return copy.deepcopy(GOOD) | fields


def rule(**fields):
    return changed(rules=[{"name": "r", "where": {"unit": "X"}, "min": 1} | fields])


def person(**fields):
    return changed(people=[GOOD["people"][0] | fields, *GOOD["people"][1:]])


@pytest.mark.parametrize(
    ("document", "code", "where"),
    [
        ([], "not_an_object", ""),
        (changed(extra=1), "unknown_key", ""),
        ({"people": GOOD["people"]}, "missing_key", "choose"),
        ({"choose": 1}, "missing_key", "people"),
        (changed(people={}), "not_a_list", "people"),
        (changed(choose=4), "choose_above_people", "choose"),
        (changed(choose=-1), "bad_choose", "choose"),
        (changed(choose=1.5), "bad_choose", "choose"),
        (changed(choose=True), "bad_choose", "choose"),
        (person(id="b"), "duplicate_person", "people"),
        (person(id=""), "not_a_name", "people[0].id"),
        (person(score=None), "not_a_number", "people[0].score"),
        (person(score="3"), "not_a_number", "people[0].score"),
        (person(score=float("nan")), "not_finite", "people[0].score"),
        (person(traits=[]), "not_an_object", "people[0].traits"),
        (person(traits={"unit": {"x": 1}}), "bad_trait", "people[0].traits.unit"),
        (person(rank=1), "unknown_key", "people[0]"),
        (changed(must=["z"]), "unknown_person", "must[0]"),
        (changed(must="a"), "not_a_list", "must"),
        (changed(must=["a"], must_not=["a"]), "must_and_must_not", "must"),
        (changed(must=["a", "a"]), "duplicate_person", "must"),
        (changed(apart=[["a"]]), "bad_pair", "apart[0]"),
        (changed(together=[["a", "a"]]), "duplicate_person", "together[0]"),
        (changed(apart=[["a", "b"], ["b", "a"]]), "duplicate_pair", "apart"),
        (rule(min=-1), "negative_amount", "rules[0].min"),
        (rule(min=0.5), "share_without_base", "rules[0].min"),
        (rule(of="everyone", min=0.5), "bad_base", "rules[0].of"),
        (rule(of="chosen", max=0.5), "count_and_share", "rules[0]"),
        (rule(price=0), "bad_price", "rules[0].price"),
        (rule(least=1), "unknown_key", "rules[0]"),
        (rule(where={"sector": "X"}), "unknown_trait", "rules[0].where.sector"),
        (rule(where={"age": {"min": 3}}), "unknown_key", "rules[0].where.age"),
        (rule(where={"age": {}}), "empty_condition", "rules[0].where.age"),
        (rule(each="sector"), "unknown_trait", "rules[0].each"),
        (changed(rules=[{"name": "r", "where": {}}]), "rule_without_bound", "rules[0]"),
        (changed(rules=[{"where": {}, "min": 1}]), "missing_key", "rules[0]"),
        (changed(rules=[{"name": "r", "min": 1}] * 2), "duplicate_rule", "rules"),
    ],
)
def test_a_malformed_problem_is_refused_with_its_place(document, code, where):
    with pytest.raises(BadInput) as refused:
        read_problem(document)
    assert (refused.value.code, refused.value.where) == (code, where)
    assert str(refused.value.message)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"unit": "Y"}, "b"),
        ({"unit": ["Y", "Z"]}, "b"),
        ({"unit": {"not": ["X", "Y"]}}, "c"),
        ({"age": {"ge": 40}}, "b"),
        ({"age": {"gt": 30}}, "b"),
        ({"age": {"le": 30}}, "a"),
        ({"age": {"lt": 31, "ge": 30}}, "a"),
        ({"age": 40.0}, "b"),
        ({"head": False}, "b"),
        ({"langs": "lo"}, "b"),
        ({"langs": ["fr", "lo"]}, "a"),
        ({"langs": {"not": "en"}}, "b"),
        ({"head": False, "unit": {"not": "Y"}}, "c"),
    ],
)
def test_a_rule_counts_exactly_the_people_of_its_group(where, expected):
    result = solve(read_problem(rule(where=where)))
    assert result.best.chosen == (expected,)


def test_true_is_not_the_number_one():
    result = solve(read_problem(rule(where={"head": 1})))
    assert result.conflict.rules == ("r",)


def test_a_person_with_a_missing_trait_is_in_no_group_and_is_reported_unknown():
    document = changed(choose=3, rules=[{"name": "young", "where": {"age": {"lt": 99}}, "max": 2}])
    (reading,) = solve(read_problem(document)).rules
    assert (reading.count, reading.unknown) == (2, 1)


def test_each_makes_one_rule_per_value():
    every = read_problem(changed(choose=3, rules=[{"name": "one each", "each": "unit", "min": 1}]))
    assert [one.name for one in every.rules] == ["one each [X]", "one each [Y]", "one each [Z]"]
    listed = read_problem(changed(rules=[{"name": "one each", "each": {"unit": ["Z", "Y"]}, "min": 1}]))
    assert solve(listed).conflict.rules == ("one each [Y]", "one each [Z]")


def test_names_are_composed_so_that_two_spellings_of_one_name_agree():
    composed, decomposed = "Hòa", "Ho\u0300a"
    document = {
        "people": [{"id": decomposed, "score": 1, "traits": {"q": decomposed}}],
        "choose": 1,
        "must": [composed],
        "rules": [{"name": "r", "where": {"q": composed}, "min": 1}],
    }
    assert solve(read_problem(document)).best.chosen == (composed,)


def test_a_small_difference_in_a_decimal_score_decides():
    document = {"people": [{"id": "a", "score": 0.1}, {"id": "b", "score": 0.10000000000000002}], "choose": 1}
    assert solve(read_problem(document)).best.chosen == ("b",)


def test_scores_of_very_different_size_do_no_harm():
    document = {
        "people": [
            {"id": "a", "score": 10**30},
            {"id": "b", "score": 10**30 + 1},
            {"id": "c", "score": 1e-9},
        ],
        "choose": 2,
    }
    assert solve(read_problem(document)).best.chosen == ("a", "b")


def test_nobody_to_choose_is_an_answer():
    result = solve(read_problem({"people": [], "choose": 0}))
    assert (result.status, result.best.chosen, result.best.objective) == ("optimal", (), 0)
