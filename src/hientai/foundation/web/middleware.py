"""What every request carries: the actor, the as-of day; and what every refusal looks like."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import SimpleTemplateResponse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from hientai.engines.errors import HienTaiError, NotFeasible
from hientai.foundation import registry
from hientai.foundation.errors import Conflict, Forbidden, NotFound
from hientai.foundation.web.days import read_day

AS_OF_COOKIE = "as_of"
Respond = Callable[[HttpRequest], HttpResponse]


class AsOfMiddleware:
    """Gives the request `actor`, `today`, `as_of`.

    `?as_of=05/03/2026` asks as of that day and is remembered in a cookie until the switch is cleared
    (`?as_of=`); nothing is written to the database.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: Any) -> HttpResponse:
        today = timezone.localdate()
        asked = request.GET.get(AS_OF_COOKIE)
        chosen, problem = _chosen_day(asked if asked is not None else request.COOKIES.get(AS_OF_COOKIE, ""))
        request.today = today
        request.as_of = chosen or today
        request.as_of_problem = problem
        request.actor = SimpleLazyObject(lambda: registry.actor_of(request.user, today))
        response = self.respond(request)
        if asked is not None and not problem:
            if chosen and chosen != today:
                response.set_cookie(AS_OF_COOKIE, chosen.isoformat(), httponly=True, samesite="Lax")
            else:
                response.delete_cookie(AS_OF_COOKIE)
        return response


def _chosen_day(text: str) -> tuple[date | None, str]:
    if not text.strip():
        return None, ""
    try:
        return read_day(text), ""
    except HienTaiError as error:
        return None, str(error.message)


class SignInMiddleware(LoginRequiredMiddleware):
    """Every address needs a sign-in; the API answers 401 by itself instead of leading to a form."""

    def process_view(self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any) -> Any:
        if request.path.startswith("/api/"):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class LanguageMiddleware:
    """Vietnamese unless the reader chose English with the switch; the browser's own preference is not asked."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: Any) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.respond(request)
            if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                response.render()
        response.headers.setdefault("Content-Language", language)
        return response


class ErrorsForPeopleMiddleware:
    """Answers errors meant for people with a page (or plain text to htmx) instead of a fault."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: Any) -> HttpResponse:
        return self.respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, HienTaiError):
            return None
        context: dict[str, Any] = {"error": error}
        return render(request, "refused.html", context, status=status_of(error))


def status_of(error: HienTaiError) -> int:
    """The HTTP status of an error."""
    kinds = ((NotFound, 404), (Forbidden, 403), (Conflict, 409), (NotFeasible, 422))
    return next((status for kind, status in kinds if isinstance(error, kind)), 400)
