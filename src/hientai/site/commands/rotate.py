"""`hientai rotate DIR`: the best rotation plan of a problem folder, with proof, rules, prices and reasons."""

from __future__ import annotations

import argparse
import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hientai.engines.errors import BadInput
from hientai.site.command_line import ANSWERED, FAULTS_FOUND, NOT_FEASIBLE, Answer
from hientai.site.interruptible import Search

if TYPE_CHECKING:
    from hientai.engines.rotation import Problem, Result

SUMMARY = "lập phương án luân chuyển có chứng minh / plan a rotation with proof"
STATELESS = True
LANGUAGES = ("vi", "en")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "dir", metavar="DIR", type=Path, help="thư mục units.csv seats.csv people.csv pairs.csv rules.yaml"
    )
    parser.add_argument(
        "--seed", type=_natural, default=0, help="số hạt giống; cùng số, cùng kết quả với --work"
    )
    parser.add_argument(
        "--work", type=_positive(int), help="giới hạn khối lượng tính, lặp lại được trên mọi máy"
    )
    parser.add_argument(
        "--time", type=_positive(float), help="giới hạn số giây (mặc định 60 nếu không có --work)"
    )
    parser.add_argument("--out", type=Path, help="thư mục nhận moves.csv, result.json, plan.xlsx, plan.html")
    parser.add_argument(
        "--language", choices=LANGUAGES, default="vi", help="ngôn ngữ của plan.xlsx và plan.html"
    )
    parser.add_argument("--check", type=Path, metavar="MOVES.csv", help="chỉ kiểm tra một phương án sửa tay")
    parser.add_argument("--start", type=Path, metavar="MOVES.csv", help="bắt đầu từ một phương án có sẵn")
    parser.add_argument(
        "--pin", action="append", default=[], metavar="NGƯỜI,VỊ_TRÍ,ĐỢT", help="ấn định một nước đi"
    )
    parser.add_argument(
        "--forbid", action="append", default=[], metavar="NGƯỜI,VỊ_TRÍ,ĐỢT", help="cấm một nước đi"
    )
    parser.add_argument("--what-if", action="store_true",
                        help="chỉ tính cái giá của từng nước đi ghi ở --pin và --forbid")  # fmt: skip
    parser.add_argument("--progress", action="store_true", help="ghi tiến độ ra luồng lỗi chuẩn")


def answer(options: argparse.Namespace) -> Answer:
    if options.out and options.out.exists() and not options.out.is_dir():
        raise BadInput("bad_arguments", "--out phải là một thư mục", str(options.out))
    problem = read_folder_of(options)
    if options.check:
        return _checked(problem, options)
    if options.what_if:
        return _what_if(problem, options)
    problem = _with_pins(problem, options)
    start = read_moves(problem, options.start) if options.start else None
    result, interrupted = Search(problem, options, start).answer()
    from hientai.engines.rotation.document import result_document

    document = {**result_document(problem, result), "interrupted": interrupted}
    if options.out:
        write(options.out, problem, result, document, options.language)
    status = NOT_FEASIBLE if result.status == "infeasible" else ANSWERED
    return Answer(document, _text(document), status)


def read_folder_of(options: argparse.Namespace) -> Problem:
    """The problem that the user named."""
    from hientai.engines.rotation import read_folder

    return read_folder(options.dir)


