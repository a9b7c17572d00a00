"""Planned people held against the rules of a day: the standard of the title they are planned for, and how ready they
are for it. Everybody at once, from the columns; callers have cut the people to the actor's scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hientai.apps.planning.readiness import Prospect, prospects
from hientai.apps.planning.turns import POSTS, group_of
from hientai.engines.criteria.tree import Criterion, Standard, Verdict
from hientai.engines.errors import BadInput
from hientai.engines.facts.snapshot import Snapshot
from hientai.engines.screening.screen import screen
from hientai.foundation.places import by_place
from hientai.foundation.rules import rulebook
from hientai.foundation.snapshot.everybody import facts_as_of

Pair = tuple[int, str]  # person id, title code
APPOINTING = "appoint.first_time"


@dataclass(frozen=True)
class Judged:
    """One person against the planning standard of one title. document: "" where none is in force that day.

    decisive: the verdict would be the same if only confirmed values counted; behind: the criteria that make it.
    """

    verdict: Verdict
    document: str = ""
    decisive: bool = True
    behind: tuple[Criterion, ...] = ()

    @property
    def refuses(self) -> bool:
        """Whether the rule says no, and no doubtful value is behind it."""
        return self.verdict is Verdict.NOT_MET and self.decisive


NO_RULE = Judged(Verdict.UNKNOWN)


def planning_standard(code: str, as_of: date, units: tuple[int, ...] = ()) -> Standard | None:
    """The standard of that code in force on a day at a place (`foundation.places`); None where no document sets one."""
    if not code:
        return None
    try:
        return rulebook(units).standard(code, as_of)
    except BadInput:
        return None


def judge(pairs: Iterable[Pair], standards: Mapping[str, str], as_of: date) -> dict[Pair, Judged]:
    """Verdicts as of a day. standards: title code -> code of its planning standard; unknown people are left out."""
    wanted = sorted(set(pairs))
    found: dict[Pair, Judged] = {}
    for units, people in by_place(sorted({person for person, _ in wanted}), as_of):
        here = set(people)
        found |= _judged([pair for pair in wanted if pair[0] in here], standards, as_of, units)
    return found


def _judged(
    wanted: Sequence[Pair], standards: Mapping[str, str], as_of: date, units: tuple[int, ...]
) -> dict[Pair, Judged]:
    """People under the same rules."""
    rules = {title: planning_standard(code, as_of, units) for title, code in standards.items()}
    asked = {rule.key: rule for rule in rules.values() if rule is not None}
    facts = _facts_of({person for person, _ in wanted}, asked.values(), as_of)
    screening = screen(list(asked.values()), facts)
    known = set(screening.persons.to_list())
    sure = {key: set(screening.violations(rule).to_list()) for key, rule in asked.items()}
    found = {}
    for person, title in wanted:
        rule = rules.get(title)
        if rule is None or person not in known:
            found[person, title] = NO_RULE
            continue
        verdict = screening.verdict_of(rule, person)
        decisive = verdict is not Verdict.NOT_MET or person in sure[rule.key]
        behind = () if verdict is Verdict.MET else screening.criteria_behind(rule, person, verdict)
        found[person, title] = Judged(verdict, rule.document, decisive, behind)
    return found


def prospects_on(pairs: Iterable[Pair], standards: Mapping[str, str], as_of: date) -> dict[Pair, Prospect]:
    """How ready each person is for each title: by its planning standard, and for posts by the rule of appointment."""
    wanted = sorted(set(pairs))
    found: dict[Pair, Prospect] = {}
    for units, people in by_place(sorted({person for person, _ in wanted}), as_of):
        here = set(people)
        kept = [pair for pair in wanted if pair[0] in here]
        rules = {title: judged_by(title, standards, as_of, units) for title in {title for _, title in kept}}
        asked = [rule for several in rules.values() for rule in several]
        found |= prospects(kept, rules, _facts_of(here, asked, as_of))
    return found


def judged_by(
    title: str, standards: Mapping[str, str], as_of: date, units: tuple[int, ...] = ()
) -> tuple[Standard, ...]:
    """The standards that decide about readiness for a title on a day. units: as of `foundation.places`."""
    own = planning_standard(standards.get(title, ""), as_of, units)
    also = planning_standard(APPOINTING, as_of, units) if group_of(title) == POSTS else None
    return tuple(rule for rule in (own, also) if rule is not None)


def _facts_of(people: set[int], standards: Iterable[Standard], as_of: date) -> Snapshot:
    """What the standards ask of these people."""
    asked = frozenset[str]().union(*(standard.facts() for standard in standards))
    return facts_as_of(as_of).about(asked).restricted_to(sorted(people))
