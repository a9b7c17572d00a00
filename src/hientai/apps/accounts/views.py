"""Keeps questions of screens under names, and takes them away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods

from hientai.apps.accounts import selectors, services
from hientai.foundation.errors import NotFound

NOT_KEPT = ("as_of", "page", "format", "csrfmiddlewaretoken")
PAGES = ("people", "extract", "coverage", "screening")


@require_http_methods(["GET", "POST"])
def saved(request: HttpRequest) -> HttpResponse:
    """All that is kept, and the form for `?keep=`; a POST keeps one more, or forgets one."""
    request.actor.check_may(services.KEEP)
    if request.method == "POST":
        return _forgotten(request) if "forget" in request.POST else _kept(request)
    kept = [
        view
        for page in PAGES
        for view in selectors.saved_views(actor=request.actor, as_of=request.as_of, page=page)
    ]
    rows = [{"view": view, "url": _address(view.page, view.query)} for view in kept]
    keep = request.GET.get("keep", "")
    context = {"rows": rows, "keep": keep if keep in PAGES else "", "query": request.GET.get("query", "")}
    return render(request, "accounts/saved.html", context)


def _kept(request: HttpRequest) -> HttpResponse:
    page = request.POST.get("page", "")
    if page not in PAGES:
        raise NotFound(page)
    asked = QueryDict(request.POST.get("query", ""), mutable=True)
    for name in NOT_KEPT:
        asked.pop(name, None)
    query = asked.urlencode()
    services.save_view(actor=request.actor, page=page, name=request.POST.get("name", ""), query=query)
    return redirect(_address(page, query))


def _forgotten(request: HttpRequest) -> HttpResponse:
    chosen = request.POST["forget"]
    if not chosen.isdigit():
        raise NotFound(chosen)
    services.forget_view(actor=request.actor, view_id=int(chosen))
    return redirect("saved-views")


def _address(page: str, query: str) -> str:
    try:
        return reverse(page) + (f"?{query}" if query else "")
    except NoReverseMatch:  # a screen of an earlier version
        return reverse("home")
