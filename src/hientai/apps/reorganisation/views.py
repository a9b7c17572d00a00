"""Screens of reorganisation: drafts, the preview person by person, a choice, comments, carrying out, undoing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hientai.apps.cadres import selectors as cadres
from hientai.apps.organization import selectors as organization
from hientai.apps.reorganisation import documents, selectors, services, starting
from hientai.apps.reorganisation.forms import ChoiceForm, CommentForm, ReasonForm, StartForm
from hientai.apps.reorganisation.selectors import Preview
from hientai.apps.reorganisation.types import COMMIT_WORK, WRITE, Chosen, DraftState, Landing
from hientai.engines.errors import BadInput
from hientai.foundation import audit, jobs, snapshot
from hientai.foundation.documents.word import write_docx
from hientai.foundation.errors import Conflict, NotFound
from hientai.foundation.pages import nearest_page, page_of
from hientai.foundation.web.answers import DOCX, download
from hientai.foundation.web.numbers import page_number
from hientai.foundation.web.templatetags.formats import sentence

PAGE = 50
LARGE = 2000  # people from which on carrying out is a job


def _token(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound(text) from error


def drafts(request: HttpRequest) -> HttpResponse:
    """Every reorganisation, newest first."""
    rows = selectors.drafts(actor=request.actor, as_of=request.as_of)
    context = {
        "rows": [(row, DraftState(row.state).label) for row in rows],
        "may_write": request.actor.may(WRITE),
    }
    return render(request, "reorganisation/drafts.html", context)


def start(request: HttpRequest) -> HttpResponse:
    """A new draft of a merger."""
    request.actor.check_may(WRITE)
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            plan = starting.merger(
                actor=request.actor, day=asked["day"], decision=asked["decision"], ends=asked["ends"].split(),
                into=asked["into"].strip(), name=asked["name"],
            )  # fmt: skip
            draft = services.open_draft(
                actor=request.actor,
                title=asked["title"],
                decision=asked["decision"],
                day=asked["day"],
                plan=plan,
            )
        except NotFound as error:
            form.add_error("ends", _("Không có đơn vị “{code}” vào ngày trước đó.").format(code=error.where))
        except (BadInput, Conflict) as error:
            form.add_error(None, sentence(error.message))
        else:
            return redirect("reorganisation", draft.token)
    return render(request, "reorganisation/start.html", {"form": form}, status=400 if form.errors else 200)


def preview(request: HttpRequest, token: str) -> HttpResponse:
    """What a draft would do; the list of people by kind, with a link to decide otherwise."""
    request.actor.check_may(WRITE)
    draft = selectors.draft(actor=request.actor, as_of=request.as_of, token=_token(token))
    if draft.state != DraftState.DRAFT:
        return _carried_out(request, token)
    shown = selectors.preview(actor=request.actor, as_of=request.as_of, token=_token(token))
    kind = request.GET.get("xem", "undecided" if shown.undecided else "moved")
    unit = request.GET.get("don-vi", "")
    chosen = _of_kind(shown, kind, unit)
    names, titles = _names(request, shown), _titles(request, shown)
    context = {
        "shown": shown, "kind": kind, "unit": names.get(unit, ""), "tabs": _tabs(shown, kind),
        **_people(request, shown, chosen, names, titles), "receiving": _receiving(shown, names),
        "comments": selectors.comments(actor=request.actor, as_of=request.as_of, token=_token(token)),
        "vacancies": [(names.get(u, u), titles.get(t, t), number) for u, t, number in shown.vacancies],
    }  # fmt: skip
    part = "#people" if request.htmx.target == "people" else ""
    return render(request, f"reorganisation/preview.html{part}", context)


def _carried_out(request: HttpRequest, token: str) -> HttpResponse:
    draft = selectors.draft(actor=request.actor, as_of=request.as_of, token=_token(token))
    plan = selectors.plan(actor=request.actor, as_of=request.as_of, token=_token(token))
    context = {
        "draft": draft, "state": DraftState(draft.state).label, "plan": plan,
        "result": selectors.result(actor=request.actor, as_of=request.as_of, token=_token(token)),
        "begun": [unit for act in plan.acts for unit in act.begins],
    }  # fmt: skip
    return render(request, "reorganisation/done.html", context)


def _of_kind(shown: Preview, kind: str, unit: str) -> list[Landing]:
    kinds = {
        "moved": shown.moved,
        "excess": shown.excess,
        "leaving": shown.leaving,
        "undecided": shown.undecided,
    }
    if kind not in kinds:
        raise NotFound(kind)
    return [landing for landing in kinds[kind] if not unit or landing.unit == unit]


def _tabs(shown: Preview, kind: str) -> list[dict[str, Any]]:
    labels = (
        ("moved", _("Có vị trí mới"), shown.moved), ("excess", _("Vượt số lượng"), shown.excess),
        ("leaving", _("Nghỉ"), shown.leaving), ("undecided", _("Còn phải quyết định"), shown.undecided),
    )  # fmt: skip
    return [
        {"label": label, "url": f"?xem={code}#people", "current": code == kind, "count": len(rows)}
        for code, label, rows in labels
    ]


def _people(
    request: HttpRequest,
    shown: Preview,
    landings: list[Landing],
    names: dict[str, str],
    titles: dict[str, str],
) -> dict[str, Any]:
    """One page of people by name with the old and the new post."""
    by_id = {landing.person_id: landing for landing in landings}
    ordered = snapshot.by_name(list(by_id))
    number = nearest_page(page_number(request.GET.get("page")), len(ordered), PAGE)
    ids = ordered[(number - 1) * PAGE : number * PAGE]
    rows = {row.id: row for row in cadres.rows(actor=request.actor, as_of=shown.draft.day, ids=ids)}
    lines = []
    for person in ids:
        to = by_id[person]
        place = f"{titles.get(to.title, to.title)}, {names.get(to.unit, to.unit)}" if to.unit else _why(to)
        lines.append((rows.get(person), shown.posts[person], to, _("nghỉ") if to.leaves else place))
    return {"lines": [line for line in lines if line[0]], "page": page_of(lines, len(ordered), number, PAGE)}


def _why(landing: Landing) -> str:
    return {
        "unit_goes_nowhere": _("Đơn vị không có nơi nhận người"),
        "no_place_for_title": _("Nơi nhận không có vị trí phù hợp"),
        "left_for_later": _("Để lại, quyết định sau"),
        "": "",
    }[landing.why]


def _names(request: HttpRequest, shown: Preview) -> dict[str, str]:
    """Names of units, those of before and those to be, by code."""
    names = {unit.code: unit.name for act in shown.plan.acts for unit in act.begins}
    codes = {
        *shown.plan.ends,
        *shown.plan.groups,
        *(p.unit for g in shown.plan.groups.values() for p in g.places),
        *(unit.parent for act in shown.plan.acts for unit in act.begins),
    }
    known = organization.versions_of(actor=request.actor, as_of=request.as_of, codes=codes)
    return names | {code: name for code, (_version, name) in known.items()}


def _titles(request: HttpRequest, shown: Preview) -> dict[str, str]:
    return {t.code: t.name for t in organization.titles(actor=request.actor, as_of=shown.draft.day)}


def _receiving(shown: Preview, names: dict[str, str]) -> list[tuple[str, str, int, int]]:
    """(unit, its name, people, of them above the number) of every unit that takes somebody in."""
    found: dict[str, list[int]] = {}
    for landing in shown.moved:
        line = found.setdefault(landing.unit, [0, 0])
        line[0] += 1
        line[1] += landing.excess
    return [(unit, names.get(unit, unit), people, excess) for unit, (people, excess) in sorted(found.items())]


def choose(request: HttpRequest, token: str, code: str) -> HttpResponse:
    """Decides for one person instead of the proposal."""
    request.actor.check_may(WRITE)
    shown = selectors.preview(actor=request.actor, as_of=request.as_of, token=_token(token))
    person = cadres.person_id_of(actor=request.actor, code=code)
    landing = next((found for found in shown.landings if found.person_id == person), None)
    if landing is None or shown.draft.state != DraftState.DRAFT:
        raise NotFound(code)
    names, titles = _names(request, shown), _titles(request, shown)
    places = [
        (f"{p.unit}|{p.title}", f"{names.get(p.unit, p.unit)}: {titles.get(p.title, p.title)}")
        for group in _groups_of(shown, person)
        for p in group.places
    ]
    form = ChoiceForm(
        request.POST or None, places=places,
        initial={"version": shown.draft.version, "place": f"{landing.unit}|{landing.title}"},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and _chosen(request, token, person, form):
        return redirect(f"{reverse('reorganisation', args=[token])}?xem=moved#people")
    row = cadres.rows(actor=request.actor, as_of=request.as_of, ids=[person])
    context = {
        "form": form, "shown": shown, "landing": landing, "post": shown.posts[person], "why": _why(landing),
        "person": row[0] if row else None, "code": code, "unit": names.get(landing.unit, ""),
        "title": titles.get(landing.title, ""),
    }  # fmt: skip
    return render(request, "reorganisation/choice.html", context, status=400 if form.errors else 200)


def _groups_of(shown: Preview, person: int) -> list[Any]:
    """The groups that take this person's unit first, then all others."""
    left = shown.codes.get(shown.posts[person].unit_id, "")
    first = [shown.plan.groups[code] for code in shown.plan.goes.get(left, ())]
    return [*first, *(group for group in shown.plan.groups.values() if group not in first)]


