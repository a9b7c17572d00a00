"""The rulebook in memory: documents with their parameters and standards, and what is in force on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from difflib import get_close_matches

from hientai.engines.criteria.tree import Parameter, Standard, with_parameters
from hientai.engines.errors import BadInput
from hientai.engines.wording import Sentence, say
from hientai.rulebook.local import LocalValue, check_local
from hientai.rulebook.targets import Target


@dataclass(frozen=True)
class Document:
    """One legal document. code: `50-QĐ/TW`. slug: the file name, usable in addresses and options.

    in_force: half-open days, `valid_to` None while in force; `force_verified` False where the days are not
    confirmed.
    parameters: key -> its dated versions. structure: keys of parameters that the document has without a
    value in any page read ("chưa có căn cứ") with the note on each. sources: key of a public page -> its
    address.
    """

    code: str
    slug: str
    title: Sentence
    issuer: str
    signed: date
    valid_from: date
    valid_to: date | None
    force_verified: bool
    replaces: tuple[str, ...]
    parameters: Mapping[str, tuple[Parameter, ...]]
    structure: Mapping[str, str]
    standards: Mapping[str, Standard]
    sources: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()

    def in_force_on(self, day: date) -> bool:
        """True where `day` lies in the half-open days of force."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def parameter(self, key: str, as_of: date | None = None) -> Parameter | None:
        """The version of a parameter on a day (the first day of force if None); None without a value."""
        day = as_of or self.valid_from
        return next((version for version in self.parameters.get(key, ()) if version.holds_on(day)), None)


@dataclass(frozen=True)
class Rulebook:
    """All documents, ordered by the day on which they came into force, then by code."""

    documents: tuple[Document, ...]

    def document(self, code: str) -> Document:
        """The document of that code or slug; raises BadInput `unknown_document`."""
        for document in self.documents:
            if code in (document.code, document.slug):
                return document
        raise BadInput(
            "unknown_document",
            say(
                "Không có văn bản “{code}” trong bộ quy tắc. Các văn bản có: {known}.",
                code=code,
                known=", ".join(document.slug for document in self.documents),
            ),
            code,
        )

    @property
    def standard_codes(self) -> tuple[str, ...]:
        """Every standard of any document, in order of first appearance."""
        return tuple(dict.fromkeys(code for document in self.documents for code in document.standards))

    def versions(self, code: str) -> tuple[Standard, ...]:
        """The versions of a standard in order of time; raises BadInput `unknown_standard`."""
        found = [document.standards[code] for document in self.documents if code in document.standards]
        if not found:
            near = get_close_matches(code, self.standard_codes, n=5, cutoff=0.5) or self.standard_codes
            raise BadInput(
                "unknown_standard",
                say("Không có tiêu chuẩn “{code}”. Có: {known}.", code=code, known=", ".join(near)),
                code,
            )
        return tuple(sorted(found, key=lambda standard: standard.valid_from or date.min))

    def standard(self, code: str, as_of: date, local: Iterable[LocalValue] = ()) -> Standard:
        """The version of a standard in force on a day, with the values of that day.

        local: values that a province has set under the document in force (`rulebook.local`).
        Raises BadInput `unknown_standard`, or `standard_not_in_force` naming the days on which it is.
        """
        versions = self.versions(code)
        for version in versions:
            if _holds(version, as_of):
                return self._with_values_of(version, as_of, local)
        spans = "; ".join(f"{version.document}: {_span(version)}" for version in versions)
        raise BadInput(
            "standard_not_in_force",
            say(
                "Ngày {day} không có quy định nào về “{code}” có hiệu lực. Các khoảng có hiệu lực: {spans}.",
                day=f"{as_of:%d/%m/%Y}",
                code=code,
                spans=spans,
            ),
            code,
        )

    def standards_in_force(self, as_of: date, local: Iterable[LocalValue] = ()) -> tuple[Standard, ...]:
        """Every standard in force on a day, with the values of that day, in order of code list."""
        kept = tuple(local)
        return tuple(
            self._with_values_of(version, as_of, kept)
            for code in self.standard_codes
            for version in self.versions(code)
            if _holds(version, as_of)
        )

    def standard_of(
        self, code: str, document: str, as_of: date | None = None, local: Iterable[LocalValue] = ()
    ) -> Standard:
        """The version that one document sets, in force or not (for questions of what would be)."""
        setting = self.document(document)
        if code not in setting.standards:
            raise BadInput(
                "unknown_standard",
                say("Văn bản “{document}” không có tiêu chuẩn “{code}”.", document=setting.code, code=code),
                code,
            )
        standard = setting.standards[code]
        day = as_of if as_of is not None and setting.in_force_on(as_of) else setting.valid_from
        return self._with_values_of(standard, day, local)

    def parameter(self, key: str, as_of: date) -> Parameter | None:
        """The value of a parameter on a day from the document in force; None where none has a value."""
        for document in self.documents:
            if document.in_force_on(as_of) and (found := document.parameter(key, as_of)) is not None:
                return found
        return None

    def setting_document(self, key: str, as_of: date) -> Document | None:
        """The document in force on a day that speaks about a parameter, with or without a value."""
        for document in self.documents:
            if document.in_force_on(as_of) and (key in document.parameters or key in document.structure):
                return document
        return None

    def _with_values_of(self, standard: Standard, day: date, local: Iterable[LocalValue]) -> Standard:
        document = self.document(standard.document)
        values = {
            key: found for key in document.parameters if (found := document.parameter(key, day)) is not None
        }
        for one in local:
            if one.under == document.code and one.parameter.key in values and one.parameter.holds_on(day):
                check_local(values[one.parameter.key], one)
                values[one.parameter.key] = one.parameter
        return replace(standard, rule=with_parameters(standard.rule, values))


def _holds(standard: Standard, day: date) -> bool:
    starts = standard.valid_from is None or standard.valid_from <= day
    return starts and (standard.valid_to is None or day < standard.valid_to)


def _span(standard: Standard) -> str:
    """The days as an officer reads them, the last one included: 27/12/2021 – 30/06/2025."""
    first = "…" if standard.valid_from is None else f"{standard.valid_from:%d/%m/%Y}"
    last = "…" if standard.valid_to is None else f"{standard.valid_to - timedelta(days=1):%d/%m/%Y}"
    return f"{first} – {last}"
