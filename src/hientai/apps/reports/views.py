"""Screens of the figure check: a draft in, the marked text and its findings out."""

from __future__ import annotations

import json
import time
from datetime import datetime
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hientai.apps.reports import checking, drafts
from hientai.apps.reports.drafts import Gone, Kept
from hientai.apps.reports.forms import CheckForm
from hientai.apps.reports.types import CHECK, ICONS, Checked, Verdict
from hientai.engines.errors import BadInput
from hientai.foundation.pages import nearest_page, page_of
from hientai.foundation.web.answers import DOCX, download
from hientai.foundation.web.numbers import page_number
from hientai.foundation.web.templatetags.formats import sentence

PAGE = 50
LISTS = ("look", "all", *Verdict.values)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form; a draft that can be read leads to a page of its own, so that reloading sends nothing again."""
    request.actor.check_may(CHECK)
    if request.method == "GET":
        return render(request, "reports/ask.html", {"form": CheckForm()})
    form = CheckForm(request.POST, request.FILES)
    if form.is_valid():
        field, name, content = form.source()
        try:
            checked = _checked(name, content)
        except BadInput as error:
            form.add_error(field, sentence(error.message))
        else:
            token = drafts.keep(checked, content, owner=request.actor.user_id, now=time.time())
            return redirect("figures-checked", token=token)
    return render(request, "reports/ask.html", {"form": form}, status=422)


def _checked(name: str, content: bytes) -> Checked:
    return checking.check(name, content, drafts.folder(), get_language() or "vi", gettext)


@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The findings of one draft; `?format=docx|json` saves them, a POST removes the draft at once."""
    request.actor.check_may(CHECK)
    owner = request.actor.user_id
    if request.method == "POST":
        drafts.forget(token, owner=owner)
        messages.success(request, gettext("Đã xóa bản dự thảo khỏi máy chủ."))
        return redirect("figures-check")
    try:
        kept = drafts.opened(token, owner=owner, now=time.time())
    except Gone as gone:
        return render(request, "reports/ask.html", {"form": CheckForm(), "gone": gone}, status=404)
    wanted = request.GET.get("format", "")
    if wanted in ("docx", "json"):
        return _saved(kept, wanted)
    part = "#findings" if request.htmx.target == "findings" else ""
    return render(request, f"reports/answer.html{part}", _shown(request, kept, token))


def _saved(kept: Kept, wanted: str) -> HttpResponse:
    checked = _in_language(kept)
    stem = Path(checked.name).stem
    if wanted == "json":
        content = json.dumps(checked.document, ensure_ascii=False, indent=1).encode()
        return download(content, f"{stem}-kiem-tra.json", "application/json")
    content = checking.commented(checked.name, kept.content, drafts.folder(), gettext)
    return download(content, f"{stem}-chu-thich.docx", DOCX)


def _in_language(kept: Kept) -> Checked:
    """The findings in the reader's language: worked out anew when that was switched since."""
    if kept.checked.language == get_language():
        return kept.checked
    return _checked(kept.checked.name, kept.content)


def _shown(request: HttpRequest, kept: Kept, token: str) -> dict[str, object]:
    checked = _in_language(kept)
    asked = request.GET.get("verdict", "")
    wanted = asked if asked in LISTS else ("look" if checked.to_look_at else "all")
    lines = checked.listed(wanted)
    number = nearest_page(page_number(request.GET.get("page")), len(lines), PAGE)
    shown = lines[(number - 1) * PAGE : number * PAGE]
    return {
        "checked": checked,
        "token": token,
        "until": datetime.fromtimestamp(kept.until, tz=timezone.get_current_timezone()),
        "wanted": wanted,
        "pills": _pills(checked, wanted),
        "lines": shown,
        "page": page_of(shown, len(lines), number, PAGE),
    }


def _pills(checked: Checked, wanted: str) -> list[dict[str, object]]:
    """One pill a list: what is to be looked at, everything, then each verdict that occurs."""
    lists = [("look", gettext("Cần xem lại"), "filter", checked.to_look_at)]
    lists.append(("all", gettext("Tất cả"), "list", len(checked.lines)))
    lists += [(v.value, str(v.label), ICONS[v], checked.counts[v]) for v in Verdict]
    return [
        {"code": code, "label": label, "icon": icon, "count": count, "current": code == wanted}
        for code, label, icon, count in lists
        if count or code == "all"
    ]