def _chosen(request: HttpRequest, token: str, person: int, form: ChoiceForm) -> bool:
    asked = form.cleaned_data
    unit, _bar, title = asked["place"].partition("|") if asked["kind"] == "move" else ("", "", "")
    scheme = asked["scheme"] if asked["kind"] == "leave" else ""
    try:
        services.choose(
            actor=request.actor, token=_token(token), person_id=person, version=asked["version"],
            chosen=Chosen(asked["kind"], unit, title, scheme, asked["note"]),
        )  # fmt: skip
    except (BadInput, Conflict) as error:
        form.add_error(None, sentence(error.message))
        return False
    messages.success(request, _("Đã ghi quyết định cho một người."))
    return True


def comments(request: HttpRequest, token: str) -> HttpResponse:
    """What units say about a draft: units only, no people."""
    draft = selectors.draft(actor=request.actor, as_of=request.as_of, token=_token(token))
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.comment(
                actor=request.actor, token=draft.token, unit_code=form.cleaned_data["unit"].strip(),
                text=form.cleaned_data["text"],
            )  # fmt: skip
        except NotFound:
            form.add_error("unit", _("Không có đơn vị mã này trong phạm vi của bạn."))
        else:
            return redirect("reorganisation-comments", draft.token)
    plan = selectors.plan(actor=request.actor, as_of=request.as_of, token=draft.token)
    codes = {code for act in plan.acts for heir in act.heirs for code in (heir.before, heir.after)}
    names = organization.versions_of(actor=request.actor, as_of=draft.day, codes=codes)
    called = {code: name for code, (_v, name) in names.items()} | {
        u.code: u.name for a in plan.acts for u in a.begins
    }
    steps = [(called[h.before], called[h.after], h.share) for act in plan.acts for h in act.heirs]
    told = selectors.comments(actor=request.actor, as_of=request.as_of, token=draft.token)
    context = {"draft": draft, "form": form, "steps": steps, "comments": told}
    return render(request, "reorganisation/comments.html", context, status=400 if form.errors else 200)


