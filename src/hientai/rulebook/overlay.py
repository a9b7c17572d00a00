"""The rulebook with what an office has added: values confirmed against the text, and values a province set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from hientai.engines.criteria.tree import Citation, Parameter, Required
from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.rulebook.book import Document, Rulebook
from hientai.rulebook.local import LocalValue, check_local


@dataclass(frozen=True)
class ConfirmedValue:
    """A value that two people read in the text. starts_on: first day of the version meant, None for the first one."""

    document: str
    key: str
    value: Required
    article: str = ""
    starts_on: date | None = None


@dataclass(frozen=True)
class OfficeValues:
    """What an office has added to the rulebook; hashable, so that the whole is put together once."""

    confirmed: tuple[ConfirmedValue, ...] = ()
    local: tuple[LocalValue, ...] = ()

    def units_on(self, day: date) -> tuple[int, ...]:
        """The units that have values of their own on a day."""
        kept = (one for one in self.local if one.unit is not None and one.parameter.holds_on(day))
        return tuple(dict.fromkeys(one.unit for one in kept if one.unit is not None))

    def at(self, units: tuple[int, ...] = ()) -> OfficeValues:
        """What holds at a place: the values of the whole office, then those of `units`, the highest unit first."""
        chain = (None, *units)
        kept = tuple(one for unit in chain for one in self.local if one.unit == unit)
        return OfficeValues(self.confirmed, kept)


def overlaid(book: Rulebook, office: OfficeValues) -> Rulebook:
    """The book with these values in place; what no longer fits (a document has changed) is left out.

    A confirmed value takes the place of a doubtful one and judges; a local value holds on its own days only, and a
    later one in `office.local` has to be within the leave of the earlier ones too.
    """
    documents = []
    for document in book.documents:
        parameters = {key: tuple(versions) for key, versions in document.parameters.items()}
        structure = dict(document.structure)
        for one in office.confirmed:
            if one.document == document.code:
                _confirm(book, document, one, parameters)
                if one.key in parameters:
                    structure.pop(one.key, None)
        for local in office.local:
            if local.under == document.code and local.parameter.key in parameters:
                key = local.parameter.key
                parameters[key] = _with_local(parameters[key], local)
        documents.append(replace(document, parameters=parameters, structure=structure))
    return Rulebook(tuple(documents))


def model_of(book: Rulebook, document: Document, key: str, starts_on: date | None = None) -> Parameter:
    """The version a confirmation is about; for a value the document has without a figure, its shape elsewhere.

    Raises BadInput `unknown_parameter` where neither the document nor another one has the key, and `never_a_number`
    where no document gives unit and direction.
    """
    versions = document.parameters.get(key, ())
    for version in versions:
        if starts_on is None or version.valid_from == starts_on:
            return version
    if key in document.structure:
        for other in book.documents:
            for version in other.parameters.get(key, ()):
                return replace(
                    version, citation=Citation(document.code), verified=False,
                    valid_from=document.valid_from, valid_to=document.valid_to, note=document.structure[key],
                )  # fmt: skip
        raise BadInput(
            "never_a_number",
            say("Chưa văn bản nào cho biết đơn vị tính của “{key}”; ghi vào tệp quy tắc.", key=key),
            key,
        )
    raise BadInput("unknown_parameter", say("Văn bản này không có tham số “{key}”.", key=key), key)


def _confirm(
    book: Rulebook, document: Document, one: ConfirmedValue, parameters: dict[str, tuple[Parameter, ...]]
) -> None:
    try:
        meant = model_of(book, document, one.key, one.starts_on)
    except BadInput:
        return
    citation = replace(meant.citation, article=one.article or meant.citation.article)
    read = replace(meant, value=one.value, verified=True, citation=citation)
    others = tuple(v for v in parameters.get(one.key, ()) if v.valid_from != meant.valid_from)
    parameters[one.key] = tuple(sorted((*others, read), key=lambda version: version.valid_from or date.min))


def _with_local(versions: tuple[Parameter, ...], local: LocalValue) -> tuple[Parameter, ...]:
    """The central versions cut where the local value holds; the local one there, if it may stand in for them."""
    found: list[Parameter] = []
    for central in versions:
        start = max(central.valid_from or date.min, local.parameter.valid_from or date.min)
        end = min(central.valid_to or date.max, local.parameter.valid_to or date.max)
        if start >= end or not _may_stand_in(central, local):
            found.append(central)
            continue
        if start > (central.valid_from or date.min):
            found.append(replace(central, valid_to=start))
        until = None if end == date.max else end
        found.append(replace(local.parameter, valid_from=start, valid_to=until))
        if end < (central.valid_to or date.max):
            found.append(replace(central, valid_from=end))
    return tuple(found)


def _may_stand_in(central: Parameter, local: LocalValue) -> bool:
    try:
        check_local(central, local)
    except BadInput:
        return False
    return True
