"""The province on the eve of the reform: everybody still in the old bodies, and the reform as a prepared draft."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from hientai.apps.cadres.drafts import PersonDraft
from hientai.apps.organization.types import ActDraft, ActKind
from hientai.apps.reorganisation import services as reorganisation
from hientai.apps.reorganisation.types import Group, Place, Plan
from hientai.foundation.actor import Actor
from hientai.rulebook.units import REFORM, title_wishes
from hientai.site.demo.bodies import Body
from hientai.site.demo.organisation import DECISION, reform_acts, unit_draft
from hientai.site.demo.plans import TERMS
from hientai.site.demo.reckoning import Reckoned

_DAY = REFORM.toordinal()


def on_the_eve(reckoned: Reckoned) -> Reckoned:
    """The same province as if the reform, and all that came after it, had not happened yet."""
    bodies = [replace(body, valid_to=None) for body in reckoned.bodies if body.valid_from < REFORM]
    people = [person for person in reckoned.people if person.posts[0].begins < _DAY]
    for person in people:
        person.posts = [post for post in person.posts if post.begins < _DAY]
        if (person.posts[-1].ends or _DAY) >= _DAY:
            person.posts[-1].ends = None
    members = [
        replace(m, ends=m.ends if m.ends is not None and m.ends < _DAY else None)
        for m in reckoned.members
        if m.begins < _DAY
    ]
    whole = {term.name: term.ends.toordinal() for term in TERMS}
    slots = [
        slot if slot.ends < _DAY else replace(slot, ends=whole[slot.term], outcome="")
        for slot in reckoned.slots
        if slot.begins < _DAY
    ]
    return replace(reckoned, bodies=bodies, people=people, members=members, slots=slots)


def known_by_then(draft: PersonDraft, day: date = REFORM) -> PersonDraft:
    """The file as it was before `day`: nothing recorded that came later."""
    return replace(
        draft,
        qualifications=tuple(q for q in draft.qualifications if q.valid_from < day),
        ratings=tuple(r for r in draft.ratings if r.year < day.year),
        disciplines=tuple(d for d in draft.disciplines if d.decided_on < day),
        grades=tuple(g for g in draft.grades if g.valid_from < day),
    )


def prepare_reform(plan: Plan, actor: Actor) -> None:
    """Saves the reform as a draft."""
    reorganisation.open_draft(
        actor=actor, title="Sắp xếp đơn vị hành chính hai cấp năm 2025", decision=DECISION, day=REFORM, plan=plan,
    )  # fmt: skip


def reform_plan(whole: Reckoned) -> Plan:
    """Acts, receiving groups, and which old body goes to which group; `whole`: reckoned through the reform."""
    acts = list(reform_acts(whole))
    begun = {unit.code for act in acts for unit in act.begins}
    after = [body for body in whole.bodies if body.valid_from == REFORM]
    rest = tuple(unit_draft(body) for body in after if body.code not in begun)
    acts.append(ActDraft(ActKind.ESTABLISH, REFORM, DECISION, rest))
    groups = {group.code: group for group in _groups(whole, after)}
    goes = {}
    for old in (body for body in whole.bodies if body.valid_to == REFORM):
        goes[old.code] = tuple(code for code in old.heirs if code in groups)
    return Plan(tuple(acts), groups, goes, title_wishes())


def _groups(whole: Reckoned, after: Iterable[Body]) -> Iterable[Group]:
    """A group for each new commune with its bodies, and one for each school."""
    kinds = whole.scenario.kinds
    below: dict[str, list[Body]] = defaultdict(list)
    for body in after:
        if body.kind == "commune2025_school":
            kind = kinds[body.kind]
            leading = [Place(body.code, title, places) for title, places in kind.leaders.items()]
            yield Group(
                body.code, (*leading, *(Place(body.code, t) for t in kind.staff)), "commune2025.school_deputy"
            )
        elif body.kind != "commune2025":
            below[body.parent].append(body)
    for commune in (body for body in after if body.kind == "commune2025"):
        offices = [body for body in below[commune.code] if body.kind == "commune2025_body"]
        committee = [body for body in below[commune.code] if body.kind == "commune2025_committee"]
        places = [
            Place(body.code, title, number)
            for body in (*committee, commune)
            for title, number in kinds[body.kind].leaders.items()
        ]
        kind = kinds["commune2025_body"]
        places += [Place(o.code, title, number) for title, number in kind.leaders.items() for o in offices]
        places += [Place(o.code, title) for title in kind.staff for o in offices]
        yield Group(commune.code, tuple(places), "commune2025.division_deputy")
