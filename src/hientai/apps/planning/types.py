"""Words of succession planning, and the coverage table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db import models
from django.utils.translation import gettext_lazy as _

from hientai.apps.cadres.types import Born
from hientai.engines.wording import Sentence


class Source(models.TextChoices):
    ON_SPOT = "on_spot", _("Nguồn tại chỗ")
    ELSEWHERE = "elsewhere", _("Nguồn từ nơi khác")


class Readiness(models.TextChoices):
    NOW = "now", _("Đảm nhận được ngay")
    ONE_TERM = "one_term", _("Sau một nhiệm kỳ")
    TWO_TERMS = "two_terms", _("Sau hai nhiệm kỳ")


class ProposalState(models.TextChoices):
    DRAFT = "draft", _("Đang soạn")
    SUBMITTED = "submitted", _("Đã gửi")
    RETURNED = "returned", _("Trả lại")
    APPROVED = "approved", _("Đã phê duyệt")


class CandidateState(models.TextChoices):
    PROPOSED = "proposed", _("Đề nghị")
    WITHDRAWN = "withdrawn", _("Rút")
    APPROVED = "approved", _("Được phê duyệt")
    REFUSED = "refused", _("Không phê duyệt")


class Finding(models.TextChoices):
    """What a review finds about a slot; also why a slot ended."""

    STAYS = "stays", _("Còn đủ điều kiện")
    UNKNOWN = "unknown", _("Chưa rõ")
    OVER_AGE = "over_age", _("Quá tuổi quy hoạch")
    DISCIPLINED = "disciplined", _("Bị kỷ luật")
    POLITICAL = "political", _("Không bảo đảm tiêu chuẩn chính trị")
    STANDARD_LOST = "standard_lost", _("Không còn đủ tiêu chuẩn")
    NOT_COMPLETED = "not_completed", _("Không hoàn thành nhiệm vụ")
    APPOINTED = "appointed", _("Đã bổ nhiệm, bầu")
    LEFT = "left", _("Đã nghỉ, chuyển đi")
    TITLE_ABOLISHED = "title_abolished", _("Chức danh không còn")
    REMOVED = "removed", _("Đưa ra theo quyết định")


class ReviewDecision(models.TextChoices):
    KEEP = "keep", _("Giữ")
    REMOVE = "remove", _("Đưa ra")


class PoliticalState(models.TextChoices):
    """Where the conclusion on the political standard stands: the state and its day, never what it says."""

    REQUESTED = "requested", _("Đã đề nghị kết luận")
    ISSUED = "issued", _("Đã có kết luận")
    NOT_ASSURED = "not_assured", _("Kết luận không bảo đảm tiêu chuẩn")


class CameFrom(models.TextChoices):
    """Where somebody who is to be added by a review was found."""

    PROPOSAL = "proposal", _("Danh sách đơn vị gửi")
    POOL = "pool", _("Nguồn của chức danh")
    UNPLANNED = "unplanned", _("Đủ tiêu chuẩn, chưa quy hoạch")
    SEARCH = "search", _("Tìm cán bộ theo dữ kiện")


class AdditionDecision(models.TextChoices):
    ADD = "add", _("Bổ sung")
    LEAVE_OUT = "leave_out", _("Không bổ sung")


class Audience(models.TextChoices):
    """Who may see a published list; each one includes those before it."""

    BOARD = "board", _("Ban Tổ chức")
    UNITS = "units", _("Ban Tổ chức, thủ trưởng đơn vị trong phạm vi")
    NAMED = "named", _("Thêm người có tên, chỉ lượt của mình")


@dataclass(frozen=True)
class PlanRow:
    """A plan of a term; `ends_on` is the first day after it."""

    id: int
    term: str
    government_term: str
    begins_on: date
    ends_on: date


def usual_plan(known: Sequence[PlanRow], as_of: date) -> PlanRow | None:
    """The plan to show on a day among plans newest first: the newest that had begun, else the first to come."""
    return next((plan for plan in known if plan.begins_on <= as_of), known[-1] if known else None)


@dataclass(frozen=True)
class Progress:
    """How many steps of a programme of action are done, of how many, and how many are late."""

    done: int
    total: int
    late: int

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"


@dataclass(frozen=True)
class TurnRow:
    """One turn of a plan as a list shows it. wanted: people the plan wants for the seat; programme: how far it is."""

    slot_id: int
    seat_id: int
    person_id: int
    title: str
    at: str
    name: str
    code: str
    born: Born
    position: str
    unit: str
    origin: str
    readiness: str
    sex: str = ""
    professional: str = ""
    theory: str = ""
    wanted: int | None = None
    programme: Progress | None = None


@dataclass(frozen=True)
class VoidedRow:
    """Somebody whose turn is void because the title or the unit ended; the newest such turn."""

    person_id: int
    name: str
    code: str
    position: str
    unit: str
    term: str
    title: str
    at: str
    void_from: date
    reason: str
    source: str


@dataclass(frozen=True)
class ProposalRow:
    """A proposal of a unit. candidates: how many stand in it, withdrawn ones left out."""

    id: int
    plan_id: int
    term: str
    unit_id: int
    unit: str
    opened_on: date
    state: str
    state_label: str
    candidates: int
    submitted_on: date | None
    decided_on: date | None
    decision: str
    note: str


@dataclass(frozen=True)
class CandidateRow:
    """A candidate with both verdicts: at proposal, and at approval once there was one."""

    id: int
    proposal_id: int
    proposer: str
    person_id: int
    name: str
    code: str
    position: str
    unit: str
    seat_id: int
    title: str
    title_code: str
    at: str
    origin: str
    state: str
    reason: str
    proposed_on: date
    proposed_verdict: str
    proposed_under: str
    decided_on: date | None
    decided_verdict: str
    decided_under: str

    @property
    def was_sure(self) -> bool:
        """Whether the verdict at proposal rests on confirmed values: a sure no never comes on a list."""
        return self.proposed_verdict != "not_met"


@dataclass(frozen=True)
class ReviewRow:
    """A review: counts is (finding, label, slots); undecided: found against, and nobody has decided yet.

    adding, to_decide: people proposed to be added who will be, and about whom nobody has decided; note: why a case of
    the procedure gave it back.
    """

    id: int
    plan_id: int
    term: str
    held_on: date
    document: str
    rules: dict[str, str]
    closed_on: date | None
    decision: str
    total: int
    counts: tuple[tuple[str, str, int], ...]
    removing: int
    undecided: int
    additions: int = 0
    adding: int = 0
    to_decide: int = 0
    note: str = ""

    @property
    def may_end(self) -> bool:
        """Whether everything was decided."""
        return self.closed_on is None and not self.undecided and not self.to_decide


@dataclass(frozen=True)
class ReviewLineRow:
    """What a review found about one slot, and what was decided. political: state of the conclusion, with its day."""

    id: int
    name: str
    code: str
    position: str
    unit: str
    title: str
    at: str
    finding: str
    finding_label: str
    decisive: bool
    automatic: bool
    decision: str
    reason: str
    political: str = ""
    political_label: str = ""
    political_on: date | None = None


@dataclass(frozen=True)
class AdditionRow:
    """Somebody proposed to be added by a review: found where, why, what the rule of the review's day says."""

    id: int
    person_id: int
    name: str
    code: str
    position: str
    unit: str
    seat_id: int
    title: str
    at: str
    came_from: str
    came_from_label: str
    origin: str
    reason: str
    verdict: str
    under: str
    decision: str
    said: str

    @property
    def was_sure(self) -> bool:
        """Whether the verdict rests on confirmed values: a sure no is never put forward."""
        return self.verdict != "not_met"


