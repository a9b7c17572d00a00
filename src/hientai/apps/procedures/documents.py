"""The documents of a step, from the shipped Word templates or an office's own: fields with their present values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from hientai.apps.procedures import selectors
from hientai.apps.procedures.fields import KINDS, LAYOUTS, fields_with
from hientai.apps.procedures.types import BallotRow, CasePage, NameRow, SittingRow
from hientai.engines.ballots.answer import verdict_label
from hientai.engines.ballots.count import label_of
from hientai.engines.vitext.words import day_in_words, number_in_words
from hientai.foundation.actor import Actor
from hientai.foundation.documents.signing import Signer, signature_lines
from hientai.foundation.documents.word_templates import Field, fill
from hientai.foundation.errors import NotFound
from hientai.foundation.web.templatetags.formats import number, percent, sentence


@dataclass(frozen=True)
class Wanted:
    """Which document, in which form. template: "office", "state" or "party"; agency, above: at its head."""

    kind: str
    template: str
    on: date
    agency: str = ""
    above: str = ""
    place: str = ""
    signer: Signer = field(default_factory=Signer)

    @property
    def layout(self) -> str:
        return "party" if self.template == "party" else "state"


def shipped(kind: str, layout: str) -> bytes:
    """A template that comes with the program."""
    if kind not in KINDS or layout not in LAYOUTS:
        raise NotFound(f"{layout}/{kind}")
    return files("hientai.apps.procedures").joinpath("word_templates", layout, f"{kind}.docx").read_bytes()


def template_of(*, actor: Actor, as_of: date, page: CasePage, wanted: Wanted) -> bytes:
    """The office's newest template where it is asked for, else the shipped one of the layout."""
    if wanted.template == "office":
        own = selectors.office_template(actor=actor, as_of=as_of, kind=wanted.kind, unit_id=page.row.unit_id)
        if own is None:
            raise NotFound(wanted.kind)
        return own
    return shipped(wanted.kind, wanted.layout)


def write(*, actor: Actor, as_of: date, page: CasePage, wanted: Wanted, step: str = "") -> bytes:
    """The filled document. Raises BadInput naming the field and place when a template asks for an unknown one."""
    return fill(
        template_of(actor=actor, as_of=as_of, page=page, wanted=wanted), fields_of(page, wanted, step)
    )


def file_name(page: CasePage, kind: str, step: str) -> str:
    """`QT-2026-00012-b3-counting.docx`."""
    return f"{page.row.code}-{step or page.row.step}-{kind}.docx"


def fields_of(page: CasePage, wanted: Wanted, step: str = "") -> list[Field]:
    """Every field with its value for a step of the case (the present one where none is named)."""
    code = step if any(one.code == step for one in page.definition.steps) else page.state.step_code
    sitting = next((one for one in reversed(page.sittings) if one.step == code), None)
    ballot = next((one for one in page.ballots if sitting and one.sitting_id == sitting.id), None)
    values = {
        **_head(page, wanted),
        **_step(page, code),
        **_meeting(sitting),
        **_count(ballot),
        "nhan_su": _names(page, ballot),
        "kiem_phieu_cac_buoc": list(_all_counts(page)),
    }
    return fields_with(values)


def _head(page: CasePage, wanted: Wanted) -> dict[str, Any]:
    lines = (*signature_lines(wanted.signer, wanted.layout), "", "")
    agency = wanted.agency or settings.AGENCY_NAME or page.row.unit
    return {
        "co_quan": agency,
        "co_quan_cap_tren": wanted.above,
        "dia_danh": wanted.place or "…",
        "ngay": _long_day(wanted.on),
        "ngay_bang_chu": day_in_words(wanted.on),
        "ma_ho_so": page.row.code,
        "ten_ho_so": page.row.title,
        "quy_trinh": page.definition.title,
        "can_cu_quy_trinh": page.definition.document,
        "don_vi": page.row.unit,
        "ky_dong_1": lines[0],
        "ky_dong_2": lines[1],
        "nguoi_ky": wanted.signer.name,
        "du_lieu_hu_cau": _("Dữ liệu hư cấu – bản trình diễn") if settings.DEMO else "",
    }


def _step(page: CasePage, code: str) -> dict[str, Any]:
    step = page.definition.step(code)
    return {
        "can_cu": str(step.citation),
        "so_buoc": str(page.definition.place(code)),
        "ten_buoc": step.title,
        "nguoi_trieu_tap": step.convener,
        "thanh_phan": step.summoned,
    }


