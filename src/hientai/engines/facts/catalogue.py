"""The ordered list of all facts, each code once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from hientai.engines.errors import BadInput
from hientai.engines.facts.fact import Fact, FactType
from hientai.engines.wording import say

CODE_FORM = re.compile(r"[a-z][a-z0-9_]*")


class Catalogue:
    """Facts in the order in which they are shown, looked up by code.

    Raises BadInput where a code is not of the form `months_in_title`, comes twice, or has a default that its
    own type does not admit.
    """

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts: dict[str, Fact] = {}
        for fact in facts:
            self._check_new(fact)
            self._facts[fact.code] = fact

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts.values())

    def __len__(self) -> int:
        return len(self._facts)

    def __contains__(self, code: object) -> bool:
        return code in self._facts

    def __getitem__(self, code: str) -> Fact:
        """The fact of that code; raises BadInput `unknown_fact` where there is none."""
        if code not in self._facts:
            raise BadInput(
                "unknown_fact",
                say("Danh mục không có dữ kiện “{code}”. Xem danh mục dữ kiện để lấy đúng mã.", code=code),
                code,
            )
        return self._facts[code]

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code, in order."""
        return tuple(self._facts)

    def extended_by(self, facts: Iterable[Fact]) -> Catalogue:
        """A catalogue with more facts behind these."""
        return Catalogue([*self, *facts])

    def only(self, codes: Iterable[str]) -> Catalogue:
        """The part with these codes, in catalogue order."""
        wanted = set(codes)
        for code in sorted(wanted):
            self[code]
        return Catalogue(fact for fact in self if fact.code in wanted)

    def check_usable_in_rules(self, code: str) -> Fact:
        """The fact, where a rule about an individual may name it; raises BadInput where it may not."""
        fact = self[code]
        if fact.statistics_only:
            raise BadInput(
                "statistics_only",
                say(
                    "Dữ kiện “{code}” ({label}) chỉ dùng để thống kê, không được dùng trong tiêu chuẩn "
                    "của cá nhân. Bỏ tiêu chí này.",
                    code=code,
                    label=fact.label,
                ),
                code,
            )
        if fact.type is FactType.IDENTIFIER:
            raise BadInput(
                "identifier_in_rule",
                say("Dữ kiện “{code}” là mã nhận dạng bản ghi, không dùng trong tiêu chuẩn được.", code=code),
                code,
            )
        return fact

    def check_values(self, values: Mapping[str, object]) -> None:
        """Raises BadInput where `values` names an unknown fact or gives one an impossible answer."""
        for code, value in values.items():
            self[code].check_value(value)  # type: ignore[arg-type]

    def _check_new(self, fact: Fact) -> None:
        if not CODE_FORM.fullmatch(fact.code):
            raise BadInput(
                "bad_fact_code", say("Mã dữ kiện “{code}” không đúng dạng.", code=fact.code), fact.code
            )
        if fact.code in self._facts:
            raise BadInput("duplicate_fact", say("Mã dữ kiện “{code}” bị trùng.", code=fact.code), fact.code)
        fact.check_value(fact.absent_means)
