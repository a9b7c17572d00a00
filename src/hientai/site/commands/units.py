"""`hientai units [CODE] --as-of D [--other D]`: units as of a day, one unit with its lineage, two days compared."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hientai.site.command_line import Answer

SUMMARY = "đơn vị vào một ngày, lịch sử và kế thừa / units as of a day, their history and lineage"
STATELESS = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from hientai.site.asking import add_as_of

    parser.add_argument("code", nargs="?", default="", metavar="CODE", help="mã đơn vị / unit code")
    add_as_of(parser)
    parser.add_argument("--other", metavar="D", default="", help="so với ngày này / compare with this day")
    parser.add_argument("--level", default="", help="chỉ một cấp / one level only")


def answer(options: argparse.Namespace) -> Answer:
    from hientai.site import asking
    from hientai.site.command_line import Answer

    as_of = asking.day_of(options.as_of)
    if options.other:
        document, text = _compared(as_of, asking.day_of(options.other))
    elif options.code:
        document, text = _one(options.code, as_of)
    else:
        document, text = _all(options.level, as_of)
    return Answer({"as_of": as_of.isoformat(), **document}, text)


def _all(level: str, as_of: Any) -> tuple[dict[str, Any], str]:
    from hientai.apps.organization import selectors
    from hientai.site import asking

    rows = selectors.units(actor=asking.operator(), as_of=as_of, level=level)
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.level] = counts.get(row.level, 0) + 1
    listed = [
        {"code": r.code, "name": r.name, "kind": r.kind, "block": r.block, "level": r.level} for r in rows
    ]
    return {"total": len(rows), "by_level": counts, "units": listed}, "\n".join(
        f"{r.code}: {r.name}" for r in rows
    )


def _one(code: str, as_of: Any) -> tuple[dict[str, Any], str]:
    from hientai.apps.organization import selectors
    from hientai.site import asking

    actor = asking.operator()
    unit = selectors.unit_ever(actor=actor, as_of=as_of, code=code)
    history = selectors.history(actor=actor, as_of=as_of, unit_id=unit.id)
    told = selectors.lineage(actor=actor, as_of=as_of, unit_id=unit.id)
    edges = [
        {
            "before": told.units[e.before].code, "after": told.units[e.after].code, "day": e.day.isoformat(),
            "share": str(e.share) if e.share is not None else None, "keeps_records": e.keeps_records,
        }
        for e in told.edges
    ]  # fmt: skip
    versions = [
        {
            "name": v.name,
            "from": v.valid_from.isoformat(),
            "last_day": v.last_day.isoformat() if v.last_day else None,
        }
        for v in history
    ]
    lines = [f"{v['from']} – {v['last_day'] or '…'}: {v['name']}" for v in versions]
    lines += [f"{e['day']}: {e['before']} → {e['after']} ({e['share'] or '?'})" for e in edges]
    return {"code": unit.code, "name": unit.name, "history": versions, "lineage": edges}, "\n".join(lines)


def _compared(as_of: Any, other: Any) -> tuple[dict[str, Any], str]:
    from hientai.apps.organization import selectors
    from hientai.site import asking

    told = selectors.difference(actor=asking.operator(), as_of=as_of, other=other)
    document = {
        "first": told.first.isoformat(),
        "second": told.second.isoformat(),
        "begun": [row.code for row in told.begun],
        "ended": [row.code for row in told.ended],
        "renamed": [{"code": now.code, "before": was.name, "after": now.name} for was, now in told.renamed],
        "moved": [now.code for _was, now in told.moved],
    }
    text = f"+{len(told.begun)} −{len(told.ended)} đổi tên {len(told.renamed)} chuyển {len(told.moved)}"
    return document, text