def _meeting(sitting: SittingRow | None) -> dict[str, Any]:
    if sitting is None:
        return {}
    summoned, present = len(sitting.people), sitting.present
    share = percent(Fraction(present, summoned)) if summoned else ""
    return {
        "ngay_hop": _long_day(sitting.meeting_on),
        "dia_diem": sitting.place or "…",
        "chu_tri": sitting.chair or "…",
        "thu_ky": sitting.secretary or "…",
        "trieu_tap": number(summoned),
        "trieu_tap_bang_chu": number_in_words(summoned),
        "co_mat": number(present),
        "co_mat_bang_chu": number_in_words(present),
        "vang": number(summoned - present),
        "ty_le_co_mat": share,
        "noi_dung": sitting.minutes or "…",
        "nguoi_du": [
            {"stt": str(place), "ho_ten": one.name, "co_mat": _present(one.present)}
            for place, one in enumerate(sitting.people, 1)
        ],
    }


def _present(came: bool | None) -> str:
    return "" if came is None else _("Có mặt") if came else _("Vắng")


def _count(ballot: BallotRow | None) -> dict[str, Any]:
    if ballot is None:
        return {}
    tellers = [name for _, name in ballot.tellers]
    said: dict[str, Any] = {"kiem_phieu_1": tellers[0], "kiem_phieu_2": tellers[1]}
    if not ballot.finals:
        return said
    final = ballot.finals[-1]
    totals, outcome = final.totals, final.outcome
    announced = {
        True: _("Kết quả được công bố tại hội nghị."),
        False: _("Kết quả không công bố tại hội nghị."),
    }
    return said | {
        "phat_ra": number(totals.issued),
        "phat_ra_bang_chu": number_in_words(totals.issued),
        "hop_le": number(totals.valid),
        "hop_le_bang_chu": number_in_words(totals.valid),
        "khong_hop_le": number(totals.issued - totals.valid),
        "goc_tinh": sentence(label_of(outcome.base_name)),
        "ket_luan": " ".join(sentence(reason) for reason in outcome.reasons),
        "cong_bo": announced.get(outcome.announced, "") if outcome.announced is not None else "",
        "dinh_chinh": _correction(ballot),
    }


def _correction(ballot: BallotRow) -> str:
    """What a correction changed, with the first count beside it."""
    if len(ballot.finals) < 2:
        return ""
    labels = {name.key: name.label for name in ballot.names}
    first, last = ballot.finals[0], ballot.finals[-1]
    changed = "; ".join(
        f"{labels[key]}: {first.totals.votes[key]} → {last.totals.votes[key]}"
        for key in labels
        if first.totals.votes[key] != last.totals.votes[key]
    )
    return _("Đính chính lần {n}: {changed}. Lý do: {because}.").format(
        n=last.version - 1, changed=changed or _("số phiếu phát ra, hợp lệ"), because=last.because
    )


def _names(page: CasePage, ballot: BallotRow | None) -> list[Mapping[str, str]]:
    names: Sequence[NameRow] = (
        ballot.names if ballot else [name for name in page.names if name.key in page.state.names]
    )
    results = {one.name: one for one in ballot.outcome.names} if ballot and ballot.outcome else {}
    recorded = ballot is not None and ballot.outcome is not None and ballot.outcome.status == "recorded"
    rows = []
    for place, name in enumerate(names, 1):
        row = {"stt": str(place), "ho_ten": name.label, "chuc_vu": name.position, "chuc_danh": name.seat}
        one = results.get(name.label)
        row |= {"so_phieu": "", "so_phieu_bang_chu": "", "ty_le": "", "ket_qua": ""}
        if one is not None:
            row["so_phieu"], row["so_phieu_bang_chu"] = number(one.votes), number_in_words(one.votes)
            row["ty_le"] = percent(one.share)
            row["ket_qua"] = _("ghi nhận") if recorded else sentence(verdict_label(one.verdict))
        rows.append(row)
    return rows


def _all_counts(page: CasePage) -> Iterator[Mapping[str, str]]:
    for ballot in page.ballots:
        if ballot.outcome is None:
            continue
        for one in ballot.outcome.names:
            yield {
                "buoc": ballot.step_title,
                "ngay": f"{ballot.meeting_on:%d/%m/%Y}",
                "trieu_tap": number(ballot.summoned),
                "co_mat": number(ballot.present),
                "hop_le": number(ballot.finals[-1].totals.valid),
                "ho_ten": one.name,
                "so_phieu": number(one.votes),
                "ty_le": percent(one.share),
            }


def _long_day(day: date) -> str:
    """ngày 05 tháng 3 năm 2026: days below 10 and months 1 and 2 with a zero, as Decree 30/2020 writes them."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
