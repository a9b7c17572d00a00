"""Address of the component gallery."""

from __future__ import annotations

from django.urls import path

from hientai.site.gallery.views import gallery

urlpatterns = [path("", gallery, name="gallery")]
