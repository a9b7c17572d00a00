"""Papers behind proposals, as copies marked for their reader."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from hientai.foundation import vault
from hientai.foundation.actor import Actor
from hientai.foundation.documents.marking import marked
from hientai.foundation.web.answers import download, shown


def evidence_copy(digest: str, kind: str, code: str, actor: Actor) -> HttpResponse:
    """Shown in the browser; a Word paper is saved."""
    mark = _("{reader} đọc ngày {day}: đối chiếu đề nghị sửa hồ sơ").format(
        reader=actor.name, day=f"{actor.today:%d/%m/%Y}"
    )
    content, content_type = marked(vault.content_of(digest), kind, mark)
    if kind == "docx":
        return download(content, f"{code}-chung-minh.docx", content_type)
    return shown(content, content_type)
