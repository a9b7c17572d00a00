"""The figure check over the API: nothing is kept, the answer is that of the command and of the page's download."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.utils.translation import get_language, gettext
from ninja import Router

from hientai.apps.reports import checking, drafts
from hientai.apps.reports.types import CHECK
from hientai.engines.errors import BadInput
from hientai.engines.wording import say

router = Router(tags=["figures"])

_BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {"file": {"type": "string", "format": "binary"}},
            }
        },
        "application/json": {
            "schema": {
                "oneOf": [
                    {
                        "type": "object",
                        "required": ["text"],
                        "additionalProperties": False,
                        "properties": {"text": {"type": "string"}},
                    },
                    {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {
                            "figures": {"type": "object"},
                            "percentages": {"type": "array", "items": {"type": "object"}},
                            "sums": {"type": "array", "items": {"type": "object"}},
                        },
                    },
                ]
            }
        },
    },
}


@router.post(
    "/figures/check",
    response=dict[str, Any],
    summary="Do the printed shares and totals of a draft hold?",
    openapi_extra={"requestBody": _BODY},
)
def check(request: HttpRequest) -> dict[str, Any]:
    """A file (docx, xlsx, pdf, txt, json) as the form field `file`, or JSON: `{"text": "..."}` or figures as data."""
    request.actor.check_may(CHECK)
    if request.content_type == "multipart/form-data":
        file = request.FILES.get("file")
        if file is None:
            raise BadInput("file_missing", say("Thiếu tệp trong trường “file”."), "file")
        if file.size > checking.LARGEST_FILE:
            raise checking.too_large(file.name)
        name, content = file.name, file.read()
    elif request.content_type == "application/json":
        name, content = checking.named(_body(request))
    else:
        raise BadInput("wrong_content_type", say("Gửi multipart/form-data (tệp) hoặc application/json."))
    return checking.check(name, content, drafts.folder(), get_language() or "vi", gettext).document


def _body(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RequestDataTooBig as error:
        raise BadInput(
            "too_large", say("Nội dung quá lớn; hãy gửi thành tệp (multipart/form-data).")
        ) from error
