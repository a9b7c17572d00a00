"""What the demo adds to its workforce: job positions with levels, who is placed in them, levels judged, who left early.

Departments and the bodies of the new communes have their positions approved; schools and hospitals have none yet, so
that a list also shows what is not known. Texts, levels and judgements are invented.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from hientai.apps.workforce import services as workforce
from hientai.apps.workforce.types import JobDraft, Scheme
from hientai.foundation.actor import Actor
from hientai.rulebook.units import REFORM
from hientai.rulebook.workforce import LEVELS
from hientai.site.demo.bodies import Body
from hientai.site.demo.careers import ENDS
from hientai.site.demo.organisation import DECISION
from hientai.site.demo.people import Post
from hientai.site.demo.reckoning import Reckoned

SOURCE = "Quyết định vị trí việc làm (hư cấu)"
JUDGES = "Hội đồng đánh giá của cơ quan (hư cấu)"
NEW, EARLIER = date(2026, 1, 1), date(2024, 1, 1)
JUDGED_ON = date(2026, 6, 15)
_KINDS = {"department", "commune2025", "commune2025_committee", "commune2025_body"}
_JUDGED_COMMUNES = 8


@dataclass(frozen=True)
class Sort:
    """A sort of job position. part: of ten people of its title so many; levels: by competency."""

    suffix: str
    name: str
    group: str
    levels: dict[str, int]
    about: str
    asks: str
    part: int = 10


_LEAD = Sort(
    "LD", "", "leadership",
    {"ethics": 4, "organising": 4, "communication": 4, "strategy": 3, "deciding": 3, "resources": 3, "developing": 3},
    "Lãnh đạo, quản lý toàn diện công việc được phân công; chịu trách nhiệm trước cấp trên trực tiếp (hư cấu).",
    "Đại học trở lên; lý luận chính trị theo tiêu chuẩn chức danh (hư cấu).",
)  # fmt: skip
_STAFF = (
    Sort("CM", "Chuyên viên nghiệp vụ", "professional",
         {"ethics": 3, "drafting": 3, "advising": 3, "guiding": 2, "inspecting": 2, "digital": 2, "communication": 3},
         "Tham mưu, hướng dẫn, kiểm tra trong lĩnh vực được giao (hư cấu).", "Đại học đúng ngành (hư cấu).", 6),
    Sort("TH", "Chuyên viên tổng hợp", "shared",
         {"ethics": 3, "organising": 3, "drafting": 3, "digital": 3, "cooperation": 2},
         "Tổng hợp, báo cáo, theo dõi chương trình công tác (hư cấu).", "Đại học (hư cấu).", 3),
    Sort("TC", "Chuyên viên tổ chức, cán bộ", "professional",
         {"ethics": 4, "drafting": 3, "advising": 3, "communication": 3, "digital": 2},
         "Theo dõi tổ chức bộ máy, biên chế, hồ sơ cán bộ (hư cấu).", "Đại học (hư cấu).", 1),
)  # fmt: skip
_SUPPORT = Sort(
    "PV", "Nhân viên hỗ trợ, phục vụ", "support", {"ethics": 2, "communication": 2, "digital": 1},
    "Văn thư, lái xe, phục vụ (hư cấu).", "Theo công việc (hư cấu).",
)  # fmt: skip


@dataclass
class Jobs:
    """What is to be entered: drafts by code, levels by code, and who is placed where during which days."""

    drafts: dict[str, JobDraft] = field(default_factory=dict)
    levels: dict[str, dict[str, int]] = field(default_factory=dict)
    placed: list[tuple[int, str, date, date | None]] = field(default_factory=list)


def enter_workforce(
    reckoned: Reckoned, units: dict[str, int], people: list[int], seed: int, actor: Actor
) -> tuple[int, int, int]:
    """Enters all of it; how many job positions, judgements and leavings."""
    reformed = any(body.valid_from == REFORM for body in reckoned.bodies)
    since, decree = (NEW, "361/2025/NĐ-CP") if reformed else (EARLIER, "62/2020/NĐ-CP")
    made = _jobs(reckoned, units, since, decree, Random(f"{seed}:jobs"))
    ids = workforce.open_jobs(actor=actor, drafts=list(made.drafts.values()))
    levels = [
        (ids[code], key, level) for code, wanted in made.levels.items() for key, level in wanted.items()
    ]
    workforce.require_levels(actor=actor, levels=levels, on=since, source=SOURCE)
    placed = [(people[number], ids[code], start, end) for number, code, start, end in made.placed]
    workforce.enter_placements(actor=actor, drafts=placed, source=SOURCE)
    judged = _judge(reckoned, made, people, Random(f"{seed}:levels"), actor) if reformed else 0
    left = _leave(reckoned, units, people, actor) if reformed else 0
    return len(ids), judged, left


def _jobs(reckoned: Reckoned, units: dict[str, int], since: date, decree: str, chance: Random) -> Jobs:
    made = Jobs()
    for body, holdings in _holdings(reckoned, since).items():
        here: dict[str, int] = defaultdict(int)
        for number, post in holdings:
            sort, code = _sort_of(post, number)
            if code not in made.drafts:
                made.drafts[code] = JobDraft(
                    units[body], code, sort.name or post.title.name, decree, sort.group, 1, since, sort.about,
                    sort.asks, post.title.code, source=SOURCE,
                )  # fmt: skip
                made.levels[code] = sort.levels
            begins = max(since, date.fromordinal(post.begins))
            here[code] += begins == since
            ends = None if post.ends is None or post.ends >= ENDS else date.fromordinal(post.ends)
            made.placed.append((number, code, begins, ends))
        for code, now in here.items():
            posts = max(1, now + chance.choice((0, 0, 0, 1)))
            made.drafts[code] = replace(made.drafts[code], posts=posts)
    return made


def _holdings(reckoned: Reckoned, since: date) -> dict[str, list[tuple[int, Post]]]:
    """Posts at the bodies that have positions, held on `since` or later, by body in the order of bodies."""
    at = since.toordinal()
    found: dict[str, list[tuple[int, Post]]] = {
        body.code: [] for body in reckoned.bodies if _has_jobs(body, since)
    }
    for person in reckoned.people:
        for post in person.posts:
            if post.body.code in found and (post.ends is None or post.ends > at) and post.begins < ENDS:
                found[post.body.code].append((person.number, post))
    return found


def _has_jobs(body: Body, since: date) -> bool:
    return (
        body.kind in _KINDS and body.valid_from <= since and (body.valid_to is None or body.valid_to > since)
    )


def _sort_of(post: Post, number: int) -> tuple[Sort, str]:
    if post.title.leads:
        return _LEAD, f"{post.body.code}.{_LEAD.suffix}{post.title.order}"
    if post.title.code.endswith(".staff"):
        return _SUPPORT, f"{post.body.code}.{_SUPPORT.suffix}"
    turn, sort = number % 10, _STAFF[0]
    for sort in _STAFF:
        if turn < sort.part:
            break
        turn -= sort.part
    return sort, f"{post.body.code}.{sort.suffix}"


def _judge(reckoned: Reckoned, made: Jobs, people: list[int], chance: Random, actor: Actor) -> int:
    """Most people of departments and of the first communes were judged once, about as their positions ask."""
    communes = [body.code for body in reckoned.bodies if body.kind == "commune2025"][:_JUDGED_COMMUNES]
    judged = {
        b.code
        for b in reckoned.bodies
        if b.kind == "department" or b.parent in communes or b.code in communes
    }
    levels = []
    for number, code, start, end in made.placed:
        there = start <= JUDGED_ON and (end is None or end > JUDGED_ON)
        if not there or code.rpartition(".")[0] not in judged or chance.random() > 0.8:
            continue
        for key, level in made.levels[code].items():
            got = min(LEVELS, max(1, level + chance.choice((-1, 0, 0, 0, 0, 1))))
            levels.append((people[number], key, got))
    return workforce.assess(
        actor=actor, levels=levels, by=JUDGES, on=JUDGED_ON, source="Biên bản đánh giá năng lực (hư cấu)"
    )


def _leave(reckoned: Reckoned, units: dict[str, int], people: list[int], actor: Actor) -> int:
    """Who left with the reform, and those of 2026 whom the decree on slimming-down fits."""
    days: dict[date, list[tuple[int, str, int, str]]] = defaultdict(list)
    for number, post, day, scheme in _early(reckoned):
        days[day].append((people[number], scheme, units[post.body.code], post.title.code))
    for day, leavings in sorted(days.items()):
        source = DECISION if day == REFORM else f"Quyết định tinh giản biên chế ngày {day:%d/%m/%Y} (hư cấu)"
        workforce.record_leavings(actor=actor, leavings=leavings, on=day, source=source)
    return sum(map(len, days.values()))


def _early(reckoned: Reckoned) -> Iterator[tuple[int, Post, date, str]]:
    reform, most = REFORM.toordinal(), 12
    for person in reckoned.people:
        post = person.posts[-1]
        if post.ends is None or post.ends >= ENDS:
            continue
        months = (person.retires - post.ends) // 30
        if post.ends == reform and months > 1:
            yield person.number, post, REFORM, Scheme.ND_178_2024
        elif most and post.ends >= NEW.toordinal() and 25 <= months <= 58:
            most -= 1
            yield person.number, post, date.fromordinal(post.ends), Scheme.ND_154_2025
