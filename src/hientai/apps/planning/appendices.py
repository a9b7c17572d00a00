"""The plan and its appendices as officers print them: list, summary, review with its comparison, published list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from hientai.apps.organization.types import Block, Level
from hientai.apps.planning import programme, reviews, selectors
from hientai.apps.planning.regime import regime_on
from hientai.apps.planning.turns import TurnFilter
from hientai.apps.planning.types import (
    AdditionDecision,
    Finding,
    PublicationRow,
    PublishedLine,
    Readiness,
    ReviewDecision,
    ReviewLineRow,
    Source,
    TurnRow,
)
from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.foundation.actor import Actor
from hientai.foundation.documents.report import GroupLine, Report, ReportTable
from hientai.foundation.web.templatetags.formats import day, number


def reviews_of(*, actor: Actor, as_of: date) -> list[tuple[str, str]]:
    """The reviews there are, the newest first."""
    return [
        (str(row.id), f"{row.term}, {row.held_on:%d/%m/%Y}")
        for row in reviews.reviews(actor=actor, as_of=as_of)
    ]


def plan_list(*, actor: Actor, as_of: date, unit: str, options: Mapping[str, str]) -> Report:
    """The list of the plan: unit by unit, title by title, who is planned."""
    term = _term(options)
    found = selectors.turns(actor=actor, as_of=as_of, term=term, wanted=TurnFilter(unit=unit))
    plan = selectors.plan_of(actor=actor, term=term)
    rows = selectors.turn_rows(actor=actor, as_of=as_of, found=found, plan_id=plan.id)
    people = len({row.person_id for row in rows})
    header = [
        _("Họ và tên"), _("Nam"), _("Nữ"), _("Chức vụ, đơn vị hiện nay"), _("Chuyên môn"), _("Lý luận chính trị"),
        _("Nguồn"), _("Sẵn sàng"), _("Chương trình"),
    ]  # fmt: skip
    born = _("Ngày, tháng, năm sinh")
    table = ReportTable(
        _("Phụ lục 1. Danh sách cán bộ được quy hoạch"), header, list(_list_lines(rows)), numbered=True,
        align="lccllcccc", above=["", born, born, "", "", "", "", "", ""],
        widths=[2.2, 1.1, 1.1, 3, 1.2, 1.2, 1, 1.2, 1.1],
        note=_("Chương trình hành động: số việc đã xong trên số việc phải làm."),
    )  # fmt: skip
    steps = _programmes(actor, as_of, plan.id, rows)
    answer = {
        "term": term, "as_of": as_of.isoformat(), "unit": unit, "turns": len(rows), "persons": people,
        "people": [
            {"code": row.code, "title": row.title, "at": row.at, "origin": row.origin, "readiness": row.readiness,
             "wanted": row.wanted, "programme": None if row.programme is None else vars(row.programme)}
            for row in rows
        ],
    }  # fmt: skip
    opening = _(
        "Tổng số {turns} lượt quy hoạch, {people} người (một người có thể được quy hoạch nhiều chức danh)."
    )
    said = opening.format(turns=number(len(rows)), people=number(people))
    return _report(
        _("Danh sách quy hoạch cán bộ"), term, as_of, [said], [table, *steps], [_regime(as_of)], answer
    )


def _programmes(actor: Actor, as_of: date, plan_id: int, rows: Sequence[TurnRow]) -> list[ReportTable]:
    """The programmes of action of the people on the list, step by step; no table where nobody has one."""
    people = {row.person_id: row for row in rows if row.programme is not None}
    if not people:
        return []
    found = programme.steps_of(actor=actor, as_of=as_of, plan_id=plan_id, people=people)
    lines = [
        [
            row.name if place == 0 else "", ", ".join(filter(None, (row.position, row.unit))) if place == 0 else "",
            step.text, day(step.due_on), day(step.done_on) if step.done_on else _("quá hạn") if step.is_late else "–",
        ]
        for person, row in people.items() for place, step in enumerate(found.get(person, ()))
    ]  # fmt: skip
    header = [_("Họ và tên"), _("Chức vụ, đơn vị hiện nay"), _("Việc cần làm"), _("Hạn"), _("Đã xong ngày")]
    caption = _("Phụ lục 2. Chương trình hành động của cán bộ được quy hoạch")
    return [ReportTable(caption, header, lines, align="lllcc", widths=[2, 3, 3.4, 1.1, 1.2])]


def plan_summary(*, actor: Actor, as_of: date, unit: str, options: Mapping[str, str]) -> Report:
    """Turns and people of the plan by level, block and unit."""
    term = _term(options)
    labels = {**dict(Level.choices), **dict(Block.choices)}
    tables, answer = [], {}
    captions = (
        ("level", _("Biểu 1. Theo cấp")),
        ("block", _("Biểu 2. Theo khối")),
        ("unit", _("Biểu 3. Theo đơn vị")),
    )
    header = [
        _("Nơi quy hoạch"),
        _("Vị trí"),
        _("Số cần"),
        _("Lượt"),
        _("Người"),
        _("Nữ"),
        _("Trẻ"),
        _("Dân tộc thiểu số"),
    ]
    for by, caption in captions:
        rows = selectors.summary(actor=actor, as_of=as_of, term=term, by=by)
        lines = [
            [
                str(row.name or labels.get(row.code, row.code)), number(row.seats),
                "–" if row.wanted is None else number(row.wanted), number(row.turns),
                number(row.people), number(row.women), "–" if row.young is None else number(row.young),
                number(row.ethnic),
            ]
            for row in rows
        ]  # fmt: skip
        note = _(
            "Một người có thể tính ở nhiều dòng; cộng các dòng không ra tổng số người. Số cần: của những vị trí mà quy "
            "hoạch đã ghi số."
        )
        tables.append(ReportTable(caption, header, lines, note=note))
        answer[by] = [vars(row) for row in rows]
    return _report(
        _("Biểu tổng hợp quy hoạch cán bộ"), term, as_of, [], tables, [_regime(as_of)],
        {"term": term, "as_of": as_of.isoformat(), **answer},
    )  # fmt: skip


def review_report(*, actor: Actor, as_of: date, unit: str, options: Mapping[str, str]) -> Report:
    """One review: how many slots had each finding, who leaves, and what differs from the review before."""
    asked = options.get("review", "")
    if not asked.isdigit():
        raise BadInput("no_review", say("Chưa có đợt rà soát nào để báo cáo."), "review")
    row = reviews.review(actor=actor, as_of=as_of, number=int(asked))
    lines = reviews.lines(actor=actor, as_of=as_of, number=row.id)
    _before, changed = reviews.compared(actor=actor, as_of=as_of, number=row.id)
    leaving = [line for line in lines if line.decision == ReviewDecision.REMOVE]
    counted = ReportTable(
        _("Biểu 1. Kết quả rà soát"),
        [_("Kết quả"), _("Số lượt")],
        [[label, number(count)] for _code, label, count in row.counts],
        note=_("Tổng số lượt được rà soát: {total}.").format(total=number(row.total)),
    )
    removed = ReportTable(
        _("Biểu 2. Đưa ra khỏi quy hoạch"),
        [_("Họ và tên"), _("Chức vụ, đơn vị hiện nay"), _("Quy hoạch chức danh"), _("Lý do")],
        [[line.name, _placed(line), f"{line.title}, {line.at}", _why(line)] for line in leaving]
        or [GroupLine(_("Không có lượt nào."))],
        numbered=True, align="llll", widths=[2, 3, 3, 2.4],
    )  # fmt: skip
    tables = [counted, removed, *_added(actor, as_of, row.id), *_compared(actor, as_of, row.id)]
    said = _("Rà soát ngày {day} theo {document}; {state}.").format(
        day=f"{row.held_on:%d/%m/%Y}", document=row.document or _("chưa có căn cứ"),
        state=row.decision if row.closed_on else _("chưa kết thúc"),
    )  # fmt: skip
    added = reviews.additions(actor=actor, as_of=as_of, number=row.id)
    answer = {
        "term": row.term, "held_on": row.held_on.isoformat(), "document": row.document,
        "counts": {code: count for code, _label, count in row.counts}, "removed": [line.code for line in leaving],
        "added": [one.code for one in added if one.decision == AdditionDecision.ADD],
        "changed": len(changed),
    }  # fmt: skip
    return _report(_("Kết quả rà soát quy hoạch cán bộ"), row.term, row.held_on, [said], tables, [], answer)


def publication_report(row: PublicationRow, lines: Sequence[PublishedLine]) -> Report:
    """A published list as it is printed: by which document, on which day, for whom; corrected ones say so first."""
    header = [
        _("Họ và tên"), _("Nam"), _("Nữ"), _("Chức vụ, đơn vị"), _("Nguồn"),
    ]  # fmt: skip
    born = _("Ngày, tháng, năm sinh")
    table = ReportTable(
        _("Danh sách cán bộ được phê duyệt quy hoạch"), header, list(_published_lines(lines)), numbered=True,
        align="lcclc", above=["", born, born, "", ""], widths=[2.4, 1.2, 1.2, 4, 1.4],
    )  # fmt: skip
    people = len({line.code for line in lines})
    said = _(
        "Căn cứ {decision}; công bố ngày {day}; danh sách tính đến ngày {lists_on}: {turns} lượt, {people} người."
    )
    opening = [
        said.format(decision=row.decision, day=day(row.published_on), lists_on=day(row.lists_on),
                    turns=number(len(lines)), people=number(people))
    ]  # fmt: skip
    if row.withdrawn_on is not None:
        gone = _("ĐÃ ĐÍNH CHÍNH ngày {day}: {because}. Danh sách này không còn giá trị công bố.")
        opening.insert(0, gone.format(day=day(row.withdrawn_on), because=row.because))
    answer = {
        "term": row.term, "lists_on": row.lists_on.isoformat(), "published_on": row.published_on.isoformat(),
        "decision": row.decision, "audience": row.audience, "stands": row.stands, "turns": len(lines),
        "people": [{"code": line.code, "title": line.title, "at": line.at} for line in lines],
    }  # fmt: skip
    title = _("Công bố danh sách quy hoạch cán bộ")
    notes = [_("Người được xem: {audience}.").format(audience=row.audience_label)]
    return _report(title, row.term, row.lists_on, opening, [table], notes, answer)


def _published_lines(lines: Sequence[PublishedLine]) -> Iterator[GroupLine | list[str]]:
    place = ("", "")
    for line in lines:
        if (line.title, line.at) != place:
            place = (line.title, line.at)
            yield GroupLine(f"{line.title} – {line.at}")
        born, female = str(line.born), line.sex == "female"
        yield [
            line.name, "" if female else born, born if female else "",
            ", ".join(filter(None, (line.position, line.unit))), str(Source(line.origin).label),
        ]  # fmt: skip


def _added(actor: Actor, as_of: date, number_: int) -> list[ReportTable]:
    """Who is added by a review, with why; no table where nobody was put forward."""
    rows = reviews.additions(actor=actor, as_of=as_of, number=number_)
    if not rows:
        return []
    lines = [
        [
            row.name, ", ".join(filter(None, (row.position, row.unit))), f"{row.title}, {row.at}",
            f"{row.came_from_label}. {row.reason}",
            str(AdditionDecision(row.decision).label) + (f". {row.said}" if row.said else "") if row.decision
            else _("chưa quyết định"),
        ]
        for row in rows
    ]  # fmt: skip
    header = [
        _("Họ và tên"), _("Chức vụ, đơn vị hiện nay"), _("Quy hoạch chức danh"), _("Từ đâu, lý do"), _("Quyết định"),
    ]  # fmt: skip
    caption = _("Biểu 3. Bổ sung vào quy hoạch")
    return [ReportTable(caption, header, lines, numbered=True, align="lllll", widths=[2, 2.6, 2.6, 2.6, 1.6])]


def _compared(actor: Actor, as_of: date, number_: int) -> list[ReportTable]:
    """What is new, gone or found otherwise since the review before; no table for the first review."""
    before, changed = reviews.compared(actor=actor, as_of=as_of, number=number_)
    if before is None:
        return []
    lines: list[GroupLine | list[str]] = []
    heads = {
        reviews.ADDED: _("Mới vào quy hoạch"), reviews.REMOVED: _("Không còn trong quy hoạch"),
        reviews.CHANGED: _("Kết quả rà soát khác"),
    }  # fmt: skip
    for kind, head in heads.items():
        some = [one for one in changed if one.kind == kind]
        if some:
            lines.append(GroupLine(f"{head}: {number(len(some))}"))
        lines += [
            [one.name, f"{one.title}, {one.at}", one.before or "–", one.after or one.why or "–"]
            for one in some
        ]
    caption = _("Biểu 4. So với đợt rà soát ngày {day}").format(day=f"{before.held_on:%d/%m/%Y}")
    header = [_("Họ và tên"), _("Quy hoạch chức danh"), _("Đợt trước"), _("Đợt này")]
    return [ReportTable(caption, header, lines, numbered=True, align="llll", widths=[2, 3, 2.2, 2.2])]


def _list_lines(rows: list[TurnRow]) -> Iterator[GroupLine | list[str]]:
    """Lines with a head for each title at each unit."""
    place = ("", "")
    for row in rows:
        if (row.title, row.at) != place:
            place = (row.title, row.at)
            head = f"{row.title} – {row.at}"
            yield GroupLine(
                head if row.wanted is None else f"{head} ({_('cần {count} người').format(count=row.wanted)})"
            )
        born = str(row.born)
        yield [
            row.name, "" if row.sex == "female" else born, born if row.sex == "female" else "",
            ", ".join(filter(None, (row.position, row.unit))), row.professional, row.theory,
            str(Source(row.origin).label), str(Readiness(row.readiness).label) if row.readiness else "–",
            str(row.programme) if row.programme is not None else "–",
        ]  # fmt: skip


def _placed(line: ReviewLineRow) -> str:
    return ", ".join(filter(None, (line.position, line.unit)))


def _why(line: ReviewLineRow) -> str:
    """The finding, unless nothing was found against: then what people wrote."""
    if line.finding in (Finding.STAYS, Finding.UNKNOWN):
        return line.reason
    return f"{line.finding_label}. {line.reason}" if line.reason else line.finding_label


def _term(options: Mapping[str, str]) -> str:
    term = options.get("term", "")
    if not term:
        raise BadInput("no_plan", say("Chưa có quy hoạch nào để báo cáo."), "term")
    return term


def _regime(as_of: date) -> str:
    return _("Quy định áp dụng: {regime}.").format(regime=regime_on(as_of).document or _("chưa có căn cứ"))


def _report(
    title: str, term: str, as_of: date, opening: list[str], tables: list[ReportTable], notes: list[str],
    answer: Mapping[str, object],
) -> Report:  # fmt: skip
    return Report(
        agency=settings.AGENCY_NAME or _("Ban Tổ chức"), title=title, subtitle=_("Nhiệm kỳ {term}").format(term=term),
        as_of=as_of, opening=opening, tables=tables, notes=notes, answer=answer,
    )  # fmt: skip
