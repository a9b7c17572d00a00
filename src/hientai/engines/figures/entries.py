"""Judges figures given as data: `{"figures": {...}, "percentages": [...], "sums": [...]}`.

figures: label -> number, printed string ("2.177 đồng chí") or {"value", "unit"}.
percentages: {"label", "num", "den", "printed"}; num and den are numbers or labels of `figures`; den may be
missing. `printed` is read so: a string with % is a percent, with "lần" a multiple, with "‰" refused; a bare
number is taken as a percent, a share of one or a multiple, whichever agrees with num / den (percent first),
and as a percent when none does and it lies nearer as one. sums: {"label", "parts", "total"}, numbers or
labels.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Any

from hientai.engines.errors import BadInput
from hientai.engines.figures.arithmetic import Printed, ShareOf, closes_within_rounding, fits, forced_shares
from hientai.engines.figures.findings import (
    Base,
    Closing,
    Findings,
    Place,
    Relation,
    ShareFinding,
    SumFinding,
    Verdict,
)
from hientai.engines.figures.numbers import numbers_in, read_number
from hientai.engines.figures.units import Family, Unit, unit_at
from hientai.engines.figures.verdicts import share_finding, sum_finding
from hientai.engines.wording import say

_MOST_ENTRIES = 200_000
_MOST_DIGITS = 30
_MOST_NEAR = 300


@dataclass(frozen=True)
class _Value:
    """A number of the input with what it is called and counted in."""

    value: Fraction
    ulp: Fraction
    label: str = ""
    unit: Unit | None = None
    percent: bool = False


def check_entries(document: Mapping[str, Any]) -> Findings:
    """Judges every percentage and sum of the document, in its order.

    Raises BadInput with `where` ("percentages[3].num") for a wrong type, an unknown label or a number out of
    reach.
    """
    if not isinstance(document, Mapping):
        raise _bad("not_an_object", "Tài liệu JSON phải là một đối tượng có figures, percentages, sums", "")
    unknown = set(document) - {"figures", "percentages", "sums"}
    if unknown or not document:
        raise _bad(
            "unknown_key",
            "Chỉ hiểu các khóa figures, percentages, sums; không hiểu {keys}",
            ", ".join(sorted(map(str, unknown))),
        )
    figures = _figures(document.get("figures") or {})
    percentages = _listed(document, "percentages")
    sums = _listed(document, "sums")
    return Findings(
        _shares(percentages, figures),
        tuple(_sum(entry, f"sums[{i}]", figures) for i, entry in enumerate(sums)),
    )


def _bad(code: str, template: str, where: str) -> BadInput:
    return BadInput(code, say(template, keys=where) if "{keys}" in template else say(template), where)


def _figures(given: Any) -> dict[str, _Value]:
    if not isinstance(given, Mapping):
        raise _bad("figures_not_an_object", "figures phải là đối tượng nhãn: số", "figures")
    return {str(label): _figure(str(label), value) for label, value in given.items() if value is not None}


def _figure(label: str, value: Any) -> _Value:
    where = f"figures.{label}"
    unit: Unit | None = None
    if isinstance(value, Mapping):
        named = value.get("unit")
        unit = _unit(str(named)) if named else None
        value = value.get("value")
    read = _value(value, where)
    return _Value(read.value, read.ulp, label, unit or read.unit, read.percent)


def _unit(word: str) -> Unit:
    if word in ("persons", "person"):
        return Unit("người", Family.PERSON)
    if word in ("turns", "turn"):
        return Unit("lượt", Family.TURN)
    found = unit_at(" " + word, 0)
    return found[0] if found else Unit(word.lower(), Family.OTHER)


def _listed(document: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
    entries = document.get(key)
    if entries is None:
        return []
    if not isinstance(entries, list):
        raise _bad("not_a_list", "{keys} phải là một danh sách", key)
    if len(entries) > _MOST_ENTRIES:
        raise _bad("too_many_entries", "{keys} quá dài", key)
    for index, entry in enumerate(entries):
        if not isinstance(entry, Mapping):
            raise _bad("not_an_object", "{keys} phải là một đối tượng", f"{key}[{index}]")
    return entries


def _value(given: Any, where: str, figures: Mapping[str, _Value] | None = None) -> _Value:
    """A number, a label of `figures`, or a printed string such as "2.177 đồng chí" or "58,02%"."""
    if isinstance(given, bool) or given is None or isinstance(given, list | Mapping):
        raise _bad("not_a_number", "Cần một số hoặc nhãn của figures tại {keys}", where)
    if isinstance(given, int | float | Decimal):
        return _plain(given, where)
    text = str(given).strip()
    if figures is not None and text in figures:
        return figures[text]
    try:
        value, ulp = read_number(text)
        return _Value(value, ulp)
    except ValueError:
        pass
    found = numbers_in(text) if len(text) <= 200 else ()
    if (
        len(found) == 1
        and found[0].start <= 12
        and found[0].end >= len(text) - 60
        and found[0].text[0].isdigit()
    ):
        number = found[0]
        if number.ulp and number.kind.value in (
            "count",
            "percent",
            "measure",
            "times",
            "duration",
            "age",
            "year",
        ):
            if number.kind.value == "year":
                value, ulp = read_number(number.text)
                return _Value(value, ulp)
            return _Value(number.value, number.ulp, unit=number.unit, percent=number.kind.value == "percent")
    if figures is not None:
        raise BadInput(
            "unknown_label",
            say(
                "figures không có nhãn “{label}” và đó cũng không phải là số; sửa nhãn hoặc thêm vào figures",
                label=text[:80],
            ),
            where,
        )
    raise _bad("not_a_number", "Không đọc được số tại {keys}", where)


def _plain(given: int | float | Decimal, where: str) -> _Value:
    number = Decimal(str(given)) if isinstance(given, float) else Decimal(given)
    if not number.is_finite() or (number and abs(number.adjusted()) > _MOST_DIGITS):
        raise _bad("number_out_of_reach", "Số tại {keys} ngoài phạm vi", where)
    exponent = number.as_tuple().exponent
    digits = max(0, -exponent) if isinstance(exponent, int) else 0
    if digits > 2 * _MOST_DIGITS:
        raise _bad("number_out_of_reach", "Số tại {keys} ngoài phạm vi", where)
    return _Value(Fraction(number), Fraction(1, 10**digits))


def _shares(entries: Sequence[Mapping[str, Any]], figures: Mapping[str, _Value]) -> tuple[ShareFinding, ...]:
    read = [_read_share(entry, f"percentages[{index}]", figures) for index, entry in enumerate(entries)]
    complete = [
        (index, ShareOf(printed, num.value, den.value))
        for index, (_, _, printed, num, den) in enumerate(read)
        if num is not None and den is not None and den.value > 0
    ]
    forced = {complete[position][0] for position in forced_shares([share for _, share in complete])}
    near = _near(figures, read)
    return tuple(
        share_finding(
            label=label,
            shown=shown,
            printed=printed,
            num=num.value if num else None,
            den=den.value if den and den.value else None,
            where=Place(f"percentages[{index}]"),
            near=near,
            forced=index in forced,
            relation=Relation.TIMES if printed.scale == 1 and "lần" in shown else Relation.SHARE,
            given=_given(entries[index]["printed"]),
        )
        for index, (label, shown, printed, num, den) in enumerate(read)
    )


def _given(printed: Any) -> int | float | None:
    if isinstance(printed, Decimal):
        return float(printed)
    return printed if isinstance(printed, int | float) else None


_ReadShare = tuple[str, str, Printed, _Value | None, _Value | None]


def _read_share(entry: Mapping[str, Any], where: str, figures: Mapping[str, _Value]) -> _ReadShare:
    if "printed" not in entry or entry["printed"] is None:
        raise _bad("printed_missing", "Thiếu printed tại {keys}", where)
    num = _optional(entry, "num", where, figures)
    den = _optional(entry, "den", where, figures)
    for value, key in ((num, "num"), (den, "den")):
        if value is not None and value.value < 0 and key == "den":
            raise _bad("negative_base", "Mẫu số âm tại {keys}", f"{where}.den")
    printed, shown = _printed(entry["printed"], f"{where}.printed", num, den)
    return str(entry.get("label") or ""), shown, printed, num, den


def _optional(entry: Mapping[str, Any], key: str, where: str, figures: Mapping[str, _Value]) -> _Value | None:
    given = entry.get(key)
    if given is None or given == "":
        return None
    return _value(given, f"{where}.{key}", figures)


_PRINTED = re.compile(
    r"(?:\D{0,40}\s)?(?P<number>[-−+]?\d[\d.,\u00a0\u202f\u2009]{0,30})\s?(?P<sign>%|phần trăm|điểm %"
    r"|lần)?[\s.)]{0,3}",
    re.IGNORECASE,
)


def _printed(given: Any, where: str, num: _Value | None, den: _Value | None) -> tuple[Printed, str]:
    """The printed ratio, read in the scale that its sign tells or that agrees with num / den."""
    if isinstance(given, bool | list | Mapping):
        raise _bad("not_a_number", "Cần một số hoặc chuỗi như “58,02%” tại {keys}", where)
    sign = ""
    if isinstance(given, int | float | Decimal):
        plain = _plain(given, where)
        readings = [(plain.value, plain.ulp)]
    else:
        hit = _PRINTED.fullmatch(str(given).strip()) if len(str(given)) <= 100 else None
        if not hit:
            raise _bad("not_a_number", "Cần một số hoặc chuỗi như “58,02%” tại {keys}", where)
        sign = (hit.group("sign") or "").lower()
        readings = _string_readings(hit.group("number").rstrip(".,"), where)
    scales = [100] if sign in ("%", "phần trăm", "điểm %") else [1] if sign == "lần" else [100, 1]
    choices = [Printed(value, ulp, scale) for scale in scales for value, ulp in readings]
    return _best(choices, num, den), str(given)


def _string_readings(text: str, where: str) -> list[tuple[Fraction, Fraction]]:
    """ "22.257" may be 22,257 or 22257: both, the share first."""
    readings = []
    for share in (True, False):
        try:
            reading = read_number(text, share=share)
        except ValueError:
            continue
        if reading not in readings:
            readings.append(reading)
    if not readings:
        raise _bad("not_a_number", "Không đọc được số tại {keys}", where)
    return readings


def _best(choices: Sequence[Printed], num: _Value | None, den: _Value | None) -> Printed:
    if num is None or den is None or not den.value:
        return choices[0]
    for choice in choices:
        if fits(choice, num.value, den.value):
            return choice
    exact = num.value / den.value
    if exact <= 0:
        return choices[0]

    def distance(choice: Printed) -> Fraction:
        share = choice.share
        return max(share / exact, exact / share) if share > 0 else Fraction(10**9)

    return min(choices, key=distance)


def _near(figures: Mapping[str, _Value], read: Sequence[_ReadShare]) -> tuple[Base, ...]:
    bases = [Base(value.value, label, f"figures.{label}") for label, value in figures.items()]
    known = {base.value for base in bases}
    for index, (label, _, _, _, den) in enumerate(read):
        if den is not None and den.value not in known:
            known.add(den.value)
            bases.append(Base(den.value, label, f"percentages[{index}].den"))
    return tuple(bases[:_MOST_NEAR])


def _sum(entry: Mapping[str, Any], where: str, figures: Mapping[str, _Value]) -> SumFinding:
    parts = entry.get("parts")
    if not isinstance(parts, list) or not parts:
        raise _bad("parts_missing", "parts phải là danh sách có ít nhất một số tại {keys}", where)
    if len(parts) > 10_000:
        raise _bad("too_many_parts", "Quá nhiều phần tại {keys}", where)
    values = [_value(part, f"{where}.parts[{index}]", figures) for index, part in enumerate(parts)]
    total = _value(entry.get("total"), f"{where}.total", figures)
    hedged = any(value.percent or value.ulp < 1 for value in (*values, total))
    numbers = tuple(value.value for value in values)
    near = tuple(
        Base(value.value, label, f"figures.{label}") for label, value in islice(figures.items(), _MOST_NEAR)
    )
    return sum_finding(
        label=str(entry.get("label") or ""),
        parts=numbers,
        total=total.value,
        where=Place(where),
        closing=Closing.PARTS if entry.get("of_which") is True else Closing.WHOLE,
        within_rounding=hedged
        and closes_within_rounding(numbers, total.value, [value.ulp for value in values], total.ulp),
        near=near,
        part_labels=tuple(value.label for value in values),
        units=tuple(value.unit for value in values),
        total_unit=total.unit,
    )


__all__ = ["Verdict", "check_entries"]
