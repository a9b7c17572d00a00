"""What readers call people, seats and units of a problem: the optional `name` columns, else the id."""

from __future__ import annotations

from collections.abc import Sequence

from hientai.engines.rotation.problem import Problem
from hientai.engines.wording import Sentence, say


class Names:
    """The words of one problem; ids stay in brackets, since two people may bear one name."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._people = _spoken(problem.people.ids, problem.people.names)
        self._units = _spoken(problem.units.ids, problem.units.names, with_id=False)
        self._seats = _spoken(problem.seats.ids, problem.seats.names, with_id=False)
        self._person = dict(zip(problem.people.ids, self._people, strict=True))
        self._unit = dict(zip(problem.units.ids, self._units, strict=True))
        self._seat = {name: index for index, name in enumerate(problem.seats.ids)}

    def person(self, index: int) -> str:
        """ "Nguyễn Văn An (p7)", or "p7"."""
        return self._people[index]

    def person_of(self, name: str) -> str:
        """The same by the id."""
        return self._person.get(name, name)

    def arrow(self, index: int) -> str:
        """The name alone, for a picture; the id where there is no name."""
        return (self._problem.people.names or self._problem.people.ids)[index] or self._problem.people.ids[
            index
        ]

    def seat(self, index: int) -> str:
        """ "Phó Chủ tịch (Phường Sông Đà)", or "s3 (u1)"."""
        title, unit = self.seat_and_unit(index)
        return f"{title} ({unit})"

    def seat_and_unit(self, index: int) -> tuple[str, str]:
        """The title and the unit apart."""
        return self._seats[index], self._units[int(self._problem.seats.unit[index])]

    def seat_of(self, name: str) -> str:
        """The same by the id; empty for nobody's seat."""
        return self.seat(self._seat[name]) if name in self._seat else name

    def place(self, where: str) -> Sentence | str:
        """What a rule figure is about: "u7/2" is unit u7 in round 2, "3" round 3, else a unit, province or group."""
        name, _, when = where.rpartition("/")
        if name and when.isdigit():
            return say("{unit}, đợt {round}", unit=self._unit.get(name, name), round=when)
        if where.isdigit() and where not in self._unit:
            return say("đợt {round}", round=where)
        return self._unit.get(where, where)


def _spoken(ids: Sequence[str], names: Sequence[str], with_id: bool = True) -> tuple[str, ...]:
    if not names:
        return tuple(ids)
    return tuple(
        (f"{name} ({number})" if with_id else name) if name else number
        for number, name in zip(ids, names, strict=True)
    )
