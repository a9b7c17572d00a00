"""The bodies of the province over time: areas, agencies, schools; and which body's people go where on 2025-07-01."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from hientai.rulebook.units import REFORM, Area, areas_after, areas_before, successors
from hientai.site.demo.scenario import Scenario


@dataclass(frozen=True)
class Body:
    """A unit to be. kind: how it is staffed (a kind of the scenario); area: code of the commune or district it
    belongs to, of the province otherwise; heirs: codes of the bodies its people go to when it ends.
    """

    code: str
    name: str
    unit_kind: str
    block: str
    level: str
    parent: str
    kind: str
    area: str
    district: str
    order: int
    valid_from: date
    valid_to: date | None = None
    heirs: tuple[str, ...] = ()


def bodies_of(scenario: Scenario) -> list[Body]:
    """Every body, parents before children, in protocol order."""
    return [*_province(scenario), *_before(scenario), *_after(scenario)]


def _province(scenario: Scenario) -> Iterator[Body]:
    root, since = scenario.code, scenario.founded
    name = areas_before().provinces[scenario.province].name
    yield Body(root, name, "area", "government", "province", "", "province", root, "", 1, since)
    yield Body(
        f"{root}.TU",
        "Tỉnh ủy",
        "committee",
        "party",
        "province",
        root,
        "province_committee",
        root,
        "",
        2,
        since,
    )
    departments: dict[str, str] = {}
    number = 0
    for group in scenario.content["agencies"]:
        for title in group["names"]:
            number += 1
            departments[title] = code = f"{root}.{number:02d}"
            yield Body(
                code, title, "agency", group["block"], "province", root, group["kind"], root, "",
                10 + number, since,
            )  # fmt: skip
    for group in scenario.content["services"]:
        above = departments[group["below"]]
        names = group.get("names") or [
            f"{group['each_district']} {_spoken(district)}" for district in _districts(scenario).values()
        ]
        for title in names:
            number += 1
            yield Body(
                f"{above}.{number:03d}", title, "service", "public_service", "province", above, group["kind"],
                root, "", 100 + number, since,
            )  # fmt: skip


def _before(scenario: Scenario) -> Iterator[Body]:
    root, since = scenario.code, scenario.founded
    communes = _communes_by_district(scenario)
    heirs = _main_heirs(scenario)
    for place, (number, district) in enumerate(_districts(scenario).items(), 1):
        code, order = f"{root}.H{number}", 1000 * place
        new = tuple(dict.fromkeys(heirs[commune.code] for commune in communes[number]))
        yield Body(
            code, district.name, "area", "government", "district", root, "district", code, code, order, since,
            REFORM, (root, *new),
        )  # fmt: skip
        yield Body(
            f"{code}.CU", _committee(district), "committee", "party", "district", code, "district_committee", code,
            code, order + 1, since, REFORM, (root, *new),
        )  # fmt: skip
        education = ""
        for agency in _agencies(scenario, number, district, code, order, new):
            education = agency.code if agency.name.startswith("Phòng Giáo dục") else education
            yield agency
        for place_, commune in enumerate(communes[number], 1):
            below = f"{code}.X{commune.code}"
            heir = heirs[commune.code]
            yield Body(
                below, commune.name, "area", "government", "commune", code, "commune", below, code,
                order + 100 + place_, since, REFORM, (heir,),
            )  # fmt: skip
            yield from _beside(below, commune, code, order + 100 + place_, since, heir)
            for n, school in enumerate(scenario.content["schools"], 1):
                yield Body(
                    f"{below}.T{n}", f"{school} {_spoken(commune)}", "service", "public_service", "district",
                    education, "school", code, code, order + 300 + place_, since, REFORM,
                    (f"{heir}.{commune.code}.T{n}",),
                )  # fmt: skip


def _agencies(
    scenario: Scenario, number: str, district: Area, code: str, order: int, heirs: tuple[str, ...]
) -> Iterator[Body]:
    n = 0
    for group in scenario.content["district_agencies"]:
        if number not in group.get("only", [number]):
            continue
        for title in group["names"]:
            n += 1
            kind = "service" if group["block"] == "public_service" else "division"
            yield Body(
                f"{code}.{n:02d}", f"{_urban(scenario, title, district)} {_spoken(district)}", kind, group["block"],
                "district", code, group["kind"], code, code, order + n, scenario.founded, REFORM, heirs,
            )  # fmt: skip


def _after(scenario: Scenario) -> Iterator[Body]:
    root = scenario.code
    old = defaultdict(list)
    for commune, heir in _main_heirs(scenario).items():
        old[heir].append(areas_before().communes[commune])
    for place, commune in enumerate(_new_communes(scenario), 1):
        code, order = f"{root}.X{commune.code}", 20000 + 100 * place
        yield Body(
            code,
            commune.name,
            "area",
            "government",
            "commune",
            root,
            "commune2025",
            code,
            code,
            order,
            REFORM,
        )
        yield Body(
            f"{code}.DU", f"Đảng ủy {_spoken(commune)}", "committee", "party", "commune", code,
            "commune2025_committee", code, code, order + 1, REFORM,
        )  # fmt: skip
        n = 1
        for group in scenario.content["communes_2025"]:
            for title in group["names"]:
                n += 1
                kind = "service" if group["block"] == "public_service" else "division"
                yield Body(
                    f"{code}.{n:02d}", f"{title} {_spoken(commune)}", kind, group["block"], "commune", code,
                    group["kind"], code, code, order + n, REFORM,
                )  # fmt: skip
        for former in old[code]:
            for t, school in enumerate(scenario.content["schools"], 1):
                yield Body(
                    f"{code}.{former.code}.T{t}", f"{school} {_spoken(former)}", "service", "public_service",
                    "commune", code, "commune2025_school", code, code, order + 50 + t, REFORM,
                )  # fmt: skip


def _beside(code: str, commune: Area, district: str, order: int, since: date, heir: str) -> Iterator[Body]:
    """The party committee and the front of a commune of old."""
    spoken = _spoken(commune)
    yield Body(
        f"{code}.DU", f"Đảng ủy {spoken}", "committee", "party", "commune", code, "commune_committee", code,
        district, order, since, REFORM, (heir,),
    )  # fmt: skip
    yield Body(
        f"{code}.MT", f"Mặt trận Tổ quốc và các đoàn thể {spoken}", "division", "front", "commune", code,
        "commune_front", code, district, order, since, REFORM, (heir,),
    )  # fmt: skip


def _committee(district: Area) -> str:
    """What the committee of a district is called: Huyện ủy Tủa Chùa, Thành ủy Điện Biên Phủ."""
    for kind, word in (("Thành phố ", "Thành ủy "), ("Thị xã ", "Thị ủy "), ("Huyện ", "Huyện ủy ")):
        if district.name.startswith(kind):
            return word + district.name.removeprefix(kind)
    return district.name


def _districts(scenario: Scenario) -> dict[str, Area]:
    return {code: area for code, area in areas_before().districts.items() if area.above == scenario.province}


def _communes_by_district(scenario: Scenario) -> dict[str, list[Area]]:
    found: dict[str, list[Area]] = {code: [] for code in _districts(scenario)}
    for commune in areas_before().communes.values():
        if commune.above in found:
            found[commune.above].append(commune)
    return found


def _new_communes(scenario: Scenario) -> list[Area]:
    return [area for area in areas_after().communes.values() if area.above == scenario.province]


def _main_heirs(scenario: Scenario) -> dict[str, str]:
    """Old commune's official code -> unit code of the new commune that took most of it."""
    new = {area.code for area in _new_communes(scenario)}
    return {s.before: f"{scenario.code}.X{s.after}" for s in successors() if s.main and s.after in new}


def _spoken(area: Area) -> str:
    """The name as it follows another: "huyện Tủa Chùa"."""
    return area.name[0].lower() + area.name[1:]


def _urban(scenario: Scenario, title: str, district: Area) -> str:
    if district.name.startswith("Huyện "):
        return title
    committee = " ".join(_committee(district).split()[:2])
    names: dict[str, Any] = scenario.content["urban"]
    return str(names.get(title, title)).replace("Huyện ủy", committee)
