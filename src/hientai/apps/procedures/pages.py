"""What the pages of cases show, made ready: lines of the board, acts that are open, words of forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hientai.apps.cadres import selectors as cadres
from hientai.apps.dossiers import selectors as dossiers
from hientai.apps.dossiers.types import READ as READ_DOSSIERS
from hientai.apps.dossiers.types import WRITE as WRITE_DOSSIERS
from hientai.apps.organization import selectors as organization
from hientai.apps.procedures import selectors
from hientai.apps.procedures.documents import Wanted
from hientai.apps.procedures.fields import KINDS, LAYOUTS
from hientai.apps.procedures.forms import DocumentForm
from hientai.apps.procedures.types import BallotRow, CasePage, CaseRow, CaseStatus, Totals
from hientai.engines.ballots import Rule
from hientai.engines.errors import BadInput
from hientai.engines.procedure import Definition
from hientai.engines.procedure.definition import Step
from hientai.engines.procedure.demands import TITLES
from hientai.engines.procedure.diagram import diagram
from hientai.engines.vitext.letters import search_key
from hientai.engines.wording import say
from hientai.foundation import registry
from hientai.foundation.actor import Actor
from hientai.foundation.documents.signing import Signer
from hientai.foundation.web.templatetags.formats import rulebook_text, sentence
from hientai.rulebook.procedures import calendar

STATUSES = (
    ("active", gettext_lazy("Chưa kết thúc")),
    *CaseStatus.choices,
)
SOON = 7


# --- the board


def kind_choices(actor: Actor, as_of: date) -> list[tuple[str, str]]:
    """Kinds of procedures, each once."""
    found = selectors.all_definitions(actor=actor, as_of=as_of)
    return list({one.kind: rulebook_text(one.title) for one in found}.items())


def board_rows(rows: Sequence[CaseRow], as_of: date) -> list[dict[str, Any]]:
    """Lines with age in days at the step, and working days left."""
    return [
        {
            "row": row,
            "age": (as_of - row.entered_on).days,
            "left": None if row.due_on is None else calendar().working_days_between(as_of, row.due_on),
            "overdue": row.is_overdue(as_of),
        }
        for row in rows
    ]


def by_step(rows: Sequence[CaseRow]) -> list[dict[str, Any]]:
    """How many cases stand at each step of each procedure, as tabs with their list."""
    counted = Counter((row.kind, row.definition, row.step_place, row.step, row.step_title) for row in rows)
    return [
        {
            "label": f"{rulebook_text(title)}, {_('bước')} {place}: {rulebook_text(step_title)}",
            "count": number,
            "url": f"{reverse('cases')}?kind={kind}&step={step}",
        }
        for (kind, title, place, step, step_title), number in sorted(counted.items())
    ]


def unit_named(actor: Actor, as_of: date, text: str, where: str) -> int:
    """The unit meant by a code or a whole name. Raises BadInput."""
    units = organization.units(actor=actor, as_of=as_of)
    wanted = text.strip()
    found = [one for one in units if one.code.lower() == wanted.lower()] or [
        one for one in units if search_key(one.name) == search_key(wanted)
    ]
    if len(found) == 1:
        return found[0].id
    message = (
        say("“{text}” khớp nhiều đơn vị; hãy ghi mã đơn vị.", text=wanted[:80])
        if found
        else say("Không có đơn vị “{text}”.", text=wanted[:80])
    )
    raise BadInput("unknown_unit", message, where)


def people_named(actor: Actor, as_of: date, lines: Sequence[str]) -> list[tuple[int | None, str]]:
    """Lines of a list of those summoned: codes of files become people, anything else stays a name."""
    known = cadres.ids_of(actor=actor, as_of=as_of, codes=lines)
    names = {row.id: row.name for row in cadres.rows(actor=actor, as_of=as_of, ids=list(known.values()))}
    return [(known.get(line), names.get(known.get(line, 0), line)) for line in lines]


# --- one case


def case_context(page: CasePage, request: HttpRequest) -> dict[str, Any]:
    """Everything the page of a case shows."""
    handler = registry.procedure_handlers().get(page.subject_kind)
    return {
        "page": page,
        "acts": open_acts(page, request.actor),
        "drawing": diagram(worded(page.definition)),
        "done": list(page.state.left),
        "here": "" if page.row.status == CaseStatus.ENDED else page.row.step,
        "rule": page.rules.get(page.state.step.ballot),
        "papers": paper_lines(page, request.as_of),
        "ballot_lines": [(ballot, ballot_lines(ballot)) for ballot in reversed(page.ballots)],
        "documents": step_documents(page),
        "subject": {"label": handler.label, "url": handler.url(page.subject_id)} if handler else None,
        "left_days": None
        if page.row.due_on is None
        else calendar().working_days_between(request.as_of, page.row.due_on),
        "overdue": page.row.is_overdue(request.as_of),
        **case_dossiers(page, request),
        "may_correct": "board" in page.capacities and request.actor.may("ballots.close"),
    }


def case_dossiers(page: CasePage, request: HttpRequest) -> dict[str, Any]:
    """The dossiers of the people of the case, if opened; else the templates they may be opened under."""
    if not request.actor.may(READ_DOSSIERS):
        return {}
    known = dossiers.purpose_of(actor=request.actor, as_of=request.as_of, reference=page.row.code)
    may_open = "board" in page.capacities and request.actor.may(WRITE_DOSSIERS)
    if known is not None or not may_open or page.row.status == CaseStatus.ENDED:
        return {"dossiers": known}
    templates = dossiers.templates(actor=request.actor, as_of=request.today)
    return {
        "dossiers": None,
        "dossier_templates": [(one.code, rulebook_text(one.title)) for one in templates],
    }


def open_acts(page: CasePage, actor: Actor) -> dict[str, Any]:
    """The next deed, and the rest: each with its words and address, only those that can be done now."""
    if not page.capacities or page.row.status == CaseStatus.ENDED:
        return {"next": None, "others": [], "aside": []}
    board = "board" in page.capacities
    if page.row.status == CaseStatus.SUSPENDED:
        return {
            "next": _act("tiep-tuc", page) if board else None,
            "others": [],
            "aside": _aside(page, board)[1:],
        }
    ready = _ready(page, board, actor)
    return {"next": ready[0] if ready else None, "others": ready[1:], "aside": _aside(page, board)}


def _ready(page: CasePage, board: bool, actor: Actor) -> list[dict[str, str]]:
    step, state = page.state.step, page.state
    if not board and step.capacity not in page.capacities:
        return []
    missing = {one.code for one in page.demands}
    found = []
    if not page.demands:
        found.append(_act("ket-thuc-buoc", page))
    if "ballot_corrected" in missing:
        found.append(_act("tra-ve", page))
    if missing & {"no_meeting", "quorum_missed"}:
        found.append(_act("trieu-tap", page))
    if "meeting_not_held" in missing:
        found.append(_act("hop", page))
    if step.ballot and state.sitting and state.sitting.quorate and state.result is None:
        if page.ballot is None and board:
            found.append(
                {"label": _("Cử người kiểm phiếu"), "url": reverse("case-tellers", args=[page.row.code])}
            )
        elif page.ballot is not None and page.ballot.may_close and actor.may("ballots.close"):
            found.append(_act("khoa-phieu", page))
    if step.needs or step.gives:
        found.append(_act("giay-to", page))
    if "meeting_not_held" in missing:
        found.append(_act("trieu-tap", page))
    return found


def _aside(page: CasePage, board: bool) -> list[dict[str, str]]:
    names = ("tam-dung", "tra-ve", "mien", "dung") if board else ()
    return [_act(name, page) for name in names]


def _act(name: str, page: CasePage) -> dict[str, str]:
    return {"label": act_words(name, page)["title"], "url": reverse("case-act", args=[page.row.code, name])}


def act_words(act: str, page: CasePage) -> dict[str, str]:
    """The title, the explanation and the button of an act."""
    title, about, submit = {
        "trieu-tap": (_("Triệu tập hội nghị"), page.state.step.summoned, _("Triệu tập")),
        "hop": (_("Ghi kết quả họp"), _("Ai có mặt trong số được triệu tập."), _("Ghi")),
        "giay-to": (_("Nhận giấy tờ"), _("Bản đã ký; thời hạn giá trị tính theo quy định."), _("Ghi nhận")),
        "mien": (_("Miễn giấy tờ, thời hạn"), _("Ghi lại điều được miễn, ai cho phép, theo căn cứ nào."), _("Ghi")),
        "ket-thuc-buoc": (_("Kết thúc bước"), rulebook_text(page.state.step.title), _("Kết thúc bước")),
        "khoa-phieu": (
            _("Khóa kết quả kiểm phiếu"),
            _("Hai người kiểm phiếu đã thống nhất. Sau khi khóa chỉ có thể đính chính, và số liệu đầu vẫn còn."),
            _("Khóa kết quả"),
        ),
        "tam-dung": (_("Tạm dừng hồ sơ"), "", _("Tạm dừng")),
        "tiep-tuc": (_("Tiếp tục hồ sơ"), "", _("Tiếp tục")),
        "tra-ve": (
            _("Trả về bước trước"),
            _("Kết quả từ bước đó trở đi không còn tính; việc đã ghi vẫn đọc được."),
            _("Trả về"),
        ),
        "dung": (_("Dừng hồ sơ"), _("Hồ sơ kết thúc, không có quyết định."), _("Dừng hồ sơ")),
    }[act]  # fmt: skip
    return {"title": title, "about": about, "submit": submit}


def paper_lines(page: CasePage, as_of: date) -> list[dict[str, Any]]:
    """Every paper of the procedure: needed at which step, held until when, waived by whom."""
    found: dict[str, dict[str, Any]] = {}
    for step in page.definition.steps:
        for need in step.needs:
            line = found.setdefault(
                need.code, {"need": need, "steps": [], "held": page.state.papers.get(need.code)}
            )
            line["steps"].append(page.definition.place(step.code))
            line["citation"] = need.citation or step.citation
    waived = {waiver.what: waiver for waiver in page.state.waivers}
    for code, line in found.items():
        held = line["held"]
        line["waived"] = waived.get(code)
        line["expired"] = held is not None and held.valid_until is not None and held.valid_until < as_of
    return list(found.values())


def ballot_lines(ballot: BallotRow) -> list[dict[str, Any]]:
    """Names with votes and shares of the last final count, and the first count beside it where it was corrected."""
    if ballot.outcome is None:
        return []
    keys = {name.label: name.key for name in ballot.names}
    first = ballot.finals[0].totals.votes if len(ballot.finals) > 1 else {}
    return [{"one": one, "first": first.get(keys[one.name])} for one in ballot.outcome.names]


def count_lines(ballot: BallotRow, me: int | None) -> list[dict[str, Any]]:
    """The two entries side by side, for a teller who has entered; differing lines are marked."""
    if me not in ballot.entered or not ballot.is_counted:
        return []
    own = ballot.entered[me]
    other = next(ballot.entered[teller] for teller, _name in ballot.tellers if teller != me)
    labels = [("issued", _("Số phiếu phát ra")), ("valid", _("Số phiếu hợp lệ"))]
    labels += [(name.key, name.label) for name in ballot.names]
    return [
        {
            "label": label,
            "own": _number(own, key),
            "other": _number(other, key),
            "differs": key in ballot.differing,
        }
        for key, label in labels
    ]


def _number(totals: Totals, key: str) -> int:
    return int(getattr(totals, key)) if key in ("issued", "valid") else totals.votes[key]


def count_field(where: str, ballot: BallotRow, form: Any) -> str | None:
    """The field of a count at which an error stands: the engine names totals, and names by their label."""
    keys = {f"votes.{name.label}": f"votes_{name.key}" for name in ballot.names}
    field = keys.get(where, where)
    return field if field in form.fields else None


# --- definitions


def worded(definition: Definition) -> Definition:
    """The definition as it is drawn: titles and who acts in the language of the page."""
    steps = tuple(
        replace(
            step,
            title=rulebook_text(step.title),
            convener=rulebook_text(step.convener),
            summoned=rulebook_text(step.summoned),
        )
        for step in definition.steps
    )
    endings = tuple(replace(ending, title=rulebook_text(ending.title)) for ending in definition.endings)
    return replace(definition, steps=steps, endings=endings)


def step_lines(definition: Definition, rules: Mapping[str, Rule]) -> list[dict[str, Any]]:
    """Steps with their rule and what of it is not confirmed."""
    return [
        {
            "step": step,
            "number": number,
            "rule": rules.get(step.ballot),
            "papers": [
                *(rulebook_text(need.title) for need in step.needs),
                *(sentence(TITLES[kind]) for kind in step.gives),
            ],
            "doubts": step_doubts(step, rules.get(step.ballot)),
        }
        for number, step in enumerate(definition.steps, 1)
    ]


def step_doubts(step: Step, rule: Rule | None) -> list[str]:
    """What of a step was not read in its text, in words."""
    words = {
        "pass": _("ngưỡng phiếu"), "otherwise": _("xử lý khi không ai đạt"),
        "if_changed": _("yêu cầu khi kết quả khác bước trước"),
        "at_half": _("trường hợp đúng một nửa"), "quorum": _("số người cần có mặt"), "announced": _("việc công bố"),
        "bands": _("ngưỡng phiếu"), "names_per_ballot": _("số người ghi trên một phiếu"),
    }  # fmt: skip
    said = [] if step.verified else [_("cả bước")]
    if rule is not None:
        said += [words[key] for key in words if key in rule.unverified and _matters(key, rule)]
    return list(dict.fromkeys(said))


def _matters(key: str, rule: Rule) -> bool:
    """Whether a rule says anything about a part."""
    if key == "bands":
        return rule.passes is None
    if key in ("pass", "otherwise"):
        return rule.passes is not None
    return bool({
        "if_changed": rule.if_changed, "at_half": rule.head_decides_at_half, "quorum": rule.quorum,
        "announced": rule.announced is not None, "names_per_ballot": rule.names_per_ballot,
    }[key])  # fmt: skip


# --- documents


def step_documents(page: CasePage) -> list[dict[str, str]]:
    """The documents that belong to the present step."""
    step = page.state.step
    kinds = ["invitation"] if step.is_meeting else []
    kinds += ["ballot"] if step.ballot else []
    kinds += [kind for kind in ("minutes", "counting", "aggregate") if kind in step.gives]
    kinds += (
        ["proposal"] if any(need.code == "proposal" for need in step.needs) or not step.is_meeting else []
    )
    kinds += ["decision"] if "approved" in step.next else []
    return [
        {
            "label": str(KINDS[kind]),
            "url": reverse("case-document", args=[page.row.code, kind]) + f"?step={step.code}",
        }
        for kind in kinds
    ]


def kind_tabs(page: CasePage, kind: str, step: str) -> list[dict[str, Any]]:
    """Every kind of document as tabs."""
    query = f"?step={step}" if step else ""
    return [
        {
            "label": label,
            "url": reverse("case-document", args=[page.row.code, one]) + query,
            "current": one == kind,
        }
        for one, label in KINDS.items()
    ]


def document_form(request: HttpRequest, page: CasePage, kind: str) -> DocumentForm:
    """Head and signature as asked in the address; the office's own template first where there is one."""
    own = selectors.office_template(
        actor=request.actor, as_of=request.as_of, kind=kind, unit_id=page.row.unit_id
    )
    choices = [("office", _("Mẫu của cơ quan"))] if own else []
    choices += [(layout, str(label)) for layout, label in LAYOUTS.items()]
    usual = "party" if page.definition.document.endswith("/TW") else "state"
    asked = request.GET.copy()
    asked.setdefault("template", "office" if own else usual)
    asked.setdefault("on", f"{request.as_of:%d/%m/%Y}")
    return DocumentForm(asked, templates=choices)


def wanted_document(request: HttpRequest, kind: str, form: DocumentForm) -> Wanted:
    """The document asked for; what cannot be read falls back to the usual."""
    if not form.is_valid():
        return Wanted(kind, "state", request.as_of)
    asked = form.cleaned_data
    return Wanted(
        kind=kind, template=asked["template"] or "state", on=asked["on"] or request.as_of, agency=asked["agency"],
        above=asked["above"], place=asked["place"],
        signer=Signer(asked["authority"], asked["principal"], asked["position"], asked["name"]),
    )  # fmt: skip


def download_query(request: HttpRequest) -> str:
    query = request.GET.copy()
    query["format"] = "docx"
    return f"?{query.urlencode()}"


# --- the home page


def reminders(*, actor: Actor, as_of: date) -> dict[str, Any]:
    """Cases that are overdue or due within a week."""
    until = date.fromordinal(as_of.toordinal() + SOON)
    rows = selectors.reminders(actor=actor, as_of=as_of, until=until)
    return {
        "overdue": [row for row in rows if row.is_overdue(as_of)],
        "soon": [row for row in rows if not row.is_overdue(as_of)],
        "as_of": as_of,
    }
