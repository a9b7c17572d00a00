"""Why a nomination was left out: the checks it failed before, or every limit that is already full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from hientai.engines.allocation.limits import Limit
from hientai.engines.allocation.problem import LeftOut, Problem
from hientai.engines.wording import Sentence, say


def left_out(problem: Problem, accepted: set[int], limits: Sequence[Limit]) -> tuple[LeftOut, ...]:
    """One entry per nomination not accepted, in the order of the problem.

    Every full limit is named that the nomination would break by itself if it were added to this allocation.
    """
    full: dict[int, list[Limit]] = defaultdict(list)
    for limit in limits:
        if len(accepted.intersection(limit.members)) >= limit.most:
            for i in limit.members:
                full[i].append(limit)
    opened = {problem.nominations[i].to_class for i in accepted}
    closed = {
        one.id: one.opens_with for one in problem.classes if one.opens_with > 0 and one.id not in opened
    }
    speaker = _Speaker(problem, accepted)
    entries = []
    for i, one in enumerate(problem.nominations):
        if i in accepted:
            continue
        said: list[tuple[str, Sentence]] = [("ineligible", Sentence(reason)) for reason in one.reasons]
        if one.eligible:
            said = [(limit.kind, speaker.full(i, limit)) for limit in full[i]]
            if one.to_class in closed:
                said.append(("not_open", speaker.not_open(one.to_class, closed[one.to_class])))
        codes = tuple(dict.fromkeys(code for code, _ in said))
        entries.append(LeftOut(one.person, one.to_class, codes, tuple(sentence for _, sentence in said)))
    return tuple(entries)


class _Speaker:
    """Sentences about one allocation."""

    def __init__(self, problem: Problem, accepted: set[int]) -> None:
        self._problem = problem
        self._accepted = accepted
        self._staff = {unit.id: unit.staff for unit in problem.units}
        self._lowest: dict[str, Fraction] = {}
        for i in accepted:
            one = problem.nominations[i]
            self._lowest[one.to_class] = min(one.priority, self._lowest.get(one.to_class, one.priority))

    def full(self, position: int, limit: Limit) -> Sentence:
        """Why a full limit keeps this nomination out."""
        return {
            "places": self._places,
            "per_person": self._per_person,
            "clash": self._clash,
            "course": self._course,
            "away": self._away,
            "quota": self._quota,
        }[limit.kind](position, limit)

    def _places(self, position: int, limit: Limit) -> Sentence:
        if limit.most == 0:
            return say("Lớp {name} không có chỗ.", name=limit.subject)
        lowest, own = self._lowest[limit.subject], self._problem.nominations[position].priority
        template = (
            "Lớp {name} đã đủ {most} chỗ; mức ưu tiên thấp nhất trong lớp là {lowest}, "
            "của người này là {own}; người ưu tiên thấp hơn được nhận vì chỉ tiêu, "
            "vì đơn vị còn ít người hoặc vì không xếp được lớp khác."
            if lowest < own
            else "Lớp {name} đã đủ {most} chỗ; mức ưu tiên thấp nhất trong lớp là {lowest}, "
            "của người này là {own}."
        )
        return say(template, name=limit.subject, most=limit.most, lowest=_shown(lowest), own=_shown(own))

    def _per_person(self, position: int, limit: Limit) -> Sentence:
        return say(
            "Đã được xếp vào lớp {others}; mỗi người học không quá {most} lớp.",
            others=self._other_classes(position, limit),
            most=limit.most,
        )

    def _clash(self, position: int, limit: Limit) -> Sentence:
        return say(
            "Trùng ngày {day} với lớp {others} đã được xếp.",
            day=_day(limit),
            others=self._other_classes(position, limit),
        )

    def _course(self, position: int, limit: Limit) -> Sentence:
        return say(
            "Đã được xếp vào lớp {others} cùng chương trình.", others=self._other_classes(position, limit)
        )

    def _away(self, position: int, limit: Limit) -> Sentence:
        return say(
            "Ngày {day} đơn vị {unit} đã có {count} người đi học; "
            "không để vắng cùng lúc quá {most} trên {staff} người.",
            day=_day(limit),
            unit=limit.subject,
            count=len(self._accepted.intersection(limit.members)),
            most=limit.most,
            staff=self._staff[limit.subject],
        )

    def _quota(self, position: int, limit: Limit) -> Sentence:
        return say("Chỉ tiêu “{name}” đã đủ {most} người.", name=limit.subject, most=limit.most)

    def not_open(self, name: str, needed: int) -> Sentence:
        """Why a class was not opened."""
        return say(
            "Lớp {name} không mở: phương án này không dồn đủ {needed} người để mở lớp.",
            name=name,
            needed=needed,
        )

    def _other_classes(self, position: int, limit: Limit) -> str:
        return ", ".join(
            sorted(
                self._problem.nominations[i].to_class
                for i in limit.members
                if i in self._accepted and i != position
            )
        )


def _shown(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}".replace(".", ",")


def _day(limit: Limit) -> str:
    return limit.day.strftime("%d/%m/%Y") if limit.day else ""
