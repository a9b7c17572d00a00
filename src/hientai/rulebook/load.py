"""Loads a folder of rule files, strictly: what is not in order is listed, and nothing is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from hientai.engines.errors import BadInput
from hientai.engines.facts.catalogue import Catalogue
from hientai.engines.facts.standard import standard_catalogue
from hientai.engines.wording import say
from hientai.rulebook.book import Document, Rulebook
from hientai.rulebook.cases import Case, parse_cases, run_case
from hientai.rulebook.consistency import check_documents
from hientai.rulebook.findings import Finding, Findings, Place
from hientai.rulebook.folder import CASES, documents_in
from hientai.rulebook.parse import parse_document
from hientai.rulebook.reading import read_yaml

BUILT_IN = Path(__file__).parent


@dataclass(frozen=True)
class Checked:
    """What a check found. rulebook: None where anything was found. judged: verdicts given in cases."""

    rulebook: Rulebook | None
    findings: tuple[Finding, ...]
    documents: int
    standards: int
    cases: tuple[Case, ...]
    judged: int


def check_rulebook(folder: Path = BUILT_IN, catalogue: Catalogue | None = None) -> Checked:
    """Reads every document (`*.yaml`) and its cases (`*.cases.yaml` beside it) below `folder` and checks all.

    catalogue: the facts that rules may name, the standard ones by default. Raises BadInput `no_rules`, `no_folder`,
    `not_a_folder` or `too_many_files` where there is nothing that can be checked.
    """
    catalogue = standard_catalogue() if catalogue is None else catalogue
    findings = Findings()
    parsed: list[tuple[Document, Path, Place]] = []
    files = documents_in(folder, findings)
    _check_orphans(folder, files, findings)
    for file in files:
        raw, place = read_yaml(file, file.relative_to(folder).as_posix(), findings)
        document = None if raw is None else parse_document(raw, place, file.stem, catalogue, findings)
        if document is not None:
            parsed.append((document, file, place))
    rulebook = Rulebook(tuple(sorted((document for document, _, _ in parsed), key=_order)))
    check_documents(
        rulebook.documents, {document.code: place for document, _, place in parsed}, catalogue, findings
    )
    cases = tuple(case for one in parsed for case in _cases_of(one[0], one[1], folder, catalogue, findings))
    judged = sum(run_case(case, rulebook, findings) for case in cases)
    standards = sum(len(document.standards) for document in rulebook.documents)
    found = tuple(findings.found)
    return Checked(None if found else rulebook, found, len(files), standards, cases, judged)


@lru_cache(maxsize=4)
def load_rulebook(folder: Path = BUILT_IN) -> Rulebook:
    """The rulebook in `folder` (the built-in one by default), kept for the next call.

    Raises BadInput `faulty_rules` with the first finding, where it stands and how many there are.
    """
    checked = check_rulebook(folder)
    if checked.rulebook is None:
        first = checked.findings[0]
        raise BadInput(
            "faulty_rules",
            say(
                "Bộ quy tắc có {count} lỗi, chưa dùng được. Lỗi đầu tiên: {message} "
                "Chạy “rules check” để xem tất cả.",
                count=len(checked.findings),
                message=first.message,
            ),
            f"{first.file}:{first.line}: {first.path}",
        )
    return checked.rulebook


def _check_orphans(folder: Path, files: list[Path], findings: Findings) -> None:
    """Cases whose document is not there would never be run."""
    for beside in sorted(folder.rglob("*" + CASES)):
        if beside.with_name(beside.name.removesuffix(CASES) + ".yaml") not in files:
            findings.add(
                "orphan_cases",
                Place(beside.relative_to(folder).as_posix(), {}),
                say("Tệp ca thử không có văn bản đi kèm; đặt cạnh tệp văn bản cùng tên."),
            )


def _cases_of(
    document: Document, file: Path, folder: Path, catalogue: Catalogue, findings: Findings
) -> tuple[Case, ...]:
    beside = file.with_name(file.stem + CASES)
    if not beside.exists():
        return ()
    raw, place = read_yaml(beside, beside.relative_to(folder).as_posix(), findings)
    return () if raw is None else parse_cases(raw, place, document, catalogue, findings)


def _order(document: Document) -> tuple[Any, ...]:
    return document.valid_from, document.code
