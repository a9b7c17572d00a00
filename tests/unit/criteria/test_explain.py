"""The explanation tree: sentence, citation, found, required, what would do, which record."""

from __future__ import annotations

import json
from datetime import date

import pytest
from tests.unit.criteria.small import CATALOGUE, either, everything, standard, unsourced, when

from hientai.engines.criteria.explain import explain
from hientai.engines.criteria.tree import Verdict
from hientai.engines.errors import BadInput
from hientai.engines.facts.evidence import Evidence

DAY = date(2024, 3, 15)
RULE = everything(
    when("left", ">=", 60), either(when("degree", ">=", 2), when("served", ">=", 24)), unsourced()
)


def explained(answers, evidence=None, rule=RULE):
    return explain(standard(rule), answers, CATALOGUE, DAY, evidence)


def test_the_tree_has_the_shape_of_the_rule_and_says_what_was_found_and_required():
    found = explained({"left": 59, "degree": 1, "served": 30})
    assert (found.verdict, found.decisive, found.complete) == (Verdict.NOT_MET, True, False)
    left, ways, unsourced_part = found.tree.parts
    assert left.comparison.found_text.render() == "59 tháng"
    assert left.comparison.required_text.render() == "từ 60 tháng trở lên"
    assert ways.verdict is Verdict.MET
    assert ways.parts[0].comparison.found_text.render() == "trung cấp"
    assert unsourced_part.verdict is None
    assert unsourced_part.open_reason.value == "no_basis"


def test_the_document_is_json_with_iso_days_records_and_what_would_do():
    evidence = {"served": Evidence("position:7", date(2022, 6, 15), date(2022, 6, 15))}
    document = json.loads(
        json.dumps(explained({"left": 70, "degree": 1, "served": 21}, evidence).as_document())
    )
    assert (document["verdict"], document["earliest"], document["until"]) == ("not_met", "2024-06-15", None)
    served = document["tree"]["parts"][1]["parts"][1]
    assert (served["record"], served["record_day"]) == ("position:7", "2022-06-15")
    assert served["would_be_met_by"] == "từ 24 tháng trở lên"
    assert served["citation"] == {"document": "1-QĐ/TEST", "article": "5", "clause": "a", "source": ""}
    assert "would_be_met_by" not in document["tree"]["parts"][0]
    assert document["tree"]["parts"][2]["open"] == "no_basis"


def test_what_is_missing_is_said_to_be_missing():
    found = explained({})
    assert found.verdict is Verdict.UNKNOWN
    assert found.tree.parts[0].comparison.found_text.render() == "chưa có thông tin"


def test_a_breach_of_an_unverified_value_is_not_decisive():
    doubtful = everything(when("left", ">=", 120, verified=False))
    assert explained({"left": 119}, rule=doubtful).decisive is False
    assert explained({"left": 119}, rule=doubtful).verdict is Verdict.NOT_MET
    assert explained({"left": 119}, rule=doubtful).tree.decisive is False
    assert explained({"left": 119}, rule=doubtful).tree.verified is False
    firm = everything(when("left", ">=", 60), *doubtful.parts)
    assert explained({"left": 59}, rule=firm).decisive is True


@pytest.mark.parametrize(
    ("criterion", "text"),
    [
        (when("left", "<=", 3), "không quá 3 tháng"),
        (when("age", "<", 40), "dưới 40 năm"),
        (when("age", ">", 40), "trên 40 năm"),
        (when("age", "between", (40, 50)), "từ 40 năm đến dưới 50 năm"),
        (when("form", "in", ("none", "warning")), "không hoặc cảnh cáo"),
        (when("form", "not in", ("warning",)), "không thuộc: cảnh cáo"),
        (when("form", "!=", "warning"), "khác cảnh cáo"),
        (when("degree", "==", 2), "đúng cao cấp"),
        (when("blocked", "is false"), "không"),
        (when("share", ">=", 0.155), "từ 15.5 % trở lên"),
    ],
)
def test_what_is_required_is_said_in_words(criterion, text):
    assert explained({}, rule=criterion).tree.comparison.required_text.render() == text


def test_words_are_translated_at_the_edge():
    english = {
        "từ {value} trở lên": "at least {value}",
        "{value} {unit}": "{value} {unit}",
        "tháng": "months",
    }
    document = explained({"left": 1}).as_document(lambda text: english.get(text, text))
    assert document["tree"]["parts"][0]["required_text"] == "at least 60 months"


def test_a_rule_about_a_fact_nobody_has_is_refused():
    with pytest.raises(BadInput) as error:
        explained({}, rule=when("height", ">=", 2))
    assert error.value.code == "unknown_fact"
