"""Words of procedures, and what their questions answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from hientai.engines.ballots import Outcome, Rule
from hientai.engines.procedure import Definition, Demand, State

READ = "procedures.read"
ACT = "procedures.act"
LEAD = "procedures.lead"
COUNT = "ballots.count"
CLOSE = "ballots.close"


class CaseStatus(models.TextChoices):
    OPEN = "open", _("Đang thực hiện")
    SUSPENDED = "suspended", _("Tạm dừng")
    ENDED = "ended", _("Đã kết thúc")


class BallotState(models.TextChoices):
    COUNTING = "counting", _("Đang kiểm phiếu")
    CLOSED = "closed", _("Đã khóa")


OUTCOMES: Mapping[str, object] = {
    "done": _("Hoàn thành"),
    "agreed": _("Thống nhất"),
    "revise": _("Yêu cầu làm lại"),
    "refused": _("Không thống nhất"),
    "approved": _("Phê duyệt"),
    "chosen": _("Có người được chọn"),
    "carried": _("Không ai quá ngưỡng; đưa sang bước sau"),
    "head_decides": _("Đúng một nửa: người đứng đầu quyết định"),
    "tie": _("Bằng phiếu, phải bỏ phiếu lại"),
    "none": _("Không ai đạt"),
    "recorded": _("Đã ghi nhận ý kiến"),
    "banded": _("Đã xếp mức"),
    "no_quorum": _("Không đủ người họp"),
}
"""What the ways out of a step are called."""


@dataclass(frozen=True)
class NameDraft:
    """Somebody put forward in a case; seat_id: for which seat, None where the case is about one post or none."""

    person_id: int
    seat_id: int | None = None


@dataclass(frozen=True)
class CaseDraft:
    """A case to be opened. kind: of the procedure (`planning.on_spot`); the day chooses the regime.

    unit_id: where the post or plan is; other_unit_id: where the person works now, in procedures that ask that unit;
    subject_kind, subject_id: what a higher capability wants decided (`registry.register_procedure_handler`).
    """

    kind: str
    title: str
    unit_id: int
    names: tuple[NameDraft, ...]
    other_unit_id: int | None = None
    subject_kind: str = ""
    subject_id: str = ""


@dataclass(frozen=True)
class Attendee:
    """Somebody on the list of those summoned. present: None until the meeting."""

    id: int
    name: str
    person_id: int | None
    present: bool | None


@dataclass(frozen=True)
class SittingRow:
    """A meeting that was called."""

    id: int
    step: str
    meeting_on: date
    place: str
    chair: str
    secretary: str
    minutes: str
    people: tuple[Attendee, ...]

    @property
    def present(self) -> int:
        return sum(one.present is True for one in self.people)


@dataclass(frozen=True)
class NameRow:
    """Somebody in a case; key: how events name them; label: as printed on a ballot paper."""

    key: str
    person_id: int
    seat_id: int | None
    label: str
    position: str
    seat: str


@dataclass(frozen=True)
class CaseRow:
    """One line of the board."""

    id: int
    code: str
    title: str
    kind: str
    definition: str
    document: str
    unit: str
    unit_id: int
    status: str
    step: str
    step_title: str
    step_place: int
    ending: str
    opened_on: date
    entered_on: date
    due_on: date | None
    due_certain: bool
    verified: bool

    def is_overdue(self, day: date) -> bool:
        return self.status != CaseStatus.ENDED and self.due_on is not None and self.due_on < day


@dataclass(frozen=True)
class EventRow:
    """One thing that happened, as the history of a case shows it."""

    number: int
    kind: str
    on: date
    at: datetime
    actor: str
    payload: Mapping[str, object]


@dataclass(frozen=True)
class Totals:
    """What a teller read off the ballots, or what was agreed. votes: name key -> ballots with that name."""

    issued: int
    valid: int
    votes: Mapping[str, int]

    def differences(self, other: Totals) -> tuple[str, ...]:
        """Which lines differ: "issued", "valid" or name keys."""
        found = [key for key in ("issued", "valid") if getattr(self, key) != getattr(other, key)]
        keys = {*self.votes, *other.votes}
        return (*found, *sorted(key for key in keys if self.votes.get(key) != other.votes.get(key)))


@dataclass(frozen=True)
class FinalRow:
    """A final count: the first closes the ballot, later ones correct it and say why."""

    version: int
    totals: Totals
    because: str
    by: str
    at: datetime
    outcome: Outcome


@dataclass(frozen=True)
class BallotRow:
    """A ballot on paper. tellers: the accounts that count; entered: what each has entered last, by account."""

    id: int
    case_code: str
    case_title: str
    step: str
    step_title: str
    sitting_id: int
    meeting_on: date
    summoned: int
    present: int
    rule: Rule
    state: str
    names: tuple[NameRow, ...]
    tellers: tuple[tuple[int, str], ...]
    entered: Mapping[int, Totals]
    finals: tuple[FinalRow, ...]
    version: int

    @property
    def is_counted(self) -> bool:
        """Both tellers have entered."""
        return len(self.tellers) == 2 and all(teller in self.entered for teller, _ in self.tellers)

    @property
    def differing(self) -> tuple[str, ...]:
        """The lines on which the tellers disagree; nothing before both have entered."""
        if not self.is_counted:
            return ()
        first, second = (self.entered[teller] for teller, _ in self.tellers)
        return first.differences(second)

    @property
    def may_close(self) -> bool:
        return self.state == BallotState.COUNTING and self.is_counted and not self.differing

    @property
    def outcome(self) -> Outcome | None:
        return self.finals[-1].outcome if self.finals else None


@dataclass(frozen=True)
class TemplateRow:
    """A Word template that an office brought."""

    id: int
    kind: str
    name: str
    kind_label: str
    unit: str
    at: datetime
    by: str


@dataclass(frozen=True)
class CasePage:
    """A case with all that its page shows."""

    row: CaseRow
    state: State
    definition: Definition
    rules: Mapping[str, Rule]
    names: tuple[NameRow, ...]
    demands: tuple[Demand, ...]
    sittings: tuple[SittingRow, ...]
    ballots: tuple[BallotRow, ...]
    events: tuple[EventRow, ...]
    other_unit: str
    version: int
    capacities: frozenset[str]
    whole_due_on: date | None
    whole_due_certain: bool
    subject_kind: str
    subject_id: str

    @property
    def sitting(self) -> SittingRow | None:
        """The last meeting called at the present step, if one counts."""
        if self.state.sitting is None:
            return None
        return next((one for one in reversed(self.sittings) if one.step == self.state.step_code), None)

    @property
    def ballot(self) -> BallotRow | None:
        """The ballot of that meeting."""
        sitting = self.sitting
        return next((one for one in self.ballots if sitting and one.sitting_id == sitting.id), None)
