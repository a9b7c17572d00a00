"""Demo databases: real units, invented people with eleven years of records, deterministic by seed.

`load` needs an empty, migrated database and Django set up; it enters everything through the services.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hientai.site.demo.reckoning import Reckoned

VERSION = 9
PASSWORD = "hien-tai-2026"
_ACCOUNTS = (
    ("bantochuc", "Cán bộ Ban Tổ chức", "board_officer"),
    ("huyen", "Thủ trưởng đơn vị", "unit_head"),
    ("canbo", "Cán bộ xem hồ sơ của mình", "staff"),
    ("thamdinh", "Cán bộ thẩm định hồ sơ", "appraiser"),
    ("kythuat", "Quản trị kỹ thuật", "administrator"),
)
ACCOUNTS: tuple[tuple[str, str], ...] = tuple((username, name) for username, name, _ in _ACCOUNTS)


def load(
    *,
    scenario: str,
    people: int,
    seed: int,
    report: Callable[[str], None],
    before_reform: bool = False,
    reckoned: Reckoned | None = None,
) -> None:
    """Fills the database with a scenario; where that fails, it has to be emptied before the next time.

    people: headcount as of 2019-12-31, shared among the levels as in the source; ha-long counts its own.
    report: hears of progress; before_reform: the eve of 2025-07-01, with the reform as a prepared draft.
    reckoned: what `reckon` answered to the same arguments.
    """
    from datetime import date

    from hientai.foundation.actor import system
    from hientai.site.demo import cases, entry, faults, rules
    from hientai.site.demo.careers import ENDS
    from hientai.site.demo.declarations import enter_declarations
    from hientai.site.demo.first_load import first_load
    from hientai.site.demo.papers import enter_papers

    actor = system(date.fromordinal(ENDS - 1))
    with _without_garbage_collection():
        reckoned = reckoned or reckon(scenario, people, seed)
        if before_reform:
            _load_the_eve(reckoned, actor, seed, report)
            return
        report(f"{len(reckoned.people):,} người hư cấu, từ năm 2015 đến nay")
        with first_load() as loading:
            entered = entry.enter(reckoned, actor=actor, seed=seed, report=report, full=loading.is_full)
            users = entry.open_accounts(
                reckoned, entered, actor=actor, accounts_=_ACCOUNTS, password=PASSWORD
            )
            brought = enter_papers(reckoned.people, entered.people, actor.today)
            declared = enter_declarations(reckoned.people, entered.people, actor.today)
            spoilt = faults.plant(reckoned.people, entered.people, actor)
            report(f"{brought:,} giấy tờ hồ sơ, {declared} bản kê khai, {spoilt} hồ sơ có lỗi cố ý")
            entry.lock_days(actor)
            report("đang dựng chỉ mục và ràng buộc")
        tellers = [(name, users[name]) for name in ("huyen", "canbo")]
        report(f"{cases.enter_cases(reckoned, entered, tellers, actor=actor)} hồ sơ quy trình")
        officers = [
            entry.acting_officer(users[name], name, actor.today) for name in ("bantochuc", "thamdinh")
        ]
        report(
            f"{rules.enter_rules(officers[0], officers[1])} giá trị của văn bản chờ người thứ hai xác nhận"
        )


def reckon(scenario: str, people: int, seed: int) -> Reckoned:
    """Everybody and everything before it is entered; asks no database, so that can be made ready meanwhile."""
    from hientai.site.demo import reckoning

    with _without_garbage_collection():
        return reckoning.reckon(scenario, people, seed)


def evaluate() -> None:
    """Work on the plan, and evaluations of data quality: these read the copy of the records, once committed.

    The rules of data quality ask nothing of the plan, so they are evaluated beside the work on it.
    """
    from concurrent.futures import ThreadPoolExecutor
    from contextvars import copy_context
    from datetime import date

    from hientai.foundation import snapshot
    from hientai.foundation.actor import system
    from hientai.site.demo import faults, plan_work
    from hientai.site.demo.careers import ENDS

    actor = system(date.fromordinal(ENDS - 1))
    snapshot.take(here=True)  # this process ends soon, so its memory need not be spared
    with snapshot.one_copy():
        as_loaded = copy_context()
    with ThreadPoolExecutor(1) as beside:
        evaluated = beside.submit(as_loaded.copy().run, faults.evaluate_days, actor)
        with _without_garbage_collection():
            plan_work.enter_plan_work(actor.today)
        evaluated.result()
    as_loaded.run(faults.keep_days, actor)


def _load_the_eve(reckoned: Any, actor: Any, seed: int, report: Callable[[str], None]) -> None:
    from hientai.site.demo import entry, eve
    from hientai.site.demo.first_load import first_load

    plan = eve.reform_plan(reckoned)
    then = eve.on_the_eve(reckoned)
    report(f"{len(then.people):,} người hư cấu, đến ngày 30/06/2025")
    with first_load() as loading:
        entered = entry.enter(
            then, actor=actor, seed=seed, report=report, full=loading.is_full, known=eve.known_by_then
        )
        entry.open_accounts(then, entered, actor=actor, accounts_=_ACCOUNTS, password=PASSWORD)
        eve.prepare_reform(plan, actor)
        entry.lock_days(actor)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Millions of small objects that all stay alive: looking through them again and again would double the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
