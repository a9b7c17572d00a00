"""How well and how fast drafts are checked: precision, recall, single-digit mutations and 200 pages.

Drafts are generated from templates with figures that add up (`right_paragraph`); a fault is planted in some
of them.
Precision: share of the alarms that stand in a paragraph with a planted fault. Recall: share of the paragraphs
with a planted fault in which an alarm stands. Mutations: one digit of one checkable figure of a right
paragraph is changed.
"""

# ruff: noqa: E501  (the templates are whole sentences)

from __future__ import annotations

import argparse
import itertools
import random
import resource
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

Values = dict[str, str]


@dataclass(frozen=True)
class Written:
    """template: text with fields; values: what is printed; checkable: fields whose change must be noticed."""

    template: str
    values: Values
    checkable: tuple[str, ...]
    planted: tuple[tuple[str, str, str], ...] = ()

    @property
    def text(self) -> str:
        return self.template.format(**self.values)

    def with_(self, field: str, printed: str) -> str:
        return self.template.format(**{**self.values, field: printed})


def vn(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def percent(num: int, den: int, digits: int = 2) -> str:
    scaled = Fraction(num, den) * 100 * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return f"{whole / 10**digits:.{digits}f}".replace(".", ",")


def split(rng: random.Random, total: int, parts: int, least: int = 2) -> list[int]:
    cuts = sorted(rng.sample(range(1, total - least * parts + parts), parts - 1))
    sizes = [b - a for a, b in zip([0, *cuts], [*cuts, total - least * parts + parts], strict=True)]
    return [size + least - 1 for size in sizes]


def swapped(rng: random.Random, printed: str) -> str:
    """The printed figure with two neighbouring different digits exchanged, or one digit changed when there
    are none."""
    spots = [i for i, c in enumerate(printed) if c.isdigit()]
    pairs = [
        (a, b) for a, b in itertools.pairwise(spots) if printed[a] != printed[b] and (a or printed[b] != "0")
    ]
    if not pairs:
        return mutated(rng, printed)
    a, b = rng.choice(pairs)
    letters = list(printed)
    letters[a], letters[b] = letters[b], letters[a]
    return "".join(letters)


def mutated(rng: random.Random, printed: str) -> str:
    spots = [i for i, c in enumerate(printed) if c.isdigit()]
    at = rng.choice(spots)
    options = [
        d for d in "0123456789" if d != printed[at] and not (d == "0" and at == spots[0] and len(spots) > 1)
    ]
    return printed[:at] + rng.choice(options) + printed[at + 1 :]


def _congress(rng: random.Random) -> Written:
    total = rng.randint(150, 480)
    old, new = split(rng, total, 2, 20)
    women = rng.randint(20, total // 3)
    fields = {
        "w": vn(total), "a": vn(old), "b": vn(new), "c": vn(women),
        "pa": percent(old, total), "pb": percent(new, total), "pc": percent(women, total),
    }  # fmt: skip
    opening = rng.choice(
        [
            "Tổng số cấp ủy viên được bầu là {w} đồng chí",
            "Các đảng bộ đã bầu {w} đồng chí vào cấp ủy khóa mới",
        ]
    )
    text = (
        opening
        + ", trong đó tái cử {a} đồng chí ({pa}%), tham gia lần đầu {b} đồng chí ({pb}%), nữ {c} đồng chí ({pc}%)."
    )
    planted = (("other_base", "pc", percent(women, old)),)
    return Written(text, fields, ("w", "a", "b", "c", "pa", "pb", "pc"), planted)


def _levels(rng: random.Random) -> Written:
    total = rng.randint(2_000, 30_000)
    a, b, c = split(rng, total, 3, 150)
    text = rng.choice(
        [
            (
                "Toàn tỉnh hiện có {w} người hưởng lương (cấp tỉnh {a} người, cấp huyện {b} người, cấp xã {c} "
                "người)."
            ),
            (
                "Đến hết năm, biên chế có mặt là {w} người, gồm: cấp tỉnh {a} người; cấp huyện {b} người; cấp "
                "xã {c} người."
            ),
        ]
    )
    return Written(
        text,
        {"w": vn(total), "a": vn(a), "b": vn(b), "c": vn(c)},
        ("w", "a", "b", "c"),
        (("part", "b", vn(b + rng.randint(11, 99))),),
    )


def _degrees(rng: random.Random) -> Written:
    total = rng.randint(800, 9_000)
    a, b, c = split(rng, total, 3, 12)
    text = "Trong nhiệm kỳ đã cử đi đào tạo {w} đồng chí (đại học {a} đồng chí, thạc sĩ {b} đồng chí, tiến sĩ {c} đồng chí)."
    return Written(text, {"w": vn(total), "a": vn(a), "b": vn(b), "c": vn(c)}, ("w", "a", "b", "c"))


def _ratio(rng: random.Random) -> Written:
    den = rng.randint(45, 320)
    num = rng.randint(den // 4, den - 3)
    unit = rng.choice(["xã, phường", "chi bộ", "đồng chí", "cơ quan", "hồ sơ"])
    digits = rng.choice([1, 2])
    text = rng.choice(
        [
            "Đến nay có {a}/{w} " + unit + " hoàn thành ({p}%).",
            "Kết quả: {a}/{w} " + unit + " đạt yêu cầu, chiếm {p}%.",
            "Đã thực hiện tại {a} trên tổng số {w} " + unit + ", đạt tỷ lệ {p}%.",
        ]
    )
    planted = (("other_base", "p", percent(num, den + rng.randint(5, 20), digits)),)
    return Written(
        text, {"a": vn(num), "w": vn(den), "p": percent(num, den, digits)}, ("a", "w", "p"), planted
    )


def _surplus(rng: random.Random) -> Written:
    seats = rng.randint(30, 75)
    nominees = seats + rng.randint(5, 12)
    values = {"n": vn(nominees), "s": vn(seats), "p": percent(nominees - seats, seats)}
    text = rng.choice(
        [
            "Danh sách bầu cử có {n} đồng chí, số lượng được bầu là {s} đồng chí (số dư {p}%).",
            "Đại hội giới thiệu {n} đồng chí để bầu {s} đồng chí, số dư {p}%.",
        ]
    )
    return Written(
        text, values, ("n", "s", "p"), (("surplus_base", "p", percent(nominees - seats, nominees)),)
    )


def _reduced(rng: random.Random) -> Written:
    old = rng.randint(120, 2_400)
    new = old - rng.randint(15, old // 4)
    values = {"o": vn(old), "n": vn(new), "d": vn(old - new), "p": percent(old - new, old, 1)}
    unit = rng.choice(["đầu mối", "phòng", "đơn vị", "thôn, tổ dân phố"])
    text = (
        "Sau sắp xếp, giảm từ {o} "
        + unit
        + " xuống còn {n} "
        + unit
        + " (giảm {d} "
        + unit
        + ", tương ứng {p}%)."
    )
    return Written(text, values, ("o", "n", "d", "p"), (("new_base", "p", percent(old - new, new, 1)),))


def _against(rng: random.Random) -> Written:
    old = rng.randint(110, 800)
    step = rng.randint(11, 90)
    values = {"n": vn(old + step), "d": vn(step), "o": vn(old)}
    text = rng.choice(
        [
            "Trong năm đã kết nạp {n} đảng viên, tăng {d} đảng viên so với năm trước ({o} đảng viên).",
            "Thi hành kỷ luật {n} trường hợp, tăng {d} trường hợp so với cùng kỳ năm trước ({o} trường hợp).",
        ]
    )
    return Written(text, values, ("n", "d", "o"))


def _points(rng: random.Random) -> Written:
    old = rng.randint(300, 700)
    step = rng.randint(15, 200)
    values = {
        "o": f"{old // 10},{old % 10}",
        "n": f"{(old + step) // 10},{(old + step) % 10}",
        "d": f"{step // 10},{step % 10}",
    }
    text = "Tỷ lệ cán bộ có trình độ đại học trở lên tăng từ {o}% đầu nhiệm kỳ lên {n}% hiện nay (tăng {d}%)."
    return Written(text, values, ("o", "n", "d"))


def _votes(rng: random.Random) -> Written:
    total = rng.randint(200, 450)
    bad = rng.randint(3, 25)
    values = {
        "w": vn(total),
        "a": vn(total - bad),
        "b": vn(bad),
        "p": percent(total - bad, total),
        "q": percent(bad, total),
    }
    text = "Số phiếu thu vào {w} phiếu, trong đó hợp lệ {a} phiếu ({p}%), không hợp lệ {b} phiếu ({q}%)."
    return Written(text, values, ("w", "a", "b", "p", "q"))


def _lines(rng: random.Random) -> Written:
    total = rng.randint(300, 2_500)
    a, b, c = split(rng, total, 3, 30)
    values = {
        "w": vn(total),
        "a": vn(a),
        "b": vn(b),
        "c": vn(c),
        "pa": percent(a, total),
        "pb": percent(b, total),
        "pc": percent(c, total),
    }
    text = "Tổng số công chức: {w} người. Trong đó:\n- Khối Đảng, đoàn thể: {a} người ({pa}%);\n- Khối chính quyền: {b} người ({pb}%);\n- Đơn vị sự nghiệp: {c} người ({pc}%)."
    return Written(text, values, ("pa", "pb", "pc"))


def _ratings(rng: random.Random) -> Written:
    total = rng.randint(400, 3_000)
    a, b, c, d = split(rng, total, 4, 5)
    values = {"w": vn(total), "a": vn(a), "b": vn(b), "c": vn(c), "d": vn(d)}
    values |= {f"p{name}": percent(int(values[name].replace(".", "")), total) for name in "abcd"}
    text = (
        "Đánh giá, xếp loại {w} cán bộ, công chức: hoàn thành xuất sắc nhiệm vụ {a} người ({pa}%), hoàn "
        "thành tốt {b} người"
        " ({pb}%), hoàn thành nhiệm vụ {c} người ({pc}%), không hoàn thành nhiệm vụ {d} người ({pd}%)."
    )
    return Written(text, values, ("w", "a", "b", "c", "d", "pa", "pb", "pc", "pd"))


def _petitions(rng: random.Random) -> Written:
    total = rng.randint(300, 1_500)
    a, b, c = split(rng, total, 3, 20)
    text = "Tiếp nhận {w} đơn các loại, gồm {a} đơn khiếu nại, {b} đơn tố cáo và {c} đơn kiến nghị, phản ánh."
    return Written(text, {"w": vn(total), "a": vn(a), "b": vn(b), "c": vn(c)}, ("w", "a", "b", "c"))


def _discipline(rng: random.Random) -> Written:
    total = rng.randint(60, 240)
    a, b, c, d = split(rng, total, 4, 3)
    values = {"w": vn(total), "a": vn(a), "b": vn(b), "c": vn(c), "d": vn(d)}
    text = "Đã thi hành kỷ luật {w} đảng viên (khiển trách {a}, cảnh cáo {b}, cách chức {c}, khai trừ {d})."
    return Written(text, values, ("w", "a", "b", "c", "d"))


def _rest(rng: random.Random) -> Written:
    total = rng.randint(90, 900)
    rest = rng.randint(5, total // 3)
    values = {"a": vn(total - rest), "w": vn(total), "r": vn(rest)}
    text = "Đã giải quyết {a}/{w} vụ việc thuộc thẩm quyền, còn lại {r} vụ việc đang xem xét."
    return Written(text, values, ("w", "a", "r"))


def _times(rng: random.Random) -> Written:
    current = rng.randint(25, 75)
    planned = current * rng.randint(12, 27) // 10
    values = {"a": vn(planned), "k": percent(planned, current * 100, 1), "w": vn(current)}
    text = "Quy hoạch cấp ủy nhiệm kỳ tới có {a} đồng chí, đạt {k} lần so với số lượng cấp ủy đương nhiệm ({w} đồng chí)."
    return Written(text, values, ("k",))


def _total_last(rng: random.Random) -> Written:
    a, b, c = (rng.randint(20, 300) for _ in range(3))
    values = {"a": vn(a), "b": vn(b), "c": vn(c), "w": vn(a + b + c)}
    text = "Huyện thứ nhất cử {a} người, huyện thứ hai cử {b} người, huyện thứ ba cử {c} người; tổng cộng {w} người."
    return Written(text, values, ("a", "b", "c", "w"))


def _communes(rng: random.Random) -> Written:
    total = rng.randint(90, 260)
    a, b, c = split(rng, total, 3, 4)
    values = {"w": vn(total), "a": vn(a), "b": vn(b), "c": vn(c)}
    return Written(
        "Tỉnh có {w} đơn vị hành chính cấp xã ({a} xã, {b} phường, {c} thị trấn).",
        values,
        ("w", "a", "b", "c"),
    )


CHECKED: tuple[Callable[[random.Random], Written], ...] = (
    _congress, _levels, _degrees, _ratio, _surplus, _reduced, _against, _points, _votes, _lines, _ratings, _petitions,
    _discipline, _rest, _times, _total_last, _communes,
)  # fmt: skip

_NOISE = (
    (
        "Thực hiện Nghị quyết số {a}-NQ/TW ngày {d}/{m}/2019 và Kế hoạch số {b}-KH/TU, các cấp ủy đã tổ chức "
        "{c} hội nghị với {e} lượt người tham dự."
    ),
    (
        "Nhiệm kỳ 2015-2020, Đảng bộ có {c} chi bộ trực thuộc, {e} đảng viên; bình quân mỗi năm kết nạp {b} "
        "đảng viên."
    ),
    (
        "Bổ nhiệm {a} đồng chí, trong đó nữ {d} đồng chí; bổ nhiệm lại {b} đồng chí; điều động {c} đồng chí; "
        "nghỉ hưu {m} đồng chí."
    ),
    "Tỷ lệ nữ trong cấp ủy tăng {d},{m}%, vượt chỉ tiêu từ 15% trở lên; cán bộ dưới 40 tuổi đạt trên 10%.",
    (
        "Lúc 7h30 ngày {d}/{m}, tại Hội trường {a}B, hội nghị lần thứ {d} đã thảo luận {m} chuyên đề trong {d} "
        "buổi làm việc."
    ),
    (
        "Mở {c} lớp bồi dưỡng cho {e} lượt học viên; cử {a} đồng chí học cao cấp lý luận chính trị; cấp {b} "
        "chứng chỉ."
    ),
    (
        "Kiểm tra {b} tổ chức đảng và {c} đảng viên; giám sát {a} tổ chức đảng, kết luận {d} tổ chức có khuyết "
        "điểm."
    ),
    (
        "Thu ngân sách đạt {e} tỷ đồng, bằng 10{d},{m}% dự toán; có {a} xã đạt chuẩn nông thôn mới, thu nhập "
        "bình quân {b},{m} triệu đồng/người."
    ),
    (
        "Cơ cấu ba độ tuổi: dưới 40 tuổi, từ 40 đến 50 tuổi, trên 50 tuổi; đồng chí trẻ nhất {b} tuổi, cao tuổi "
        "nhất 6{m} tuổi."
    ),
)


def noise(rng: random.Random) -> str:
    numbers = {
        "a": rng.randint(20, 99),
        "b": rng.randint(30, 48),
        "c": rng.randint(100, 400),
        "d": rng.randint(2, 9),
        "m": rng.randint(1, 9),
        "e": vn(rng.randint(1_000, 9_000)),
    }
    return rng.choice(_NOISE).format(**numbers)


def _says_the_same(written: Written, field: str, printed: str) -> bool:
    """A changed share that is still within two units of its last digit may be a rounding, not a fault."""
    before = written.values[field]
    if "," not in before:
        return printed == before
    ulp = 10 ** -len(before.partition(",")[2])
    return abs(float(printed.replace(",", ".")) - float(before.replace(",", "."))) < 2 * ulp


def planted(rng: random.Random, written: Written) -> tuple[str, str] | None:
    """(kind of fault, faulty text); None when the attempt says the same as before."""
    kinds = [
        ("transposed", field, swapped(rng, written.values[field]))
        for field in rng.sample(written.checkable, 1)
    ]
    kinds += [
        ("digit", field, mutated(rng, written.values[field])) for field in rng.sample(written.checkable, 1)
    ]
    kinds += list(written.planted)
    kind, field, printed = rng.choice(kinds)
    return None if _says_the_same(written, field, printed) else (kind, written.with_(field, printed))


def _alarms(paragraphs: list[str]) -> list[int]:
    """How many alarms stand in each paragraph of a draft."""
    from hientai.engines.figures.check import check_draft
    from hientai.engines.figures.findings import FAULTS
    from hientai.engines.figures.reading.plain import draft_of

    lines = [paragraph.count("\n") + 1 for paragraph in paragraphs]
    found = check_draft(draft_of("\n".join(paragraphs)))
    owner = [index for index, count in enumerate(lines) for _ in range(count)]
    counts = [0] * len(paragraphs)
    for finding in [*found.shares, *found.sums]:
        if finding.verdict in FAULTS:
            counts[owner[int(finding.where.name.removeprefix("dòng ")) - 1]] += 1
    return counts


def quality(drafts: int, seed: int) -> dict[str, object]:
    """Precision and recall over generated drafts of eight paragraphs, about two of which carry a fault."""
    rng = random.Random(seed)
    true = false = faulty = found = 0
    missed: Counter[str] = Counter()
    for _ in range(drafts):
        paragraphs, faults = [], []
        for _ in range(8):
            if rng.random() < 0.35:
                paragraphs.append(noise(rng))
                faults.append("")
                continue
            maker = rng.choice(CHECKED)
            written = maker(rng)
            fault = planted(rng, written) if rng.random() < 0.4 else None
            paragraphs.append(fault[1] if fault else written.text)
            faults.append(f"{maker.__name__.strip('_')}:{fault[0]}" if fault else "")
        for fault, alarms in zip(faults, _alarms(paragraphs), strict=True):
            true += alarms if fault else 0
            false += 0 if fault else alarms
            faulty += bool(fault)
            found += bool(fault) and alarms > 0
            missed[fault] += bool(fault) and not alarms
    return {
        "alarms": true + false, "false_alarms": false, "planted": faulty, "found": found,
        "precision": true / (true + false) if true + false else 1.0, "recall": found / faulty if faulty else 1.0,
        "missed": {name: count for name, count in missed.most_common() if count},
    }  # fmt: skip


def mutations(trials: int, seed: int) -> dict[str, object]:
    """One digit of a right paragraph changed: how often is there an alarm, and how often without a change."""
    rng = random.Random(seed)
    noticed = told = alarms_without = 0
    missed: Counter[str] = Counter()
    while told < trials:
        maker = rng.choice(CHECKED)
        written = maker(rng)
        field = rng.choice(written.checkable)
        printed = mutated(rng, written.values[field])
        if _says_the_same(written, field, printed):
            continue
        told += 1
        alarm = sum(_alarms([written.with_(field, printed)])) > 0
        noticed += alarm
        missed[f"{maker.__name__.strip('_')}.{field}"] += not alarm
        alarms_without += sum(_alarms([written.text])) > 0
    return {
        "mutants": told,
        "noticed": noticed,
        "rate": noticed / told,
        "alarms_on_right_text": alarms_without,
        "missed": dict(missed.most_common(12)),
    }


def pages(count: int, seed: int) -> list[str]:
    """`count` pages of about 3,000 characters."""
    rng = random.Random(seed)
    made = []
    for _ in range(count):
        page: list[str] = []
        while sum(map(len, page)) < 3_000:
            page.append(noise(rng) if rng.random() < 0.6 else rng.choice(CHECKED)(rng).text)
        made.append("\n".join(page))
    return made


def word_file(made: list[str], folder: Path) -> Path:
    """The pages as a docx, in runs of forty letters as Word writes them."""
    from docx import Document

    document = Document()
    for line in "\n".join(made).split("\n"):
        paragraph = document.add_paragraph()
        for start in range(0, len(line), 40):
            paragraph.add_run(line[start : start + 40])
    document.save(str(folder / "pages.docx"))
    return folder / "pages.docx"


def timed(name: str, act: Callable[[], object], repeat: int) -> dict[str, object]:
    """One row: medians of `repeat` runs."""
    wall, cpu = [], []
    for _ in range(repeat):
        start, used = time.perf_counter(), time.process_time()
        act()
        wall.append(time.perf_counter() - start)
        cpu.append(time.process_time() - used)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "name": name,
        "seconds": statistics.median(wall),
        "cpu_seconds": statistics.median(cpu),
        "memory_mb": memory,
    }


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--drafts", type=int, default=400, help="generated drafts for precision and recall")
    parser.add_argument("--mutants", type=int, default=600)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--file", type=Path, help="also time reading and checking this file (pdf, docx, ...)")


def run(options: argparse.Namespace) -> dict[str, object]:
    """Quality and speed; the floor of speed is splitting the same text into numbers with one regular
    expression."""
    import re

    from hientai.engines.figures.check import check_draft, check_file
    from hientai.engines.figures.reading.plain import draft_of

    made = pages(options.pages, options.seed)
    text = "\n".join(made)
    size = f"{options.pages} pages ({len(text):,} characters)"
    rows = [timed(f"check {size}", lambda: check_draft(draft_of(text)), options.repeat)]
    floor = timed("numbers", lambda: list(re.finditer(r"\d[\d.,]*", text)), options.repeat)
    with tempfile.TemporaryDirectory() as folder:
        path = word_file(made, Path(folder))
        rows.append(timed(f"read and check {size} as docx", lambda: check_file(path), options.repeat))
    if options.file:
        rows.append(
            timed(f"read and check {options.file.name}", lambda: check_file(options.file), options.repeat)
        )
    return {
        "rows": rows,
        "ratio_to_floor": float(str(rows[0]["cpu_seconds"])) / max(float(str(floor["cpu_seconds"])), 1e-9),
        "ratio_to_peer": None,
        "quality": quality(options.drafts, options.seed),
        "mutations": mutations(options.mutants, options.seed),
    }


if __name__ == "__main__":
    import json

    arguments = argparse.ArgumentParser()
    add_arguments(arguments)
    print(json.dumps(run(arguments.parse_args()), ensure_ascii=False, indent=1))
