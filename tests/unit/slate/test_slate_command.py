"""`slate PROBLEM.json` as an officer runs it."""

import json

from hientai.site.command_line import main

PEOPLE = [
    {"id": "an", "score": 5, "traits": {"sex": "F"}},
    {"id": "binh", "score": 4, "traits": {"sex": "M"}},
    {"id": "chi", "score": 3.5, "traits": {"sex": "M"}},
]
RULE = {"name": "nữ", "where": {"sex": "F"}, "of": "chosen", "max": 0.4}


def run(capsys, tmp_path, text, *arguments):
    path = tmp_path / "problem.json"
    path.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
    status = main(["slate", str(path), "--json", *arguments])
    return status, json.loads(capsys.readouterr().out)


def test_the_answer_is_the_document_of_the_contract(capsys, tmp_path):
    status, answer = run(capsys, tmp_path, {"people": PEOPLE, "choose": 2, "rules": [RULE]})
    assert status == 0
    assert (answer["status"], answer["objective"], answer["bound"]) == ("optimal", 7.5, 7.5)
    assert answer["chosen"] == ["binh", "chi"]
    assert (answer["rules"][0]["name"], answer["rules"][0]["value"]) == ("nữ", 0)


def test_costs_and_further_slates_come_on_demand(capsys, tmp_path):
    given = {"people": PEOPLE, "choose": 2, "rules": [{**RULE, "max": "50%"}]}
    _, answer = run(capsys, tmp_path, given, "--best", "2", "--costs")
    assert [answer["objective"], answer["others"][0]["objective"]] == [9, 8.5]
    assert (answer["rules"][0]["cost"], answer["rules"][0]["binding"]) == (0, True)


def test_an_impossible_problem_ends_with_three_and_its_reason(capsys, tmp_path):
    given = {"people": PEOPLE, "choose": 2, "rules": [{"name": "2 nữ", "where": {"sex": "F"}, "min": 2}]}
    status, answer = run(capsys, tmp_path, given)
    assert status == 3
    assert answer["conflict"] == ["2 nữ"]
    assert answer["relaxations"] == [{"rule": "2 nữ", "by": 1, "side": "least", "to": 1}]


def test_an_impossible_problem_is_told_in_sentences(capsys, tmp_path):
    path = tmp_path / "problem.json"
    given = {"people": PEOPLE, "choose": 1, "together": [["an", "chi"]], "must": ["an"], "must_not": ["binh"]}
    path.write_text(json.dumps(given), encoding="utf-8")
    assert main(["slate", str(path)]) == 3
    text = capsys.readouterr().out
    assert "cùng chọn hoặc cùng không: an, chi" in text and "phải chọn an" in text
    assert "không chọn binh" not in text


def test_broken_files_are_refused_with_two(capsys, tmp_path):
    for text, code in (
        ("{", "not_json"),
        ('{"people": [], "choose": NaN}', "not_finite"),
        ('{"people": [], "people": [], "choose": 0}', "duplicate_key"),
        ('{"people": [], "choose": 1}', "choose_above_people"),
    ):
        status, answer = run(capsys, tmp_path, text)
        assert (status, answer["error"]["code"]) == (2, code)
    assert main(["slate", str(tmp_path / "none.json"), "--json"]) == 2


def test_people_read_sentences(capsys, tmp_path):
    path = tmp_path / "problem.json"
    path.write_text(json.dumps({"people": PEOPLE, "choose": 2, "rules": [RULE]}), encoding="utf-8")
    assert main(["slate", str(path)]) == 0
    text = capsys.readouterr().out
    assert "không phải quyết định" in text and "binh, chi" in text
