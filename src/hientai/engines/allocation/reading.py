"""An allocation problem out of a JSON document, or one clear sentence about what is wrong and where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hientai.engines.allocation.problem import Nomination, Problem, Quota, TrainingClass, Unit
from hientai.engines.amounts import Amount, exact, read_amount
from hientai.engines.document import (
    check_unique,
    day_of,
    fields_of,
    list_of,
    name_of,
    required,
    truth_of,
    whole_of,
)
from hientai.engines.errors import BadInput
from hientai.engines.wording import say

_PROBLEM = ("classes", "nominations", "units", "quotas", "classes_per_person", "away_at_most", "fairness")
_CLASS = ("id", "places", "starts", "ends", "opens_with", "course")
_UNIT = ("id", "staff", "away_at_most")
_NOMINATION = ("person", "unit", "class", "priority", "eligible", "reasons")
_QUOTA = ("name", "unit", "class", "min", "max")


def read_problem(document: Any) -> Problem:
    """The problem that a JSON document states (format: docs/reference/allocation.md). Raises BadInput."""
    fields = fields_of(document, _PROBLEM, "")
    away = read_amount(fields["away_at_most"], True, "away_at_most") if "away_at_most" in fields else None
    classes = tuple(_class(entry, f"classes[{i}]") for i, entry in enumerate(list_of(fields, "classes")))
    check_unique((one.id for one in classes), "classes", "duplicate_class", "Trùng mã lớp “{name}”.")
    units = tuple(
        _unit(entry, away, f"units[{i}]") for i, entry in enumerate(list_of(fields, "units", optional=True))
    )
    check_unique((unit.id for unit in units), "units", "duplicate_unit", "Trùng mã đơn vị “{name}”.")
    nominations = tuple(
        _nomination(entry, f"nominations[{i}]") for i, entry in enumerate(list_of(fields, "nominations"))
    )
    quotas = tuple(
        _quota(entry, f"quotas[{i}]") for i, entry in enumerate(list_of(fields, "quotas", optional=True))
    )
    check_unique(
        (quota.name for quota in quotas), "quotas", "duplicate_quota", "Trùng tên chỉ tiêu “{name}”."
    )
    fairness = exact(fields.get("fairness", 0), "fairness")
    if fairness < 0:
        raise BadInput("negative_price", say("Giá của chênh lệch không được âm."), "fairness")
    problem = Problem(
        classes,
        nominations,
        units,
        quotas,
        whole_of(fields.get("classes_per_person", 1), "classes_per_person", 1),
        fairness,
    )
    _check_references(problem, away is not None)
    return problem


def _class(entry: Any, where: str) -> TrainingClass:
    fields = fields_of(entry, _CLASS, where)
    starts = day_of(required(fields, "starts", where), f"{where}.starts")
    ends = day_of(required(fields, "ends", where), f"{where}.ends")
    if ends <= starts:
        raise BadInput(
            "empty_days",
            say("Lớp phải kết thúc sau ngày bắt đầu (ngày “ends” không còn học)."),
            f"{where}.ends",
        )
    return TrainingClass(
        id=name_of(required(fields, "id", where), f"{where}.id"),
        places=whole_of(required(fields, "places", where), f"{where}.places"),
        starts=starts,
        ends=ends,
        opens_with=whole_of(fields.get("opens_with", 0), f"{where}.opens_with"),
        course=name_of(fields["course"], f"{where}.course") if "course" in fields else "",
    )


def _unit(entry: Any, away: Amount | None, where: str) -> Unit:
    fields = fields_of(entry, _UNIT, where)
    own = (
        read_amount(fields["away_at_most"], True, f"{where}.away_at_most")
        if "away_at_most" in fields
        else away
    )
    staff = whole_of(required(fields, "staff", where), f"{where}.staff")
    return Unit(name_of(required(fields, "id", where), f"{where}.id"), staff, own)


def _nomination(entry: Any, where: str) -> Nomination:
    fields = fields_of(entry, _NOMINATION, where)
    priority = exact(fields.get("priority", 1), f"{where}.priority")
    if priority <= 0:
        raise BadInput(
            "bad_priority",
            say("Mức ưu tiên phải lớn hơn 0 (số lớn hơn được xét trước)."),
            f"{where}.priority",
        )
    eligible = truth_of(fields.get("eligible", True), f"{where}.eligible")
    reasons = tuple(
        name_of(reason, f"{where}.reasons") for reason in list_of(fields, "reasons", optional=True)
    )
    if not eligible and not reasons:
        raise BadInput(
            "ineligible_without_reason", say("Đề cử không đủ điều kiện phải kèm lý do."), f"{where}.reasons"
        )
    return Nomination(
        person=name_of(required(fields, "person", where), f"{where}.person"),
        unit=name_of(required(fields, "unit", where), f"{where}.unit"),
        to_class=name_of(required(fields, "class", where), f"{where}.class"),
        priority=priority,
        eligible=eligible,
        reasons=reasons,
    )


def _quota(entry: Any, where: str) -> Quota:
    fields = fields_of(entry, _QUOTA, where)
    if "min" not in fields and "max" not in fields:
        raise BadInput("quota_without_bound", say("Chỉ tiêu không có “min” cũng không có “max”."), where)
    return Quota(
        name=name_of(required(fields, "name", where), f"{where}.name"),
        units=_names(fields, "unit", where),
        classes=_names(fields, "class", where),
        least=whole_of(fields.get("min", 0), f"{where}.min"),
        most=whole_of(fields["max"], f"{where}.max") if "max" in fields else None,
    )


def _names(fields: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    if key not in fields:
        return ()
    value = fields[key]
    several = value if isinstance(value, list | tuple) else [value]
    if not several:
        raise BadInput("empty_list", say("Danh sách trống."), f"{where}.{key}")
    return tuple(name_of(one, f"{where}.{key}") for one in several)


def _check_references(problem: Problem, away_for_all: bool) -> None:
    classes = {one.id for one in problem.classes}
    units = {unit.id for unit in problem.units}
    nominated = units | {one.unit for one in problem.nominations}
    for i, one in enumerate(problem.nominations):
        _check_known(
            one.to_class, classes, f"nominations[{i}].class", "unknown_class", "Không có lớp “{name}”."
        )
        if away_for_all or units:
            _check_known(
                one.unit,
                units,
                f"nominations[{i}].unit",
                "unknown_unit",
                "Đơn vị “{name}” không có trong “units”.",
            )
    for i, quota in enumerate(problem.quotas):
        for name in quota.classes:
            _check_known(name, classes, f"quotas[{i}].class", "unknown_class", "Không có lớp “{name}”.")
        for name in quota.units:
            _check_known(name, nominated, f"quotas[{i}].unit", "unknown_unit", "Không có đơn vị “{name}”.")
    pairs = (f"{one.person} → {one.to_class}" for one in problem.nominations)
    check_unique(pairs, "nominations", "duplicate_nomination", "Đề cử “{name}” xuất hiện hai lần.")
    _check_one_unit(problem)


def _check_one_unit(problem: Problem) -> None:
    unit_of: dict[str, str] = {}
    for i, one in enumerate(problem.nominations):
        if unit_of.setdefault(one.person, one.unit) != one.unit:
            raise BadInput(
                "two_units",
                say(
                    "“{person}” được hai đơn vị “{a}” và “{b}” đề cử.",
                    person=one.person,
                    a=unit_of[one.person],
                    b=one.unit,
                ),
                f"nominations[{i}].unit",
            )


def _check_known(name: str, known: set[str], where: str, code: str, template: str) -> None:
    if name not in known:
        raise BadInput(code, say(template, name=name), where)
