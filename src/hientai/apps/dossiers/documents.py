"""Files out of a dossier: a marked copy of one paper, the whole as one PDF with contents, or as one zip with hashes."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from hientai.apps.dossiers.types import SIGNS, Board, DossierCard, Opened, PaperState, Reading, VersionRow
from hientai.foundation import encryption, vault
from hientai.foundation.actor import Actor
from hientai.foundation.documents.incoming import DOCX, PDF
from hientai.foundation.documents.marking import A4, lay_over, marked, overlay
from hientai.foundation.documents.typst_text import escaped, pdf_of
from hientai.foundation.documents.word_to_pdf import word_to_pdf
from hientai.foundation.documents.workbook import ListDocument, write_list
from hientai.rulebook.dossiers import Kept, PaperKind

MANIFEST = "manifest.json"
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # the same papers give the same bytes
_EXTENSION = {"pdf": "pdf", "docx": "docx", "jpeg": "jpg", "png": "png"}
Chosen = Sequence[tuple[PaperKind, VersionRow]]


def mark_of(actor: Actor, purpose: str) -> str:
    """What stands across a copy: who reads, on which day, what for."""
    return _("{reader} đọc ngày {day}: {purpose}").format(
        reader=actor.name, day=f"{actor.today:%d/%m/%Y}", purpose=Reading(purpose).label
    )


def copy_of(opened: Opened, *, actor: Actor, purpose: str) -> tuple[bytes, str, str]:
    """A marked copy of one paper: content, content type, and a file name without the person's name."""
    content, content_type = marked(vault.content_of(opened.digest), opened.kind, mark_of(actor, purpose))
    extension = "jpg" if content_type == "image/jpeg" else _EXTENSION[opened.kind]
    return content, content_type, f"{opened.code}-{opened.version_id}.{extension}"


@dataclass(frozen=True)
class _Piece:
    """One line of the contents: number, what it is, its pages in the bundle, or why there are none."""

    number: int
    title: str
    note: str
    pages: Any = None
    first: int = 0
    count: int = 0


def bundle_pdf(card: DossierCard, chosen: Chosen, *, actor: Actor, purpose: str) -> bytes:
    """One PDF: contents, then every paper that can be shown, each page numbered and marked for its reader."""
    from pypdf import PdfWriter

    pieces = _pieces(card, chosen)
    contents = _contents_pages(card, pieces, actor)
    placed, page = [], contents + 1
    for piece in pieces:
        placed.append(
            _Piece(
                piece.number, piece.title, piece.note, piece.pages, page if piece.count else 0, piece.count
            )
        )
        page += piece.count
    writer = PdfWriter()
    _append(writer, _contents(card, placed, actor))
    for piece in placed:
        if piece.pages is not None:
            _append(writer, piece.pages)
            writer.add_outline_item(title=f"{piece.number}. {piece.title}", page_number=piece.first - 1)
    mark, total = mark_of(actor, purpose), len(writer.pages)
    for number, sheet in enumerate(writer.pages, 1):
        foot = _("Hồ sơ {code} · trang {number}/{total}").format(code=card.code, number=number, total=total)
        lay_over(sheet, overlay(mark, foot))
    writer.add_metadata({"/Title": f"{card.purpose.title} - {card.code}"})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _append(writer: Any, content: bytes) -> None:
    from pypdf import PdfReader

    for page in PdfReader(io.BytesIO(content)).pages:
        writer.add_page(page)


def _pieces(card: DossierCard, chosen: Chosen) -> list[_Piece]:
    found = []
    for number, item in enumerate(card.items, 1):
        versions = [version for kind, version in chosen if kind.code == item.kind.code]
        if not versions:
            found.append(_Piece(number, item.kind.title, _why_absent(item, card)))
        for version in versions:
            said = [str(item.label)]
            said += [_("ngày {day}").format(day=f"{version.issued_on:%d/%m/%Y}")] if version.issued_on else []
            said += [_("bản {number}").format(number=version.number)]
            content = _as_pdf(version)
            if content is None:
                said.append(_("tệp Word, xem trong tệp nén kèm theo"))
                found.append(_Piece(number, item.kind.title, ", ".join(said)))
            else:
                found.append(_Piece(number, item.kind.title, ", ".join(said), content, 0, _pages_of(content)))
    return found


def _why_absent(item: Any, card: DossierCard) -> str:
    if item.kind.kept == Kept.STATE and item.versions:
        newest = item.versions[0]
        return _("{state}; chỉ ghi tình trạng, ngày {day}").format(
            state=item.label, day=f"{newest.issued_on:%d/%m/%Y}" if newest.issued_on else "–"
        )
    if item.versions and not item.may_open:
        return _("{state}; có trong hồ sơ, người đóng tập không được đọc mức này").format(state=item.label)
    if item.state == PaperState.WAIVED:
        return _("Được miễn: {ground}").format(ground=item.waived_because)
    return str(item.label)


def _as_pdf(version: VersionRow) -> bytes | None:
    content = vault.content_of(version.digest)
    if version.kind == PDF:
        return content
    return word_to_pdf(content) if version.kind == DOCX else _picture_page(content)


def _pages_of(content: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(content)).pages)


