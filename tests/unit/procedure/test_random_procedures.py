"""Random definitions: what the analysis calls sound can always be walked to an end; what is broken is found."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hientai.engines.ballots import BallotCount, Citation, decide, possible_statuses
from hientai.engines.ballots.published import published_rules
from hientai.engines.procedure import (
    Definition,
    Ending,
    PaperNeed,
    Step,
    Target,
    advance,
    begin,
    demands,
    faults,
)
from hientai.engines.procedure.events import BallotClosed, Ended, Finished, Met, PaperGiven, Summoned
from hientai.rulebook.procedures import definitions

DAY = date(2025, 6, 2)
CITED = Citation("QĐ 1")
RULES = published_rules()
VOTING = sorted(code for code, rule in RULES.items() if not rule.bands)
NAMES = ("An", "Bình", "Chi", "Dũng")
ENDINGS = (
    Ending("approved", "Được", True),
    Ending("refused", "Không", False),
    Ending("stopped", "Dừng", False),
)


@st.composite
def definition(draw):
    """Steps in a row; each outcome leads anywhere later (so that an end is reached), some also back or once more."""
    count = draw(st.integers(1, 5))
    codes = [f"s{i}" for i in range(count)]
    steps = []
    for place, code in enumerate(codes):
        onward = codes[place + 1 : place + 2] or ["approved"]
        ballot = draw(st.sampled_from(["", *VOTING]))
        ways = (
            sorted(possible_statuses(RULES[ballot]) - {"no_quorum"})
            if ballot
            else draw(st.sampled_from([["done"], ["agreed", "refused"], ["agreed", "revise"]]))
        )
        elsewhere = st.sampled_from([*codes[:place], *codes[place + 1 :], "approved", "refused", "again"])
        first = draw(st.sampled_from(ways))
        next_ = {way: Target(onward[0] if way == first else draw(elsewhere)) for way in ways}
        quorum = RULES[ballot].quorum if ballot else draw(st.sampled_from([None, Fraction(2, 3)]))
        summoned = "hội nghị" if ballot or quorum else ""
        needs = (PaperNeed(f"p{place}", "giấy"),) if draw(st.booleans()) else ()
        gives = ("minutes",) if summoned and draw(st.booleans()) else ()
        steps.append(Step(code, code, "ai", next_, CITED, True, summoned=summoned, quorum=quorum, ballot=ballot,
                          needs=needs, gives=gives))  # fmt: skip
    return Definition("x", "x", 1, "x", "QĐ 1", DAY, None, tuple(steps), ENDINGS)


def counted(draw, state):
    """Totals that can be true, and what the rule of the step makes of them."""
    rule = RULES[state.step.ballot]
    summoned = state.sitting.summoned
    valid = draw(st.integers(0, state.sitting.present))
    votes, left = {}, valid
    for name in state.names:
        most = left if rule.names_per_ballot == 1 else valid
        votes[name] = draw(st.integers(0, most))
        left -= votes[name]
    previous = state.previous_first if rule.if_changed else None
    count = BallotCount(summoned, state.sitting.present, state.sitting.present, valid, votes, previous)
    return decide(rule, count)


def step_done(draw, state):
    step = state.step
    if step.is_meeting:
        summoned = draw(st.integers(1, 40))
        state, _ = advance(state, Summoned(DAY, DAY, summoned))
        state, _ = advance(state, Met(DAY, summoned))
    for need in step.needs:
        state, _ = advance(state, PaperGiven(DAY, need.code, DAY))
    for kind in step.gives:
        state, _ = advance(state, PaperGiven(DAY, step.own_paper(kind), DAY))
    outcome = ""
    if step.ballot:
        result = counted(draw, state)
        passed = [
            n for verdict in ("chosen", "carried", "head", "tied") for n in result.with_verdict(verdict)
        ]
        state, _ = advance(state, BallotClosed(DAY, result.status, tuple(passed), result.verified))
    else:
        outcome = draw(st.sampled_from(sorted(step.next)))
    assert demands(state, DAY) == ()
    names = (draw(st.sampled_from(state.names)),) if step.head_decides and outcome == "chosen" else None
    return advance(state, Finished(DAY, outcome, names, ground="căn cứ"))


def walk(draw, one, limit):
    """Goes on as anybody might; every step is accepted, and effects say what the state says."""
    state, _ = begin(one, NAMES, DAY)
    for _ in range(limit):
        state, effects = step_done(draw, state)
        if state.status == "ended":
            assert isinstance(effects[-1], Ended) and effects[-1].ending == state.ending
            return state
        assert effects[-1].step == state.step_code and state.names
    return state


@given(st.data(), definition())
def test_a_sound_random_procedure_can_always_go_on(data, one):
    if not faults(one, RULES):
        walk(data.draw, one, 8)


@given(st.data(), st.sampled_from(definitions()))
def test_a_shipped_procedure_can_always_go_on(data, one):
    shipped = one if one.holds_on(DAY) else None
    if shipped:
        walk(data.draw, shipped, 10)


@given(definition())
def test_soundness_means_what_it_says(one):
    """Against the plainest reckoning: follow every way from everywhere."""
    ends = {ending.code for ending in one.endings}
    ways = {step.code: {t.to for t in step.next.values()} - {"again"} for step in one.steps}

    def reach(start):
        seen = {start}
        for _ in range(len(ways) + 2):
            seen |= {to for code in seen for to in ways.get(code, ())}
        return seen

    reached = reach(one.first)
    sound = (
        all(step.code in reached and reach(step.code) & ends for step in one.steps)
        and "approved" in reached
        and (ends - {"stopped"}) <= reached
    )
    assert (faults(one, RULES) == []) == sound


@given(definition(), st.data())
def test_a_step_cut_off_or_an_outcome_left_out_is_found(one, data):
    place = data.draw(st.integers(0, len(one.steps) - 1))
    step = one.steps[place]
    lost = data.draw(st.sampled_from(sorted(step.next)))
    fewer = {way: target for way, target in step.next.items() if way != lost}
    changed = Step(**{**vars(step), "next": fewer})
    broken = Definition(**{**vars(one), "steps": (*one.steps[:place], changed, *one.steps[place + 1 :])})
    if step.ballot or not fewer:
        assert faults(broken, RULES)


@given(st.data(), st.sampled_from(sorted(RULES)))
def test_a_rule_gives_only_outcomes_that_are_said_to_be_possible(data, code):
    rule = RULES[code]
    summoned = data.draw(st.integers(1, 40))
    present = data.draw(st.integers(0, summoned))
    valid = data.draw(st.integers(0, present))
    votes, left = {}, valid
    for name in NAMES:
        votes[name] = data.draw(st.integers(0, left if rule.names_per_ballot == 1 else valid))
        left -= votes[name]
    previous = data.draw(st.sampled_from([None, *NAMES]))
    outcome = decide(rule, BallotCount(summoned, present, present, valid, votes, previous))
    assert outcome.status in possible_statuses(rule)


def test_every_possible_outcome_of_every_rule_does_happen():
    for rule in RULES.values():
        seen = set()
        for present in (1, 6):
            for a in range(7):
                for b in range(7):
                    if a <= present and b <= present and not (rule.names_per_ballot == 1 and a + b > present):
                        for votes in ({"An": a, "Bình": b}, {"An": a, "Bình": b, "Chi": b}):
                            if rule.names_per_ballot == 1 and sum(votes.values()) > present:
                                continue
                            seen.add(decide(rule, BallotCount(6, present, present, present, votes)).status)
        assert seen == possible_statuses(rule), rule.code


@given(st.integers(0, 40), st.integers(1, 30))
def test_a_due_day_is_a_working_day_with_as_many_before_it(start, days):
    from hientai.engines.procedure import Deadline
    from hientai.rulebook.procedures import calendar

    begun = DAY + timedelta(days=start)
    due = calendar().due(begun, Deadline(days, True, CITED, True)).on
    assert calendar().is_working(due)
    assert calendar().working_days_between(begun, due) == days
