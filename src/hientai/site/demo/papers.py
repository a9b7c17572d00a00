"""Dossiers of the demo: 81 people x 11 papers for a party committee, and a few of an appointment; all invented.

One paper of the large round is missing, one expired, one was returned, one is waived; a handful wait for a second
person. Every file is one of a dozen small ones, so the vault keeps each once.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hientai.apps.accounts.models import User
from hientai.apps.accounts.selectors import actor_of
from hientai.apps.dossiers import selectors, services
from hientai.apps.dossiers.types import Outcome, PaperDraft
from hientai.engines.interval import add_months
from hientai.foundation.actor import Actor
from hientai.foundation.documents.typst_text import escaped, pdf_of
from hientai.rulebook.dossiers import DossierTemplate, Kept, PaperKind
from hientai.site.demo.people import Person

PEOPLE = 81
CONGRESS, APPOINTMENT = "congress.committee.ha_noi_2020", "appointment.civil_servant"
AGE_OF_PAPERS = {"biography": 70, "health": 45, "self_review": 90, "comments": 80}  # days
MISSING, EXPIRED, RETURNED, WAIVED = (11, "residence"), (23, "health"), (37, "biography"), (52, "residence")
AWAITING = ((5, "diplomas"), (64, "comments"), (71, "eleventh"))


def nominees(people: Sequence[Person]) -> list[int]:
    """Numbers of the people of the large round: leaders in service, below the very first posts."""
    serving = [person for person in people if person.place is not None and person.posts[-1].title.leads]
    ranked = sorted(serving, key=lambda person: (-person.posts[-1].title.rank, person.number))
    return [person.number for person in ranked[25 : 25 + PEOPLE]]


def enter_papers(people: Sequence[Person], ids: Sequence[int], today: date) -> int:
    """Opens both rounds and fills them through the services; returns how many papers were brought."""
    on = today - timedelta(days=20)
    officer, second = (actor_of(User.objects.get(username=name), on) for name in ("bantochuc", "thamdinh"))
    chosen = [ids[number] for number in nominees(people)]
    if not chosen:
        return 0
    brought = enter_congress(officer, second, chosen, today)
    return brought + _appointment(officer, second, chosen[-6:], today)


def enter_congress(officer: Actor, second: Actor, people: Sequence[int], today: date) -> int:
    """The round of the party committee, by an officer and a second person on the day they work; papers brought."""
    opened = services.open_purpose(
        actor=officer, title="Nhân sự Ban Chấp hành Đảng bộ khóa mới", template=CONGRESS,
        needed_on=today + timedelta(days=75),
    )  # fmt: skip
    services.add_people(actor=officer, purpose_id=opened.pk, person_ids=people)
    template = selectors.template(actor=officer, as_of=officer.today, code=CONGRESS)
    files = _files(template)
    dossiers = dict(opened.dossiers.values_list("person_id", "id"))
    papers, place = [], {}
    for number, person in enumerate(people):
        for kind in template.papers:
            if (number, kind.code) in (MISSING, WAIVED):
                continue
            place[len(papers)] = number, kind.code
            expired = (number, kind.code) == EXPIRED
            issued = add_months(officer.today, -8) if expired else _day(kind, officer.today)
            papers.append((dossiers[person], _draft(kind, files, issued)))
    versions = services.bring_papers(actor=officer, papers=papers)
    said = {place[row]: version for row, version in enumerate(versions)}
    accepted = [v for key, v in said.items() if key not in (RETURNED, *AWAITING)]
    services.appraise(actor=second, version_ids=accepted, outcome=Outcome.ACCEPTED)
    if RETURNED in said:
        services.appraise(
            actor=second, version_ids=[said[RETURNED]], outcome=Outcome.RETURNED,
            reason="Thiếu xác nhận của cơ quan quản lý ở trang cuối",
        )  # fmt: skip
    if WAIVED[0] < len(people):
        services.waive(
            actor=replace(second, today=officer.today), dossier_id=dossiers[people[WAIVED[0]]], item=WAIVED[1],
            ground="Cư trú tại khu tập thể của cơ quan; cấp ủy cơ quan đã nhận xét (Công văn hư cấu số 12)",
        )  # fmt: skip
    return len(versions)


def _appointment(officer: Actor, second: Actor, people: Sequence[int], today: date) -> int:
    """A small round in the middle of the work: half of the papers brought, half of those appraised."""
    opened = services.open_purpose(
        actor=officer,
        title="Bổ nhiệm cấp phòng, quý IV",
        template=APPOINTMENT,
        needed_on=today + timedelta(days=40),
    )
    services.add_people(actor=officer, purpose_id=opened.pk, person_ids=people)
    template = selectors.template(actor=officer, as_of=officer.today, code=APPOINTMENT)
    files = _files(template)
    papers = [
        (dossier, _draft(kind, files, _day(kind, officer.today)))
        for row, dossier in enumerate(opened.dossiers.order_by("id").values_list("id", flat=True))
        for column, kind in enumerate(template.papers)
        if (row + column) % 2 == 0
    ]
    versions = services.bring_papers(actor=officer, papers=papers)
    services.appraise(actor=second, version_ids=versions[::2], outcome=Outcome.ACCEPTED)
    return len(versions)


def _day(kind: PaperKind, today: date) -> date:
    return today - timedelta(days=AGE_OF_PAPERS.get(kind.code, 60))


def _draft(kind: PaperKind, files: dict[str, tuple[bytes, str]], issued: date) -> PaperDraft:
    if kind.kept == Kept.STATE:
        return PaperDraft(kind.code, issued, signed=True)
    content, name = files[kind.code]
    return PaperDraft(
        kind.code, issued, content, name, certified=kind.code == "diplomas", signed=kind.code != "diplomas"
    )


def _files(template: DossierTemplate) -> dict[str, tuple[bytes, str]]:
    """One small invented file a kind: most PDF, the diplomas a picture."""
    made = {
        kind.code: (
            _sheet(kind.title, 2 if kind.code in ("biography", "comments") else 1),
            f"{kind.code}.pdf",
        )
        for kind in template.papers
        if kind.kept == Kept.FILE
    }
    return made | {"diplomas": (_picture(), "van-bang.jpg")}


def _sheet(title: str, pages: int) -> bytes:
    page = f"""#align(center, text(size: 14pt, weight: "bold")[{escaped(title)}])
#v(1cm)
#align(center)[{escaped("TÀI LIỆU HƯ CẤU của bản trình diễn, không có nội dung thật.")}]
#v(1cm)
{escaped("(Ký tên, đóng dấu)")}
"""
    return pdf_of(
        '#set page(paper: "a4", margin: 25mm)\n#set text(font: "Liberation Serif", size: 12pt)\n'
        + "#pagebreak()\n".join([page] * pages)
    )


def _picture() -> bytes:
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (1100, 780), (250, 246, 232))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((40, 40, 1060, 740), outline=(150, 60, 40), width=8)
    draw.ellipse((780, 500, 960, 680), outline=(170, 30, 30), width=10)
    for line in range(6):
        draw.line((180, 220 + line * 60, 920, 220 + line * 60), fill=(90, 90, 90), width=3)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
