"""Builds src/hientai/rulebook/units/*.csv: the units of Viet Nam before and from 2025-07-01, and the mapping.

Runs outside the project's environment, because the package it reads pulls a GPL library; see
docs/howto/rebuild-unit-data.md. Standard library only. Source: vietnamadminunits (MIT), its data files
`dataset.db` and `converter_2025.json`.
"""

from __future__ import annotations

import argparse
import csv
import json
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PACKAGE = "vietnamadminunits"
TARGET = Path(__file__).resolve().parent.parent / "src" / "hientai" / "rulebook" / "units"
Row = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="source", type=Path, help="the package's folder `data`")
    parser.add_argument("--to", type=Path, default=TARGET)
    options = parser.parse_args()
    source = options.source or _package_folder() / "data"
    old, new = read_units(source / "dataset.db")
    mapping = json.loads((source / "converter_2025.json").read_text(encoding="utf-8"))
    for name, head, rows in tables(old, new, mapping):
        _write(options.to / name, head, rows)


def _package_folder() -> Path:
    found = find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        sys.exit(f"{PACKAGE} is not installed here: see docs/howto/rebuild-unit-data.md")
    return Path(found.submodule_search_locations[0])


def read_units(database: Path) -> tuple[list[Row], list[Row]]:
    """The package's rows of communes (and of districts without communes) before, and of communes after."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        return (
            [dict(row) for row in connection.execute("SELECT * FROM admin_units_legacy")],
            [dict(row) for row in connection.execute("SELECT * FROM admin_units")],
        )


def tables(
    old: list[Row], new: list[Row], mapping: dict[str, Any]
) -> Iterable[tuple[str, Sequence[str], Iterable[Sequence[str]]]]:
    """File name, heading and sorted rows of each table."""
    yield (
        "before-provinces.csv",
        ("code", "name"),
        sorted({(r["provinceCode"], r["province"]) for r in old}),
    )
    yield (
        "before-districts.csv",
        ("code", "province", "name"),
        sorted({(r["districtCode"], r["provinceCode"], _tidy(r["district"])) for r in old}),
    )
    yield (
        "before-communes.csv",
        ("code", "district", "name"),
        sorted((r["wardCode"], r["districtCode"], r["ward"]) for r in old if r["ward"]),
    )
    yield (
        "after-provinces.csv",
        ("code", "name"),
        sorted({(r["provinceCode"], r["province"]) for r in new}),
    )
    yield (
        "after-communes.csv",
        ("code", "province", "name"),
        sorted((r["wardCode"], r["provinceCode"], r["ward"]) for r in new),
    )
    yield "successors.csv", ("before", "after", "main"), sorted(_successors(old, new, mapping))


def _tidy(name: str) -> str:
    """The package writes "Thị Xã"; the official form is "Thị xã"."""
    return name.replace("Thị Xã ", "Thị xã ").replace("Thành Phố ", "Thành phố ")


def _successors(old: list[Row], new: list[Row], mapping: dict[str, Any]) -> set[tuple[str, str, str]]:
    """(old commune, or district without communes as `D` + code; new commune; 1 for the one that took most)."""
    new_codes = {(r["provinceKey"], r["wardKey"]): r["wardCode"] for r in new}
    old_codes = {}
    for r in old:
        key = f"{r['provinceKey']}_{r['districtKey']}_{r['wardKey'] or ''}"
        old_codes[key] = r["wardCode"] or f"D{r['districtCode']}"
    rows, missing = set(), []
    whole, divided = mapping["DICT_PROVINCE_WARD_NO_DIVIDED"], mapping["DICT_PROVINCE_WARD_DIVIDED"]
    for province, wards in whole.items():
        for ward, sources in wards.items():
            for source in sources:
                if source in old_codes and (province, ward) in new_codes:
                    rows.add((old_codes[source], new_codes[province, ward], "1"))
                else:
                    missing.append((source, province, ward))
    for province, sources in divided.items():
        for source, parts in sources.items():
            for part in parts:
                if source in old_codes and (province, part["newWardKey"]) in new_codes:
                    main = "1" if part["isDefaultNewWard"] else "0"
                    rows.add((old_codes[source], new_codes[province, part["newWardKey"]], main))
                else:
                    missing.append((source, province, part["newWardKey"]))
    if missing:
        sys.exit(f"{len(missing)} entries of the mapping name no unit: {missing[:10]}")
    return rows


def _write(file: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(head)
        rows = list(rows)
        writer.writerows(rows)
    sys.stderr.write(f"{file.name}: {len(rows)}\n")


if __name__ == "__main__":
    main()
