"""A small invented province with everything the screens ask about: units, titles, people, a plan, accounts.

Deterministic. Dates are chosen so that questions as of 2019, 2024 and 2026 have different answers.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from hientai.apps.accounts import services as accounts
from hientai.apps.accounts.models import User
from hientai.apps.accounts.selectors import actor_of
from hientai.apps.accounts.types import Role
from hientai.apps.cadres import models as cadre_models
from hientai.apps.cadres import services as cadres
from hientai.apps.cadres.drafts import (
    ManagementDraft,
    PersonDraft,
    PositionDraft,
    QualificationDraft,
    RatingDraft,
)
from hientai.apps.cadres.types import Born
from hientai.apps.organization import services as organization
from hientai.apps.organization.models import Title, Unit
from hientai.apps.organization.types import Block, Level, Tier, TitleDraft, UnitDraft, UnitKind
from hientai.apps.planning import services as planning
from hientai.apps.planning.types import Readiness, SlotDraft
from hientai.foundation.actor import Actor, system

TODAY = date(2026, 3, 5)
FOUNDED = date(2010, 1, 1)
PASSWORD = "mật khẩu để thử 1"

TITLES = (
    ("province.committee_member", "Tỉnh ủy viên", Level.PROVINCE, 80, Tier.SECRETARIAT, False),
    ("province.department_head", "Giám đốc sở", Level.PROVINCE, 75, Tier.PROVINCE, True),
    ("district.secretary", "Bí thư huyện ủy", Level.DISTRICT, 70, Tier.PROVINCE, True),
    ("district.committee_member", "Huyện ủy viên", Level.DISTRICT, 55, Tier.DISTRICT, False),
    ("commune.secretary", "Bí thư Đảng ủy xã", Level.COMMUNE, 40, Tier.DISTRICT, True),
    ("commune.chair", "Chủ tịch UBND xã", Level.COMMUNE, 40, Tier.DISTRICT, True),
    ("commune.committee_member", "Đảng ủy viên", Level.COMMUNE, 25, Tier.COMMUNE, False),
    ("commune.specialist", "Chuyên viên", Level.COMMUNE, 10, Tier.COMMUNE, False),
)
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Lò", "Lường", "Quàng", "Vàng", "Giàng", "Cà")
GIVEN_MALE = ("Anh", "Bình", "Cường", "Dũng", "Đạt", "Hòa", "Khánh", "Phúc", "Sơn", "Tuấn")
GIVEN_FEMALE = ("Ánh", "Bích", "Hằng", "Hương", "Lan", "Loan", "Nga", "Phượng", "Thủy", "Yến")


@dataclass(frozen=True)
class Province:
    """What a test needs to know: ids by code, and the system actor that made it all."""

    units: dict[str, int]
    titles: dict[str, int]
    people: tuple[int, ...]
    maker: Actor


def make_province(*, people_per_commune: int = 12, seed: int = 7) -> Province:
    """Enters the province through the services, as any installation would."""
    maker = system(TODAY)
    units = organization.establish_units(actor=maker, drafts=_units())
    titles = organization.enter_titles(actor=maker, drafts=_titles())
    _codes()
    chance = random.Random(seed)
    drafts = [
        draft
        for unit in sorted(units)
        for draft in _staff(unit, units, titles, maker, chance, people_per_commune)
    ]
    people = cadres.enter_people(actor=maker, drafts=drafts, source="Danh sách thử")
    _plan(maker, units, titles, people, chance)
    _accounts(maker, units)
    return Province(units, titles, tuple(people), maker)


def _units() -> list[UnitDraft]:
    area, government = UnitKind.AREA, Block.GOVERNMENT
    made = [UnitDraft("T", "Tỉnh Thử Nghiệm", area, government, Level.PROVINCE, "", FOUNDED, 1)]
    made.append(UnitDraft("T.SNV", "Sở Nội vụ", UnitKind.AGENCY, government, Level.PROVINCE, "T", FOUNDED, 5))
    for d, district in enumerate(("Huyện Sông Đà", "Huyện Mường Mới"), 1):
        made.append(UnitDraft(f"T.H{d}", district, area, government, Level.DISTRICT, "T", FOUNDED, 10 * d))
        for c, commune in enumerate(("Xã Bản Lạnh", "Xã Nà Hoa", "Phường Thanh Bình"), 1):
            made.append(
                UnitDraft(
                    f"T.H{d}.X{c}",
                    f"{commune} {d}",
                    area,
                    government,
                    Level.COMMUNE,
                    f"T.H{d}",
                    FOUNDED,
                    10 * d + c,
                )
            )
    return made


def _titles() -> list[TitleDraft]:
    return [
        TitleDraft(code, name, level, rank, tier, FOUNDED, is_leadership=rank > 20, is_key=key, order=100 - rank,
                   standard=f"plan.{code}")
        for code, name, level, rank, tier, key in TITLES
    ]  # fmt: skip


def _codes() -> None:
    lists = {
        "professional": (
            ("intermediate", "Trung cấp", 2),
            ("college", "Cao đẳng", 3),
            ("bachelor", "Đại học", 4),
            ("master", "Thạc sĩ", 5),
        ),
        "political_theory": (
            ("elementary", "Sơ cấp", 1),
            ("intermediate", "Trung cấp", 2),
            ("advanced", "Cao cấp", 3),
        ),
    }
    for name, codes in lists.items():
        for code, label, rank in codes:
            cadre_models.Code.objects.get_or_create(
                list=name, code=code, defaults={"name": label, "rank": rank}
            )


def _staff(
    code: str, units: dict[str, int], titles: dict[str, int], maker: Actor, chance: random.Random, size: int
) -> list[PersonDraft]:
    level = (
        {0: "province", 1: "district", 2: "commune"}[min(code.count("."), 2)]
        if code != "T.SNV"
        else "department"
    )
    wanted = {
        "province": ["province.committee_member"] * 4,
        "department": ["province.department_head"],
        "district": ["district.secretary"] + ["district.committee_member"] * 5,
        "commune": ["commune.secretary", "commune.chair"]
        + ["commune.committee_member"] * 4
        + ["commune.specialist"] * (size - 6),
    }[level]
    tiers = {title[0]: title[4] for title in TITLES}
    seats = organization.open_seats(
        actor=maker, wanted=[(units[code], titles[t]) for t in wanted], valid_from=FOUNDED
    )
    return [
        _person(chance, units[code], str(tiers[title]), seats[units[code], titles[title]], number)
        for number, title in enumerate(wanted)
    ]


def _person(chance: random.Random, unit: int, tier: str, seat: int, number: int) -> PersonDraft:
    female = chance.random() < 0.4
    given = chance.choice(GIVEN_FEMALE if female else GIVEN_MALE)
    name = f"{chance.choice(FAMILY)} {'Thị' if female else 'Văn'} {given}"
    year = chance.randint(1966, 1999)
    born = Born(year) if chance.random() < 0.1 else Born(year, chance.randint(1, 12), chance.randint(1, 28))
    since = date(chance.randint(2015, 2023), chance.randint(1, 12), 1)
    identity = f"0110{chance.randint(10**7, 10**8 - 1)}"
    party = {"party_joined_on": date(year + 25, 3, 3), "ethnicity": chance.choice(["kinh", "thai", "hmong"])}
    return PersonDraft(
        full_name=name,
        sex="female" if female else "male",
        born=born,
        management=(ManagementDraft(unit, tier, since),),
        identities=(identity,),
        biography=party,
        positions=(PositionDraft(seat, since),),
        qualifications=(
            QualificationDraft(
                "professional", chance.choice(["college", "bachelor", "bachelor", "master"]), since
            ),
            QualificationDraft(
                "political_theory", chance.choice(["elementary", "intermediate", "advanced"]), since
            ),
        ),
        ratings=tuple(
            RatingDraft(y, chance.choice(["good", "good", "outstanding", "satisfactory"]))
            for y in range(max(2021, since.year), 2026)
        ),
    )


def _plan(
    maker: Actor, units: dict[str, int], titles: dict[str, int], people: list[int], chance: random.Random
) -> None:
    planning.open_plan(
        actor=maker,
        term="2025-2030",
        government_term="2026-2031",
        begins_on=date(2025, 6, 1),
        ends_on=date(2030, 6, 1),
    )
    planned = ("commune.secretary", "commune.chair", "commune.committee_member")
    pairs = [(units[u], titles[t]) for u in sorted(units) if u.count(".") == 2 for t in planned]
    seats = organization.open_seats(actor=maker, wanted=pairs, valid_from=FOUNDED)
    drafts = [
        SlotDraft(person, seat, date(2025, 7, 1), readiness=chance.choice(list(Readiness.values)))
        for place, seat in enumerate(seats.values())
        for person in chance.sample(people, 1 if place % 5 == 0 else 3)
    ]
    planning.plan_people(actor=maker, term="2025-2030", drafts=drafts, source="Quy hoạch thử")


def _accounts(maker: Actor, units: dict[str, int]) -> None:
    people = (
        ("bantochuc", "Cán bộ Ban Tổ chức", Role.BOARD_OFFICER, None),
        ("huyen1", "Thủ trưởng huyện 1", Role.UNIT_HEAD, units["T.H1"]),
        ("canbo", "Cán bộ xem hồ sơ của mình", Role.STAFF, None),
        ("kythuat", "Quản trị kỹ thuật", Role.ADMINISTRATOR, None),
    )
    first = cadre_models.Person.objects.order_by("id").values_list("code", flat=True).first() or ""
    for username, name, role, unit in people:
        user = accounts.open_account(
            actor=maker,
            username=username,
            display_name=name,
            password=PASSWORD,
            person_code=first if role == Role.STAFF else "",
        )
        accounts.grant_role(actor=maker, user=user, role=role, unit_id=unit, valid_from=FOUNDED)


_made: list[Province] = []


def ensure_province() -> Province:
    """The committed province of this session; made when it is not in the database (any more)."""
    if not _made or not Unit.objects.filter(pk=_made[0].units["T"]).exists():
        _made[:] = [_found() or make_province()]
    return _made[0]


def _found() -> Province | None:
    """The province that an earlier session left in a kept database."""
    units = dict(Unit.objects.values_list("code", "id"))
    people = tuple(cadre_models.Person.objects.order_by("id").values_list("id", flat=True))
    titles = dict(Title.objects.values_list("code", "id"))
    return Province(units, titles, people, system(TODAY)) if "T" in units else None


def actor_named(username: str) -> Actor:
    """The actor that an account of the province is on TODAY."""
    return actor_of(User.objects.get(username=username), TODAY)