def _natural(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError("phải từ 0 trở lên")
    return value


def _positive(kind: type) -> Any:
    def read(text: str) -> Any:
        value = kind(text)
        if value <= 0:
            raise argparse.ArgumentTypeError("phải lớn hơn 0")
        return value

    return read


def _patterns(problem: Problem, texts: list[str]) -> list[dict[str, Any]]:

    found = []
    for text in texts:
        parts = text.split(",")
        if len(parts) != 3 or not parts[2].isdigit():
            raise BadInput("bad_arguments", f"“{text}” phải có dạng NGƯỜI,VỊ_TRÍ,ĐỢT", text)
        found.append({"person": parts[0], "seat": parts[1], "round": int(parts[2])})
    return found


def _read_patterns(problem: Problem, options: argparse.Namespace) -> tuple[Any, Any]:
    from hientai.engines.rotation.rules_file import rules_from_tree

    tree = {
        "pinned": _patterns(problem, options.pin),
        "forbidden": _patterns(problem, options.forbid),
    }
    extra = rules_from_tree(tree, problem.people, problem.seats, problem.pairs)
    return extra.pinned, extra.forbidden


def _with_pins(problem: Problem, options: argparse.Namespace) -> Problem:
    import dataclasses

    pinned, forbidden = _read_patterns(problem, options)
    rules = dataclasses.replace(
        problem.rules, pinned=problem.rules.pinned + pinned, forbidden=problem.rules.forbidden + forbidden
    )
    return dataclasses.replace(problem, rules=rules)


def read_moves(problem: Problem, path: Path) -> tuple[tuple[int, int, int], ...]:
    """The moves of a file person, seat, round. Raises BadInput for a missing file, column or unknown id."""
    from hientai.engines.wording import say

    if not path.is_file():
        raise BadInput("missing_file", say("Không có tệp {file}", file=path.name), str(path))
    people = {name: index for index, name in enumerate(problem.people.ids)}
    seats = {name: index for index, name in enumerate(problem.seats.ids)}
    moves = []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        words = say("Không đọc được tệp {file}: phải là CSV mã UTF-8 có dòng tiêu đề", file=path.name)
        raise BadInput("unreadable_file", words, str(path)) from error
    with io.StringIO(text, newline="") as file:
        reader = csv.DictReader(file)
        for column in ("person", "seat", "round"):
            if column not in (reader.fieldnames or ()):
                text = say("Thiếu cột {column} trong {file}", column=column, file=path.name)
                raise BadInput("missing_column", text, str(path))
        for line, row in enumerate(reader, 2):
            known = row["person"] in people and row["seat"] in seats and str(row["round"]).isdigit()
            if not known:
                text = say("Không hiểu nước đi {move}", move=f"{row['person']},{row['seat']},{row['round']}")
                raise BadInput("unknown_id", text, f"{path.name}:{line}")
            moves.append((people[row["person"]], seats[row["seat"]], int(row["round"])))
    return tuple(moves)


def _checked(problem: Problem, options: argparse.Namespace) -> Answer:
    """A plan changed by hand: its faults, and its distance from the bound stored beside it."""
    from hientai.engines.rotation import verify

    report = verify(problem, read_moves(problem, options.check))
    bound, source = _known_bound(problem, options.check.parent / "result.json")
    document = {
        "objective": report.objective,
        "moves": report.moves,
        "faults": [{"rule": fault.rule, "text": str(fault.sentence)} for fault in report.faults],
        "missing": [{"rule": f.rule, "where": f.where, "by": -f.slack} for f in report.missing],
        "bound": bound,
        "bound_from": source,
        "distance": None if bound is None else bound - report.objective,
    }
    lines = [f"{report.moves} nước đi, {report.objective} điểm"]
    if bound is not None:
        lines.append(f"Cách cận trên {bound - report.objective} điểm (cận trên {bound})")
    lines += [str(fault.sentence) for fault in report.faults] or ["Không vi phạm quy tắc nào"]
    return Answer(document, "\n".join(lines), FAULTS_FOUND if report.faults else ANSWERED)


def _known_bound(problem: Problem, stored: Path) -> tuple[int | None, str]:
    """The bound of the last search, beside the plan; without one, that of the linear relaxation (slower)."""
    from hientai.engines.rotation.explain import bound_of

    try:
        bound = json.loads(stored.read_text(encoding="utf-8")).get("bound")
    except (OSError, ValueError, AttributeError):
        bound = None
    return (bound, stored.name) if isinstance(bound, int) else (bound_of(problem), "relaxation")


def _what_if(problem: Problem, options: argparse.Namespace) -> Answer:
    """What each forced or forbidden move costs, against the bound of the problem as it is."""
    from hientai.engines.rotation.explain import bound_of, cost_of

    base = bound_of(problem)
    if base is None:
        raise BadInput(
            "no_plan", "Bài toán không có phương án nào, kể cả khi chưa thêm điều kiện", str(options.dir)
        )
    pinned, forbidden = _read_patterns(problem, options)
    rows = []
    for forced, moves, texts in ((True, pinned, options.pin), (False, forbidden, options.forbid)):
        for move, text in zip(moves, texts, strict=True):
            found = cost_of(problem, move, forced, base)
            rows.append({"move": text, "forced": forced, "possible": found.is_possible,
                         "bound": found.bound if found.is_possible else None,
                         "cost": found.cost if found.is_possible else None})  # fmt: skip
    lines = [
        f"{'Buộc' if row['forced'] else 'Cấm'} {row['move']}: "
        + (f"mất {row['cost']} điểm của cận trên" if row["possible"] else "không còn phương án nào")
        for row in rows
    ]
    return Answer({"bound": base, "moves": rows}, "\n".join([f"Cận trên hiện nay: {base}", *lines]))


def write(
    folder: Path, problem: Problem, result: Result, document: dict[str, Any], language: str = "vi"
) -> None:
    """Writes moves.csv, result.json and, when there is a plan, plan.xlsx and plan.html in `language`."""
    from hientai.engines.rotation.document import move_rows

    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "moves.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("person", "seat", "round"))
        writer.writerows(move_rows(problem, result))
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    (folder / "result.json").write_text(text, encoding="utf-8")
    if result.report is not None:
        from hientai.site.rotation_report import page, workbook
        from hientai.site.rotation_report.speaking import translator

        translate = translator(language)
        workbook.write(folder / "plan.xlsx", problem, result, translate)
        (folder / "plan.html").write_text(page.render(problem, result, translate), encoding="utf-8")


_STATUS = {
    "optimal": "Phương án tốt nhất, đã chứng minh",
    "feasible": "Phương án khả thi",
    "infeasible": "Không có phương án nào thỏa mãn mọi quy tắc",
    "unknown": "Dừng trước khi tìm được phương án",
}


def _text(document: dict[str, Any]) -> str:
    lines = [_STATUS[document["status"]]]
    if document["interrupted"]:
        lines.append("Đã ngắt giữa chừng; đây là phương án tốt nhất tìm được đến lúc đó")
    if document["status"] == "infeasible":
        lines.append("Nhóm quy tắc nhỏ nhất mâu thuẫn với nhau:")
        lines += [f"  - {text}" for text in document["conflict"]]
        lines += ["Cách nới ít nhất:"] + [f"  - {row['text']}" for row in document["relaxations"]]
        return "\n".join(lines)
    if document["objective"] is None:
        return lines[0]
    lines.append(f"{document['moves']} nước đi, {document['objective']} điểm; cận trên {document['bound']}, "
                 f"cách nhiều nhất {document['gap']:.3%}")  # fmt: skip
    lines += [f"Đợt {row['round']}: {len(row['moves'])} nước đi" for row in document["rounds"]]
    lines += [f"Còn thiếu {row['by']}: {row['rule']}" for row in document["missing"]]
    lines.append(f"{len(document['unmoved'])} người ở lại, {len(document['empty_seats'])} vị trí trống")
    return "\n".join(lines)
