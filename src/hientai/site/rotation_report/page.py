"""Renders a rotation plan as one standalone page: no script, nothing fetched, prints well.

Each round is drawn as its chains: boxes are seats, arrows the people who move between them.
"""

from __future__ import annotations

from html import escape

from hientai.engines.rotation.problem import Problem
from hientai.engines.rotation.result import Result
from hientai.engines.wording import Sentence, say
from hientai.site.rotation_report.names import Names
from hientai.site.rotation_report.rows import Table, chains, lead, number_in_words, summary, tables
from hientai.site.rotation_report.speaking import Translate, spoken

_BOX, _GAP, _HEIGHT, _ROW = 142, 104, 44, 62
_PER_LINE = 4
_LETTERS = 22  # of 12 px that fit into a box
_FOLD = 25  # longer tables are folded; a printed page shows what is unfolded
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


def render(problem: Problem, result: Result, translate: Translate = str) -> str:
    """The page as text, in the language of `translate`."""
    return _Page(problem, result, translate).render()


class _Page:
    """One plan in one language."""

    def __init__(self, problem: Problem, result: Result, translate: Translate) -> None:
        self._problem, self._result, self._translate = problem, result, translate
        self._names = Names(problem)

    def _text(self, sentence: Sentence | str) -> str:
        """Words as they may stand in the page."""
        return escape(spoken(sentence, self._translate))

    def render(self) -> str:
        title = self._text(say("Phương án luân chuyển"))
        language = "vi" if self._translate is str else "en"
        parts = [
            f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width,initial-scale=1">',
            f"<title>{title}</title><style>{_STYLE}</style></head><body><main>",
            f'<h1>{title}</h1><p class="lead">{" ".join(map(self._text, lead(self._result)))}</p><table><tbody>',
            *(f'<tr><th scope="row">{self._text(label)}</th><td>{self._text(value)}</td></tr>'
              for label, value in summary(self._problem, self._result)),
            "</tbody></table>",
        ]  # fmt: skip
        rounds, *others = [table for table in tables(self._problem, self._result) if table.rows]
        parts += [self._table(rounds), self._legend()]
        parts += [self._round(when) for when in range(1, self._problem.rules.rounds + 1)]
        for table in others:
            is_long = len(table.rows) > _FOLD and not table.is_always_open
            parts.append(self._folded(table) if is_long else self._table(table))
        parts.append("</main></body></html>\n")
        return "\n".join(parts)

    def _legend(self) -> str:
        words = say("Đọc hình: mỗi ô là một vị trí và đơn vị của nó, mũi tên là người chuyển. Người rời ô đầu "
                    "để vào ô sau, chỗ ấy do người kế tiếp để lại.")  # fmt: skip
        filled, left = (
            say("Ô xanh: chỗ đang trống được lấp."),
            say("Ô viền đứt: chỗ còn trống sau phương án."),
        )
        return (f'<p class="legend">{self._text(words)} <span class="to">{self._text(filled)}</span> '
                f'<span class="gone">{self._text(left)}</span></p>')  # fmt: skip

    def _round(self, when: int) -> str:
        found = chains(self._problem, self._result, when)
        count = sum(len(people) for people, _ in found)
        words = say(
            "Đợt {round}: {count} người chuyển, {chains} chuỗi", round=when, count=count, chains=len(found)
        )
        return f"<h2>{self._text(words)}</h2>" + "".join(
            self._chain(people, cycle) for people, cycle in found
        )

    def _chain(self, people: list[int], is_cycle: bool) -> str:
        """One chain: the seat each leaves, an arrow with the name, and the seat the last one enters."""
        problem, names = self._problem, self._names
        target = {person: seat for person, seat, _ in self._result.moves}
        start = int(problem.people.seat[people[0]])
        places = ([start] if start >= 0 else []) + [target[person] for person in people]
        nowhere = (spoken(say("chưa có vị trí"), self._translate), "")
        boxes = ([] if start >= 0 else [nowhere]) + [names.seat_and_unit(place) for place in places]
        reached = zip(people, (target[person] for person in people), strict=True)
        label = escape("; ".join(f"{names.person(person)} → {names.seat(seat)}" for person, seat in reached))
        lines = (len(boxes) - 1) // _PER_LINE + 1
        width, height = min(len(boxes), _PER_LINE) * (_BOX + _GAP), lines * _ROW
        size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        drawn = [f'<figure><svg role="img" aria-label="{label}" {size} font-size="12">']
        for place, box in enumerate(boxes):
            x, y = (place % _PER_LINE) * (_BOX + _GAP), (place // _PER_LINE) * _ROW + 8
            is_filled = place == len(boxes) - 1 and not is_cycle
            is_left_empty = place == 0 and start >= 0 and start not in target.values()
            drawn.append(_box(x, y, box, is_filled, is_left_empty))
            if place < len(boxes) - 1:
                drawn.append(_arrow(x + _BOX + 1, y + _HEIGHT // 2, names.arrow(people[place])))
        closing = say("Chuỗi khép kín: người cuối vào chỗ của người đầu.")
        caption = f"<figcaption>{self._text(closing)}</figcaption>" if is_cycle else ""
        return "".join(drawn) + f"</svg>{caption}</figure>"

    def _folded(self, table: Table) -> str:
        """A long table behind its title; without scripts, by the browser alone."""
        title = f"<h2>{self._text(table.title)}</h2>"
        count = self._text(say("{count} dòng", count=len(table.rows)))
        return f"<details><summary>{title} ({count})</summary>{self._body(table)}</details>"

    def _table(self, table: Table) -> str:
        return f"<h2>{self._text(table.title)}</h2>{self._body(table)}"

    def _body(self, table: Table) -> str:
        heads = "".join(f'<th scope="col">{self._text(head)}</th>' for head in table.heads)
        rows = []
        for values in table.rows:
            tight = ' class="tight"' if table.is_tight(values) else ""
            cells = "".join(
                f'<td class="n">{number_in_words(value)}</td>'
                if isinstance(value, int | float)
                else f"<td>{self._text(value)}</td>"
                for value in values
            )
            rows.append(f"<tr{tight}>{cells}</tr>")
        note = f'<p class="legend">{self._text(table.note)}</p>' if table.note else ""
        return f"{note}<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _box(x: int, y: int, words: tuple[str, str], is_filled: bool, is_left_empty: bool) -> str:
    """A seat: its title, and its unit on a line of its own."""
    fill = "#dcefdc" if is_filled else "#e8eef5"
    dashes = ' stroke-dasharray="5 3"' if is_left_empty else ""
    lines = [line for line in words if line]
    first = y + (19 if len(lines) > 1 else 27)
    text = "".join(
        f'<text x="{x + 1 + _BOX / 2}" y="{first + 16 * number}" text-anchor="middle">'
        f"{escape(_short(line, _LETTERS))}</text>"
        for number, line in enumerate(lines)
    )
    return f'<rect x="{x + 1}" y="{y}" width="{_BOX}" height="{_HEIGHT}" rx="5" fill="{fill}"{dashes}/>{text}'


def _short(text: str, most: int) -> str:
    """A name that fits its place in the picture; the tables have it whole."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _arrow(x: int, y: int, name: str) -> str:
    end = x + _GAP - 4
    return (f'<line x1="{x}" y1="{y}" x2="{end}" y2="{y}" stroke="#222" stroke-width="1.5"/>'
            f'<path d="M{end} {y} l-8 -4 v8 z" fill="#222"/>'
            f'<text x="{x + _GAP / 2}" y="{y - 5}" text-anchor="middle">{escape(_short(name, 17))}</text>')  # fmt: skip
