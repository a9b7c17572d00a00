"""A row held against the file of its person: what would change, field by field, and what a commit writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hientai.apps.cadres.drafts import Following, PersonChange, PositionDraft, QualificationDraft
from hientai.apps.cadres.types import PersonOnFile, PositionKind, PostOnFile, QualificationKind, StateOnFile
from hientai.apps.exchange.types import FieldChange, Post
from hientai.apps.exchange.wanted import Wanted
from hientai.apps.exchange.words import field_label, shown_value
from hientai.engines.vitext import search_key, sort_key_plain
from hientai.engines.wording import say
from hientai.engines.worksheet import Reason

CodeNames = Mapping[tuple[str, str], tuple[int, str]]
# Facts that change in life; all other biographical fields were wrong or missing when they differ.
_CHANGES_IN_LIFE = {"residence", "permanent_residence", "phone", "email", "academic_rank", "army_left_on"}
_BIRTH = ("born_year", "born_month", "born_day")


class Comparison:
    """Collects what one row changes in one file."""

    def __init__(self, on_file: PersonOnFile, wanted: Wanted, day: date, names: CodeNames) -> None:
        self._file = on_file
        self._wanted = wanted
        self._day = day
        self._names = names
        self.changes: list[FieldChange] = []
        self.remarks: list[Reason] = []
        self._corrections: dict[str, object] = {}
        self._later: dict[str, object] = {}

    def run(self, posts: Sequence[Post]) -> tuple[PersonChange | None, tuple[Post, ...]]:
        """What commit writes (None: nothing), and the posts among `posts` that are new."""
        self._biography()
        ending, taking = self._posts(posts)
        identities = tuple(n for n in self._wanted.identities if n not in self._file.identities)
        if identities:
            self._say("identity", "", _("thêm số mới"))
        change = PersonChange(
            person_id=self._file.id,
            version=self._file.version,
            on=self._day,
            biography_id=self._file.biography_id,
            corrections=self._corrections,
            changes=self._later,
            identities=identities,
            ending=tuple(post.id for post in ending),
            qualifications=tuple(self._qualifications()),
            ratings=tuple(self._new("rating", self._wanted.ratings, lambda r: r.year in self._file.ratings)),
            disciplines=tuple(
                self._new(
                    "discipline",
                    self._wanted.disciplines,
                    lambda d: (d.form, d.decided_on) in self._file.disciplines,
                )
            ),
            commendations=tuple(
                self._new(
                    "commendation",
                    self._wanted.commendations,
                    lambda c: search_key(c.title) in {search_key(t) for t in self._file.commendations},
                )
            ),
            grade=self._grade(),
            health=self._health(),
            texts=tuple(self._texts()),
        )
        return (change if self.changes else None), taking

    def _say(self, field: str, old: str, new: str, since: date | None = None) -> None:
        self.changes.append(FieldChange(field, str(field_label(field)), old, new, since))

    def _remark(self, field: str, code: str, template: str, **values: Any) -> None:
        self.remarks.append(Reason(field, "", code, say(template, **values)))

    # --- biography

    def _biography(self) -> None:
        known = self._file.biography
        wanted = dict(self._wanted.biography)
        self._birth(known, wanted)
        for name, new in wanted.items():
            old = known[name]
            if new in ("", None) or _same(old, new):
                continue
            if name in _CHANGES_IN_LIFE and old not in ("", None):
                self._later[name] = new
                self._say(name, self._shown(name, old), self._shown(name, new), self._day)
            else:
                self._corrections[name] = new
                self._say(name, self._shown(name, old), self._shown(name, new))

    def _birth(self, known: Mapping[str, Any], wanted: dict[str, Any]) -> None:
        """A list that knows less of a birthday than the file changes nothing."""
        new = {name: wanted.pop(name) for name in _BIRTH}
        old = {name: known[name] for name in _BIRTH}
        less = all(new[name] in (None, old[name]) for name in _BIRTH)
        if not less and new != old:
            self._corrections.update(new)
            self._say("born", _birthday(old), _birthday(new))

    def _shown(self, name: str, value: Any) -> str:
        known = self._names.get((name, str(value)))
        return known[1] if known else str(shown_value(name, value))

    # --- posts

    def _posts(self, posts: Sequence[Post]) -> tuple[list[PostOnFile], tuple[Post, ...]]:
        """Held posts that the list no longer names, and named posts that are not held; only kinds the list names."""
        held = [p for p in self._file.posts if p.valid_from <= self._day]
        kinds = {post.kind for post in posts}
        named = {(post.unit_id, post.title_id) for post in posts}
        new = [post for post in posts if not self._is_held(post, held)]
        gone = [p for p in held if p.kind in kinds and (p.unit_id, p.title_id) not in named] if new else []
        ending = [p for p in gone if p.valid_from < self._day]
        for post in new:
            old = ", ".join(p.title for p in ending if p.kind == post.kind)
            self._say(
                "position", old, post.label, max(post.valid_from, self._day) if ending else post.valid_from
            )
        return ending, tuple(new)

    def _is_held(self, post: Post, held: Iterable[PostOnFile]) -> bool:
        return any((p.unit_id, p.title_id) == (post.unit_id, post.title_id) for p in held)

    # --- what is added or follows

    def _qualifications(self) -> Iterable[QualificationDraft]:
        for each in self._wanted.qualifications:
            levels = {level for kind, level in self._file.qualifications if kind == each.kind}
            if each.level in levels or any(_same(each.level, level) for level in levels):
                continue
            label = self._names.get((each.kind, each.level), (0, each.level))[1]
            highest = max(levels, key=lambda level: self._rank(each.kind, level), default=None)
            old = self._names.get((each.kind, highest or ""), (0, highest or ""))[1]
            if highest is not None and self._is_lower(each, highest):
                self._remark(
                    each.kind,
                    "lower_than_on_file",
                    "Danh sách ghi “{new}”, hồ sơ đã có “{old}” cao hơn; giữ hồ sơ.",
                    new=label,
                    old=old,
                )
                continue
            self._say(each.kind, old, label, each.valid_from)
            yield each

    def _is_lower(self, each: QualificationDraft, highest: str) -> bool:
        """Languages stand side by side; of other kinds a list names the highest."""
        if each.kind == QualificationKind.LANGUAGE:
            return False
        return self._rank(each.kind, each.level) < self._rank(each.kind, highest)

    def _rank(self, kind: str, level: str) -> int:
        return self._names.get((kind, level), (0, ""))[0]

    def _new(self, field: str, wanted: Iterable[Any], is_there: Callable[[Any], bool]) -> Iterable[Any]:
        for each in wanted:
            if not is_there(each):
                self._say(field, "", str(shown_value(field, each)))
                yield each
            elif field == "rating" and self._file.ratings[each.year] != each.rating:
                self._remark(
                    "rating", "rating_differs", "Xếp loại năm {year} khác hồ sơ; giữ hồ sơ.", year=each.year
                )

    def _grade(self) -> Following | None:
        grade = self._wanted.grade
        if grade is None:
            return None
        values = {"grade": grade.grade, "step": grade.step, "coefficient": grade.coefficient}
        return self._following("grade", self._file.grades, values, grade.valid_from)

    def _health(self) -> Following | None:
        if not self._wanted.health:
            return None
        return self._following("health", self._file.health, {"health_class": self._wanted.health}, self._day)

    def _texts(self) -> Iterable[Following]:
        for kind, text in self._wanted.texts.items():
            values = {"kind": kind, "text": text}
            state = self._following(kind, self._file.texts.get(kind, ()), values, self._day)
            if state is not None:
                yield state

    def _following(
        self, field: str, states: Sequence[StateOnFile], values: dict[str, object], on: date
    ) -> Following | None:
        """The new state unless it is the one that holds on `on`; a later version on file keeps its own beginning."""
        current = next(
            (s for s in states if s.valid_from <= on and (s.valid_to is None or on < s.valid_to)), None
        )
        said = {name: value for name, value in values.items() if value is not None}
        if current is not None and all(current.values[name] == value for name, value in said.items()):
            return None
        if current is None and any(all(s.values[n] == v for n, v in said.items()) for s in states):
            return None
        until = min((s.valid_from for s in states if s.valid_from > on), default=None)
        old = str(shown_value(field, current.values)) if current else ""
        self._say(field, old, str(shown_value(field, values)), on)
        return Following(current.id if current else None, on, values, until)


def position_drafts(
    posts: Sequence[Post], on_file: Sequence[PostOnFile], seats: Mapping[tuple[int, int], int],
    titles: Mapping[str, int], not_before: date | None,
) -> tuple[PositionDraft, ...]:  # fmt: skip
    """The positions of new posts. A post that the file knows to begin later ends there; not_before: the day from which
    another post is superseded, None when none is."""
    made = []
    for post in posts:
        title = (
            post.title_id
            if post.title_id is not None
            else titles[post.new_title.code if post.new_title else ""]
        )
        seat = seats[post.unit_id or 0, title]
        start = max(post.valid_from, not_before) if not_before else post.valid_from
        rivals = [
            p.valid_from
            for p in on_file
            if p.valid_from > start and (p.seat_id == seat or (p.kind == post.kind == PositionKind.FULL_TIME))
        ]
        made.append(PositionDraft(seat, start, min(rivals, default=None), post.kind))
    return tuple(made)


def _same(old: Any, new: Any) -> bool:
    """Equal but for case, spacing, tone-mark style and Unicode form."""
    if isinstance(old, str) and isinstance(new, str):
        return old == new or sort_key_plain(" ".join(old.split()).lower()) == sort_key_plain(
            " ".join(new.split()).lower()
        )
    return bool(old == new)


def _birthday(parts: Mapping[str, int | None]) -> str:
    known = [parts["born_day"], parts["born_month"], parts["born_year"]]
    return "/".join(f"{part:02d}" for part in known if part is not None)
