"""What every page knows: the product, the as-of day, where one is, whether the records are fictional."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from hientai.foundation import registry


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor for base.html."""
    signed_in = getattr(request, "user", None) is not None and request.user.is_authenticated
    return {
        "demo": settings.DEMO,
        "as_of": getattr(request, "as_of", None),
        "today": getattr(request, "today", None),
        "as_of_problem": getattr(request, "as_of_problem", ""),
        "navigation": registry.navigation_for(request) if signed_in else [],
        "search_url": reverse("search") if signed_in else "",
        "agency_name": settings.AGENCY_NAME,
    }
