"""Cases in different states, and a consultation half answered, so that a demo shows procedures at work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hientai.apps.accounts.policies import PERMISSIONS
from hientai.apps.accounts.types import Role
from hientai.apps.consultations import selectors as consultation_questions
from hientai.apps.consultations import services as consultations
from hientai.apps.consultations.comparing import read_clauses
from hientai.apps.consultations.types import AddresseeDraft, ConsultationDraft
from hientai.apps.procedures import selectors, services
from hientai.apps.procedures.types import CaseDraft, CasePage, NameDraft, Totals
from hientai.foundation.actor import Actor, ActorGrant
from hientai.site.demo.entry import Entered
from hientai.site.demo.reckoning import Reckoned

APPOINTMENT, PLANNING = "appointment.on_spot.public_employee", "planning.on_spot"
DRAFT = """Điều 1. Phạm vi
Quy chế này quy định việc phối hợp giữa các cơ quan của xã trong quản lý cán bộ (hư cấu).
Điều 2. Nguyên tắc
Đúng thẩm quyền, công khai, kịp thời.
Điều 3. Chế độ báo cáo
Mỗi quý một lần, trước ngày 15 tháng cuối quý."""


class Walk:
    """One case on its way, on one day, as an officer and two tellers would take it."""

    def __init__(
        self, actor: Actor, tellers: Sequence[tuple[str, Actor]], draft: CaseDraft, on: date
    ) -> None:
        self.actor, self.tellers, self.on = actor, tellers, on
        self.code = services.open_case(actor=actor, draft=draft, on=on).code

    @property
    def page(self) -> CasePage:
        return selectors.case(actor=self.actor, as_of=self.actor.today, code=self.code)

    def later(self, days: int) -> None:
        self.on += timedelta(days=days)

    def _act(self, service: object, **more: object) -> None:
        service(actor=self.actor, code=self.code, expected=self.page.version, on=self.on, **more)  # type: ignore[operator]

    def papers(self, *codes: str) -> None:
        for code in codes:
            self._act(services.give_paper, paper=code, signed_on=self.on, number="")

    def own_papers(self) -> None:
        step = self.page.state.step
        self.papers(*(step.own_paper(kind) for kind in step.gives))

    def meet(self, summoned: int, absent: int = 1) -> None:
        people = [(None, f"Đại biểu {number}") for number in range(1, summoned + 1)]
        more = {
            "meeting_on": self.on,
            "place": "Hội trường",
            "chair": "Chủ trì (hư cấu)",
            "secretary": "Thư ký (hư cấu)",
        }
        self._act(services.summon, people=people, **more)
        sitting = self.page.sitting
        assert sitting is not None
        self._act(services.hold_meeting, present=[one.id for one in sitting.people[: summoned - absent]])

    def count(self, first: Sequence[int], second: Sequence[int] | None = None) -> None:
        """Both tellers enter; without `second` they read the same, and the count is closed."""
        names = [name for name, _ in self.tellers]
        token: UUID = services.name_tellers(
            actor=self.actor, code=self.code, first=names[0], second=names[1]
        ).token
        for (_, teller), votes in zip(self.tellers, (first, second or first), strict=True):
            ballot = selectors.ballot_to_count(actor=teller, as_of=self.on, token=token)
            said = {name.key: number for name, number in zip(ballot.names, votes, strict=True)}
            totals = Totals(ballot.present, ballot.present, said)
            services.enter_count(actor=teller, token=token, attempt=1, totals=totals)
        if second is None:
            self._act(services.close_ballot)

    def end(self, outcome: str = "", ground: str = "") -> None:
        self._act(services.finish_step, outcome=outcome, ground=ground)

    def ballot_step(self, summoned: int, votes: Sequence[int], ground: str = "") -> None:
        self.meet(summoned)
        self.count(votes)
        self.own_papers()
        self.end(ground=ground)


def enter_cases(
    reckoned: Reckoned, entered: Entered, tellers: Sequence[tuple[str, int]], *, actor: Actor
) -> int:
    """A handful of cases and a consultation; returns how many cases. Needs two communes with a few people each."""
    communes = _communes(reckoned, entered)
    if len(communes) < 3:
        return 0
    grants = (ActorGrant(Role.UNIT_HEAD, PERMISSIONS[Role.UNIT_HEAD]),)
    counting = [(name, Actor(user_id, name, actor.today, grants)) for name, user_id in tellers]
    today = actor.today
    _appointments(actor, counting, communes, today)
    _planning(actor, counting, communes, today)
    _consultation(actor, communes, today)
    return 5


def _communes(reckoned: Reckoned, entered: Entered) -> list[tuple[str, int, list[int]]]:
    """Bodies in existence with enough people at work: name, unit id, people."""
    found: dict[str, list[int]] = {}
    for person in reckoned.people:
        post = person.posts[-1]
        if post.ends is None and post.body.valid_to is None:
            found.setdefault(post.body.code, []).append(entered.people[person.number])
    names = {body.code: body.name for body in reckoned.bodies}
    large = sorted((code for code, people in found.items() if len(people) >= 4))
    return [(names[code], entered.units[code], found[code]) for code in large[:6]]


def _case(kind: str, title: str, commune: tuple[str, int, list[int]], people: int) -> CaseDraft:
    name, unit, known = commune
    return CaseDraft(kind, f"{title}, {name}", unit, tuple(NameDraft(person) for person in known[:people]))


def _appointments(
    actor: Actor,
    tellers: Sequence[tuple[str, Actor]],
    communes: Sequence[tuple[str, int, list[int]]],
    today: date,
) -> None:
    """One whose tellers disagree, one whose quorum was missed, one that rests, and one that nobody won."""
    differing = Walk(
        actor, tellers, _case(APPOINTMENT, "Bổ nhiệm phó trưởng phòng", communes[0], 3), today - timedelta(30)
    )
    differing.papers("policy")
    differing.meet(9)
    differing.own_papers()
    differing.end("agreed")
    differing.later(12)
    differing.meet(30, absent=2)
    differing.count((17, 8, 3), (16, 9, 3))

    missed = Walk(
        actor, tellers, _case(APPOINTMENT, "Bổ nhiệm trưởng phòng", communes[1], 2), today - timedelta(50)
    )
    missed.papers("policy", "health")
    missed.meet(9, absent=4)

    resting = Walk(
        actor,
        tellers,
        _case(APPOINTMENT, "Bổ nhiệm giám đốc trung tâm", communes[2], 2),
        today - timedelta(8),
    )
    resting._act(services.suspend, reason="Chờ kết luận xác minh của cơ quan có thẩm quyền (hư cấu).")


def _planning(
    actor: Actor,
    tellers: Sequence[tuple[str, Actor]],
    communes: Sequence[tuple[str, int, list[int]]],
    today: date,
) -> None:
    """One approved under the ground of the office, one on its third step."""
    approved = Walk(
        actor, tellers, _case(PLANNING, "Quy hoạch nhiệm kỳ 2025–2030", communes[0], 4), today - timedelta(60)
    )
    approved.papers("plan", "source_list")
    approved.end()
    approved.meet(9)
    approved.own_papers()
    approved.end("agreed")
    for summoned, votes in ((40, (33, 30, 21, 9)), (24, (20, 18, 13, 4))):
        approved.later(7)
        approved.ballot_step(summoned, votes)
    approved.papers("proposal", "personal_files")
    approved.ballot_step(9, (8, 7, 5, 1), ground="Quy chế làm việc của Ban Thường vụ (hư cấu), Điều 12")
    approved.later(5)
    approved.end("approved")

    halfway = Walk(
        actor, tellers, _case(PLANNING, "Quy hoạch bổ sung", communes[2], 3), today - timedelta(15)
    )
    halfway.papers("plan", "source_list")
    halfway.end()
    halfway.meet(9)
    halfway.own_papers()
    halfway.end("agreed")


def _consultation(actor: Actor, communes: Sequence[tuple[str, int, list[int]]], today: date) -> None:
    """Asked of every body named, answered by half, one proposal with its reply."""
    addressees = tuple(AddresseeDraft(name, unit_id=unit) for name, unit, _ in communes)
    draft = ConsultationDraft(
        "rule", "Quy chế phối hợp quản lý cán bộ ở cơ sở (hư cấu)", communes[0][1], read_clauses(DRAFT), addressees,
        today + timedelta(days=5),
    )  # fmt: skip
    code = consultations.open_consultation(actor=actor, draft=draft, on=today - timedelta(days=10)).code
    page = consultation_questions.consultation(actor=actor, as_of=today, code=code)
    for place, one in enumerate(page.addressees[: len(communes) // 2]):
        said = {"Điều 3": "Đề nghị báo cáo sáu tháng một lần để giảm văn bản."} if place == 0 else {}
        consultations.answer(actor=actor, addressee_id=one.id, agrees=not said, proposals=said)
    page = consultation_questions.consultation(actor=actor, as_of=today, code=code)
    consultations.reply(
        actor=actor, code=code, proposal_id=page.proposals[0].id, reply="accepted",
        reason="Phù hợp chủ trương giảm văn bản, báo cáo.",
    )  # fmt: skip
    clauses = [
        replace(c, text="Sáu tháng một lần.") if c.label == "Điều 3" else c for c in page.newest.clauses
    ]
    version = consultation_questions.consultation(actor=actor, as_of=today, code=code).version
    consultations.change_draft(
        actor=actor, code=code, expected=version, clauses=clauses, note="tiếp thu góp ý Điều 3"
    )
