"""The API under /api/v1: the same answers as screens and commands; errors as problem+json."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.utils import check_csrf

from hientai.apps.cadres.rest import router as people
from hientai.apps.exchange.rest import router as imports
from hientai.apps.organization.rest import router as organization
from hientai.apps.planning.rest import router as planning
from hientai.apps.procedures.rest import router as cases
from hientai.apps.reports.rest import router as figures
from hientai.apps.screening.rest import router as standards
from hientai.engines.errors import BadInput, HienTaiError
from hientai.engines.wording import Sentence, say
from hientai.foundation.errors import Forbidden
from hientai.foundation.web.middleware import status_of


def signed_in(request: HttpRequest) -> Any:
    """The session of the screens; a day that is no day is refused here, where a screen would show today's answer.

    A request that sends something carries the CSRF token too: `X-CSRFToken`, as the cookie `csrftoken` says it.
    """
    if request.as_of_problem:
        raise BadInput("not_a_day", request.as_of_problem, "as_of")
    if not request.user.is_authenticated:
        return None
    if request.method not in ("GET", "HEAD", "OPTIONS") and check_csrf(request) is not None:
        raise Forged
    return request.user


class Forged(Forbidden):
    """Another site may have sent this: the token that only our own pages know is missing."""

    def __init__(self) -> None:
        super().__init__("X-CSRFToken")
        self.code = "csrf_token_missing"
        self.message = say("Thiếu mã chống giả mạo: hãy gửi kèm X-CSRFToken như trong cookie csrftoken.")


api = NinjaAPI(title="Hiền Tài", version="1", urls_namespace="api", auth=signed_in, docs_url=None)
for router in (organization, people, standards, planning, figures, imports, cases):
    api.add_router("", router)


@api.exception_handler(HienTaiError)
def refuse(request: HttpRequest, error: HienTaiError) -> HttpResponse:
    """RFC 9457: what went wrong, where, with the program's own code."""
    message = error.message.render(gettext) if isinstance(error.message, Sentence) else str(error.message)
    return _problem(status_of(error), error.code, message, error.where)


@api.exception_handler(ValidationError)
def refuse_parameters(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A parameter that is missing or of the wrong type."""
    where = ", ".join(".".join(str(part) for part in fault["loc"][1:]) for fault in error.errors)
    return _problem(422, "bad_parameters", gettext("Tham số không đúng dạng."), where)


def _problem(status: int, code: str, message: str, where: str) -> HttpResponse:
    document = {"type": "about:blank", "status": status, "code": code, "title": message, "where": where}
    return HttpResponse(
        json.dumps(document, ensure_ascii=False), status=status, content_type="application/problem+json"
    )
