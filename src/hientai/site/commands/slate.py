"""`slate PROBLEM.json`: the best structure of a group under counts and shares, or why there is none."""

from __future__ import annotations

import argparse

from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.site.command_line import ANSWERED, NOT_FEASIBLE, Answer

SUMMARY = (
    "chọn K trong N người theo cơ cấu, có chứng minh / compose a slate under counts and shares, with proof"
)
STATELESS = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """PROBLEM and what to ask beyond the best slate."""
    parser.add_argument(
        "problem", metavar="PROBLEM.json", help="đề bài (docs/reference/slate.md); - là đầu vào chuẩn"
    )
    parser.add_argument(
        "--best", type=int, default=1, metavar="N", help="đưa ra N phương án tốt nhất khác nhau"
    )
    parser.add_argument(
        "--differ-by", type=int, default=1, metavar="D", help="mỗi phương án khác nhau ít nhất D người"
    )
    parser.add_argument("--costs", action="store_true", help="tính xem mỗi quy tắc làm mất bao nhiêu điểm")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--nodes", type=int, default=None, metavar="N", help="giới hạn số nút tìm kiếm (lặp lại được)"
    )
    parser.add_argument(
        "--time", type=float, default=60.0, metavar="S", help="giới hạn giây cho mỗi lần giải"
    )


def answer(options: argparse.Namespace) -> Answer:
    """The contract's document; status 3 with conflict and relaxations when nothing is feasible."""
    from hientai.engines.integer_program import Stop
    from hientai.engines.slate.answer import as_document, sentences
    from hientai.engines.slate.reading import read_problem
    from hientai.engines.slate.solve import solve
    from hientai.site.problem_file import read_json

    for name in ("best", "differ_by"):
        if getattr(options, name) < 1:
            raise BadInput("bad_arguments", say("--{name} phải từ 1 trở lên.", name=name.replace("_", "-")))
    problem = read_problem(read_json(options.problem))
    result = solve(
        problem,
        Stop(options.nodes, options.time),
        options.seed,
        options.best,
        options.differ_by,
        options.costs,
    )
    text = "\n".join(str(line) for line in sentences(result))
    return Answer(as_document(result), text, NOT_FEASIBLE if result.conflict is not None else ANSWERED)
