"""The report of a consultation: so many agreed, so many proposals, so many accepted; figures that add up."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from hientai.apps.consultations.types import AddresseeRow, ConsultationPage
from hientai.foundation.documents.report import Report, ReportTable, write_report
from hientai.foundation.web.templatetags.formats import number


def summary(page: ConsultationPage) -> list[str]:
    """The figures in sentences, parts after their whole."""
    tally = page.row.tally
    return [
        _(
            "Hỏi ý kiến {asked} nơi: {agreed} nơi thống nhất, {proposing} nơi có đề xuất, {silent} nơi chưa trả lời."
        ).format(
            asked=number(tally.asked), agreed=number(tally.agreed), proposing=number(tally.proposing),
            silent=number(tally.silent),
        ),
        _(
            "{proposals} đề xuất: tiếp thu {accepted}, tiếp thu một phần {partly}, không tiếp thu {rejected}, "
            "chưa trả lời {open}."
        ).format(
            proposals=number(tally.proposals), accepted=number(tally.accepted), partly=number(tally.partly),
            rejected=number(tally.rejected), open=number(tally.open),
        ),
    ]  # fmt: skip


def state_of(one: AddresseeRow) -> str:
    """What an addressee said, in words."""
    if one.is_silent:
        return _("chưa trả lời")
    return _("có đề xuất") if one.has_proposals else _("thống nhất")


def report_docx(page: ConsultationPage, as_of: date) -> bytes:
    """The report with every addressee, every proposal, its reply and the reason."""
    addressees = [
        [
            one.name,
            state_of(one),
            f"{one.answered_at:%d/%m/%Y}" if one.answered_at else "–",
            number(len(one.proposals)),
        ]
        for one in page.addressees
    ]
    proposals = [
        [p.source, p.clause or _("chung"), p.text, p.reply_label or _("chưa trả lời"), p.reason or "–"]
        for p in page.proposals
    ]
    tables = [
        ReportTable(
            _("Biểu 1. Các nơi được hỏi ý kiến"),
            [_("Nơi được hỏi"), _("Ý kiến"), _("Ngày trả lời"), _("Số đề xuất")],
            addressees,
        )
    ]
    if proposals:
        header = [_("Nguồn"), _("Điều khoản"), _("Đề xuất"), _("Trả lời"), _("Lý do")]
        tables.append(
            ReportTable(
                _("Biểu 2. Đề xuất và trả lời"), header, proposals, widths=(2, 1, 4, 1.5, 4), align="lclcl"
            )
        )
    return write_report(
        Report(
            agency=settings.AGENCY_NAME or page.row.unit,
            title=_("Tổng hợp ý kiến đối với dự thảo"),
            subtitle=page.row.title,
            as_of=as_of,
            opening=summary(page),
            tables=tables,
            notes=[note for note in (page.closing, *(c.minutes for c in page.conferences)) if note],
        )
    )
