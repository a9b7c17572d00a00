"""The reform of 2025-07-01 for every unit of the country as one act: exact counts, nobody without a parent."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import pytest
from tests.factories.province import Province

from hientai.apps.organization import selectors, services
from hientai.apps.organization.types import ActDraft, ActKind, Heir, Level, UnitDraft
from hientai.foundation.actor import Actor
from hientai.rulebook.units import REFORM, areas_after, areas_before, successors

pytestmark = [pytest.mark.django_db, pytest.mark.long]
FOUNDED, EVE = date(2020, 1, 1), date(2025, 6, 30)
DECISION = "Sắp xếp đơn vị hành chính từ 01/07/2025"


def _area(code: str, name: str, level: str, parent: str, since: date) -> UnitDraft:
    return UnitDraft(code, name, "area", "government", level, parent, since)


def _before() -> list[UnitDraft]:
    was = areas_before()
    return [
        *(_area(f"P{a.code}", a.name, Level.PROVINCE, "", FOUNDED) for a in was.provinces.values()),
        *(
            _area(f"D{a.code}", a.name, Level.DISTRICT, f"P{a.above}", FOUNDED)
            for a in was.districts.values()
        ),
        *(_area(f"C{a.code}", a.name, Level.COMMUNE, f"D{a.above}", FOUNDED) for a in was.communes.values()),
    ]


def _province_of(commune: str) -> str:
    was = areas_before()
    return was.districts[was.communes[commune].above].above


def _reform() -> list[ActDraft]:
    now = areas_after()
    pairs = [s for s in successors() if not s.before.startswith("D")]
    new = {c: _area(f"N{c}", a.name, Level.COMMUNE, f"Q{a.above}", REFORM) for c, a in now.communes.items()}
    went: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for pair in pairs:
        went[pair.before].append((pair.after, pair.main))
    whole: dict[str, list[str]] = defaultdict(list)
    shared = {old: parts for old, parts in went.items() if len(parts) > 1}
    for old, parts in went.items():
        if len(parts) == 1:
            whole[parts[0][0]].append(old)
    acts = [
        ActDraft(ActKind.MERGE, REFORM, DECISION, (new.pop(after),), tuple(f"C{o}" for o in olds), (),
                 tuple(Heir(f"C{o}", f"N{after}") for o in olds))
        for after, olds in whole.items()
    ]  # fmt: skip
    for old, parts in shared.items():
        begins = tuple(new.pop(after) for after, _main in parts if after in new)
        heirs = tuple(Heir(f"C{old}", f"N{after}", None, main) for after, main in parts)
        acts.append(ActDraft(ActKind.SPLIT, REFORM, DECISION, begins, (f"C{old}",), (), heirs))
    if new:  # communes of districts that had none, such as islands
        acts.append(ActDraft(ActKind.ESTABLISH, REFORM, DECISION, tuple(new.values())))
    into: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        into[now.communes[pair.after].above].add(_province_of(pair.before))
    for code, olds in into.items():
        begins = (_area(f"Q{code}", now.provinces[code].name, Level.PROVINCE, "", REFORM),)
        heirs = tuple(Heir(f"P{old}", f"Q{code}") for old in sorted(olds))
        acts.append(
            ActDraft(ActKind.MERGE, REFORM, DECISION, begins, tuple(f"P{o}" for o in sorted(olds)), (), heirs)
        )
    districts = tuple(f"D{code}" for code in areas_before().districts)
    return [*acts, ActDraft(ActKind.DISSOLVE, REFORM, DECISION, ends=districts)]


def _counts(actor: Actor, day: date) -> dict[str, int]:
    rows = [row for row in selectors.units(actor=actor, as_of=day) if not row.code.startswith("T")]
    return dict(Counter(row.level for row in rows))


def test_the_country_before_and_after_the_reform_is_counted_exactly(province: Province) -> None:
    maker = province.maker
    services.establish_units(actor=maker, drafts=_before())
    acts = services.carry_out(actor=maker, drafts=_reform())
    assert _counts(maker, EVE) == {"province": 63, "district": 696, "commune": 10_035}
    assert _counts(maker, REFORM) == {"province": 34, "commune": 3_321}
    rows = selectors.units(actor=maker, as_of=REFORM, level=Level.COMMUNE)
    kinds = Counter(row.name.partition(" ")[0] for row in rows if row.code.startswith("N"))
    assert kinds == {"Xã": 2_621, "Phường": 687, "Đặc": 13}
    standing = {row.id for row in selectors.units(actor=maker, as_of=REFORM)}
    assert all(row.parent_id in standing for row in rows)
    assert selectors.closure_differences() == []
    ended = [
        u for u in selectors.units(actor=maker, as_of=EVE) if u.level == "commune" and u.code.startswith("C")
    ]
    keepers = selectors.keepers_of(actor=maker, as_of=REFORM, unit_ids=[u.id for u in ended])
    assert len(keepers) == 10_035
    services.undo_acts(actor=maker, act_ids=acts, because="thử")
    assert _counts(maker, REFORM) == {"province": 63, "district": 696, "commune": 10_035}
