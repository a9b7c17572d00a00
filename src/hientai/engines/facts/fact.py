"""What a fact is: one question about one person that has one answer as of a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from hientai.engines.errors import BadInput
from hientai.engines.wording import Sentence, say

Value = int | float | bool | str
UNKNOWN = None


class FactType(Enum):
    """The form of a fact's answer. `IDENTIFIER` points at a record: it groups and links, no rule uses it."""

    INTEGER = "integer"
    MONTHS = "months"
    YEARS = "years"
    SHARE = "share"
    BOOLEAN = "boolean"
    CODE = "code"
    IDENTIFIER = "identifier"

    @property
    def is_ordered(self) -> bool:
        """True where greater and smaller mean something."""
        return self in (FactType.INTEGER, FactType.MONTHS, FactType.YEARS, FactType.SHARE)


class Clock(Enum):
    """What the mere passing of time does to a fact while no record changes.

    GROWS and SHRINKS: by one a month (months) or a year (years). RUNS: grows while the evidence names the day it
    counts from, stands still otherwise. ENDS: what is true becomes false on the anchor day.
    """

    STILL = "still"
    GROWS = "grows"
    RUNS = "runs"
    SHRINKS = "shrinks"
    ENDS = "ends"


@dataclass(frozen=True)
class Reading:
    """How a fact is read from the exported tables, in DuckDB's SQL.

    relation: a SELECT that yields `person_id` and whatever the expressions need; facts that share the same
        text are computed in one pass. It may use `$as_of` (a DATE) and the macros of `compute`.
    value: the answer; an aggregate over the rows of one person, or a plain expression when `one_row`.
    present: false where no record speaks about the question, so that `absent_means` applies.
        A person without any row in the relation counts as not present.
    record, day, anchor: the record the answer rests on (its id), the day of that record, and the day from
    which
        a growing fact has been counting, or on which a shrinking or ending one ends. Asked for one person
        only.
    one_row: the relation has exactly one row a person, nothing is grouped.
    """

    relation: str
    value: str
    present: str = "TRUE"
    record: str = "NULL"
    day: str = "NULL"
    anchor: str = "NULL"
    one_row: bool = False


@dataclass(frozen=True)
class Fact:
    """One entry of the fact catalogue.

    code: stable name, lower case with underscores. label: what the officer reads. unit: of the number, or "".
    definition: one Vietnamese sentence that says exactly what is counted. source: the records it rests on.
    absent_means: the answer where no record speaks; None means unknown.
    statistics_only: counted in reports, forbidden in standards, scores and search (ethnicity, religion, ...).
    codes: the closed list of a code fact with the word for each; labels of ranks for an integer fact.
    lowest, highest: the bounds within which every answer lies; they show criteria that can never be met.
    clock: what time alone does to it. can_change: false where neither acts nor decisions can change it (age).
    reading: None where the app that owns the records gives it.
    """

    code: str
    label: Sentence
    type: FactType
    unit: Sentence
    definition: Sentence
    source: Sentence
    absent_means: Value | None = UNKNOWN
    statistics_only: bool = False
    codes: Mapping[Value, Sentence] = field(default_factory=dict)
    lowest: int | None = None
    highest: int | None = None
    clock: Clock = Clock.STILL
    can_change: bool = True
    reading: Reading | None = None

    def check_value(self, value: Value | None) -> None:
        """Raises BadInput where `value` cannot be an answer to this fact (None, unknown, always can)."""
        if value is None:
            return
        if not self._has_right_type(value):
            raise BadInput(
                "wrong_type",
                say(
                    "Dữ kiện “{code}” nhận {type}, không nhận “{value}”.",
                    code=self.code,
                    type=self.type.value,
                    value=value,
                ),
                self.code,
            )
        if self.type is FactType.CODE and self.codes and value not in self.codes:
            raise BadInput(
                "unknown_code",
                say(
                    "Dữ kiện “{code}” không có mã “{value}”; các mã có: {codes}.",
                    code=self.code,
                    value=value,
                    codes=", ".join(str(known) for known in self.codes),
                ),
                self.code,
            )

    def _has_right_type(self, value: Value) -> bool:
        if self.type is FactType.BOOLEAN:
            return isinstance(value, bool)
        if self.type is FactType.CODE:
            return isinstance(value, str)
        if self.type is FactType.SHARE:
            return isinstance(value, int | float) and not isinstance(value, bool)
        return isinstance(value, int) and not isinstance(value, bool)
