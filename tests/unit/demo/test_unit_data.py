"""The units of Viet Nam, the mapping of 2025, and the history made by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from hientai.rulebook.units import Area, areas_after, areas_before, history, successors


def _kinds(areas: dict[str, Area]) -> Counter[str]:
    words = ("Đặc khu", "Phường", "Xã", "Thị trấn", "Thành phố", "Thị xã", "Huyện", "Quận")
    return Counter(next(word for word in words if area.name.startswith(word)) for area in areas.values())


def test_before_the_reform_there_were_63_provinces_696_districts_and_10035_communes() -> None:
    before = areas_before()
    assert (len(before.provinces), len(before.districts), len(before.communes)) == (63, 696, 10_035)


def test_from_july_2025_there_are_34_provinces_and_3321_communes_of_three_kinds() -> None:
    after = areas_after()
    assert (len(after.provinces), len(after.districts), len(after.communes)) == (34, 0, 3_321)
    assert _kinds(after.communes) == {"Xã": 2_621, "Phường": 687, "Đặc khu": 13}


def test_every_area_stands_below_one_that_exists() -> None:
    before, after = areas_before(), areas_after()
    assert all(district.above in before.provinces for district in before.districts.values())
    assert all(commune.above in before.districts for commune in before.communes.values())
    assert all(commune.above in after.provinces for commune in after.communes.values())


def test_every_old_commune_has_one_main_successor_and_every_new_one_a_predecessor() -> None:
    main = Counter(pair.before for pair in successors() if pair.main)
    without_communes = set(areas_before().districts) - {c.above for c in areas_before().communes.values()}
    assert main == Counter([*areas_before().communes, *(f"D{code}" for code in without_communes)])
    assert {pair.after for pair in successors()} == set(areas_after().communes)


def test_the_communes_of_an_old_province_all_went_to_one_new_province() -> None:
    before, after = areas_before(), areas_after()
    went: dict[str, set[str]] = {}
    for pair in successors():
        district = before.communes[pair.before].above if pair.before in before.communes else pair.before[1:]
        went.setdefault(before.districts[district].above, set()).add(after.communes[pair.after].above)
    assert len(went) == 63
    assert all(len(new) == 1 for new in went.values())


def test_dien_bien_had_ten_districts_and_129_communes_and_has_45_now() -> None:
    before, after = areas_before(), areas_after()
    districts = {code: area for code, area in before.districts.items() if area.above == "11"}
    assert _kinds(districts) == {"Thành phố": 1, "Thị xã": 1, "Huyện": 8}
    assert sum(commune.above in districts for commune in before.communes.values()) == 129
    new = {code: area for code, area in after.communes.items() if area.above == "11"}
    assert _kinds(new) == {"Xã": 42, "Phường": 3}


def test_every_change_of_the_history_names_its_day_its_decision_and_whether_it_is_sure() -> None:
    for change in history():
        assert isinstance(change["effective"], date) and change["effective"] < date(2025, 7, 1), change["id"]
        assert change["decision"] and change["what"] and isinstance(change["sure"], bool), change["id"]
        assert change["province"] in areas_before().provinces, change["id"]
    assert len({change["id"] for change in history()}) == len(history())


@pytest.mark.parametrize(
    ("change", "side"), [("hai-duong-2024", "communes_after"), ("dien-bien-phu-2020", "communes_after")]
)
def test_the_history_arrives_at_the_number_of_communes_in_the_tables(change: str, side: str) -> None:
    entry = next(entry for entry in history() if entry["id"] == change)
    districts = {c for c, area in areas_before().districts.items() if area.above == entry["province"]}
    assert entry["count"][side] == sum(c.above in districts for c in areas_before().communes.values())


def test_ha_long_before_2020_is_its_wards_of_today_without_those_of_hoanh_bo_and_with_yet_kieu() -> None:
    entry = next(entry for entry in history() if entry["id"] == "ha-long-2020")
    former = set(entry["before"]["communes"])
    now = {
        area.name for area in areas_before().communes.values() if area.above == entry["before"]["district"]
    }
    assert len(former) == entry["count"]["communes_before"] == 20
    assert former - now == {"Phường Yết Kiêu"}
