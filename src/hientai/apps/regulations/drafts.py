"""Reads a draft of rules, strictly, and keeps it apart from the rules in force."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

from hientai.engines.wording import say
from hientai.foundation.errors import Refused
from hientai.rulebook.book import Document
from hientai.rulebook.findings import Finding
from hientai.rulebook.load import check_rulebook

LARGEST = 512 * 1024


class FaultyDraft(Refused):
    """A draft with faults; `findings` says where each one is."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(
            "faulty_rules",
            say(
                "Dự thảo có {count} lỗi, chưa nhận. Sửa các dòng trong bảng “Lỗi trong tệp” rồi tải lại.",
                count=len(findings),
            ),
            "rules",
        )  # fmt: skip
        self.findings = findings


def checked_draft(name: str, content: bytes) -> tuple[Document, str]:
    """The one document of a rule file, and its text. Raises FaultyDraft with everything that is out of order."""
    if len(content) > LARGEST:
        raise Refused("too_large", say("Tệp quy tắc vượt mức 512 kB."), "rules")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("not_text", say("Tệp không phải là văn bản UTF-8."), "rules") from error
    return parsed_draft(text, name), text


@lru_cache(maxsize=16)
def parsed_draft(text: str, name: str = "du-thao.yaml") -> Document:
    """The document a draft describes. Raises FaultyDraft."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / (Path(name).stem[:60].replace(".", "-") + ".yaml" if name else "du-thao.yaml")
        file.write_text(text, encoding="utf-8")
        checked = check_rulebook(Path(folder))
    if checked.rulebook is None:
        raise FaultyDraft(checked.findings)
    return checked.rulebook.documents[0]
