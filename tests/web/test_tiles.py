"""Figures in the small print of tiles are written like all others."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.translation import override

from hientai.apps.integrity import panels
from hientai.foundation.actor import system


@pytest.mark.parametrize(("language", "written"), [("vi", "25.182"), ("en", "25,182")])
def test_the_base_of_a_tile_groups_thousands(
    monkeypatch: pytest.MonkeyPatch, language: str, written: str
) -> None:
    def quality(**_given: Any) -> SimpleNamespace:
        return SimpleNamespace(people=25_182, clean=25_164)

    monkeypatch.setattr(panels.selectors, "quality", quality)
    day = date(2026, 11, 1)
    with override(language):
        (tile,) = panels.tiles(actor=system(day), as_of=day)
        assert written in str(tile.base)