@dataclass(frozen=True)
class ReviewChange:
    """A slot that differs between two reviews. kind: added, removed or changed; before, after: findings in words.

    why: of a removed slot, why it ended, as far as the plan says.
    """

    kind: str
    name: str
    code: str
    title: str
    at: str
    before: str
    after: str
    why: str = ""


@dataclass(frozen=True)
class PublicationRow:
    """A list that was published: of which plan and unit, as of which day, when, by whom, by which document, for whom.

    withdrawn_on: the day of the act that corrected it, with who and why; lines: turns on it, within the actor's scope.
    """

    id: int
    term: str
    unit: str
    lists_on: date
    published_on: date
    by: str
    decision: str
    audience: str
    audience_label: str
    lines: int
    withdrawn_on: date | None
    withdrawn_by: str
    because: str

    @property
    def stands(self) -> bool:
        return self.withdrawn_on is None


@dataclass(frozen=True)
class PublishedLine:
    """One turn on a published list; the person as on the day of the list."""

    name: str
    code: str
    born: Born
    sex: str
    position: str
    unit: str
    title: str
    at: str
    origin: str


@dataclass(frozen=True)
class SummaryRow:
    """Turns and people of one level, block or unit. code: what it is; young: None where the regime gives no age.

    wanted: people the plan wants for those of these seats of which it says so; None where it says nothing.
    """

    code: str
    name: str
    seats: int
    turns: int
    people: int
    women: int
    ethnic: int
    young: int | None
    wanted: int | None = None


@dataclass(frozen=True)
class SlotDraft:
    """One person to be planned for one seat."""

    person_id: int
    seat_id: int
    valid_from: date
    origin: str = Source.ON_SPOT
    readiness: str = ""
    valid_to: date | None = None
    outcome: str = ""


@dataclass(frozen=True)
class Count:
    """A number with the people (or seats) it counts; never without its list."""

    value: int
    ids: tuple[int, ...]

    def share_of(self, base: Count) -> Fraction | None:
        return Fraction(self.value, base.value) if base.value else None


@dataclass(frozen=True)
class Judgement:
    """A bound of the regime held against a figure. A doubtful bound is shown and judges nothing."""

    measure: str
    sentence: Sentence
    citation: str
    verified: bool
    kept: bool | None


@dataclass(frozen=True)
class CoverageRow:
    """How deep and how balanced the plan is for one title, as of a day.

    current: people in the seats; turns: slots; people: distinct people planned; women, young (None where the regime
    gives no age for the level), ethnic, bands and ready are people of `people`; gaps: seats with nobody or one
    planned; over: people of `people` planned for more posts of one level than the regime allows.
    """

    title_code: str
    title: str
    level: str
    is_key: bool
    seats: Count
    current: Count
    turns: int
    people: Count
    women: Count
    young: Count | None
    ethnic: Count
    bands: tuple[Count, ...]
    ready: Count
    gaps: Count
    over: Count
    judgements: tuple[Judgement, ...] = ()

    @property
    def coefficient(self) -> Fraction | None:
        """Turns per current member: the planning coefficient, with its base named."""
        return Fraction(self.turns, self.current.value) if self.current.value else None

    @property
    def violated(self) -> tuple[Judgement, ...]:
        return tuple(j for j in self.judgements if j.kept is False)


@dataclass(frozen=True)
class Coverage:
    """The coverage of one plan. age bands are half-open: band k is [edges[k-1], edges[k])."""

    plan: PlanRow
    as_of: date
    unit: str
    regime: str
    young_below: dict[str, int]
    band_edges: tuple[int, ...]
    rows: tuple[CoverageRow, ...]
    total_turns: int
    total_people: Count
