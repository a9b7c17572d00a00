"""`allocate PROBLEM.json`: nominations to classes, with proof and a reason for everybody left out."""

from __future__ import annotations

import argparse

from hientai.site.command_line import Answer

SUMMARY = (
    "xếp người được đề cử vào các lớp, có chứng minh và lý do / allocate nominations to classes, with proof"
)
STATELESS = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """PROBLEM and the limits of work."""
    parser.add_argument(
        "problem", metavar="PROBLEM.json", help="đề bài (docs/reference/allocation.md); - là đầu vào chuẩn"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--nodes", type=int, default=None, metavar="N", help="giới hạn số nút tìm kiếm (lặp lại được)"
    )
    parser.add_argument(
        "--time", type=float, default=60.0, metavar="S", help="giới hạn giây cho mỗi lần giải"
    )


def answer(options: argparse.Namespace) -> Answer:
    """The allocation; there is always one, minima that cannot be met are reported as missed."""
    from hientai.engines.allocation.answer import as_document, sentences
    from hientai.engines.allocation.reading import read_problem
    from hientai.engines.allocation.solve import solve
    from hientai.engines.integer_program import Stop
    from hientai.site.problem_file import read_json

    problem = read_problem(read_json(options.problem))
    result = solve(problem, Stop(options.nodes, options.time), options.seed)
    return Answer(as_document(problem, result), "\n".join(str(line) for line in sentences(problem, result)))
