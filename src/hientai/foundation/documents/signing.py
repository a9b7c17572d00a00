"""Who signs, and on whose behalf: the lines above a signature.

State form: Decree 30/2020, Annex I, section I.7 (TM., Q., KT., TL., TUQ.). Party form: guideline 36-HD/VPTW (T/M, K/T,
T/L), as remembered: the party layout is not verified.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AUTHORITIES: Mapping[str, str | Promise] = {
    "": _("Người đứng đầu ký"),
    "TM": _("Thay mặt tập thể (TM.)"),
    "KT": _("Cấp phó ký thay người đứng đầu (KT.)"),
    "TL": _("Thừa lệnh người đứng đầu (TL.)"),
    "TUQ": _("Thừa ủy quyền người đứng đầu (TUQ.)"),
    "Q": _("Quyền người đứng đầu (Q.)"),
}
_PARTY = {"TM": "T/M", "KT": "K/T", "TL": "T/L", "TUQ": "T/U/Q", "Q": "Q."}


@dataclass(frozen=True)
class Signer:
    """authority: a key of AUTHORITIES; principal: the collective or head on whose behalf; position and name: of who
    signs."""

    authority: str = ""
    principal: str = ""
    position: str = ""
    name: str = ""


def signature_lines(signer: Signer, layout: str) -> tuple[str, ...]:
    """The lines in capitals: `TM. BAN THƯỜNG VỤ` / `BÍ THƯ`, `KT. GIÁM ĐỐC` / `PHÓ GIÁM ĐỐC`, `GIÁM ĐỐC`.

    An acting head ("Q.") is one line: `Q. GIÁM ĐỐC`.
    """
    position, principal = signer.position.upper(), signer.principal.upper()
    if signer.authority not in AUTHORITIES or not signer.authority:
        return (position,) if position else ()
    if signer.authority == "Q":
        return (f"Q. {principal or position}",)
    mark = _PARTY[signer.authority] if layout == "party" else f"{signer.authority}."
    return tuple(line for line in (f"{mark} {principal}".strip(), position) if line)
