"""A screening as a workbook; some people under several documents as a Word report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from hientai.apps.screening.tables import ScreenedTable
from hientai.apps.screening.types import VERDICTS, RegimesAnswer, ScreenedPerson, ScreeningAnswer
from hientai.engines.criteria.explain import ExplainedStandard, Explanation
from hientai.foundation.documents.report import GroupLine, Report, ReportTable, write_report
from hientai.foundation.documents.workbook import ListDocument, write_list
from hientai.foundation.web.templatetags.formats import day, record, sentence


def screening_xlsx(answer: ScreeningAnswer, people: Sequence[ScreenedPerson]) -> bytes:
    """The list with verdicts and the criteria behind them; the base is everybody screened."""
    header, lines = ScreenedTable(people, standard=answer.standard.code).sheet()
    base = _("{count} trên {base} người được rà soát").format(count=len(people), base=answer.counts.base)
    return write_list(ListDocument(sentence(answer.standard.title), answer.as_of, base, header, lines))


def regimes_docx(answer: RegimesAnswer) -> bytes:
    """A table of verdicts, then every person with each criterion under each document."""
    documents = [version.document for version in answer.versions]
    summary = ReportTable(
        _("Kết luận theo từng văn bản"),
        [_("Họ và tên"), _("Chức vụ, đơn vị"), *documents],
        [
            [p.name, _place(p.position, p.unit), *(verdict_words(one) for one in answer.explained[p.code])]
            for p in answer.people
        ],
        widths=[2, 3, *[1.3] * len(documents)],
        align="ll" + "c" * len(documents),
    )
    details = [
        ReportTable(
            f"{number}. {p.name} ({p.code})",
            [_("Điều kiện"), _("Yêu cầu"), _("Hiện có"), _("Căn cứ hồ sơ"), _("Kết luận")],
            [line for one in answer.explained[p.code] for line in _criteria_lines(one)],
            widths=[3.4, 1.5, 1.5, 1.7, 1.3],
            align="llllc",
        )
        for number, p in enumerate(answer.people, 1)
    ]
    return write_report(
        Report(
            agency=settings.AGENCY_NAME or _("Ban Tổ chức"),
            title=_("Giải thích theo nhiều quy định"),
            subtitle=sentence(answer.title),
            as_of=answer.as_of,
            opening=[
                _("Cùng hồ sơ, cùng ngày, xét theo: {documents}.").format(documents="; ".join(documents))
            ],
            tables=[summary, *details],
            notes=[
                _(
                    "“Chưa kiểm chứng”: giá trị chưa được đối chiếu với văn bản gốc, không dùng để kết luận vi phạm."
                ),
                _("Phần mềm nêu căn cứ; kết luận thuộc người có thẩm quyền."),
            ],
        )
    )


def verdict_words(one: ExplainedStandard) -> str:
    """The verdict in words, with its doubt and the day on which time alone meets it."""
    word = str(dict(VERDICTS)[one.verdict.value])
    if not one.decisive:
        word += f" ({_('chưa kiểm chứng')})"
    outlook = one.tree.outlook
    if one.verdict.value == "not_met" and outlook is not None and outlook.earliest is not None:
        word += "; " + _("sẽ đạt từ {day}").format(day=day(outlook.earliest))
    return word


def _criteria_lines(one: ExplainedStandard) -> Iterator[list[str] | GroupLine]:
    """The document with its verdict, then each criterion; one whose value is local says by which document."""
    yield GroupLine(f"{one.standard.document}: {verdict_words(one)}")
    for node in _leaves(one.tree):
        if node.comparison is None:
            yield [sentence(node.sentence), "", "", "", _("không tính")]
            continue
        evidence, verdict = node.comparison.evidence, node.verdict
        kept = record(evidence.record) if evidence.record else ""
        said = str(dict(VERDICTS)[verdict.value]) if verdict else ""
        setting, written = node.comparison.parameter.citation.document, day(node.comparison.record_day)
        yield [
            sentence(node.sentence) + (f" ({setting})" if setting != node.citation.document else ""),
            sentence(node.comparison.required_text),
            sentence(node.comparison.found_text),
            f"{kept}, {written}" if kept and node.comparison.record_day else kept,
            said if node.verified else f"{said} ({_('chưa kiểm chứng')})",
        ]


def _leaves(node: Explanation) -> Iterator[Explanation]:
    if not node.parts:
        yield node
    for part in node.parts:
        yield from _leaves(part)


def _place(position: str, unit: str) -> str:
    return ", ".join(part for part in (position, unit) if part)
