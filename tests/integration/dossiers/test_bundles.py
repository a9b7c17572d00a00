"""What leaves a dossier: marked copies, one PDF with contents and page numbers, one zip whose manifest is checked."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from tests.factories import papers
from tests.integration.dossiers.conftest import Office

from hientai.apps.dossiers import bundles, documents, selectors, services
from hientai.apps.dossiers.types import Outcome
from hientai.engines.errors import BadInput
from hientai.foundation.actor import Actor
from hientai.foundation.documents import word_to_pdf
from hientai.foundation.documents.marking import marked

pytestmark = pytest.mark.django_db


@pytest.fixture
def packed(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Five papers brought: three pages of PDF, a picture, Word, a secret one; one accepted, one waived."""
    monkeypatch.setattr(documents, "word_to_pdf", lambda content: None)
    version = office.bring("proposal", papers.pdf("Tờ trình", pages=3))
    services.appraise(actor=office.second, version_ids=[version], outcome=Outcome.ACCEPTED)
    office.bring("diplomas", papers.picture("JPEG", (900, 600)), name="bằng.jpg")
    office.bring("self_review", papers.word(), name="kiểm điểm.docx")
    office.bring("minutes", papers.pdf("Biên bản kín"))
    services.waive(actor=office.second, dossier_id=office.dossier.pk, item="residence", ground="Công văn 12")
    return office


def _pdf(office: Office, actor: Actor) -> list[str]:
    card, chosen = selectors.papers_to_bundle(actor=actor, as_of=actor.today, dossier_id=office.dossier.pk)
    content = documents.bundle_pdf(card, chosen, actor=actor, purpose="procedure")
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def test_the_pdf_has_contents_and_every_page_its_number_and_its_reader(packed: Office) -> None:
    pages = _pdf(packed, packed.second)
    assert len(pages) == 1 + 3 + 1 + 1
    contents = " ".join(pages[0].split())
    for said in ("MỤC LỤC HỒ SƠ", "2–4", "Công văn 12", "tệp Word", "Chưa có"):
        assert said in contents
    for number, page in enumerate(pages, 1):
        assert f"trang {number}/6" in page and "Cán bộ thẩm định đọc ngày 05/03/2026" in page
    assert "Tờ trình 3" in pages[3]


def test_who_lacks_the_level_gets_a_line_in_the_contents_and_no_page(packed: Office) -> None:
    pages = _pdf(packed, packed.officer)
    assert len(pages) == 1 + 3 + 1
    assert "không được đọc mức này" in " ".join(pages[0].split())
    assert "Biên bản kín" not in "".join(pages)


def test_word_is_converted_where_libreoffice_is_there(
    packed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "word_to_pdf", lambda content: papers.pdf("Từ Word"))
    assert any("Từ Word" in page for page in _pdf(packed, packed.second))


def test_without_libreoffice_word_stays_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_to_pdf.shutil, "which", lambda name: None)
    assert word_to_pdf.word_to_pdf(papers.word()) is None


def _zip(office: Office, folder: Path, actor: Actor) -> Path:
    card, chosen = selectors.papers_to_bundle(actor=actor, as_of=actor.today, dossier_id=office.dossier.pk)
    file = folder / "bundle.zip"
    file.write_bytes(documents.bundle_zip(card, chosen, actor=actor))
    return file


def test_the_zip_holds_the_originals_with_their_hashes(packed: Office, tmp_path: Path) -> None:
    file = _zip(packed, tmp_path, packed.second)
    with zipfile.ZipFile(file) as found:
        manifest = json.loads(found.read("manifest.json"))
        names = set(found.namelist())
    assert names == {
        "manifest.json", "01-proposal-1.pdf", "02-minutes-1.pdf", "04-self_review-1.docx", "09-diplomas-1.jpg",
    }  # fmt: skip
    assert [paper["state"] for paper in manifest["papers"]] == [
        "accepted",
        "awaiting",
        "awaiting",
        "awaiting",
    ]
    assert len(manifest["not_included"]) == 6
    assert bundles.faults_of(file) == []


def _change(name: str, entries: dict[str, bytes]) -> None:
    entries[name] = papers.pdf("tráo")


def _add(name: str, entries: dict[str, bytes]) -> None:
    entries["them.pdf"] = b"x"


def _remove(name: str, entries: dict[str, bytes]) -> None:
    del entries[name]


def _lie(name: str, entries: dict[str, bytes]) -> None:
    manifest = json.loads(entries["manifest.json"])
    manifest["papers"][0]["state"] = "accepted "
    entries["manifest.json"] = json.dumps(manifest).encode()


@pytest.mark.parametrize(
    ("harm", "said"),
    [(_change, "bị thay đổi"), (_add, "không có trong bảng kê"), (_remove, "Thiếu"), (_lie, "Bảng kê")],
)
def test_a_bundle_that_was_touched_is_found(
    packed: Office, tmp_path: Path, harm: Callable[[str, dict[str, bytes]], None], said: str
) -> None:
    file = _zip(packed, tmp_path, packed.second)
    with zipfile.ZipFile(file) as found:
        entries = {name: found.read(name) for name in found.namelist()}
    harm("01-proposal-1.pdf", entries)
    with zipfile.ZipFile(file, "w") as made:
        for name, content in entries.items():
            made.writestr(name, content)
    faults = bundles.faults_of(file)
    assert len(faults) == 1 and said in faults[0]


def test_a_file_that_is_no_bundle_is_bad_input(tmp_path: Path) -> None:
    file = tmp_path / "x.zip"
    file.write_bytes(papers.pdf())
    with pytest.raises(BadInput):
        bundles.faults_of(file)


def test_a_marked_copy_is_readable_and_differs_from_the_original() -> None:
    mark = "Nguyễn Văn A đọc ngày 05/03/2026"
    page = PdfReader(io.BytesIO(marked(papers.pdf("Nguyên bản"), "pdf", mark)[0])).pages[0].extract_text()
    assert mark in page and "Nguyên bản" in page
    original = papers.picture("PNG", (400, 500))
    copy, content_type = marked(original, "png", mark)
    with Image.open(io.BytesIO(copy)) as picture:
        colours = picture.convert("RGB").getcolors(maxcolors=1 << 20)
    assert content_type == "image/jpeg" and colours is not None and len(colours) > 20
    from docx import Document

    document = Document(io.BytesIO(marked(papers.word(), "docx", mark)[0]))
    assert mark in "".join(p.text for p in document.sections[0].header.paragraphs)
