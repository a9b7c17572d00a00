"""Screens that write a personnel file by hand: the whole file, one record, a new person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hientai.apps.cadres import file_selectors, selectors, services
from hientai.apps.cadres.drafts import ManagementDraft, PersonDraft
from hientai.apps.cadres.file_forms import Doing, NewPersonForm, PhotoForm, RecordForm, lists_for
from hientai.apps.cadres.kinds import KINDS, How, Kind
from hientai.apps.cadres.types import FileSection, RecordRow
from hientai.apps.organization import selectors as organization
from hientai.engines.errors import BadInput
from hientai.engines.vitext import name_case
from hientai.foundation import audit
from hientai.foundation.errors import Conflict, NotFound

_ONE_DAY = timedelta(days=1)


def whole_file(request: HttpRequest, code: str) -> HttpResponse:
    """Everything on record about one person, kind by kind, each with what may be done to it."""
    person, sections = file_selectors.whole_file(actor=request.actor, as_of=request.as_of, code=code)
    audit.record_reading(actor=request.actor, what="person_file", details={"person_id": person})
    card = selectors.row_of(actor=request.actor, as_of=request.as_of, code=code)
    context = {
        "person": card,
        "sections": [
            (section, _acts(code, section), reverse("person-record-add", args=[code, section.kind.slug]))
            for section in sections
        ],
        "crumbs": _crumbs(card, ""),
        "may_expunge": request.actor.may("record.expunge"),
    }
    return render(request, "cadres/whole_file.html", context)


def _acts(code: str, section: FileSection) -> list[tuple[RecordRow, list[tuple[str, str]]]]:
    """Each record with the addresses of what may be done to it."""
    kind = section.kind
    words = [(Doing.CORRECT, _("Đính chính"))]
    if kind.follows and not kind.adds:
        words.insert(0, (Doing.CHANGE, _("Có thay đổi")))
    if kind.slug != "so-yeu":
        words.append((Doing.WITHDRAW, _("Rút")))
    found = []
    for row in section.rows:
        able = list(words)
        if kind.ends and row.last_day is None:
            able.insert(0, (Doing.END, _("Kết thúc")))
        found.append((row, [(label, _at(code, kind, row.id, doing)) for doing, label in able]))
    return found


def _at(code: str, kind: Kind, row_id: int, doing: Doing) -> str:
    return reverse("person-record", args=[code, kind.slug, row_id, doing.value])


def add(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """A new record of a kind."""
    asked = _kind(kind)
    if not asked.adds:
        raise NotFound(kind)
    return _write(request, code, asked, Doing.ADD, None)


def record(request: HttpRequest, code: str, kind: str, row: str, doing: str) -> HttpResponse:
    """One record: changed from a day, corrected, ended or withdrawn."""
    asked = _kind(kind)
    if doing not in {each.value for each in Doing} - {Doing.ADD.value} or not row.isdigit():
        raise NotFound(doing)
    now = file_selectors.record_of(
        actor=request.actor, as_of=request.today, code=code, kind=asked, row_id=int(row)
    )
    return _write(request, code, asked, Doing(doing), now)


def _kind(slug: str) -> Kind:
    if slug not in KINDS:
        raise NotFound(slug)
    return KINDS[slug]


def _write(request: HttpRequest, code: str, kind: Kind, doing: Doing, row: RecordRow | None) -> HttpResponse:
    person = file_selectors.writable_id(actor=request.actor, as_of=request.today, code=code)
    form = RecordForm(
        request.POST if request.method == "POST" else None,
        kind=kind,
        doing=doing,
        lists=lists_for(request, kind),
        row=row,
    )
    if request.method == "POST" and form.is_valid():
        try:
            _done(request, form, person, row)
            return redirect(f"{reverse('person-file', args=[code])}#{kind.slug}")
        except Conflict:
            raise
        except BadInput as error:
            place = error.where if error.where in form.fields else None
            form.add_error(place, str(error.message.render(_)))
    card = selectors.row_of(actor=request.actor, as_of=request.as_of, code=code)
    context = {
        "form": form, "kind": kind, "doing": doing.value, "row": row, "person": card,
        "title": _TITLES[doing]().format(what=kind.one), "crumbs": _crumbs(card, str(kind.title)),
        "units": _shown_units(request, kind), "titles": form.lists.titles,
        "back": f"{reverse('person-file', args=[code])}#{kind.slug}",
    }  # fmt: skip
    return render(request, "cadres/record.html", context, status=400 if form.errors else 200)


_TITLES = {
    Doing.ADD: lambda: _("Thêm {what}"),
    Doing.CHANGE: lambda: _("Thay đổi {what}"),
    Doing.CORRECT: lambda: _("Đính chính {what}"),
    Doing.END: lambda: _("Kết thúc {what}"),
    Doing.WITHDRAW: lambda: _("Rút {what}"),
}


def _done(request: HttpRequest, form: RecordForm, person: int, row: RecordRow | None) -> None:
    asked, kind = form.cleaned_data, form.kind
    last = asked.get("last")
    until = last + _ONE_DAY if last else None
    if form.doing is Doing.ADD:
        services.add_record(
            actor=request.actor, person_id=person, slug=kind.slug, values=form.values(),
            since=asked.get("since"), until=until, source=asked["source"],
        )  # fmt: skip
        return
    assert row is not None
    which = {"actor": request.actor, "slug": kind.slug, "row_id": row.id}
    if form.doing is Doing.CHANGE:
        services.change_record(**which, values=form.values(), on=asked["on"], source=asked["source"])
    elif form.doing is Doing.CORRECT:
        keeps = row.last_day + _ONE_DAY if row.last_day and not kind.ends else until
        services.correct_record(
            **which, values=form.values(), since=asked.get("since"), until=keeps, because=asked["because"]
        )
    elif form.doing is Doing.END:
        services.end_record(**which, on=until, source=asked["source"])
    else:
        services.withdraw_record(**which, because=asked["because"])


def _shown_units(request: HttpRequest, kind: Kind) -> list[tuple[str, str]]:
    if all(field.how is not How.UNIT for field in kind.fields):
        return []
    return [each[:2] for each in organization.choices(actor=request.actor, as_of=request.today)]


def _crumbs(card: Any, last: str) -> list[dict[str, str]]:
    found = [
        {"label": _("Cán bộ"), "url": reverse("people")},
        {"label": card.name, "url": reverse("person", args=[card.code])},
        {"label": _("Ghi hồ sơ"), "url": reverse("person-file", args=[card.code]) if last else ""},
    ]
    return [*found, {"label": last, "url": ""}] if last else found


def new_person(request: HttpRequest) -> HttpResponse:
    """Opens a file for somebody; whoever looks alike is shown first."""
    request.actor.check_may(selectors.WRITE)
    units = organization.units(actor=request.actor, as_of=request.today)
    form = NewPersonForm(request.POST if request.method == "POST" else None, units=units)
    likely: list[Any] = []
    if request.method == "POST" and form.is_valid():
        likely = selectors.likely_same(
            actor=request.actor, as_of=request.today, name=form.cleaned_data["full_name"],
            born=form.cleaned_data["born"], sex=form.cleaned_data["sex"], number=form.cleaned_data["number"],
        )  # fmt: skip
        if likely and not form.cleaned_data["another"]:
            form.add_error("another", _("Có người giống người này; hãy xem trước khi mở hồ sơ mới."))
        else:
            try:
                return redirect("person-file", _opened(request, form))
            except BadInput as error:
                form.add_error("number", str(error.message.render(_)))
    shown = [each[:2] for each in organization.choices(actor=request.actor, as_of=request.today)]
    context = {
        "form": form, "likely": likely, "units": shown,
        "crumbs": [{"label": _("Cán bộ"), "url": reverse("people")}, {"label": _("Mở hồ sơ")}],
    }  # fmt: skip
    return render(request, "cadres/new_person.html", context, status=400 if form.errors else 200)


def _opened(request: HttpRequest, form: NewPersonForm) -> str:
    asked = form.cleaned_data
    draft = PersonDraft(
        full_name=name_case(asked["full_name"]), sex=asked["sex"], born=asked["born"],
        management=(ManagementDraft(asked["unit"], asked["tier"], asked["since"]),),
        identities=(asked["number"],) if asked["number"] else (),
    )  # fmt: skip
    ids = services.enter_people(actor=request.actor, drafts=[draft], source=asked["source"])
    return selectors.codes(actor=request.actor, as_of=request.today, ids=ids)[ids[0]]


@never_cache
def photo(request: HttpRequest, code: str) -> HttpResponse:
    """The portrait."""
    content = file_selectors.photo_of(actor=request.actor, as_of=request.as_of, code=code)
    answer = HttpResponse(content, content_type="image/jpeg")
    answer.headers["Content-Disposition"] = "inline"
    return answer


def keep_photo(request: HttpRequest, code: str) -> HttpResponse:
    """A new portrait."""
    person = file_selectors.writable_id(actor=request.actor, as_of=request.today, code=code)
    form = PhotoForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            services.keep_photo(
                actor=request.actor, person_id=person, content=asked["photo"].read(PhotoForm.most_bytes + 1),
                taken_on=asked["taken_on"], source=asked["source"],
            )  # fmt: skip
            return redirect("person", code)
        except BadInput as error:
            place = {"since": "taken_on"}.get(error.where, error.where)
            form.add_error(place if place in form.fields else None, str(error.message.render(_)))
    card = selectors.row_of(actor=request.actor, as_of=request.as_of, code=code)
    context = {"form": form, "person": card, "crumbs": _crumbs(card, _("Ảnh"))}
    return render(request, "cadres/photo.html", context, status=400 if form.errors else 200)
