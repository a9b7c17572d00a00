"""Figures given as JSON: read in order, judged exactly, refused where they cannot be read."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hientai.engines.errors import BadInput
from hientai.engines.figures.answer import as_document, as_text
from hientai.engines.figures.check import check_file
from hientai.engines.figures.entries import check_entries


def share(num: Any, den: Any, printed: Any, figures: dict[str, Any] | None = None) -> dict[str, Any]:
    entry = {"label": "x", "num": num, "den": den, "printed": printed}
    return as_document(check_entries({"figures": figures or {}, "percentages": [entry]}))["percentages"][0]


def total(parts: list[Any], whole: Any, figures: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    entry = {"label": "x", "parts": parts, "total": whole, **more}
    return as_document(check_entries({"figures": figures or {}, "sums": [entry]}))["sums"][0]


@pytest.mark.parametrize(
    ("num", "den", "printed", "verdict"),
    [
        (47, 81, "58,02%", "rounded"),
        (47, 81, "58.02", "rounded"),
        (47, 81, 58.02, "rounded"),
        (47, 81, Decimal("58.02"), "rounded"),
        (47, 81, 0.5802, "rounded"),
        (47, 81, "0,58", "rounded"),
        (44, 55, 80, "exact"),
        (44, 55, 0.8, "exact"),
        (419, 299, "1,4 lần", "rounded"),
        (419, 299, 1.4, "rounded"),
        (34, 81, "41,97", "truncated"),
        (10, 13, 73, "wrong"),
        (44, None, "80%", "base_missing"),
        (None, 81, "58,02%", "base_missing"),
        (3, 0, "10%", "base_missing"),
        ("47 đồng chí", "81", "58,02 %", "rounded"),
        ("25.944", 25944, "100%", "exact"),
        (353, 1586, "22.257", "rounded"),
    ],
)
def test_printed_is_read_in_the_scale_that_agrees(num: Any, den: Any, printed: Any, verdict: str):
    assert share(num, den, printed)["verdict"] == verdict


def test_exact_is_a_fraction_of_one_and_printed_is_echoed():
    entry = share(47, 81, 58.02)
    assert entry["exact"] == pytest.approx(47 / 81)
    assert (entry["printed"], entry["num"], entry["den"]) == (58.02, 47, 81)
    assert share(47, 81, "58,02%")["printed"] == "58,02%"


def test_labels_of_figures_stand_for_numbers():
    figures = {"ứng cử": 81, "tái cử": "47 đồng chí"}
    assert share("tái cử", "ứng cử", "58,02%", figures)["verdict"] == "rounded"


def test_missing_base_names_the_figures_that_would_fit_and_the_whole_numbers():
    entry = share(44, None, "80%", {"chỉ tiêu": 55, "lớp": 20})
    assert [base["label"] for base in entry["bases"]] == ["chỉ tiêu"]
    assert entry["fitting"] == {"from": 55, "to": 55}


def test_wrong_share_of_another_figure_is_told():
    entry = share(10, "ứng cử", "14,08%", {"ứng cử": 81, "được bầu": 71})
    assert (entry["verdict"], entry["slip"]) == ("wrong", "neighbouring_base")
    assert "71" in entry["likely"]


def test_share_forced_to_100_is_named_in_its_set():
    entries = [{"num": n, "den": 6, "printed": p} for n, p in ((1, "16,67%"), (1, "16,67%"), (4, "66,66%"))]
    found = as_document(check_entries({"percentages": entries}))["percentages"]
    assert [entry["verdict"] for entry in found] == ["rounded", "rounded", "forced"]


def test_cut_share_without_a_set_stays_truncated():
    assert share(4, 6, "66,66%")["verdict"] == "truncated"


@pytest.mark.parametrize(
    ("parts", "whole", "verdict"),
    [
        ([2177, 1176, 15], 3368, "exact"),
        ([125, 151], 328, "wrong"),
        ([2177, 1167, 15], 3368, "wrong"),
        (["33,33%", "33,33%", "33,33%"], "100%", "rounded"),
        (["33,33%", "33,33%", "33,30%"], "100%", "wrong"),
        ([0.1, 0.2], 0.3, "exact"),
        (["300 lượt", "200 đồng chí"], 500, "unit_mixed"),
        ([7759.0, 15413.0, 2772.0], 25944.0, "exact"),
        ([12, 12], 25, "wrong"),
    ],
)
def test_verdict_of_a_sum(parts: list[Any], whole: Any, verdict: str):
    assert total(parts, whole)["verdict"] == verdict


def test_rest_of_a_sum_that_does_not_close_is_told():
    entry = total([125, 151], 328)
    assert (entry["sum"], entry["rest"], entry["slip"]) == (276, 52, "rest_missing")
    assert "52" in entry["likely"]


def test_part_named_among_the_figures_is_the_likely_missing_one():
    entry = total([125, 151], 328, {"sự nghiệp": 52})
    assert entry["slip"] == "part_named_elsewhere" and "sự nghiệp" in entry["likely"]


def test_of_which_leaves_a_rest_and_is_not_wrong():
    entry = total([419, 146], 895, of_which=True)
    assert (entry["verdict"], entry["rest"]) == ("exact", 330)


def test_entries_are_answered_in_their_order():
    entries = [{"label": str(n), "num": n, "den": 7, "printed": n} for n in (5, 1, 4, 2)]
    found = as_document(check_entries({"percentages": entries}))["percentages"]
    assert [entry["label"] for entry in found] == ["5", "1", "4", "2"]


@pytest.mark.parametrize(
    ("document", "code", "where"),
    [
        ([], "not_an_object", ""),
        ({}, "unknown_key", ""),
        ({"percent": []}, "unknown_key", "percent"),
        ({"percentages": {}}, "not_a_list", "percentages"),
        ({"percentages": [1]}, "not_an_object", "percentages[0]"),
        ({"percentages": [{"num": 1, "den": 2}]}, "printed_missing", "percentages[0]"),
        ({"percentages": [{"num": True, "den": 2, "printed": 1}]}, "not_a_number", "percentages[0].num"),
        (
            {"percentages": [{"num": "không có", "den": 2, "printed": 1}]},
            "unknown_label",
            "percentages[0].num",
        ),
        ({"percentages": [{"num": 1, "den": -2, "printed": 1}]}, "negative_base", "percentages[0].den"),
        ({"percentages": [{"num": 1, "den": 2, "printed": "nửa"}]}, "not_a_number", "percentages[0].printed"),
        ({"percentages": [{"num": 1, "den": 2, "printed": [5]}]}, "not_a_number", "percentages[0].printed"),
        (
            {"percentages": [{"num": float("inf"), "den": 2, "printed": 1}]},
            "number_out_of_reach",
            "percentages[0].num",
        ),
        (
            {"percentages": [{"num": Decimal("1e999999"), "den": 2, "printed": 1}]},
            "number_out_of_reach",
            "percentages[0].num",
        ),
        ({"sums": [{"total": 3}]}, "parts_missing", "sums[0]"),
        ({"sums": [{"parts": [], "total": 3}]}, "parts_missing", "sums[0]"),
        ({"sums": [{"parts": [1, None], "total": 3}]}, "not_a_number", "sums[0].parts[1]"),
        ({"sums": [{"parts": [1, 2]}]}, "not_a_number", "sums[0].total"),
        ({"figures": [1], "sums": []}, "figures_not_an_object", "figures"),
        ({"figures": {"a": "mười"}, "sums": []}, "not_a_number", "figures.a"),
    ],
)
def test_bad_input_names_the_place(document: Any, code: str, where: str):
    with pytest.raises(BadInput) as refused:
        check_entries(document)
    assert (refused.value.code, refused.value.where) == (code, where)


def test_decimals_of_a_file_keep_their_zeros(tmp_path: Path):
    file = tmp_path / "figures.json"
    file.write_text('{"percentages": [{"num": 21, "den": 105, "printed": 20.00}]}', encoding="utf-8")
    assert check_file(file).shares[0].digits == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "broken_json"),
        ('{"sums": [{"parts": [NaN], "total": 1}]}', "number_out_of_reach"),
        ('{"figures": {"a": 1, "a": 2}}', "duplicate_key"),
        ("[" * 100_000, "broken_json"),
        ("", "empty"),
        ('{"sums": [{"parts": [1' + "0" * 5000 + '], "total": 1}]}', "number_out_of_reach"),
    ],
)
def test_broken_files_are_refused(tmp_path: Path, text: str, code: str):
    file = tmp_path / "figures.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        check_file(file)
    assert refused.value.code == code


@given(
    st.lists(
        st.fixed_dictionaries(
            {"num": st.integers(0, 10**6), "den": st.integers(0, 10**6), "printed": st.integers(0, 10**4)}
        ),
        max_size=12,
    )
)
def test_every_entry_gets_one_answer_that_is_json(entries: list[dict[str, int]]):
    findings = check_entries({"percentages": entries})
    document = json.loads(json.dumps(as_document(findings)))
    assert len(document["percentages"]) == len(entries)
    assert len(as_text(findings).splitlines()) == len(entries) + 1
