"""Reading problem folders: what is understood, and how the rest is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from hientai.engines.errors import BadInput
from hientai.engines.rotation import read_folder

GOOD = {
    "units.csv": "id,level,province\nu0,1,7\nu1,2,7\n",
    "seats.csv": "id,unit,head,holder\ns0,u0,1,p0\ns1,u0,0,p1\ns2,u1,1,\n",
    "people.csv": "id,seat,home_unit,home_province,relatives\np0,s0,u0,7,p1\np1,s1,u1,9,p0\n",
    "pairs.csv": "person,seat,round,score\np0,s2,1,30\np1,s0,1,-4\n",
    "rules.yaml": "rounds: 1\nmoves_per_round: 2\n",
}


def folder(path: Path, **changes: str | None) -> Path:
    """The good folder with some files changed (`pairs_csv="..."`) or left out (None)."""
    for name, text in GOOD.items():
        wanted = changes.get(name.replace(".", "_"), text)
        if wanted is not None:
            (path / name).write_text(wanted, encoding="utf-8")
    return path


def test_a_good_folder_is_read(tmp_path: Path) -> None:
    found = read_folder(folder(tmp_path))
    assert found.people.ids == ("p0", "p1")
    assert found.seats.holder.tolist() == [0, 1, -1]
    assert found.people.relatives.tolist() == [[0, 1]]
    assert found.pairs.score.tolist() == [30, -4]
    assert found.pairs.non_local.tolist() == [False, True]


def test_a_column_non_local_speaks_for_itself(tmp_path: Path) -> None:
    text = "person,seat,round,score,non_local\np0,s2,1,30,1\np1,s0,1,4,0\n"
    assert read_folder(folder(tmp_path, pairs_csv=text)).pairs.non_local.tolist() == [True, False]


def test_further_whole_number_columns_are_measures(tmp_path: Path) -> None:
    text = "person,seat,round,score,wish\np0,s2,1,30,2\np1,s0,1,4,5\n"
    rules = "rounds: 1\naims:\n- {name: wishes, weights: {wish: 3, score: 1}}\n"
    found = read_folder(folder(tmp_path, pairs_csv=text, rules_yaml=rules))
    assert found.aim_gain(found.rules.aims[0]).tolist() == [36, 19]


def test_a_byte_order_mark_is_no_part_of_a_column_name(tmp_path: Path) -> None:
    assert len(read_folder(folder(tmp_path, pairs_csv="\ufeff" + GOOD["pairs.csv"])).pairs) == 2


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"units_csv": None}, "missing_file", "units.csv"),
        ({"rules_yaml": None}, "missing_file", "rules.yaml"),
        ({"pairs_csv": "person,seat,round\np0,s2,1\n"}, "missing_column", "pairs.csv"),
        ({"pairs_csv": "person,seat,round,score\np9,s2,1,3\n"}, "unknown_id", "pairs.csv:2"),
        ({"pairs_csv": "person,seat,round,score\np0,s2,1,3\np0,s9,1,3\n"}, "unknown_id", "pairs.csv:3"),
        ({"pairs_csv": "person,seat,round,score\np0,s2,1,x\n"}, "not_a_whole_number", "pairs.csv:2"),
        ({"pairs_csv": "person,seat,round,score\np0,s2,0,3\n"}, "number_too_small", "pairs.csv:2"),
        ({"pairs_csv": "person,seat,round,score\np0,s2,1,3\np0,s2,1,4\n"}, "repeated_pair", "pairs.csv:3"),
        ({"pairs_csv": "person,seat,round,score\np0,s0,1,3\n"}, "move_to_own_seat", "pairs.csv:2"),
        ({"units_csv": "id,level,province\nu0,1,7\nu0,2,7\n"}, "repeated_id", "units.csv:3"),
        ({"seats_csv": "id,unit,head,holder\ns0,u0,1,p0\ns1,u0,0,p0\ns2,u1,1,\n"}, "person_in_two_seats",
         "seats.csv:3"),
        ({"people_csv": "id,seat,home_unit,home_province,relatives\np0,s0,u0,7,\np1,s0,u1,9,\n"},
         "seat_with_two_holders", "people.csv:3"),
        ({"people_csv": "id,seat,home_unit,home_province,relatives\np0,s0,u0,7,\np1,,u1,9,\n"},
         "holders_disagree", "seats.csv:3"),
        ({"people_csv": "id,seat,home_unit,home_province,relatives\np0,s0,u0,7,pX\np1,s1,u1,9,\n"},
         "unknown_id", "people.csv:2"),
        ({"seats_csv": "id,unit,head,holder\ns0,u0,2,p0\ns1,u0,0,p1\ns2,u1,1,\n"}, "not_a_flag", "seats.csv:2"),
        ({"units_csv": "id,level,province\n"}, "empty_table", "units.csv"),
        ({"rules_yaml": "rounds: 0\n"}, "number_too_small", "rules.yaml:rounds"),
        ({"rules_yaml": "moves_per_round: -1\n"}, "number_too_small", "rules.yaml:moves_per_round"),
        ({"rules_yaml": "unit_leaving_share: 1.5\n"}, "bad_rule", "rules.yaml:unit_leaving_share"),
        ({"rules_yaml": "moves_per_month: 3\n"}, "unknown_rule", "rules.yaml:moves_per_month"),
        ({"rules_yaml": "- 1\n"}, "bad_rule", "rules.yaml:/"),
        ({"rules_yaml": "a: [\n"}, "unreadable_file", "rules.yaml"),
        ({"rules_yaml": "soft: {non_local_heads_minimum: 3}\n"}, "unknown_soft_rule",
         "rules.yaml:soft.non_local_heads_minimum"),
        ({"rules_yaml": "pinned: [{person: p0, seat: s1, round: 1}]\n"}, "unknown_move", "rules.yaml:pinned"),
        ({"rules_yaml": "not_together: [[p0, p7]]\n"}, "unknown_id", "rules.yaml:not_together"),
        ({"rules_yaml": "tenure: {minimum_months: 3}\n"}, "missing_column", "people.csv"),
    ],
)  # fmt: skip
def test_a_bad_folder_is_refused_with_the_place_at_fault(
    tmp_path: Path, changes: dict[str, str | None], code: str, where: str
) -> None:
    with pytest.raises(BadInput) as caught:
        read_folder(folder(tmp_path, **changes))
    assert caught.value.code == code
    assert caught.value.where.endswith(where)
    assert "{" not in str(caught.value)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="none_here"):
        read_folder(tmp_path / "none_here")


@pytest.mark.parametrize(
    ("rules", "code", "where"),
    [
        ("rounds: 1\nrounds: 2\n", "repeated_rule", "rules.yaml:rounds"),
        ("rounds: 1000000\n", "number_too_large", "rules.yaml:rounds"),
        ("moves_per_round: 99999999999999999999\n", "number_too_large", "rules.yaml:moves_per_round"),
        ("moves_per_round: -1\n", "number_too_small", "rules.yaml:moves_per_round"),
        ("unit_leaving_share: .nan\n", "bad_rule", "rules.yaml:unit_leaving_share"),
        ("aims: [{weights: {score: 1000000000}}]\n", "number_too_large", "rules.yaml:aims.weights"),
    ],
)
def test_a_rule_nobody_can_mean_is_refused_with_its_place(
    tmp_path: Path, rules: str, code: str, where: str
) -> None:
    with pytest.raises(BadInput) as caught:
        read_folder(folder(tmp_path, rules_yaml=rules))
    assert (caught.value.code, caught.value.where) == (code, where)


@pytest.mark.parametrize(
    ("score", "code"),
    [("NaN", "not_a_whole_number"), ("3.5", "not_a_whole_number"), ("", "not_a_whole_number"),
     ("1e3", "not_a_whole_number"), ("1000000001", "number_too_large"),
     ("99999999999999999999", "not_a_whole_number")],
)  # fmt: skip
def test_a_score_that_cannot_be_added_up_exactly_is_refused_with_its_line(
    tmp_path: Path, score: str, code: str
) -> None:
    with pytest.raises(BadInput) as caught:
        read_folder(folder(tmp_path, pairs_csv=f"person,seat,round,score\np0,s2,1,30\np1,s2,1,{score}\n"))
    assert (caught.value.code, caught.value.where) == (code, "pairs.csv:3")


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    path = folder(tmp_path)
    plain = read_folder(path)
    for file in path.iterdir():
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    marked = read_folder(path)
    assert (marked.rules, marked.people.ids, marked.units.ids) == (
        plain.rules,
        plain.people.ids,
        plain.units.ids,
    )
    assert (marked.pairs.score == plain.pairs.score).all()
