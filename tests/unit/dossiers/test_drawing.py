"""The drawing of those to be verified: the least share, a head or deputy of every body, the same lots for everybody."""

from __future__ import annotations

import hashlib
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hientai.apps.dossiers.drawing import Declarant, digest_of, draw, lot

TENTH = Fraction(1, 10)
people = st.lists(
    st.builds(Declarant, st.integers(1, 9999).map("HC{}".format), st.integers(1, 8), st.booleans()),
    min_size=1, max_size=40, unique_by=lambda one: one.code,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(people, st.text(min_size=1, max_size=20), st.fractions(0, 1))
def test_the_share_and_the_heads_are_reached_and_nobody_more_than_needed(
    listed: list[Declarant], seed: str, share: Fraction
) -> None:
    drawn = draw(seed, listed, share)
    leads = {one.body for one in listed if one.leads}
    assert len(drawn.chosen) >= share * len(listed)
    by_code = {one.code: one for one in listed}
    assert {by_code[code].body for code in drawn.leading} == leads and drawn.leading <= set(drawn.chosen)
    assert set(drawn.without) == {one.body for one in listed} - leads
    least = -(-len(listed) * share.numerator // share.denominator)
    assert len(drawn.chosen) == max(least, len(leads))


@settings(suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy; nothing is timed
@given(people, st.text(min_size=1, max_size=20), st.permutations(range(40)))
def test_the_order_of_the_list_does_not_matter(listed: list[Declarant], seed: str, order: list[int]) -> None:
    shuffled = [listed[n] for n in order if n < len(listed)]
    assert draw(seed, listed, TENTH) == draw(seed, shuffled, TENTH)
    assert digest_of(one.code for one in listed) == digest_of(one.code for one in shuffled)


def test_exactly_a_tenth_is_rounded_up_and_never_down() -> None:
    def chosen(count: int) -> int:
        return len(draw("7", [Declarant(f"C{n}", 1, False) for n in range(count)], TENTH).chosen)

    assert [chosen(n) for n in (1, 10, 11, 20, 21)] == [1, 1, 2, 2, 3]


def test_a_lot_is_checked_with_any_tool_that_knows_sha_256() -> None:
    assert lot("15-27-33", "HC000001") == hashlib.sha256(b"15-27-33:HC000001").hexdigest()


def test_another_seed_draws_others() -> None:
    listed = [Declarant(f"C{n}", n % 5, n < 5) for n in range(200)]
    assert draw("1", listed, TENTH).chosen != draw("2", listed, TENTH).chosen
