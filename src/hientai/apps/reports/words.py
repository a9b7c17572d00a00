"""What the verification of a frozen report says to a reader."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hientai.apps.reports.types import Verified


def verdict_of(found: Verified) -> str:
    """One or two sentences: is it as issued, can it be written again, would the records of now say the same."""
    row = found.row
    if row is None:
        return _("Tệp này không phải bản cố định nào của cơ sở dữ liệu này.")
    named = _("Bản cố định {code}: {title}, số liệu tính đến {day}, do {who} lập.").format(
        code=row.code, title=row.title, day=f"{row.as_of:%d/%m/%Y}", who=row.frozen_by
    )
    if not found.genuine:
        return f"{named} {_('Tệp đã bị thay đổi sau khi lập.')}"
    if not found.replayed:
        return f"{named} {_('Không lập lại được đúng từng byte; hãy báo bộ phận kỹ thuật.')}"
    said = _("Tệp đúng nguyên bản và lập lại được đúng từng byte.")
    if found.differences:
        said += " " + _("Hồ sơ đã được đính chính từ đó: hỏi lại hôm nay khác {count} dòng.").format(
            count=found.differences
        )
    return f"{named} {said}"
