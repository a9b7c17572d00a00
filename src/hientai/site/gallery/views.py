"""The component gallery: every component in its states, on one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hientai.site.gallery import samples


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with invented content; reads no record."""
    return render(request, "gallery/index.html", samples.everything(request))
