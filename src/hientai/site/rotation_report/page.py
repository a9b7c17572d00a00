"""Renders a rotation plan as one standalone page: no script, nothing fetched, prints well.

Each round is drawn as its chains: boxes are seats, arrows the people who move between them.
"""

from __future__ import annotations

from html import escape

from hientai.engines.rotation.problem import Problem
from hientai.engines.rotation.result import Result
from hientai.site.rotation_report.rows import (
    Table,
    chains,
    lead,
    number_in_words,
    place_of,
    summary,
    tables,
)

_BOX, _GAP, _HEIGHT, _ROW = 132, 96, 34, 54
_PER_LINE = 4
_FOLD = 25  # longer tables are folded; a printed page shows what is unfolded
_LEGEND = (
    '<p class="legend">Đọc hình: mỗi ô là một vị trí (trong ngoặc là đơn vị), mũi tên là người chuyển. Người rời ô đầu '
    'để vào ô sau, chỗ ấy do người kế tiếp để lại. <span class="to">Ô xanh</span>: chỗ đang trống được lấp. '
    '<span class="gone">Ô viền đứt</span>: chỗ còn trống sau phương án.</p>'
)
_STYLE = """
body{font-family:system-ui,sans-serif;margin:2rem auto;max-width:64rem;padding:0 1rem;color:#1b1b1b;line-height:1.4}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem;font-size:.9rem}
th,td{border:1px solid #b8b8b8;padding:.25rem .5rem;text-align:left;vertical-align:top}
th{background:#e8eef5}td.n{text-align:right;font-variant-numeric:tabular-nums}
tr.tight td{background:#fff3d6}figure{margin:0 0 .5rem}rect{stroke:#555}svg{max-width:100%;height:auto}
.lead{font-size:1.15rem}.legend{font-size:.9rem}.legend span{
white-space:nowrap;padding:0 .4rem;border:1px solid #555;border-radius:3px}
.to{background:#dcefdc}.gone{border-style:dashed!important}summary{cursor:pointer;margin:1rem 0}
summary h2{display:inline;font-size:1.2rem}figcaption{font-size:.85rem}
@media print{body{margin:0;max-width:none}h2{break-after:avoid}
tr,svg{break-inside:avoid}thead{display:table-header-group}}
"""


def render(problem: Problem, result: Result) -> str:
    """The page as text."""
    parts = [
        '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>Phương án luân chuyển</title><style>{_STYLE}</style></head><body>",
        f'<h1>Phương án luân chuyển</h1><p class="lead">{escape(lead(result))}</p><table><tbody>',
        *(f'<tr><th scope="row">{escape(label)}</th><td>{escape(value)}</td></tr>'
          for label, value in summary(problem, result)),
        "</tbody></table>",
    ]  # fmt: skip
    rounds, *others = [table for table in tables(problem, result) if table.rows]
    parts += [_table(rounds), _LEGEND]
    parts += [_round(problem, result, when) for when in range(1, problem.rules.rounds + 1)]
    parts += [_folded(table) if len(table.rows) > _FOLD else _table(table) for table in others]
    parts.append("</body></html>\n")
    return "\n".join(parts)


def _round(problem: Problem, result: Result, when: int) -> str:
    found = chains(problem, result, when)
    count = sum(len(people) for people, _ in found)
    head = f"<h2>Đợt {when}: {count} người chuyển, {len(found)} chuỗi</h2>"
    return head + "".join(_chain(problem, result, people, cycle) for people, cycle in found)


def _chain(problem: Problem, result: Result, people: list[int], is_cycle: bool) -> str:
    """One chain: the seat each leaves, an arrow with the name, and the seat the last one enters."""
    target = {person: seat for person, seat, _ in result.moves}
    start = int(problem.people.seat[people[0]])
    boxes = [place_of(problem, start) if start >= 0 else "chưa có vị trí"]
    boxes += [place_of(problem, target[person]) for person in people]
    names = [problem.people.ids[person] for person in people]
    lines = (len(boxes) - 1) // _PER_LINE + 1
    width = min(len(boxes), _PER_LINE) * (_BOX + _GAP)
    label = escape("; ".join(f"{name} đến {box}" for name, box in zip(names, boxes[1:], strict=True)))
    size = f'viewBox="0 0 {width} {lines * _ROW}" width="{width}" height="{lines * _ROW}"'
    drawn = [f'<figure><svg role="img" aria-label="{label}" {size} font-size="12">']
    for place, box in enumerate(boxes):
        x, y = (place % _PER_LINE) * (_BOX + _GAP), (place // _PER_LINE) * _ROW + 8
        is_filled = place == len(boxes) - 1 and not is_cycle
        is_left_empty = place == 0 and start >= 0 and start not in target.values()
        drawn.append(_box(x, y, box, is_filled, is_left_empty))
        if place < len(boxes) - 1:
            drawn.append(_arrow(x + _BOX + 1, y + _HEIGHT // 2, names[place]))
    closing = "<figcaption>Chuỗi khép kín: người cuối vào chỗ của người đầu.</figcaption>" if is_cycle else ""
    return "".join(drawn) + f"</svg>{closing}</figure>"


def _box(x: int, y: int, text: str, is_filled: bool, is_left_empty: bool) -> str:
    fill = "#dcefdc" if is_filled else "#e8eef5"
    dashes = ' stroke-dasharray="5 3"' if is_left_empty else ""
    middle = x + 1 + _BOX / 2
    return (
        f'<rect x="{x + 1}" y="{y}" width="{_BOX}" height="{_HEIGHT}" rx="5" fill="{fill}"{dashes}/>'
        f'<text x="{middle}" y="{y + 21}" text-anchor="middle">{escape(_short(text, 20))}</text>'
    )


def _short(text: str, most: int) -> str:
    """A name that fits its place in the picture; the tables have it whole."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _arrow(x: int, y: int, name: str) -> str:
    end = x + _GAP - 4
    return (f'<line x1="{x}" y1="{y}" x2="{end}" y2="{y}" stroke="#222" stroke-width="1.5"/>'
            f'<path d="M{end} {y} l-8 -4 v8 z" fill="#222"/>'
            f'<text x="{x + _GAP / 2}" y="{y - 5}" text-anchor="middle">{escape(_short(name, 14))}</text>')  # fmt: skip


def _folded(table: Table) -> str:
    """A long table behind its title; without scripts, by the browser alone."""
    whole = _table(table)
    title, rest = f"<h2>{escape(table.title)}</h2>", whole.partition("</h2>")[2]
    return f"<details><summary>{title} ({len(table.rows)} dòng)</summary>{rest}</details>"


def _table(table: Table) -> str:
    heads = "".join(f'<th scope="col">{escape(text)}</th>' for text in table.heads)
    slack = next((k for k, head in enumerate(table.heads) if head.startswith("Còn dư")), -1)
    rows = []
    for values in table.rows:
        tight = ' class="tight"' if slack >= 0 and float(values[slack]) <= 0 else ""
        cells = "".join(
            f"<td>{escape(value)}</td>"
            if isinstance(value, str)
            else f'<td class="n">{number_in_words(value)}</td>'
            for value in values
        )
        rows.append(f"<tr{tight}>{cells}</tr>")
    body = "".join(rows)
    note = f'<p class="legend">{escape(table.note)}</p>' if table.note else ""
    return f"<h2>{escape(table.title)}</h2>{note}<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
