"""Takes single fields out of a mapping read from YAML; notes what is missing, surplus or malformed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from hientai.engines.wording import say
from hientai.rulebook.findings import Findings, Place

Choice = TypeVar("Choice", bound=Enum)


class Fields:
    """One mapping of a rule file. Every getter answers None (or a neutral value) where it notes a finding."""

    def __init__(self, raw: Any, place: Place, findings: Findings, known: Iterable[str]) -> None:
        self.place = place
        self.findings = findings
        self.raw: dict[str, Any] = raw if isinstance(raw, dict) else {}
        if not isinstance(raw, dict):
            findings.add("not_a_mapping", place, say("Chỗ này phải là một nhóm khóa: giá trị."))
        self._check_known(tuple(known))

    def __contains__(self, key: str) -> bool:
        return key in self.raw

    def text(self, key: str, *, required: bool = True) -> str:
        """A non-empty text; numbers count as their digits."""
        value = self._get(key, required)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
            self._note("not_text", key, say("Khóa “{key}” phải là một đoạn chữ.", key=key))
            return ""
        return str(value).strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where the key is not given."""
        value = self.raw.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            self._note("not_texts", key, say("Khóa “{key}” phải là danh sách các đoạn chữ.", key=key))
            return ()
        return tuple(value)

    def truth(self, key: str, *, required: bool = True, default: bool = False) -> bool:
        """true or false."""
        value = self._get(key, required)
        if value is None:
            return default
        if not isinstance(value, bool):
            self._note("not_truth", key, say("Khóa “{key}” phải là true hoặc false.", key=key))
            return default
        return value

    def day(self, key: str, *, required: bool = True) -> date | None:
        """An ISO day; null is None where the key is not required."""
        value = self._get(key, required)
        if value is None:
            return None
        if type(value) is not date:
            self._note("not_a_day", key, say("Khóa “{key}” phải là ngày dạng 2021-12-27.", key=key))
            return None
        return value

    def choice(self, key: str, choices: type[Choice], default: Choice | None = None) -> Choice | None:
        """One of the values of an enumeration; required where there is no default."""
        value = self._get(key, default is None)
        if value is None:
            return default
        try:
            return choices(value)
        except ValueError:
            allowed = ", ".join(str(choice.value) for choice in choices)
            self._note(
                "not_a_choice",
                key,
                say(
                    "Khóa “{key}” phải là một trong: {allowed}; không phải “{value}”.",
                    key=key,
                    allowed=allowed,
                    value=str(value),
                ),
            )
            return default

    def _get(self, key: str, required: bool) -> Any:
        value = self.raw.get(key)
        if value is None and required:
            self.findings.add("missing_key", self.place, say("Thiếu khóa “{key}”; thêm vào.", key=key))
        return value

    def _note(self, code: str, key: str, message: Any) -> None:
        self.findings.add(code, self.place.at(key), message)

    def _check_known(self, known: tuple[str, ...]) -> None:
        for key in self.raw:
            if key in known:
                continue
            near = difflib.get_close_matches(key, known, n=1)
            advice = (
                say("có phải “{near}”?", near=near[0])
                if near
                else say("các khóa dùng được: {known}", known=", ".join(known))
            )
            self._note("unknown_key", key, say("Không có khóa “{key}”; {advice}", key=key, advice=advice))


def mapping_of(raw: Any, place: Place, findings: Findings) -> dict[str, Any]:
    """A mapping with free keys; empty (with a finding) where it is something else, empty where absent."""
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        findings.add("not_a_mapping", place, say("Chỗ này phải là một nhóm khóa: giá trị."))
        return {}
    return raw


def list_of(raw: Any, place: Place, findings: Findings) -> list[Any]:
    """A list; empty (with a finding) where it is something else."""
    if not isinstance(raw, list) or not raw:
        findings.add("not_a_list", place, say("Chỗ này phải là một danh sách, ít nhất một phần tử."))
        return []
    return raw
