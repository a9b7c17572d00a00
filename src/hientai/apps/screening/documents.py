"""A screening as a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hientai.apps.screening.tables import ScreenedTable
from hientai.apps.screening.types import ScreenedPerson, ScreeningAnswer
from hientai.foundation.documents.workbook import ListDocument, write_list
from hientai.foundation.web.templatetags.formats import sentence


def screening_xlsx(answer: ScreeningAnswer, people: Sequence[ScreenedPerson]) -> bytes:
    """The list with verdicts and the criteria behind them; the base is everybody screened."""
    header, lines = ScreenedTable(people, standard=answer.standard.code).sheet()
    base = _("{count} trên {base} người được rà soát").format(count=len(people), base=answer.counts.base)
    return write_list(ListDocument(sentence(answer.standard.title), answer.as_of, base, header, lines))