def _picture_page(content: bytes) -> bytes:
    """A picture on a sheet of A4, as large as it goes between margins."""
    from PIL import Image

    dots = 150 / 72  # pixels a point
    page = Image.new("RGB", (round(A4[0] * dots), round(A4[1] * dots)), "white")
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as original:
        picture = original.convert("RGB")
    picture.thumbnail((page.width - 200, page.height - 260))
    page.paste(picture, ((page.width - picture.width) // 2, (page.height - picture.height) // 2))
    out = io.BytesIO()
    page.save(out, "PDF", resolution=150)
    return out.getvalue()


def _contents_pages(card: DossierCard, pieces: Sequence[_Piece], actor: Actor) -> int:
    return _pages_of(_contents(card, pieces, actor))


def _contents(card: DossierCard, pieces: Sequence[_Piece], actor: Actor) -> bytes:
    rows = "".join(
        f"[{p.number}], [{escaped(p.title)}], [{escaped(p.note)}], [{_span(p)}],\n" for p in pieces
    )
    template = card.purpose.template
    based = _("Theo {document}").format(document=template.document) + (
        _(", Điều {article}").format(article=template.article) if template.article else ""
    )
    unverified = sum(1 for paper in template.papers if not paper.verified)
    note = (
        _("{count} dòng của danh mục chưa được đối chiếu với văn bản.").format(count=unverified)
        if unverified
        else ""
    )
    settled = _("{settled}/{asked} giấy tờ đạt hoặc được miễn, tính đến ngày {day}").format(
        settled=card.settled, asked=len(card.items), day=f"{card.as_of:%d/%m/%Y}"
    )
    head = [_("STT"), _("Giấy tờ"), _("Tình trạng"), _("Trang")]
    return pdf_of(
        f"""#set page(paper: "a4", margin: (top: 22mm, bottom: 22mm, left: 28mm, right: 18mm))
#set text(font: "Liberation Serif", size: 12pt, lang: "vi")
#text(size: 12pt)[{escaped(settings.AGENCY_NAME or "")}]
#v(6mm)
#align(center, text(size: 15pt, weight: "bold")[{escaped(_("MỤC LỤC HỒ SƠ"))}])
#align(center)[{escaped(card.purpose.title)}]
#v(4mm)
{escaped(_("Người có hồ sơ"))}: *{escaped(card.name)}* ({escaped(card.code)})\\
{escaped(based)}\\
{escaped(settled)}\\
#text(size: 10pt, style: "italic")[{escaped(note)}]
#v(3mm)
#table(columns: (10mm, 1fr, 52mm, 18mm), align: (center, left, left, center), stroke: 0.5pt,
table.header({", ".join(f"[*{escaped(one)}*]" for one in head)}),
{rows})
"""
    )


def _span(piece: _Piece) -> str:
    if not piece.count:
        return "–"
    last = piece.first + piece.count - 1
    return f"{piece.first}" if piece.count == 1 else f"{piece.first}–{last}"


def bundle_zip(card: DossierCard, chosen: Chosen, *, actor: Actor) -> bytes:
    """One zip of the originals with a manifest of their hashes; `hientai verify --bundle` checks it."""
    places = {item.kind.code: number for number, item in enumerate(card.items, 1)}
    papers, files = [], {}
    for kind, version in chosen:
        name = f"{places[kind.code]:02d}-{kind.code}-{version.part}.{_EXTENSION[version.kind]}"
        files[name] = vault.content_of(version.digest)
        papers.append(
            {
                "file": name, "paper": kind.code, "title": kind.title, "version": version.number,
                "sha256": version.digest, "size": version.size,
                "issued_on": version.issued_on.isoformat() if version.issued_on else None,
                "state": next(item.state for item in card.items if item.kind.code == kind.code),
            }
        )  # fmt: skip
    manifest = {
        "format": "hientai dossier 1", "person": card.code, "purpose": card.purpose.title,
        "template": card.purpose.template.code, "as_of": card.as_of.isoformat(), "papers": papers,
        "demo": bool(settings.DEMO),
        "not_included": [
            {"paper": item.kind.code, "title": item.kind.title, "state": item.state}
            for item in card.items if item.kind.code not in {kind.code for kind, _version in chosen}
        ],
    }  # fmt: skip
    manifest["seal"] = seal_of(manifest)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        said = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        for name, content in {MANIFEST: said, **files}.items():
            packed.writestr(zipfile.ZipInfo(name, _ZIP_DAY), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def seal_of(manifest: dict[str, Any]) -> str:
    """A keyed fingerprint of a manifest without its seal: only this installation can make or check it."""
    said = json.dumps({k: v for k, v in manifest.items() if k != "seal"}, ensure_ascii=False, sort_keys=True)
    return encryption.fingerprint(f"bundle:{said}").hex()


def board_workbook(board: Board, as_of: date) -> bytes:
    """The board as it is on the screen, one line a person."""
    papers = board.purpose.template.papers
    header = [_("Mã"), _("Họ và tên"), _("Chức vụ"), *(p.title for p in papers), _("Đạt hoặc miễn")]
    lines = [
        [
            row.code, row.name, row.position,
            *(f"{SIGNS[PaperState(cell.state)]} {cell.label}" for cell in row.cells), row.settled,
        ]
        for row in board.rows
    ]  # fmt: skip
    base = _("{title}; {count} người").format(title=board.purpose.title, count=len(board.rows))
    return write_list(ListDocument(_("Bảng giấy tờ hồ sơ"), as_of, base, header, lines))
