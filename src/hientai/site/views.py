"""Home, global search, and the choice of language."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.i18n import set_language

from hientai.foundation import registry, snapshot


def home(request: HttpRequest) -> HttpResponse:
    """The home page: the figures that each capability puts there, each with its base and its list."""
    asked = {"actor": request.actor, "as_of": request.as_of}
    with snapshot.one_copy():
        tiles = [
            tile
            for source in registry.tiles()
            if request.actor.may(source.permission)
            for tile in source.tiles(**asked)
        ]
        panels = [
            {"title": panel.title, "template": panel.template, "content": panel.content(**asked)}
            for panel in registry.home_panels()
            if request.actor.may(panel.permission)
        ]
    return render(request, "site/home.html", {"tiles": tiles, "panels": panels})


def search(request: HttpRequest) -> HttpResponse:
    """Finds people, units and titles by words, blind to accents and case."""
    text = request.GET.get("q", "").strip()[:100]
    groups = [
        (source.label, source.find(actor=request.actor, text=text, as_of=request.as_of))
        for source in registry.searches()
        if text and request.actor.may(source.permission)
    ]
    return render(request, "site/search.html", {"search_text": text, "groups": groups})


# Choosing a language before signing in is lawful; Django's own view only sets a cookie.
choose_language = login_not_required(set_language)
