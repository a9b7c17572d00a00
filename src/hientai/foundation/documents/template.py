"""Fills an office's own Word template: `{{ name }}`, `{%tr for row in rows %}`, in a sandbox that only reads.

An office writes its template in Word; unknown names are refused with the name, so that no blank goes out unnoticed.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import DictLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.foundation.documents.archive import without_clock


def fill(
    template: bytes, values: Mapping[str, Any], pictures: Mapping[str, tuple[bytes, int]] | None = None
) -> bytes:
    """The .docx with every place filled. pictures: name -> content and width in millimetres.

    Raises BadInput when the template names something that is not there.
    """
    document = DocxTemplate(io.BytesIO(template))
    try:
        drawn = {
            name: InlineImage(document, io.BytesIO(content), width=Mm(width))
            for name, (content, width) in (pictures or {}).items()
        }
        document.render({**values, **drawn}, jinja_env=_environment(), autoescape=True)
    except TemplateError as error:
        raise BadInput(
            "bad_template", say("Mẫu văn bản không điền được: {reason}.", reason=str(error)), "template"
        ) from error
    buffer = io.BytesIO()
    document.save(buffer)
    return without_clock(buffer.getvalue())


def names_in(template: bytes) -> frozenset[str]:
    """The names a template asks for, to be compared with what there is before it is taken into use."""
    try:
        return frozenset(DocxTemplate(io.BytesIO(template)).get_undeclared_template_variables(_environment()))
    except TemplateError as error:
        raise BadInput(
            "bad_template", say("Mẫu văn bản không đọc được: {reason}.", reason=str(error)), "template"
        ) from error


def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(loader=DictLoader({}), undefined=StrictUndefined, autoescape=True)
