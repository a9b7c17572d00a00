"""Dossier templates as data: which papers a procedure asks for, how long each is good, who gives and who checks it.

One YAML file a template and regime. A file with `base` takes over the papers of another template and changes or adds
some: that is how a province writes its own list, in a folder of its own (`load_templates(local=...)`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.rulebook.fields import Fields, list_of, mapping_of
from hientai.rulebook.findings import Finding, Findings, Place
from hientai.rulebook.reading import read_yaml

FOLDER = Path(__file__).parent


class PaperSource(Enum):
    """Who gives a paper."""

    PERSON = "person"
    UNIT = "unit"
    COMMITTEE = "committee"
    RESIDENCE = "residence"
    INSPECTION = "inspection"


class Secrecy(Enum):
    """Who may read the content: every reader of dossiers, officers of restricted papers, of secret ones.

    A level of access inside an office; the program claims nothing about state secrets.
    """

    ORDINARY = "ordinary"
    RESTRICTED = "restricted"
    SECRET = "secret"


class Kept(Enum):
    """What is kept of a paper: the file, or only that there is one, its day and who gave it."""

    FILE = "file"
    STATE = "state"


class Checker(Enum):
    """Who checks a paper."""

    ORGANISATION = "organisation"
    INSPECTION = "inspection"
    UNIT = "unit"


@dataclass(frozen=True)
class PaperKind:
    """One line of a template.

    valid_months: how old it may be when the dossier is needed, None for no limit; verified: somebody read this line in
    the text; published: its name is known at all; source_key: page read, a key of the template's `sources`.
    """

    code: str
    title: str
    required: bool
    source: PaperSource
    secrecy: Secrecy
    kept: Kept
    checked_by: Checker
    verified: bool
    published: bool = True
    valid_months: int | None = None
    note: str = ""
    source_key: str = ""


@dataclass(frozen=True)
class DossierTemplate:
    """The papers of one procedure under one document, in the order of the document; days are half-open."""

    code: str
    title: str
    document: str
    article: str
    valid_from: date
    valid_to: date | None
    force_verified: bool
    papers: tuple[PaperKind, ...]
    sources: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    base: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the template is in force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def paper(self, code: str) -> PaperKind | None:
        """The line with that code."""
        return next((paper for paper in self.papers if paper.code == code), None)


@lru_cache(maxsize=4)
def load_templates(local: Path | None = None) -> dict[str, DossierTemplate]:
    """All templates by code, built in and `local` ones.

    Raises BadInput `faulty_templates` with the first finding, where it stands and how many there are.
    """
    templates, findings = check_templates(local)
    if findings:
        first = findings[0]
        raise BadInput(
            "faulty_templates",
            say(
                "Mẫu danh mục hồ sơ có {count} lỗi, chưa dùng được. Lỗi đầu tiên: {message}",
                count=len(findings),
                message=first.message,
            ),
            f"{first.file}:{first.line}: {first.path}",
        )
    return templates


def check_templates(
    local: Path | None = None, *, in_place: bool = False
) -> tuple[dict[str, DossierTemplate], tuple[Finding, ...]]:
    """The templates that could be read, and everything that is out of order.

    in_place: a local file stands in for the built-in one of the same name, as in a copy that somebody works on.
    """
    findings = Findings()
    read: dict[str, tuple[DossierTemplate, Place]] = {}
    files = sorted(FOLDER.glob("*.yaml"))
    own = sorted(local.glob("*.yaml")) if local is not None and local.is_dir() else []
    replaced = {file.name for file in own} if in_place else set()
    files = [*(file for file in files if file.name not in replaced), *own]
    for file in files:
        raw, place = read_yaml(file, f"dossiers/{file.name}", findings)
        template = None if raw is None else _template(raw, place, findings)
        if template is None:
            continue
        if template.code in read:
            findings.add("duplicate_template", place, say("Mã mẫu “{code}” đã có.", code=template.code))
            continue
        read[template.code] = template, place
    found: dict[str, DossierTemplate] = {}
    for template, place in read.values():
        whole = _with_base(template, place, read, findings)
        if not whole.papers:
            findings.add("no_papers", place, say("Mẫu không có giấy tờ nào."))
        found[template.code] = whole
    return found, tuple(findings.found)


def _template(raw: Any, place: Place, findings: Findings) -> DossierTemplate | None:
    fields = Fields(
        raw, place, findings,
        ("code", "title", "document", "article", "in_force", "sources", "notes", "base", "papers"),
    )  # fmt: skip
    force = Fields(fields.raw.get("in_force"), place.at("in_force"), findings, ("from", "to", "verified"))
    starts = force.day("from")
    ends = force.day("to", required=False)
    base = fields.text("base", required=False)
    sources = mapping_of(fields.raw.get("sources"), place.at("sources"), findings)
    lines = fields.raw.get("papers")
    papers = []
    if lines is not None or not base:
        for number, line in enumerate(list_of(lines, place.at("papers"), findings)):
            papers.append(_paper(line, place.at("papers", number), findings, sources, bool(base)))
    codes = [paper.code for paper in papers]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        findings.add(
            "duplicate_paper", place.at("papers"), say("Mã giấy tờ “{code}” ghi hai lần.", code=code)
        )
    if starts is not None and ends is not None and ends <= starts:
        findings.add("ends_before_start", place.at("in_force"), say("Hiệu lực kết thúc trước khi bắt đầu."))
    if starts is None:
        return None
    return DossierTemplate(
        code=fields.text("code"), title=fields.text("title"), document=fields.text("document"),
        article=fields.text("article", required=False), valid_from=starts, valid_to=ends,
        force_verified=force.truth("verified"), papers=tuple(papers),
        sources={key: str(value) for key, value in sources.items()}, notes=fields.texts("notes"), base=base,
    )  # fmt: skip


_LINE = (
    "code", "title", "required", "source", "secrecy", "kept", "checked_by", "verified", "published", "valid_months",
    "note", "cited",
)  # fmt: skip


def _paper(raw: Any, place: Place, findings: Findings, sources: dict[str, Any], has_base: bool) -> PaperKind:
    fields = Fields(raw, place, findings, _LINE)
    months = fields.raw.get("valid_months")
    if months is not None and (isinstance(months, bool) or not isinstance(months, int) or months <= 0):
        findings.add("not_months", place.at("valid_months"), say("Thời hạn phải là số tháng nguyên dương."))
        months = None
    cited = fields.text("cited", required=False)
    if cited and not has_base and cited not in sources:
        findings.add("unknown_source", place.at("cited"), say("Không có nguồn “{key}”.", key=cited))
    verified = fields.truth("verified")
    if verified and not cited:
        findings.add(
            "verified_without_source", place, say("Ghi là đã đối chiếu thì phải dẫn nguồn (“cited”).")
        )
    return PaperKind(
        code=fields.text("code"), title=fields.text("title"), required=fields.truth("required"),
        source=fields.choice("source", PaperSource) or PaperSource.UNIT,
        secrecy=fields.choice("secrecy", Secrecy) or Secrecy.SECRET,
        kept=fields.choice("kept", Kept, Kept.FILE) or Kept.FILE,
        checked_by=fields.choice("checked_by", Checker) or Checker.ORGANISATION,
        verified=verified, published=fields.truth("published", required=False, default=True), valid_months=months,
        note=fields.text("note", required=False), source_key=cited,
    )  # fmt: skip


def _with_base(
    template: DossierTemplate,
    place: Place,
    read: dict[str, tuple[DossierTemplate, Place]],
    findings: Findings,
) -> DossierTemplate:
    """The papers of the base with those of the same code replaced, and new ones at the end."""
    if not template.base:
        return template
    base = read.get(template.base)
    if base is None or base[0].base:
        findings.add(
            "unknown_base",
            place.at("base"),
            say("Không có mẫu gốc “{code}” (mẫu gốc không được dựa trên mẫu khác).", code=template.base),
        )
        return template
    own = {paper.code: paper for paper in template.papers}
    papers = [own.pop(paper.code, paper) for paper in base[0].papers]
    return replace(template, papers=(*papers, *own.values()), sources={**base[0].sources, **template.sources})
