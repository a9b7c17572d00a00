"""The plan and its appendices as officers print them: the list, the summary table, a review with its comparison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from hientai.apps.organization.types import Block, Level
from hientai.apps.planning import reviews, selectors
from hientai.apps.planning.regime import regime_on
from hientai.apps.planning.turns import TurnFilter
from hientai.apps.planning.types import Finding, Readiness, ReviewDecision, ReviewLineRow, Source, TurnRow
from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.foundation.actor import Actor
from hientai.foundation.documents.report import GroupLine, Report, ReportTable
from hientai.foundation.web.templatetags.formats import number


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
    rows = selectors.turn_rows(actor=actor, as_of=as_of, found=found)
    people = len({row.person_id for row in rows})
    header = [
        _("Họ và tên"), _("Nam"), _("Nữ"), _("Chức vụ, đơn vị hiện nay"), _("Chuyên môn"), _("Lý luận chính trị"),
        _("Nguồn"), _("Sẵn sàng"),
    ]  # fmt: skip
    born = _("Ngày, tháng, năm sinh")
    table = ReportTable(
        _("Danh sách cán bộ được quy hoạch"), header, list(_list_lines(rows)), numbered=True, align="lccllccc",
        above=["", born, born, "", "", "", "", ""], widths=[2.2, 1.1, 1.1, 3.2, 1.2, 1.2, 1.1, 1.3],
    )  # fmt: skip
    answer = {
        "term": term, "as_of": as_of.isoformat(), "unit": unit, "turns": len(rows), "persons": people,
        "people": [
            {"code": row.code, "title": row.title, "at": row.at, "origin": row.origin, "readiness": row.readiness}
            for row in rows
        ],
    }  # fmt: skip
    opening = _(
        "Tổng số {turns} lượt quy hoạch, {people} người (một người có thể được quy hoạch nhiều chức danh)."
    )
    said = opening.format(turns=number(len(rows)), people=number(people))
    return _report(_("Danh sách quy hoạch cán bộ"), term, as_of, [said], [table], [_regime(as_of)], answer)


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
                str(row.name or labels.get(row.code, row.code)), number(row.seats), number(row.turns),
                number(row.people), number(row.women), "–" if row.young is None else number(row.young),
                number(row.ethnic),
            ]
            for row in rows
        ]  # fmt: skip
        note = _("Một người có thể tính ở nhiều dòng; cộng các dòng không ra tổng số người.")
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
    before, changed = reviews.compared(actor=actor, as_of=as_of, number=row.id)
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
        [[line.name, _placed(line), f"{line.title}, {line.at}", _why(line)] for line in leaving],
        numbered=True, align="llll", widths=[2, 3, 3, 2.4],
    )  # fmt: skip
    tables = [counted, removed]
    if before is not None:
        tables.append(
            ReportTable(
                _("Biểu 3. So với đợt rà soát ngày {day}").format(day=f"{before.held_on:%d/%m/%Y}"),
                [_("Họ và tên"), _("Quy hoạch chức danh"), _("Đợt trước"), _("Đợt này")],
                [
                    [one.name, one.title, one.before or _("chưa có trong quy hoạch"),
                     one.after or _("không còn trong quy hoạch")]
                    for one in changed
                ],
                numbered=True, align="llll", widths=[2, 3, 2.2, 2.2],
            )
        )  # fmt: skip
    said = _("Rà soát ngày {day} theo {document}; {state}.").format(
        day=f"{row.held_on:%d/%m/%Y}", document=row.document or _("chưa có căn cứ"),
        state=row.decision if row.closed_on else _("chưa kết thúc"),
    )  # fmt: skip
    answer = {
        "term": row.term, "held_on": row.held_on.isoformat(), "document": row.document,
        "counts": {code: count for code, _label, count in row.counts}, "removed": [line.code for line in leaving],
        "changed": len(changed),
    }  # fmt: skip
    return _report(_("Kết quả rà soát quy hoạch cán bộ"), row.term, row.held_on, [said], tables, [], answer)


def _list_lines(rows: list[TurnRow]) -> Iterator[GroupLine | list[str]]:
    """Lines with a head for each title at each unit."""
    place = ("", "")
    for row in rows:
        if (row.title, row.at) != place:
            place = (row.title, row.at)
            yield GroupLine(f"{row.title} – {row.at}")
        born = str(row.born)
        yield [
            row.name, "" if row.sex == "female" else born, born if row.sex == "female" else "",
            ", ".join(filter(None, (row.position, row.unit))), row.professional, row.theory,
            str(Source(row.origin).label), str(Readiness(row.readiness).label) if row.readiness else "–",
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
