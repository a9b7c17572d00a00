"""Local values: what a province sets in place of a central value, and whether it may."""

from __future__ import annotations

from dataclasses import dataclass

from hientai.engines.criteria.tree import Direction, LocalChange, Parameter
from hientai.engines.errors import BadInput
from hientai.engines.wording import Sentence, say


@dataclass(frozen=True)
class LocalValue:
    """A value that stands in for the parameter of the same key of document `under`, and of no later document.

    parameter: with the citation of the local document, its days, and whether it has been confirmed. pilot: the
    local document tries out something by leave of a higher body. unit: id of the unit for whose subtree it is set,
    None for the whole office.
    """

    parameter: Parameter
    under: str
    pilot: bool = False
    unit: int | None = None


def check_local(central: Parameter, local: LocalValue) -> None:
    """Raises BadInput where a local value may not stand in for the central one, or for that of a higher unit.

    `tighten` allows a minimum to rise and a maximum to fall; `pilot` also the other way under a pilot's document;
    `free` anything; `none` nothing. Key and unit must be the same, and a local document must be cited.
    """
    mine = local.parameter
    if (mine.key, mine.unit) != (central.key, central.unit):
        raise _refused(
            "other_parameter", central, say("Giá trị địa phương phải cùng tham số, cùng đơn vị tính.")
        )
    if mine.citation.document in ("", local.under):
        raise _refused(
            "missing_citation", central, say("Phải nêu văn bản của địa phương đặt ra giá trị này.")
        )
    if type(mine.value) is not type(central.value) and not _both_numbers(mine, central):
        raise _refused(
            "wrong_type", central, say("Giá trị địa phương phải cùng kiểu với giá trị trung ương.")
        )
    if not _allowed(central, local):
        raise _refused(
            "local_change_not_allowed",
            central,
            say(
                "Tham số “{key}” chỉ cho phép địa phương {allowed}; {local} so với {central} là vượt quyền.",
                key=central.key,
                allowed=_WORDS[central.local_change],
                local=str(mine.value),
                central=str(central.value),
            ),
        )


_WORDS = {
    LocalChange.NONE: say("giữ nguyên"),
    LocalChange.TIGHTEN: say("siết chặt hơn"),
    LocalChange.PILOT: say("siết chặt hơn, hoặc nới theo văn bản thí điểm"),
    LocalChange.FREE: say("tự quy định"),
}


def _allowed(central: Parameter, local: LocalValue) -> bool:
    if central.local_change is LocalChange.FREE or local.parameter.value == central.value:
        return True
    if central.local_change is LocalChange.NONE:
        return False
    return _is_tighter(central, local.parameter) or (
        central.local_change is LocalChange.PILOT and local.pilot
    )


def _is_tighter(central: Parameter, local: Parameter) -> bool:
    if not _both_numbers(central, local) or central.direction is Direction.EXACT:
        return False
    higher = float(local.value) > float(central.value)  # type: ignore[arg-type]
    return higher is (central.direction is Direction.MINIMUM)


def _both_numbers(one: Parameter, other: Parameter) -> bool:
    return all(isinstance(p.value, int | float) and not isinstance(p.value, bool) for p in (one, other))


def _refused(code: str, central: Parameter, message: Sentence) -> BadInput:
    return BadInput(code, message, central.key)
