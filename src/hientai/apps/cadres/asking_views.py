"""Screens on which a change of a file is proposed: record by record, or by a filled biographical form."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hientai.apps.cadres import file_selectors, form_changes, selectors
from hientai.apps.cadres.file_forms import ADDED, AskForm, Doing, FilledForm, lists_for
from hientai.apps.cadres.file_records import words_of
from hientai.apps.cadres.file_selectors import OWN, PROPOSE
from hientai.apps.cadres.filled_form import read_form
from hientai.apps.cadres.form_changes import FormChanges
from hientai.apps.cadres.kinds import KINDS, How, Kind
from hientai.apps.cadres.types import RecordDraft, RecordRow
from hientai.apps.organization import selectors as organization
from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.foundation import audit, registry
from hientai.foundation.documents.filled import MOST_BYTES, read_filled
from hientai.foundation.errors import Conflict, NotFound, Refused

# The biography has a page of its own, field by field; who keeps a file is no business of the person's.
ASKED = {slug: kind for slug, kind in KINDS.items() if slug not in ("so-yeu", "quan-ly")}
SALT, SECONDS = "cadres.filled", 12 * 3600
_ONE_DAY = timedelta(days=1)


def ask_about_file(request: HttpRequest, code: str) -> HttpResponse:
    """Every record of the file with what may be proposed about it."""
    person, sections = file_selectors.whole_file(
        actor=request.actor, as_of=request.as_of, code=code, permission=PROPOSE
    )
    audit.record_reading(actor=request.actor, what="person_file", details={"person_id": person})
    card = selectors.row_of(actor=request.actor, as_of=request.as_of, code=code)
    shown = [
        (section, [(row, _acts(code, section.kind, row)) for row in section.rows],
         reverse("record-ask-add", args=[code, section.kind.slug]))
        for section in sections if section.kind.slug in ASKED
    ]  # fmt: skip
    context = {"person": card, "sections": shown, "asking": True, "crumbs": _crumbs(card, "")}
    return render(request, "cadres/whole_file.html", context)


def _acts(code: str, kind: Kind, row: RecordRow) -> list[tuple[str, str]]:
    words = [(Doing.CORRECT, _("Đề nghị đính chính")), (Doing.WITHDRAW, _("Đề nghị rút"))]
    if kind.ends and row.last_day is None:
        words.insert(0, (Doing.END, _("Đề nghị kết thúc")))
    return [
        (label, reverse("record-ask", args=[code, kind.slug, row.id, doing.value])) for doing, label in words
    ]


def ask_to_add(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """A record that should be there."""
    return _ask(request, code, _kind(kind), Doing.ADD, None)


def ask_about_record(request: HttpRequest, code: str, kind: str, row: str, doing: str) -> HttpResponse:
    """A record that should say something else, end, or should not be there."""
    asked = _kind(kind)
    if doing not in {Doing.CORRECT.value, Doing.END.value, Doing.WITHDRAW.value} or not row.isdigit():
        raise NotFound(doing)
    now = file_selectors.record_of(
        actor=request.actor, as_of=request.today, code=code, kind=asked, row_id=int(row), permission=PROPOSE
    )
    return _ask(request, code, asked, Doing(doing), now)


def _kind(slug: str) -> Kind:
    if slug not in ASKED:
        raise NotFound(slug)
    return ASKED[slug]


def _ask(request: HttpRequest, code: str, kind: Kind, doing: Doing, row: RecordRow | None) -> HttpResponse:
    person = file_selectors.writable_id(
        actor=request.actor, as_of=request.today, code=code, permission=PROPOSE
    )
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AskForm(*sent, kind=kind, doing=doing, lists=lists_for(request, kind), row=row)
    if sent and form.is_valid():
        paper = form.cleaned_data["paper"]
        try:
            return redirect(
                registry.proposal_desk().send(
                    actor=request.actor, person_id=person, records=[_draft(request, form, row)],
                    reason=form.cleaned_data["reason"], papers=[(paper.name, paper.read())] if paper else [],
                )
            )  # fmt: skip
        except Conflict:
            raise
        except BadInput as error:
            place = {"file": "paper"}.get(error.where, error.where)
            form.add_error(place if place in form.fields else None, str(error.message.render(_)))
    card = selectors.row_of(actor=request.actor, as_of=request.as_of, code=code)
    has_unit = any(field.how is How.UNIT for field in kind.fields)
    units = organization.choices(actor=request.actor, as_of=request.today) if has_unit else []
    context = {
        "form": form, "kind": kind, "doing": doing.value, "row": row, "person": card, "asking": True,
        "title": ADDED[doing]().format(what=kind.one), "crumbs": _crumbs(card, str(kind.title)),
        "units": [each[:2] for each in units], "titles": form.lists.titles,
        "back": f"{reverse('file-ask', args=[code])}#{kind.slug}",
    }  # fmt: skip
    return render(request, "cadres/record.html", context, status=400 if form.errors else 200)


def _draft(request: HttpRequest, form: AskForm, row: RecordRow | None) -> RecordDraft:
    asked, kind = form.cleaned_data, form.kind
    last = asked.get("last")
    until = last + _ONE_DAY if last else None
    since = asked.get("since")
    if form.doing is Doing.END:
        since, until = until, None
    elif form.doing is Doing.CORRECT and row is not None:
        since = since or row.valid_from
        if row.last_day and not kind.ends:
            until = row.last_day + _ONE_DAY
    values = form.values() if form.doing in (Doing.ADD, Doing.CORRECT) else {}
    return RecordDraft(
        kind.slug, form.doing.value, str(kind.one), row.id if row else None, values, since, until,
        _said(row) if row else (), _after(request, form, values),
    )  # fmt: skip


def _said(row: RecordRow) -> tuple[tuple[str, str], ...]:
    days = f"{row.valid_from:%d/%m/%Y}" + (f" - {row.last_day:%d/%m/%Y}" if row.last_day else "")
    return (*((str(label), text) for label, text in row.shown), (_("Thời gian"), days))


def _after(request: HttpRequest, form: AskForm, values: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    kind, asked = form.kind, form.cleaned_data
    unit = values.get("unit")
    codes, name = file_selectors.names_for(actor=request.actor, as_of=request.today, kind=kind, unit_id=unit)
    told = dict(values)
    if "title" in told and kind.slug == "chuc-vu":
        told["title"] = next((t.name for t in form.lists.titles if t.id == told["title"]), "")
    said = list(words_of(kind, told, codes, name))
    for field in ("since", "last"):
        if asked.get(field):
            said.append((str(form.fields[field].label), f"{asked[field]:%d/%m/%Y}"))
    return tuple(said)


def _crumbs(card: Any, last: str) -> list[dict[str, str]]:
    found = [
        {"label": card.name, "url": reverse("person", args=[card.code])},
        {"label": _("Đề nghị"), "url": reverse("file-ask", args=[card.code]) if last else ""},
    ]
    return [*found, {"label": last, "url": ""}] if last else found


# --- a filled form


def filled_form(request: HttpRequest, code: str) -> HttpResponse:
    """A filled form is handed in; the answer shows what it would change, nothing is written."""
    request.actor.check_may(OWN)
    file_selectors.writable_id(actor=request.actor, as_of=request.today, code=code, permission=PROPOSE)
    form = FilledForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    card = selectors.row_of(actor=request.actor, as_of=request.as_of, code=code)
    context: dict[str, Any] = {"person": card, "form": form, "crumbs": _crumbs(card, _("Nộp bản khai"))}
    if request.method == "POST" and form.is_valid():
        brought = form.cleaned_data["file"]
        try:
            filled = read_form(read_filled(brought.read(MOST_BYTES + 1), brought.name))
            found = form_changes.changes_of(
                actor=request.actor, as_of=request.today, code=code, filled=filled
            )
            return render(request, "cadres/filled_form.html", context | _preview(request, found))
        except BadInput as error:
            form.add_error("file", str(error.message.render(_)))
    return render(request, "cadres/filled_form.html", context, status=400 if form.errors else 200)


def _preview(request: HttpRequest, found: FormChanges) -> dict[str, Any]:
    changes, unreadable = registry.proposal_desk().read(
        actor=request.actor, person_id=found.person_id, typed=found.typed
    )
    unread = [*unreadable, *found.unread]
    kept = {
        "person": found.person_id, "version": found.version,
        "typed": {change.name: change.after for change in changes},
        "records": [draft.as_plain() for draft in found.records],
        "unread": [[text, why] for text, why in unread],
        "differing": [list(each) for each in found.differing],
    }  # fmt: skip
    return {
        "changes": changes, "records": list(enumerate(found.records)), "found": found, "unread": unread, "read": True,
        "kept": signing.dumps(kept, salt=SALT, compress=True),
    }  # fmt: skip


@require_POST
def send_filled_form(request: HttpRequest, code: str) -> HttpResponse:
    """What was ticked goes to those who decide; what could not be read goes along for them to see."""
    person = file_selectors.writable_id(
        actor=request.actor, as_of=request.today, code=code, permission=PROPOSE
    )
    try:
        kept = signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=SECONDS)
    except signing.BadSignature as error:
        raise Refused("page_too_old", say("Trang mở đã quá lâu; hãy nộp lại bản khai."), "file") from error
    if kept["person"] != person:
        raise NotFound(code)
    wanted = set(request.POST.getlist("take"))
    left = [
        *(f"{text} ({why})" for text, why in kept["unread"]),
        *(f"{label}: {now or '–'} → {said}" for label, now, said in kept["differing"]),
    ]
    address = registry.proposal_desk().send(
        actor=request.actor, person_id=person, version=kept["version"],
        typed={name: text for name, text in kept["typed"].items() if f"field:{name}" in wanted},
        records=[
            RecordDraft.of_plain(plain) for number, plain in enumerate(kept["records"])
            if f"record:{number}" in wanted
        ],
        unread=left, reason=request.POST.get("reason", "")[:300].strip() or _("Theo bản khai sơ yếu lý lịch"),
    )  # fmt: skip
    return redirect(address)