def commit(request: HttpRequest, token: str) -> HttpResponse:
    """Asks once more, then carries the draft out; a large one as a job."""
    request.actor.check_may(WRITE)
    shown = selectors.preview(actor=request.actor, as_of=request.as_of, token=_token(token))
    problem = ""
    if request.method == "POST":
        try:
            if len(shown.landings) >= LARGE:
                work = jobs.start(
                    actor=request.actor, kind=COMMIT_WORK, label=_("Thực hiện sắp xếp tổ chức"),
                    arguments={"token": str(shown.draft.token)}, back_to=reverse("reorganisation", args=[token]),
                )  # fmt: skip
                return redirect("work", work.token)
            services.commit(actor=request.actor, token=shown.draft.token)
        except (BadInput, Conflict) as error:
            problem = sentence(error.message)
        else:
            messages.success(
                request, _("Đã thực hiện sắp xếp như một việc; hoàn tác được khi chưa có gì dựa vào.")
            )
            return redirect("reorganisation", token)
    context = {"shown": shown, "problem": problem, "large": len(shown.landings) >= LARGE}
    return render(request, "reorganisation/commit.html", context, status=409 if problem else 200)


def undo(request: HttpRequest, token: str) -> HttpResponse:
    """Takes a reorganisation back."""
    request.actor.check_may(WRITE)
    draft = selectors.draft(actor=request.actor, as_of=request.as_of, token=_token(token))
    if draft.state != DraftState.COMMITTED:
        raise NotFound(token)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.undo(actor=request.actor, token=draft.token, because=form.cleaned_data["because"])
        except (BadInput, Conflict) as error:
            form.add_error(None, sentence(error.message))
        else:
            messages.success(request, _("Đã hoàn tác đợt sắp xếp."))
            return redirect("reorganisation", token)
    return render(
        request,
        "reorganisation/undo.html",
        {"draft": draft, "form": form},
        status=400 if form.errors else 200,
    )


def annex(request: HttpRequest, token: str, unit: str) -> HttpResponse:
    """The list of people of one unit-to-be as a Word document."""
    request.actor.check_may(WRITE)
    request.actor.check_may("exchange.export")
    shown = selectors.preview(actor=request.actor, as_of=request.as_of, token=_token(token))
    there = [landing for landing in shown.moved if landing.unit == unit]
    if not there:
        raise NotFound(unit)
    audit.record_reading(actor=request.actor, what="reorganisation_annex", details={"people": len(there)})
    report = documents.unit_annex(
        shown, unit, actor=request.actor, names=_names(request, shown), titles=_titles(request, shown)
    )
    return download(write_docx(report, ""), f"danh-sach-{unit}.docx", DOCX)


def decision(request: HttpRequest, token: str) -> HttpResponse:
    """The draft of the decision as a Word document."""
    request.actor.check_may(WRITE)
    request.actor.check_may("exchange.export")
    draft = selectors.draft(actor=request.actor, as_of=request.as_of, token=_token(token))
    if draft.state != DraftState.DRAFT:
        raise NotFound(token)
    shown = selectors.preview(actor=request.actor, as_of=request.as_of, token=draft.token)
    names = _names(request, shown)
    report = documents.decision(shown, names=names, receiving=_receiving(shown, names))
    return download(write_docx(report, ""), f"quyet-dinh-{draft.day:%Y-%m-%d}.docx", DOCX)
