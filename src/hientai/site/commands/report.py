"""`hientai report NAME --as-of D`: the catalogue of reports, in every form; `--list`; `verify FILE`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hientai.engines.errors import BadInput
from hientai.engines.wording import say

if TYPE_CHECKING:
    from hientai.apps.reports.types import Asked
    from hientai.foundation.documents.report import Report
    from hientai.site.command_line import Answer

SUMMARY = "báo cáo theo danh mục, cố định và kiểm lại / reports of the catalogue, frozen and verified"
STATELESS = False
FORMATS = ("json", "xlsx", "docx", "pdf")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from hientai.site.asking import add_as_of, add_unit

    parser.add_argument(
        "name", nargs="?", default="", metavar="NAME", help="mã báo cáo, hoặc verify / a report, or verify"
    )
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="tệp cần kiểm lại / file to verify"
    )
    parser.add_argument("--list", action="store_true", help="danh mục báo cáo / the catalogue")
    add_as_of(parser)
    add_unit(parser)
    parser.add_argument(
        "--set", action="append", default=[], metavar="K=V", help="tùy chọn, ví dụ term=2025-2030 / an option"
    )
    parser.add_argument("--format", choices=FORMATS, default="", help="dạng tệp / form of the file")
    parser.add_argument("--out", type=Path, metavar="F", help="tệp ghi ra / file to write")
    parser.add_argument("--freeze", action="store_true", help="giữ bản cố định / keep it as it is now")


def answer(options: argparse.Namespace) -> Answer:
    if options.list:
        return _catalogue()
    if options.name == "verify":
        return _verify(options.file)
    if not options.name:
        raise BadInput("no_report", say("Hãy nêu mã báo cáo; xem danh mục bằng --list."), "NAME")
    return _report(options)


def _catalogue() -> Answer:
    from hientai.apps.reports import selectors
    from hientai.site import asking
    from hientai.site.command_line import Answer

    actor, as_of = asking.operator(), asking.day_of("")
    document = [
        {
            "report": source.code,
            "title": str(source.title),
            "about": str(source.about),
            "options": {o.name: [v for v, _ in o.choices(actor=actor, as_of=as_of)] for o in source.options},
        }
        for source in selectors.catalogue(actor=actor, as_of=as_of)
    ]
    text = "\n".join(f"{entry['report']:<16}{entry['title']}: {entry['about']}" for entry in document)
    return Answer({"reports": document}, text)


def _report(options: argparse.Namespace) -> Answer:
    from hientai.apps.reports import selectors, services
    from hientai.apps.reports.types import Asked, mark_of
    from hientai.foundation.documents.plain import write_text
    from hientai.site import asking
    from hientai.site.command_line import Answer

    actor, as_of = asking.operator(), asking.day_of(options.as_of)
    asking.unit_id_of(options.unit, as_of)
    asked = Asked(options.name, options.unit, _pairs(options.set))
    whole, report = selectors.answered(actor=actor, as_of=as_of, asked=asked)
    frozen = services.freeze(actor=actor, as_of=as_of, asked=whole) if options.freeze else ""
    written = _write(options, whole, report, frozen)
    document = _document(whole, report) | {"written": written, "frozen": frozen or None}
    said = [f"Đã ghi {written}"] if written else [write_text(report)]
    return Answer(document, "\n".join([*said, *([mark_of(frozen)] if frozen else [])]))


def _write(options: argparse.Namespace, asked: Asked, report: Report, frozen: str) -> str | None:
    from hientai.apps.reports import selectors
    from hientai.foundation.documents.writing import WRITERS
    from hientai.site import asking

    ending = options.format or (options.out.suffix.lstrip(".").lower() if options.out else "")
    if not ending:
        return None
    if ending not in WRITERS:
        raise BadInput("unknown_form", say("Không có dạng tệp “{ending}”.", ending=ending), "--out")
    target = options.out or Path(f"{asked.report}-{report.as_of:%Y-%m-%d}.{ending}")
    content = (
        selectors.replay(actor=asking.operator(), as_of=report.as_of, code=frozen, ending=ending)
        if frozen
        else WRITERS[ending](report, "")
    )
    try:
        target.write_bytes(content)
    except OSError as error:
        said = say("Không ghi được tệp: {reason}.", reason=error.strerror or str(error))
        raise BadInput("cannot_write", said, str(target)) from error
    return str(target)


def _pairs(given: list[str]) -> dict[str, str]:
    for text in given:
        if "=" not in text:
            raise BadInput("bad_option", say("Tùy chọn viết dạng TÊN=GIÁ TRỊ, ví dụ term=2025-2030."), text)
    return dict(text.split("=", 1) for text in given)


def _document(asked: Asked, report: Report) -> dict[str, Any]:
    from hientai.foundation.documents.stored import as_fields

    fields = as_fields(report)
    kept = ("title", "subtitle", "agency", "as_of", "opening", "notes", "answer")
    tables = [
        {name: table[name] for name in ("caption", "above", "header", "lines", "note")}
        for table in fields["tables"]
    ]
    head = {"report": asked.report, "unit": asked.unit, "options": dict(asked.options)}
    return head | {name: fields[name] for name in kept} | {"tables": tables}


def _verify(file: Path | None) -> Answer:
    from hientai.apps.reports import selectors
    from hientai.site import asking
    from hientai.site.command_line import FAULTS_FOUND, Answer

    if file is None:
        raise BadInput("no_file", say("Hãy nêu tệp cần kiểm lại: report verify TỆP."), "FILE")
    try:
        content = file.read_bytes()
    except OSError as error:
        said = say("Không mở được tệp: {reason}.", reason=error.strerror or str(error))
        raise BadInput("no_file", said, str(file)) from error
    found = selectors.verified(actor=asking.operator(), as_of=asking.day_of(""), content=content)
    row = found.row
    document = {
        "frozen": row.code if row else None,
        "report": row.asked.report if row else None,
        "as_of": row.as_of.isoformat() if row else None,
        "frozen_at": row.frozen_at.isoformat() if row else None,
        "genuine": found.genuine,
        "replayed": found.replayed,
        "differences_now": found.differences,
        "made_from": {"records": row.records, "rules": row.rules, "program": row.program} if row else None,
    }
    from hientai.apps.reports.words import verdict_of

    text = verdict_of(found)
    return Answer(document, text, 0 if found.holds else FAULTS_FOUND)
