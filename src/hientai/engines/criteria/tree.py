"""A standard as a tree: criteria with citations, joined by all / any / not, judged in three values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from hientai.engines.facts.fact import Value
from hientai.engines.wording import Sentence

Answers = Mapping[str, Value | None]
Required = Value | tuple[Value, ...]


class Verdict(Enum):
    """Met, not met, or unknown because something is not recorded."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Operator(Enum):
    """How a found value is compared with the required one. `BETWEEN` is half-open: low <= value < high."""

    AT_LEAST = ">="
    AT_MOST = "<="
    ABOVE = ">"
    BELOW = "<"
    EQUALS = "=="
    DIFFERS = "!="
    IN = "in"
    NOT_IN = "not in"
    BETWEEN = "between"
    IS_TRUE = "is true"
    IS_FALSE = "is false"

    @property
    def needs_order(self) -> bool:
        """True where the fact must be a number."""
        return self in _ORDERED

    @property
    def takes_value(self) -> bool:
        """False for the two operators that say it all."""
        return self not in (Operator.IS_TRUE, Operator.IS_FALSE)

    @property
    def takes_several(self) -> bool:
        """True where the required value is a tuple."""
        return self in (Operator.IN, Operator.NOT_IN, Operator.BETWEEN)


_ORDERED = (Operator.AT_LEAST, Operator.AT_MOST, Operator.ABOVE, Operator.BELOW, Operator.BETWEEN)


class OpenReason(Enum):
    """Why a criterion is shown but takes no part in the verdict."""

    NO_BASIS = "no_basis"
    NOT_MEASURED = "not_measured"


class Direction(Enum):
    """Whether a parameter bounds from below, from above, or neither (an exact value)."""

    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    EXACT = "exact"


class LocalChange(Enum):
    """What a province may do to a value: nothing, tighten, loosen under a pilot's document, or anything."""

    NONE = "none"
    TIGHTEN = "tighten"
    PILOT = "pilot"
    FREE = "free"


@dataclass(frozen=True)
class Citation:
    """Where a rule is written: document code, article (Điều), clause (khoản, điểm); "" where not known.

    source: key of the public page on which it was read, among the sources of the document.
    """

    document: str
    article: str = ""
    clause: str = ""
    source: str = ""


@dataclass(frozen=True)
class Parameter:
    """A dated value that a document sets.

    key: `plan.min_remaining_months`; "" for a value written in the criterion itself. unit: of the number.
    verified: False while nobody has confirmed the value against the text; such a value is shown but decides
    nothing finally. note: why it is doubtful or how it was derived. valid_from, valid_to: half-open days,
    None without end.
    """

    key: str
    value: Required
    unit: str
    citation: Citation
    verified: bool
    direction: Direction = Direction.EXACT
    local_change: LocalChange = LocalChange.NONE
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """True where `day` lies in the half-open validity."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )


@dataclass(frozen=True)
class Criterion:
    """One comparison of one fact. key: unique in its standard. sentence: what is asked of a person."""

    key: str
    sentence: Sentence
    citation: Citation
    fact: str
    operator: Operator
    parameter: Parameter

    @property
    def required(self) -> Required:
        """The value compared with: one value, a tuple of codes (in), or (low, high) (between)."""
        return self.parameter.value

    @property
    def comparison(self) -> tuple[str, Operator, Required]:
        """What makes two criteria the same column for everybody, whatever their wording."""
        return self.fact, self.operator, self.required


@dataclass(frozen=True)
class Open:
    """A criterion that the texts have but nobody can compute: without a source, or never recorded here."""

    key: str
    sentence: Sentence
    citation: Citation
    reason: OpenReason


@dataclass(frozen=True)
class All:
    """Met when every part is met."""

    key: str
    sentence: Sentence
    citation: Citation
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class AnyOf:
    """Met when at least one part is met."""

    key: str
    sentence: Sentence
    citation: Citation
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Not:
    """Met when the part is not met."""

    key: str
    sentence: Sentence
    citation: Citation
    part: Node


Node = Criterion | Open | All | AnyOf | Not


@dataclass(frozen=True)
class Standard:
    """One standard under one regime. document: code of the document that sets it; title: what it is for.

    valid_from, valid_to: half-open days in which this version is in force, None without end.
    """

    code: str
    title: Sentence
    document: str
    rule: Node
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def key(self) -> str:
        """Code and document together: one name for this version among all."""
        return f"{self.code}@{self.document}"

    def criteria(self) -> tuple[Criterion, ...]:
        """Every comparison of the tree, in order."""
        return tuple(node for node in walk(self.rule) if isinstance(node, Criterion))

    def facts(self) -> frozenset[str]:
        """The codes of the facts it asks; values that a unit sets for itself change none of them."""
        return frozenset(criterion.fact for criterion in self.criteria())

    def open_parts(self) -> tuple[Open, ...]:
        """Every part that takes no part in the verdict."""
        return tuple(node for node in walk(self.rule) if isinstance(node, Open))


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, in order."""
    yield node
    for part in parts_of(node):
        yield from walk(part)


def parts_of(node: Node) -> tuple[Node, ...]:
    """The direct parts of a node."""
    if isinstance(node, All | AnyOf):
        return node.parts
    return (node.part,) if isinstance(node, Not) else ()


def polarities(node: Node, *, helps: bool = True) -> Iterator[tuple[Criterion, bool]]:
    """Every criterion with the outcome that helps the whole: true, or false under an odd number of `Not`."""
    if isinstance(node, Criterion):
        yield node, helps
    for part in parts_of(node):
        yield from polarities(part, helps=helps is not isinstance(node, Not))


def with_parameters(node: Node, parameters: Mapping[str, Parameter]) -> Node:
    """The same tree with each named parameter replaced by the one of that key, where there is one."""
    if isinstance(node, Criterion):
        return replace(node, parameter=parameters.get(node.parameter.key, node.parameter))
    if isinstance(node, All | AnyOf):
        return replace(node, parts=tuple(with_parameters(part, parameters) for part in node.parts))
    if isinstance(node, Not):
        return replace(node, part=with_parameters(node.part, parameters))
    return node
