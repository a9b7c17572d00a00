"""Checks everything in a folder of rules: documents with cases, procedures, dossier templates, quality rules."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hientai.rulebook.dossiers import check_templates
from hientai.rulebook.findings import Finding, Findings
from hientai.rulebook.folder import left_aside
from hientai.rulebook.load import BUILT_IN, Checked, check_rulebook
from hientai.rulebook.procedures.checking import CheckedProcedure, check_procedures
from hientai.rulebook.quality import check_quality_rules


@dataclass(frozen=True)
class CheckedFolder:
    """What was found in a folder. documents: of the documents and cases; findings: of everything.

    procedures, templates (files), quality_rules: what was read of the folders `procedures`, `dossiers` and `quality`.
    left_aside: folders of other data with the number of their files, which a check of rules does not read.
    """

    documents: Checked
    findings: tuple[Finding, ...]
    procedures: tuple[CheckedProcedure, ...]
    templates: int
    quality_rules: int
    left_aside: tuple[tuple[str, int], ...]


def check_folder(folder: Path = BUILT_IN) -> CheckedFolder:
    """Everything that is out of order in a folder. Raises BadInput as `check_rulebook` does."""
    checked = check_rulebook(folder)
    findings = Findings(list(checked.findings))
    procedures = check_procedures(folder / "procedures", findings)
    templates = len(list((folder / "dossiers").glob("*.yaml")))
    in_templates = check_templates(folder / "dossiers", in_place=True)[1] if templates else ()
    rules, in_rules = check_quality_rules(folder / "quality")
    return CheckedFolder(
        checked,
        (*findings.found, *in_templates, *in_rules),
        procedures,
        templates,
        len(rules),
        left_aside(folder),
    )
