"""Acts of importing: commit a judged list, all of it or its good rows; take it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection

from hientai.apps.cadres import services as cadres
from hientai.apps.cadres.drafts import PersonChange, PersonDraft, PositionDraft
from hientai.apps.exchange.comparing import position_drafts
from hientai.apps.exchange.judging import with_positions
from hientai.apps.exchange.types import IMPORT, WRITTEN, JudgedRow, Judgement, Outcome, RowStatus
from hientai.apps.organization import services as organization
from hientai.engines.wording import say
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Refused

AT_ONCE = 5000


@action(
    "exchange.import",
    permission=IMPORT,
    subject=lambda done: {"created": len(done.created), "updated": len(done.updated)},
)
def commit_list(*, actor: Actor, judgement: Judgement, source: str, allow_partial: bool = False) -> Outcome:
    """Writes what the list creates and changes, in one transaction.

    source: what the records rest on (the file's name and day). Raises Refused `rows_refused` when a row is refused and
    `allow_partial` is not given, Conflict when a file changed since it was judged.
    """
    if not allow_partial and not judgement.may_commit_whole:
        raise Refused(
            "rows_refused",
            say("Có {count} dòng bị từ chối nên chưa ghi gì cả. Hãy sửa các dòng đó, hoặc chọn chỉ ghi các dòng đúng.",
                count=judgement.counts()[RowStatus.REFUSED]),
        )  # fmt: skip
    rows = [row for row in judgement.rows if row.status in WRITTEN]
    cadres.enter_codes(actor=actor, codes=judgement.codes)
    drafts, changes = _with_seats(actor, rows, judgement.day, source)
    created: list[int] = []
    for first in range(0, len(drafts), AT_ONCE):
        part = drafts[first : first + AT_ONCE]
        created += cadres.enter_people(actor=actor, drafts=part, source=source)
    if changes:
        cadres.change_people(actor=actor, changes=changes, source=source, because=source)
    return Outcome(tuple(created), tuple(change.person_id for change in changes), _now())


def _with_seats(
    actor: Actor, rows: Sequence[JudgedRow], day: date, source: str
) -> tuple[list[PersonDraft], list[PersonChange]]:
    """Enters new titles, opens seats, and completes what the rows write by their positions."""
    posts = [post for row in rows for post in row.posts]
    new = {post.new_title.code: post.new_title for post in posts if post.new_title}
    titles = organization.enter_titles(actor=actor, drafts=new.values()) if new else {}
    pairs = {
        (post.unit_id, titles[post.new_title.code] if post.new_title else post.title_id or 0)
        for post in posts
        if post.unit_id is not None
    }
    since = min([day, *(post.valid_from for post in posts)])
    seats = (
        organization.open_seats(actor=actor, wanted=pairs, valid_from=since, source=source) if pairs else {}
    )
    drafts: list[PersonDraft] = []
    changes: list[PersonChange] = []
    for row in rows:
        what = with_positions(row, _positions(row, seats, titles))
        (drafts if isinstance(what, PersonDraft) else changes).append(what)  # type: ignore[arg-type]
    return drafts, changes


def _positions(
    row: JudgedRow, seats: dict[tuple[int, int], int], titles: dict[str, int]
) -> tuple[PositionDraft, ...]:
    supersedes = row.change.on if row.change and row.change.ending else None
    return position_drafts(row.posts, row.held, seats, titles, supersedes)


def _now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT transaction_timestamp()")
        return cursor.fetchone()[0]
