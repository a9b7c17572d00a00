"""Values as officers type them and as rows keep them, in the form of the parameter they stand for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from hientai.engines.criteria.tree import Citation, Parameter, Required
from hientai.engines.errors import BadInput
from hientai.engines.vitext import parse_number
from hientai.engines.wording import say
from hientai.rulebook.local import LocalValue


class Drafted(Protocol):
    """What a local value needs to know of whoever sets it."""

    local_document: str
    article: str
    pilot: bool
    valid_from: date | None
    valid_to: date | None

    @property
    def at_unit_id(self) -> int | None:
        """For whose subtree; None for the whole office."""


def plain(value: Any) -> Required:
    """A value out of JSON."""
    return tuple(value) if isinstance(value, list) else value


def value_of_text(central: Parameter, typed: str) -> Required:
    """What was typed, in the type of the parameter: `36`, `0,25`, `25%`, or a text. Raises BadInput `wrong_type`."""
    text = typed.strip()
    if isinstance(central.value, bool) or not isinstance(central.value, int | float):
        if isinstance(central.value, tuple) or not text:
            raise _wrong(central, typed)
        return text
    try:
        read = parse_number(text)
    except BadInput as error:
        raise _wrong(central, typed) from error
    if isinstance(central.value, int):
        if read.percent or read.share.denominator != 1:
            raise _wrong(central, typed)
        return int(read.share)
    return float(read.share)


def _wrong(central: Parameter, typed: str) -> BadInput:
    return BadInput(
        "wrong_type",
        say("“{typed}” không phải là giá trị tính bằng {unit}.", typed=typed.strip(), unit=central.unit), "value",
    )  # fmt: skip


def local_value(drafted: Drafted, central: Parameter, value: Required) -> LocalValue:
    """A local value in place of the central one, with its own citation and days."""
    parameter = replace(
        central, value=value, verified=True, note="", citation=Citation(drafted.local_document, drafted.article),
        valid_from=drafted.valid_from, valid_to=drafted.valid_to,
    )  # fmt: skip
    return LocalValue(parameter, central.citation.document, drafted.pilot, drafted.at_unit_id)


def stored_local_value(row: Any, central: Parameter) -> LocalValue:
    """The local value of a confirmed row."""
    return replace(local_value(row, central, plain(row.value)), under=row.document)
