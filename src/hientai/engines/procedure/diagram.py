"""A definition laid out for drawing: steps in a column, ends to the right of their step, ways back to the left.

Units are pixels of an unscaled drawing; whoever draws adds words and colours.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from hientai.engines.procedure.definition import AGAIN, Definition, Step

LEFT, BOX, GAP, PILL = 76, 320, 40, 330
LINE, PILL_HEIGHT, PILL_STEP = 18, 28, 36
LETTERS = 40


@dataclass(frozen=True)
class Box:
    """A step. lines: its title broken to the width; who: who meets or acts, broken too."""

    code: str
    number: int
    lines: tuple[str, ...]
    who: tuple[str, ...]
    x: int
    y: int
    height: int
    has_ballot: bool
    verified: bool

    @property
    def middle(self) -> int:
        return self.y + self.height // 2

    @property
    def has_marks(self) -> bool:
        return self.has_ballot or not self.verified


@dataclass(frozen=True)
class Pill:
    """A way out that does not lead to the next step in the column. to: title of the ending, "" where it is a step.

    number: of the step it leads to, 0 for an ending; approved: an ending that grants.
    """

    outcome: str
    to: str
    number: int
    again: bool
    approved: bool
    x: int
    y: int
    from_x: int
    from_y: int


@dataclass(frozen=True)
class Down:
    """The way to the step below, and the outcomes that take it."""

    outcomes: tuple[str, ...]
    x: int
    y1: int
    y2: int


@dataclass(frozen=True)
class Jump:
    """A way along the left edge, from one step to another that is not the next."""

    x: int
    edge: int
    y1: int
    y2: int


@dataclass(frozen=True)
class Diagram:
    width: int
    height: int
    boxes: tuple[Box, ...]
    pills: tuple[Pill, ...]
    downs: tuple[Down, ...]
    jumps: tuple[Jump, ...]


def diagram(definition: Definition) -> Diagram:
    """The layout of a definition; the same definition gives the same drawing."""
    boxes: dict[str, Box] = {}
    pills: list[Pill] = []
    y = 8
    for number, step in enumerate(definition.steps, 1):
        following = definition.steps[number].code if number < len(definition.steps) else ""
        aside = [outcome for outcome, target in step.next.items() if target.to != following]
        box = _box(step, number, y, len(aside))
        boxes[step.code] = box
        top = box.middle - (len(aside) * PILL_STEP - (PILL_STEP - PILL_HEIGHT)) // 2
        for place, outcome in enumerate(aside):
            pills.append(_pill(definition, step, outcome, box, top + place * PILL_STEP))
        y += box.height + GAP
    return Diagram(
        width=LEFT + BOX + GAP + PILL + 8,
        height=y - GAP + 8,
        boxes=tuple(boxes.values()),
        pills=tuple(pills),
        downs=tuple(_downs(definition, boxes)),
        jumps=tuple(_jumps(definition, boxes)),
    )


def _box(step: Step, number: int, y: int, aside: int) -> Box:
    lines = tuple(textwrap.wrap(step.title, LETTERS - 4))
    who = tuple(textwrap.wrap(step.summoned or step.convener, LETTERS))
    height = max(18 + LINE * (len(lines) + len(who) + _has_marks(step)), aside * PILL_STEP)
    return Box(step.code, number, lines, who, LEFT, y, height, bool(step.ballot), step.verified)


def _has_marks(step: Step) -> bool:
    """Whether a line of its own says that people vote here, or that the step is not confirmed."""
    return bool(step.ballot) or not step.verified


def _pill(definition: Definition, step: Step, outcome: str, box: Box, y: int) -> Pill:
    target = step.next[outcome].to
    ending = definition.ending(target)
    again = target == AGAIN
    number = 0 if ending or again else definition.place(target)
    title = ending.title if ending else "" if again else definition.step(target).title
    return Pill(outcome, title, number, again, bool(ending and ending.approved), LEFT + BOX + GAP, y,
                LEFT + BOX, box.middle)  # fmt: skip


def _downs(definition: Definition, boxes: dict[str, Box]) -> list[Down]:
    found = []
    for step, below in zip(definition.steps, definition.steps[1:], strict=False):
        outcomes = tuple(outcome for outcome, target in step.next.items() if target.to == below.code)
        if outcomes:
            upper, lower = boxes[step.code], boxes[below.code]
            found.append(Down(outcomes, LEFT + 34, upper.y + upper.height, lower.y))
    return found


def _jumps(definition: Definition, boxes: dict[str, Box]) -> list[Jump]:
    """Each in a lane of its own, so that no two lie on each other."""
    places = {step.code: place for place, step in enumerate(definition.steps)}
    pairs = {
        (step.code, target.to)
        for step in definition.steps
        for target in step.next.values()
        if target.to in places and places[target.to] != places[step.code] + 1
    }
    ordered = sorted(pairs, key=lambda pair: (places[pair[0]], places[pair[1]]))
    return [
        Jump(LEFT - 14 - 12 * (lane % 5), LEFT, boxes[start].middle, boxes[end].middle)
        for lane, (start, end) in enumerate(ordered)
    ]
