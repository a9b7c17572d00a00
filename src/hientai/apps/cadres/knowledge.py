"""The day whose state of the records is asked for: `?known_on=`."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.http import HttpRequest
from django.utils import timezone

from hientai.engines.wording import say
from hientai.foundation.errors import Refused
from hientai.foundation.web.days import read_day


def asked_knowledge(request: HttpRequest) -> date | None:
    """The day in `?known_on=`, None for what is known now; a day that is none, or is yet to come, is refused."""
    text = request.GET.get("known_on", "").strip()
    if not text:
        return None
    day = read_day(text, "known_on")
    if day > request.today:
        raise Refused(
            "known_later", say("Chưa thể biết hồ sơ của một ngày chưa tới; hãy chọn hôm nay hoặc ngày trước."),
            "known_on",
        )  # fmt: skip
    return day


def end_of_day(day: date) -> datetime:
    """The moment at which everything written on `day` is known and nothing written later."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)) - timedelta(
        microseconds=1
    )
