"""What an office adds to the rules, invented: a decision of the province with a target and values, a draft, searches.

Nothing here is a real document. Numbers of documents end in `-HC` (hư cấu), texts say so in their first line.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hientai.apps.organization import selectors as organization
from hientai.apps.regulations import services
from hientai.apps.regulations.services import DocumentDraft, ValueDraft
from hientai.apps.screening import services as screening
from hientai.apps.screening.types import Condition
from hientai.engines.criteria.tree import Direction
from hientai.foundation.actor import Actor

PROVINCIAL, OF_DISTRICT = "18-QĐ/TU-HC", "07-QĐ/HU-HC"
UNDER_2021, UNDER_2025 = "50-QĐ/TW", "377-QĐ/TW"
MONTHS, WOMEN = "plan.min_remaining_months", "plan.share_women_min"
TEXT = """VĂN BẢN HƯ CẤU, chỉ để dùng thử phần mềm.
Điều 3. Người được quy hoạch nhiệm kỳ kế tiếp phải còn đủ tuổi công tác ít nhất 66 tháng.
Điều 4. Phấn đấu đến hết năm 2026, tỷ lệ nữ trong quy hoạch mỗi cấp đạt từ 30% trở lên.
"""
DRAFT = """\
code: 99-DT/HC
title: Dự thảo hư cấu, nâng thời gian công tác còn lại lên 84 tháng
issuer: Văn bản hư cấu
signed: 2027-01-01
in_force: {from: 2027-01-01}
parameters:
  plan.min_remaining_months:
    {value: 84, unit: tháng, citation: {article: 5}, verified: true, direction: minimum, local_change: tighten}
shared:
  next_term_plan:
    sentence: Đủ điều kiện quy hoạch nhiệm kỳ kế tiếp
    all:
      - {key: left, sentence: Còn đủ tuổi công tác 84 tháng, citation: {article: 5}, fact: months_to_retirement,
         operator: ">=", parameter: plan.min_remaining_months}
      - {key: discipline, sentence: Không có kỷ luật còn hiệu lực, citation: {article: 6}, fact: discipline_in_force,
         operator: is false, verified: true}
standards:
  plan.commune.secretary: {title: Quy hoạch bí thư đảng ủy cấp xã, use: next_term_plan}
  plan.commune.chair: {title: Quy hoạch chủ tịch ủy ban nhân dân cấp xã, use: next_term_plan}
  plan.province.department_head:
    {title: "Quy hoạch giám đốc sở, trưởng ban và tương đương cấp tỉnh", use: next_term_plan}
"""


def enter_rules(visitor: Actor, colleague: Actor) -> int:
    """Enters everything. Answers how many values wait for a second person.

    visitor: the officer whose account is tried out; what waits was proposed by the colleague, so that it can be
    confirmed there. Only one district has a value of its own in force: everybody else is judged by the text.
    """
    _documents(visitor)
    _targets(visitor)
    districts = organization.units(actor=visitor, as_of=date(2024, 1, 1), level="district")
    if districts:
        own = _local(colleague, "72", date(2023, 1, 1), districts[0].id)
        services.confirm_value(actor=visitor, proposal_id=own)
    _local(colleague, "66", date(2022, 6, 1), None)
    waiting = 1 + _waiting(colleague)
    services.bring_draft(actor=visitor, name="du-thao.yaml", content=DRAFT.encode())
    _searches(visitor, colleague)
    return waiting


def _documents(actor: Actor) -> None:
    drafts = (
        DocumentDraft(
            PROVINCIAL, "Quy định hư cấu của tỉnh về quy hoạch cán bộ", "Tỉnh ủy (hư cấu)", date(2022, 5, 20),
            date(2022, 6, 1), note="Văn bản hư cấu để dùng thử.",
        ),
        DocumentDraft(
            OF_DISTRICT, "Quy định hư cấu của một huyện về quy hoạch cán bộ", "Huyện ủy (hư cấu)", date(2022, 12, 20),
            date(2023, 1, 1), note="Văn bản hư cấu để dùng thử.",
        ),
    )  # fmt: skip
    for draft in drafts:
        services.enter_document(actor=actor, draft=draft)
        services.add_text(actor=actor, document=draft.code, name="van-ban-hu-cau.txt", content=TEXT.encode())


def _targets(actor: Actor) -> None:
    for key, measure, value in (("nu", "plan.share_women", "0.30"), ("dtts", "plan.share_ethnic", "0.50")):
        services.set_target(
            actor=actor, document=PROVINCIAL, key=key, measure=measure, value=Decimal(value), measured_in="tỷ lệ",
            direction=Direction.MINIMUM, scope="Quy hoạch mỗi cấp (hư cấu)", due_on=date(2026, 12, 31),
            article="Điều 4",
        )  # fmt: skip


def _local(actor: Actor, months: str, starts: date, unit: int | None) -> int:
    proposal = services.propose_value(
        actor=actor,
        draft=ValueDraft(
            UNDER_2021, MONTHS, months, "phải còn đủ tuổi công tác ít nhất số tháng này (hư cấu)", "Điều 3",
            local_document=OF_DISTRICT if unit else PROVINCIAL, valid_from=starts, at_unit_id=unit,
        ),
    )  # fmt: skip
    return int(proposal.pk)


def _waiting(actor: Actor) -> int:
    text = services.add_text(
        actor=actor, document=UNDER_2025, name="trich-hu-cau-377.txt",
        content="TRÍCH HƯ CẤU để dùng thử, không phải văn bản thật.\n".encode(),
    )  # fmt: skip
    drafts = (
        ValueDraft(
            UNDER_2025,
            MONTHS,
            "120",
            "phải đủ tuổi công tác 2 nhiệm kỳ trở lên (trích hư cấu)",
            text_id=text.pk,
        ),
        ValueDraft(
            UNDER_2025, WOMEN, "25%", "bảo đảm tỷ lệ nữ từ 25% trở lên (trích hư cấu)", text_id=text.pk
        ),
    )
    for draft in drafts:
        services.propose_value(actor=actor, draft=draft)
    return len(drafts)


def _searches(first: Actor, second: Actor) -> None:
    screening.keep_search(
        actor=first, name="Trưởng phòng trẻ, đã học cao cấp lý luận chính trị", shared=True,
        conditions=[Condition("age_years", "<=", "40"), Condition("political_theory_rank", ">=", "3")],
    )  # fmt: skip
    screening.keep_search(
        actor=second, name="Còn ít nhất hai nhiệm kỳ, chưa trong quy hoạch", shared=True,
        conditions=[Condition("months_to_retirement", ">=", "120"), Condition("in_plan", "is false")],
    )  # fmt: skip
