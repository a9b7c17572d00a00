"""What a value of a code list is called in the language of the reader; forms of law keep the Vietnamese name."""

from __future__ import annotations

from django.utils.translation import pgettext


def code_label(name: str) -> str:
    """The name of a value in the active language; a name an office gave itself stays as it is."""
    return pgettext("code", name) if name else ""
