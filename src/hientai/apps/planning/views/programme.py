"""Screens of what a plan wants and does: the number wanted for a seat, the programme of action of a person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hientai.apps.cadres import selectors as cadres
from hientai.apps.planning import programme, selectors, services
from hientai.apps.planning.forms import StepForm, WantedForm
from hientai.apps.planning.types import PlanRow
from hientai.foundation import audit
from hientai.foundation.errors import NotFound, Refused
from hientai.foundation.web.templatetags.formats import sentence


def wanted(request: HttpRequest, term: str, seat: int) -> HttpResponse:
    """How many people the plan wants for one seat from the day of the page on."""
    request.actor.check_may(services.WRITE)
    plan = selectors.plan_of(actor=request.actor, term=term)
    row = programme.seat_of(actor=request.actor, as_of=request.as_of, seat_id=seat)
    held = programme.wanted_of(actor=request.actor, as_of=request.as_of, plan_id=plan.id, seat_id=seat)
    form = WantedForm(request.POST or None, initial={"number": held})
    back = f"{reverse('plan-bench', args=[row.title_code])}?term={term}&as_of={request.as_of.isoformat()}"
    if request.method == "POST" and form.is_valid():
        services.set_wanted(
            actor=request.actor, term=term, seat_id=seat, on=request.as_of, **form.cleaned_data
        )
        messages.success(request, _("Đã ghi số người cần."))
        return redirect(f"{back}#seat-{seat}")
    context = {
        "form": form, "plan": plan, "seat": row, "held": held, "back": back,
        "crumbs": [
            {"label": _("Độ phủ quy hoạch"), "url": reverse("coverage")}, {"label": row.title, "url": back},
            {"label": _("Số người cần")},
        ],
    }  # fmt: skip
    return render(request, "planning/wanted.html", context, status=400 if form.errors else 200)


def one(request: HttpRequest, term: str, code: str) -> HttpResponse:
    """The programme of action of one planned person; steps are added and reported done."""
    request.actor.check_may(selectors.READ)
    plan = selectors.plan_of(actor=request.actor, term=term)
    person = cadres.person_id_of(actor=request.actor, code=code)
    asked = {"actor": request.actor, "as_of": request.as_of, "plan_id": plan.id, "person_id": person}
    titles = programme.planned_for(**asked)
    steps = programme.steps(**asked)
    if not titles and not steps:
        raise NotFound(code)
    form = StepForm(request.POST if request.POST.get("act") == "add" else None)
    problem = ""
    if request.method == "POST":
        try:
            if _act(request, plan, person, form):
                return redirect(request.get_full_path())
        except Refused as error:
            problem = sentence(error.message)
    audit.record_reading(actor=request.actor, what="people_list", details={"people": 1})
    context = {
        "plan": plan, "titles": titles, "steps": steps, "form": form, "problem": problem,
        "person": next(iter(cadres.rows(actor=request.actor, as_of=request.as_of, ids=[person])), None),
        "may_edit": request.actor.may(services.WRITE), "may_add": bool(titles),
        "crumbs": [{"label": _("Danh sách quy hoạch"), "url": reverse("plan-turns")}, {"label": code}],
    }  # fmt: skip
    status = 409 if problem else 400 if form.errors else 200
    return render(request, "planning/programme.html", context, status=status)


def _act(request: HttpRequest, plan: PlanRow, person: int, form: StepForm) -> bool:
    """Does what a button of the page asks; False where the form is not filled well."""
    act = request.POST.get("act", "")
    if act == "add":
        if not form.is_valid():
            return False
        services.add_step(
            actor=request.actor, term=plan.term, person_id=person, on=request.as_of, **form.cleaned_data
        )
        messages.success(request, _("Đã thêm bước."))
        return True
    if act == "done":
        number = request.POST.get("step", "")
        known = programme.steps(actor=request.actor, as_of=request.as_of, plan_id=plan.id, person_id=person)
        if number not in {str(step.id) for step in known}:
            raise NotFound(number)
        services.finish_step(actor=request.actor, step_id=int(number), on=request.as_of)
        messages.success(request, _("Đã ghi bước hoàn thành."))
        return True
    raise NotFound(act)
