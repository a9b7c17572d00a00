"""`hientai retirement`: the day somebody retires under normal conditions."""

from __future__ import annotations

import argparse
from datetime import date

from hientai.engines.errors import BadInput
from hientai.engines.interval import PartialDate, Retirement, Sex, retirement
from hientai.engines.vitext import parse_day, search_key
from hientai.engines.wording import Sentence, say
from hientai.rulebook.retirement_schedule import load_retirement_schedule
from hientai.site.command_line import Answer

SUMMARY = "ngày nghỉ hưu theo ngày (hoặc năm) sinh và giới tính"
STATELESS = True
_SEXES: dict[str, Sex] = {"male": "male", "nam": "male", "female": "female", "nu": "female"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two facts the answer rests on."""
    parser.add_argument(
        "--born", required=True, metavar="DATE|YEAR", help="1966-05-01, 01/05/1966, 05/1966, 1966"
    )
    parser.add_argument("--sex", required=True, metavar="male|female", help="male (nam) | female (nữ)")


def answer(options: argparse.Namespace) -> Answer:
    """The last day in service, the age then, and the first day of the pension."""
    sex = _SEXES.get(search_key(options.sex))
    if sex is None:
        raise BadInput(
            "unknown_sex",
            say("Giới tính “{sex}” không rõ; ghi male (nam) hoặc female (nữ).", sex=options.sex),
            "--sex",
        )
    parsed = parse_day(options.born, where="--born")
    found = retirement(PartialDate(parsed.year, parsed.month, parsed.day), sex, load_retirement_schedule())
    return Answer(_document(found), _text(found))


def _document(found: Retirement) -> dict[str, object]:
    return {
        "retires_on": found.retires_on.isoformat(),
        "age": {"years": found.years, "months": found.months},
        "pension_from": found.pension_from.isoformat(),
        "citation": found.citation,
        "verified": found.verified,
        "assumed": found.assumed,
    }


def _text(found: Retirement) -> str:
    lines = [
        say(
            "Làm việc đến hết ngày {last} (đủ {age}), hưởng lương hưu từ ngày {first}.",
            last=_day(found.retires_on),
            age=_age(found),
            first=_day(found.pension_from),
        ),
        say("Căn cứ: {citation}.", citation=found.citation),
    ]
    if found.assumed:
        lines.append(say("Chỉ biết năm sinh: tính như sinh ngày 01 tháng 01."))
    if not found.verified:
        lines.append(say("Quy định này chưa được đối chiếu với văn bản."))
    return "\n".join(str(line) for line in lines)


def _age(found: Retirement) -> Sentence:
    if found.months:
        return say("{years} tuổi {months} tháng", years=found.years, months=found.months)
    return say("{years} tuổi", years=found.years)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
