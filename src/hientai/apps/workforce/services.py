"""Acts on the workforce: job positions, who holds them, levels required and assessed, leavings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.functions import TransactionNow
from django.db import IntegrityError, transaction

from hientai.apps.cadres import selectors as people
from hientai.apps.cadres import services as cadres
from hientai.apps.cadres.drafts import Reassignment
from hientai.apps.organization import selectors as organization
from hientai.apps.organization import services as units
from hientai.apps.workforce import selectors
from hientai.apps.workforce.models import (
    Assessment,
    JobPosition,
    JobVersion,
    Leaving,
    Placement,
    RequiredLevel,
)
from hientai.apps.workforce.types import ASSESS, WRITE, JobDraft, Scheme
from hientai.engines.vitext import search_key, tidy
from hientai.engines.wording import say
from hientai.foundation import temporal
from hientai.foundation.actions import action
from hientai.foundation.actor import Actor
from hientai.foundation.errors import Conflict, NotFound, Refused
from hientai.rulebook.workforce import LEVELS, decrees, framework

BATCH = 5000


@action("workforce.open_jobs", permission=WRITE, subject=lambda made: {"jobs": len(made)})
def open_jobs(*, actor: Actor, drafts: Sequence[JobDraft]) -> dict[str, int]:
    """Enters job positions; ids by code. All or nothing.

    Raises NotFound for a unit outside the actor's area; Refused for a code that exists, a decree not in force on the
    first day, a group it does not know, no posts, an unknown title.
    """
    _check_area(actor, {draft.unit_id for draft in drafts})
    codes = [draft.code for draft in drafts]
    taken = JobPosition.objects.filter(code__in=codes).values_list("code", flat=True).first()
    twice = [code for code, number in Counter(codes).items() if number > 1]
    if taken or twice:
        code = taken or twice[0]
        raise Refused("job_exists", say("Mã vị trí việc làm đã có: {code}.", code=code), "code")
    titles = {
        t.code: t.id
        for d in {d.valid_from for d in drafts}
        for t in organization.titles(actor=actor, as_of=d)
    }
    for draft in drafts:
        _check_draft(draft, titles)
    made = JobPosition.objects.bulk_create(
        [JobPosition(code=draft.code, unit_id=draft.unit_id) for draft in drafts], batch_size=BATCH
    )
    JobVersion.objects.bulk_create(
        [
            JobVersion(
                job_id=job.pk, name=tidy(d.name), search_key=search_key(d.name), decree=d.decree, group=d.group,
                posts=d.posts, description=d.description.strip(), requirements=d.requirements.strip(),
                title_id=titles.get(d.title), valid_from=d.valid_from, valid_to=d.valid_to, source=d.source,
            )
            for job, d in zip(made, drafts, strict=True)
        ],
        batch_size=BATCH,
    )  # fmt: skip
    return {job.code: job.pk for job in made}


def _check_draft(draft: JobDraft, titles: Mapping[str, int]) -> None:
    if not draft.name.strip():
        raise Refused("name_missing", say("Phải ghi tên vị trí việc làm."), "name")
    if draft.posts < 1:
        raise Refused("no_posts", say("Vị trí việc làm phải có ít nhất một chỉ tiêu."), "posts")
    if draft.title and draft.title not in titles:
        raise Refused(
            "unknown_title", say("Không có chức danh mã “{code}” vào ngày đó.", code=draft.title), "title"
        )
    _check_group(draft.decree, draft.group, draft.valid_from)


def _check_group(decree: str, group: str, day: date) -> None:
    known = decrees().get(decree)
    if known is None or group not in known.groups:
        raise Refused("unknown_group", say("Nghị định {decree} không có nhóm này.", decree=decree), "group")
    if not known.holds(day):
        raise Refused(
            "decree_not_in_force",
            say("Nghị định {decree} không có hiệu lực vào ngày {day}; hãy chọn nghị định đang có hiệu lực.",
                decree=decree, day=f"{day:%d/%m/%Y}"),
            "decree",
        )  # fmt: skip


@action("workforce.change_job", permission=WRITE, subject=lambda row: {"job_id": row.job_id})
def change_job(*, actor: Actor, code: str, on: date, source: str, changes: Mapping[str, Any]) -> JobVersion:
    """From `on` a job position reads otherwise: name, decree, group, posts, description, requirements.

    On the very first day of the version that holds it is a correction. Raises Refused for fewer posts than people.
    """
    held = _held(actor, code, on)
    wanted = {name: getattr(held, name) for name in ("decree", "group", "posts")} | dict(changes)
    _check_group(wanted["decree"], wanted["group"], on)
    inside = _inside(actor, [held.job_id], on)[held.job_id]
    if wanted["posts"] < max(1, inside):
        raise Refused(
            "fewer_posts_than_people",
            say("Đang có {count} người ở vị trí này; hãy chuyển họ trước khi giảm chỉ tiêu.", count=inside), "posts",
        )  # fmt: skip
    fields = dict(changes)
    if "name" in fields:
        fields["name"] = tidy(str(fields["name"]))
        fields["search_key"] = search_key(fields["name"])
    if held.valid_from == on:
        return temporal.correct(held, because=source, source=source, **fields)
    return temporal.supersede(held, on, source=source, **fields)


@action("workforce.end_job", permission=WRITE, subject=lambda row: {"job_id": row.job_id})
def end_job(*, actor: Actor, code: str, on: date, source: str) -> JobVersion:
    """A job position is there no longer from `on`. Raises Refused while people are placed in it."""
    held = _held(actor, code, on)
    inside = _inside(actor, [held.job_id], on)[held.job_id]
    if inside:
        raise Refused(
            "people_left", say("Còn {count} người ở vị trí này; hãy chuyển họ trước.", count=inside), code
        )
    return temporal.end(held, on, source=source)


def _held(actor: Actor, code: str, on: date) -> JobVersion:
    held = JobVersion.objects.as_of(on).filter(job__code=code).select_related("job").first()
    if held is None:
        raise NotFound(code)
    _check_area(actor, {held.job.unit_id})
    return held


@action("workforce.require_levels", permission=WRITE, subject=lambda made: {"levels": made})
def require_levels(
    *, actor: Actor, levels: Sequence[tuple[int, str, int | None]], on: date, source: str
) -> int:
    """From `on` job positions (ids) ask for these levels of competencies; None: no longer asked for.

    Raises Refused for an unknown competency or a level that is not 1 to 5. Returns how many changed.
    """
    jobs = {job for job, _, _ in levels}
    _check_area(actor, set(JobPosition.objects.filter(pk__in=jobs).values_list("unit_id", flat=True)))
    for _, code, level in levels:
        _check_level(code, level)
    held = {
        (row.job_id, row.competency): row
        for row in RequiredLevel.objects.known_on().valid_on(on).filter(job_id__in=jobs)
    }
    return _write_levels(
        RequiredLevel,
        held,
        {(job, code): level for job, code, level in levels},
        ("job_id", "competency"),
        on,
        source,
    )


@action("workforce.assess", permission=ASSESS, subject=lambda made: {"levels": made})
def assess(*, actor: Actor, levels: Sequence[tuple[int, str, int]], by: str, on: date, source: str) -> int:
    """Somebody (`by`) judged on `on` that people (ids) have these levels. Returns how many changed.

    Raises NotFound for somebody outside the actor's scope, Refused where nobody is named, for a level that is not 1
    to 5, or a day with a later judgement.
    """
    ids = sorted({person for person, _, _ in levels})
    outside = people.outside_scope(actor=actor, as_of=actor.today, ids=ids, permission=ASSESS)
    if outside:
        raise NotFound(str(outside[0]))
    if not by.strip():
        raise Refused("judge_missing", say("Phải ghi ai đánh giá."), "by")
    for _, code, level in levels:
        _check_level(code, level)
    later = Assessment.objects.known_on().filter(person_id__in=ids, valid_from__gt=on)
    codes = {code for _, code, _ in levels}
    if later.filter(competency__in=codes).exists():
        raise Refused(
            "later_judgement", say("Đã có lần đánh giá sau ngày này; hãy chọn ngày muộn hơn."), "on"
        )
    held = {
        (row.person_id, row.competency): row for row in Assessment.objects.as_of(on).filter(person_id__in=ids)
    }
    wanted = {(person, code): level for person, code, level in levels}
    return _write_levels(
        Assessment, held, wanted, ("person_id", "competency"), on, source, again=True, assessed_by=by.strip()
    )


def _check_level(code: str, level: int | None) -> None:
    if code not in framework().competencies:
        raise Refused("unknown_competency", say("Khung năng lực không có “{code}”.", code=code), code)
    if level is not None and not 1 <= level <= LEVELS:
        raise Refused("level_out_of_range", say("Mức năng lực phải từ 1 đến 5."), code)


def _write_levels(
    model: Any, held: Mapping[Any, Any], wanted: Mapping[Any, int | None], key: tuple[str, str], on: date,
    source: str, again: bool = False, **more: Any,
) -> int:  # fmt: skip
    """Ends what held and writes what is wanted. again: the same level is written anew, for it was judged anew."""
    changed = 0
    fresh = []
    for names, level in wanted.items():
        row = held.get(names)
        if row is not None and row.level == level and not again:
            continue
        changed += 1
        if row is None:
            if level is not None:
                fresh.append(
                    model(
                        **dict(zip(key, names, strict=True)),
                        level=level,
                        valid_from=on,
                        source=source,
                        **more,
                    )
                )
        elif row.valid_from == on:
            if level is None:
                temporal.withdraw(row, because=source or str(say("Không còn yêu cầu")))
            else:
                temporal.correct(row, because=source, level=level, source=source, **more)
        elif level is None:
            temporal.end(row, on, source=source)
        else:
            temporal.supersede(row, on, source=source, level=level, **more)
    model.objects.bulk_create(fresh, batch_size=BATCH)
    return changed


@action("workforce.place", permission=WRITE, subject=lambda made: {"people": made})
def place(*, actor: Actor, pairs: Sequence[tuple[int, int]], on: date, source: str) -> int:
    """From `on` people (ids) hold job positions (ids); what they held until then ends. Returns how many.

    Raises NotFound for somebody outside scope; Refused where no decision is named, a person holds no post at the unit
    that day, or more people would hold a job position than it has posts.
    """
    if not source.strip():
        raise Refused("decision_missing", say("Phải ghi số, ngày của quyết định."), "source")
    ids = [person for person, _ in pairs]
    outside = people.outside_scope(actor=actor, as_of=actor.today, ids=ids, permission=people.WRITE)
    if outside:
        raise NotFound(str(outside[0]))
    jobs = {v.job_id: v for v in JobVersion.objects.as_of(on).filter(job_id__in={j for _, j in pairs})
            .select_related("job")}  # fmt: skip
    missing = {job for _, job in pairs} - jobs.keys()
    if missing:
        raise NotFound(str(min(missing)))
    _check_area(actor, {version.job.unit_id for version in jobs.values()})
    _check_there(actor, pairs, jobs, on)
    _check_posts(actor, pairs, jobs, on)
    held = list(Placement.objects.as_of(on).filter(person_id__in=ids))
    temporal.end_all(held, on, source=source, reason=source)
    try:
        with transaction.atomic():
            Placement.objects.bulk_create(
                [Placement(person_id=p, job_id=job, valid_from=on, source=source) for p, job in pairs],
                batch_size=BATCH,
            )
    except IntegrityError as error:
        raise Refused("placed_later", say("Có người đã được bố trí vị trí khác sau ngày này.")) from error
    return len(pairs)


def _check_there(
    actor: Actor, pairs: Sequence[tuple[int, int]], jobs: Mapping[int, JobVersion], on: date
) -> None:
    """Everybody holds a post at the unit of the job position on the day."""
    there = selectors.working_at(actor=actor, as_of=on, ids=[person for person, _ in pairs])
    for person, job in pairs:
        if (person, jobs[job].job.unit_id) not in there:
            raise Refused(
                "not_at_the_unit",
                say("Có người không giữ vị trí nào ở đơn vị của vị trí việc làm {name} vào ngày đó.",
                    name=jobs[job].name),
                "person",
            )  # fmt: skip


def _check_posts(
    actor: Actor, pairs: Sequence[tuple[int, int]], jobs: Mapping[int, JobVersion], on: date
) -> None:
    """No more people than posts."""
    coming = Counter(job for _, job in pairs)
    now = _inside(actor, jobs, on, without=[person for person, _ in pairs])
    for job, version in jobs.items():
        if now[job] + coming[job] > version.posts:
            raise Refused(
                "no_post_left",
                say("Vị trí {name} có {posts} chỉ tiêu, đang có {inside} người; không bố trí thêm {more} được.",
                    name=version.name, posts=version.posts, inside=now[job], more=coming[job]),
                "person",
            )  # fmt: skip


def _inside(actor: Actor, jobs: Iterable[int], on: date, without: Sequence[int] = ()) -> Counter[int]:
    """How many hold each job position on a day; who was placed there and left the unit since does not count."""
    found = Placement.objects.as_of(on).filter(job_id__in=list(jobs)).exclude(person_id__in=without)
    rows = list(found.values_list("person_id", "job_id", "job__unit_id"))
    there = selectors.working_at(actor=actor, as_of=on, ids=[person for person, *_ in rows])
    return Counter(job for person, job, unit in rows if (person, unit) in there)


@action("workforce.enter_placements", permission=WRITE, subject=lambda made: {"placements": made})
def enter_placements(
    *, actor: Actor, drafts: Sequence[tuple[int, int, date, date | None]], source: str
) -> int:
    """Enters placements as lists of an office say them: (person id, job id, from, until). Returns how many.

    A list of the past is believed, not judged: nobody is refused for want of posts. Raises NotFound outside scope,
    Refused where somebody would hold two job positions on one day.
    """
    outside = people.outside_scope(
        actor=actor, as_of=actor.today, ids=sorted({draft[0] for draft in drafts}), permission=people.WRITE
    )
    if outside:
        raise NotFound(str(outside[0]))
    try:
        with transaction.atomic():
            Placement.objects.bulk_create(
                [
                    Placement(person_id=p, job_id=job, valid_from=start, valid_to=end, source=source)
                    for p, job, start, end in drafts
                ],
                batch_size=BATCH,
            )
    except IntegrityError as error:
        raise Refused(
            "placed_twice", say("Có người ở hai vị trí việc làm cùng một ngày; chưa ghi gì cả.")
        ) from error
    return len(drafts)


@action("workforce.end_placement", permission=WRITE, subject=lambda row: {"job_id": row.job_id})
def end_placement(*, actor: Actor, person_id: int, on: date, source: str) -> Placement:
    """Somebody holds no job position from `on`. Raises NotFound where they hold none or are outside scope."""
    held = Placement.objects.as_of(on).filter(person_id=person_id).select_related("job").first()
    if held is None:
        raise NotFound(str(person_id))
    _check_area(actor, {held.job.unit_id})
    if held.valid_from == on:
        temporal.withdraw(held, because=source)
        return held
    return temporal.end(held, on, source=source)


@action("workforce.record_leavings", permission=WRITE, subject=lambda made: {"people": made})
def record_leavings(
    *, actor: Actor, leavings: Sequence[tuple[int, str, int, str]], on: date, source: str
) -> int:
    """Keeps that people (id, scheme, unit id, title code) left on `on`; their posts end elsewhere. Returns how many."""
    months = people.months_to_retirement(actor=actor, as_of=on, ids=[person for person, *_ in leavings])
    eve = on - timedelta(days=1)
    titles = {t.code: t.id for t in organization.titles(actor=actor, as_of=eve)}
    Leaving.objects.bulk_create(
        [
            Leaving(person_id=person, scheme=scheme, months_early=months.get(person), unit_id=unit,
                    title_id=titles[title], valid_from=on, source=source)
            for person, scheme, unit, title in leavings
        ]
    )  # fmt: skip
    return len(leavings)


@action("workforce.take_back_leavings", permission=WRITE, subject=lambda taken: {"people": taken})
def take_back_leavings(*, actor: Actor, recorded_at: Any, source: str) -> int:
    """Forgets the leavings that one act wrote at `recorded_at` by `source`; returns how many."""
    found = Leaving.objects.known_on().filter(recorded_from=recorded_at, source=source)
    return int(found.update(recorded_to=TransactionNow()))


@action("workforce.leave", permission=WRITE, subject=lambda row: {"leaving_id": row.pk})
def leave(*, actor: Actor, person_id: int, scheme: str, on: date, source: str, posts_cut: int = 0) -> Leaving:
    """Somebody leaves by a scheme from `on`: posts end, the file is closed, posts of the unit are cut.

    Raises NotFound outside scope; Refused without a decision, for an unknown scheme, for somebody without a full-time
    post or who left already, for more posts cut than the unit has.
    """
    if people.outside_scope(actor=actor, as_of=actor.today, ids=[person_id], permission=people.WRITE):
        raise NotFound(str(person_id))
    if not source.strip():
        raise Refused("decision_missing", say("Phải ghi số, ngày của quyết định."), "decision")
    if scheme not in Scheme.values:
        raise Refused("no_scheme", say("Nghỉ phải ghi theo chế độ nào."), "scheme")
    if Leaving.objects.known_on().filter(person_id=person_id).exists():
        raise Refused("left_already", say("Người này đã có quyết định nghỉ."), "person")
    eve = on - timedelta(days=1)
    posts = selectors.open_posts(actor=actor, as_of=eve, person_id=person_id)
    main = next((post for post in posts if post.kind == "full_time"), None)
    if main is None:
        raise Refused(
            "no_post", say("Người này không giữ vị trí chuyên trách nào vào ngày trước đó."), "person"
        )
    months = people.months_to_retirement(actor=actor, as_of=on, ids=[person_id])
    move = Reassignment(person_id, tuple(post.position_id for post in posts))
    cadres.reassign_people(actor=actor, moves=[move], on=on, source=source)
    if posts_cut:
        units.cut_posts(actor=actor, unit_id=main.unit_id, fewer=posts_cut, on=on, source=source)
    titles = {t.code: t.id for t in organization.titles(actor=actor, as_of=eve)}
    row = Leaving(
        person_id=person_id, scheme=scheme, months_early=months.get(person_id), unit_id=main.unit_id,
        title_id=titles[main.title], posts_cut=posts_cut or None, valid_from=on, source=source,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


@action("workforce.undo_leaving", permission=WRITE, subject=lambda row: {"leaving_id": row.pk})
def undo_leaving(*, actor: Actor, leaving_id: int, because: str) -> Leaving:
    """Takes a leaving back: posts, file and posts of the unit are as before.

    Raises NotFound outside scope; Conflict for one that a reorganisation wrote, and naming what rests on it.
    """
    row = Leaving.objects.known_on().filter(pk=leaving_id).first()
    if row is None or people.outside_scope(
        actor=actor, as_of=actor.today, ids=[row.person_id], permission=people.WRITE
    ):
        raise NotFound(str(leaving_id))
    if not because.strip():
        raise Refused("reason_missing", say("Hoàn tác phải ghi lý do."), "because")
    if selectors.left_together(actor=actor, as_of=actor.today, number=leaving_id):
        raise Conflict(
            "part_of_a_reorganisation", say("Việc nghỉ này thuộc một đợt sắp xếp; hãy hoàn tác cả đợt.")
        )
    cadres.undo_reassignment(actor=actor, recorded_at=row.recorded_from, source=row.source, because=because)
    if row.posts_cut:
        units.restore_posts(
            actor=actor, unit_id=row.unit_id, more=row.posts_cut, on=row.valid_from, source=row.source,
            because=because,
        )  # fmt: skip
    temporal.withdraw(row, because=because)
    return row


def _check_area(actor: Actor, unit_ids: set[int]) -> None:
    """Raises NotFound when a unit is outside the actor's area."""
    outside = organization.units_outside_scope(actor=actor, as_of=actor.today, ids=unit_ids, permission=WRITE)
    if outside:
        raise NotFound(str(min(outside)))
