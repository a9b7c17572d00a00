"""Rules of good records as data: what is missing, old or contradictory, who mends it, how grave it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.rulebook.fields import Fields, list_of
from hientai.rulebook.findings import Finding, Findings, Place
from hientai.rulebook.reading import read_yaml

FOLDER = Path(__file__).parent


class QualityKind(Enum):
    """What is wrong with the record."""

    MISSING = "missing"
    STALE = "stale"
    CONTRADICTORY = "contradictory"


class Severity(Enum):
    """An error must be mended, a warning looked at."""

    ERROR = "error"
    WARNING = "warning"


class Mender(Enum):
    """Who mends it: the unit that keeps the file, or the organisation board."""

    UNIT = "unit"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class QualityRule:
    """One rule. sql: answers person_id, record, detail over the columns as of $as_of; citation: words, "" for none.

    compares: records of other people decide as well, so it cannot be asked of one person alone.
    """

    code: str
    title: str
    kind: QualityKind
    severity: Severity
    fix_by: Mender
    sql: str
    citation: str = ""
    verified: bool = True
    note: str = ""
    compares: bool = False


@lru_cache(maxsize=4)
def load_quality_rules(folder: Path = FOLDER) -> tuple[QualityRule, ...]:
    """Every rule in the order of the files. Raises BadInput `faulty_quality_rules` with the first finding."""
    rules, findings = check_quality_rules(folder)
    if findings:
        first = findings[0]
        raise BadInput(
            "faulty_quality_rules",
            say(
                "Quy tắc chất lượng hồ sơ có {count} lỗi. Lỗi đầu tiên: {message}",
                count=len(findings),
                message=first.message,
            ),
            f"{first.file}:{first.line}: {first.path}",
        )
    return rules


def check_quality_rules(folder: Path = FOLDER) -> tuple[tuple[QualityRule, ...], tuple[Finding, ...]]:
    """The rules that could be read, and everything that is out of order."""
    findings = Findings()
    rules: dict[str, QualityRule] = {}
    for file in sorted(folder.glob("*.yaml")):
        raw, place = read_yaml(file, f"quality/{file.name}", findings)
        if raw is None:
            continue
        whole = Fields(raw, place, findings, ("rules",))
        for number, line in enumerate(list_of(whole.raw.get("rules"), place.at("rules"), findings)):
            at = place.at("rules", number)
            rule = _rule(line, at, findings)
            if rule.code in rules:
                findings.add("duplicate_rule", at, say("Mã quy tắc “{code}” đã có.", code=rule.code))
            rules[rule.code] = rule
    return tuple(rules.values()), tuple(findings.found)


def _rule(raw: Any, place: Place, findings: Findings) -> QualityRule:
    known = ("code", "title", "kind", "severity", "fix_by", "citation", "note", "compares", "sql")
    fields = Fields(raw, place, findings, known)
    cited, verified = "", True
    if "citation" in fields:
        citation = Fields(
            fields.raw["citation"],
            place.at("citation"),
            findings,
            ("document", "article", "source", "verified"),
        )
        verified = citation.truth("verified")
        article = citation.text("article", required=False)
        cited = citation.text("document") + (f", Điều {article}" if article else "")
        if verified and not citation.text("source", required=False):
            findings.add(
                "verified_without_source",
                place.at("citation"),
                say("Ghi là đã đối chiếu thì phải dẫn nguồn (“source”)."),
            )
    return QualityRule(
        code=fields.text("code"), title=fields.text("title"),
        kind=fields.choice("kind", QualityKind) or QualityKind.MISSING,
        severity=fields.choice("severity", Severity) or Severity.WARNING,
        fix_by=fields.choice("fix_by", Mender) or Mender.UNIT, sql=fields.text("sql"), citation=cited,
        verified=verified, note=fields.text("note", required=False),
        compares=fields.truth("compares", required=False),
    )  # fmt: skip
