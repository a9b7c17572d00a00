"""Reads the written drafts of this folder: `### name`, the text, and for each planted fault a line `!! kind
printed`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from hientai.engines.figures.check import check_draft
from hientai.engines.figures.findings import FAULTS, Findings, Verdict
from hientai.engines.figures.reading.plain import draft_of
from hientai.engines.figures.spoken import spoken

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class WrittenDraft:
    name: str
    text: str
    faults: frozenset[str]


def written_drafts(file: str) -> list[WrittenDraft]:
    drafts = []
    for part in re.split(r"^### ", (FOLDER / file).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, body = part.partition("\n")
        lines = body.splitlines()
        faults = frozenset(line[3:].strip() for line in lines if line.startswith("!!"))
        drafts.append(
            WrittenDraft(name.strip(), "\n".join(line for line in lines if not line.startswith("!!")), faults)
        )
    return drafts


def found_faults(findings: Findings) -> frozenset[str]:
    shares = {f"share {share.printed}" for share in findings.shares if share.verdict in FAULTS}
    sums = {
        f"{'mixed' if total.verdict is Verdict.UNIT_MIXED else 'sum'} {spoken(total.total)}"
        for total in findings.sums
        if total.verdict in FAULTS
    }
    return frozenset(shares | sums)


def faults_of(text: str) -> frozenset[str]:
    return found_faults(check_draft(draft_of(text)))
