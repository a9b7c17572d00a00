"""What is asked on the screens of imports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hientai.apps.exchange.reading import LIMITS
from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.engines.worksheet import SavedMapping, TableProposal, vocabulary
from hientai.engines.worksheet.error_book import hidden_number
from hientai.engines.worksheet.sheet import MEGABYTE

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def check_size(size: int) -> None:
    """Raises BadInput `too_large` before a file over the limit is read into memory."""
    if size > LIMITS.file_bytes:
        said = {"size": -(-size // MEGABYTE), "most": LIMITS.file_bytes // MEGABYTE}
        raise BadInput("too_large", say("Tệp nặng {size} MB, vượt mức {most} MB.", **said))


def _unit_field(label: str, help_text: str, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=200, help_text=help_text,
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
    )  # fmt: skip


class NamesUnit(forms.Form):
    """A form that asks for a unit by name or code; where a name fits several units they are offered to choose from."""

    def ask_which(self, said: str, alike: Sequence[tuple[str, str]], name: str = "unit") -> None:
        """The name that was typed is not enough: says so, and offers the units it may mean."""
        if alike:
            self.fields[name].widget = forms.Select(
                choices=[("", _("— chọn đơn vị —")), *((code, f"{label} · {code}") for code, label in alike)]
            )
        self.add_error(name, said)


class BringForm(NamesUnit):
    """A file, or cells pasted from Excel, and whose list it is."""

    workbook = forms.FileField(
        label=_("Chọn hoặc thả tệp vào đây"), required=False, allow_empty_file=True,
        help_text=_("Excel (.xlsx, .xlsm, .xls), OpenDocument (.ods) hoặc .csv, tối đa 100 MB. Không cần kẻ lại bảng."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt"}),
    )  # fmt: skip
    pasted = forms.CharField(
        label=_("Hoặc dán các ô chép từ Excel"), required=False, strip=False,
        help_text=_("Chép cả dòng tiêu đề."), widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )  # fmt: skip
    unit = _unit_field(
        _("Danh sách của đơn vị"), _("Tên hoặc mã đơn vị. Bỏ trống nếu tệp đã ghi đơn vị của từng người.")
    )

    def clean_workbook(self) -> object:
        brought = self.cleaned_data["workbook"]
        if brought is not None:
            try:
                check_size(brought.size)
            except BadInput as error:
                raise ValidationError(str(error)) from error
        return brought

    def clean(self) -> dict[str, object]:
        asked = super().clean() or {}
        if not self.errors and bool(asked.get("workbook")) == bool(str(asked.get("pasted") or "").strip()):
            self.add_error("workbook", _("Hãy chọn một tệp, hoặc dán các ô (chỉ một trong hai)."))
        return asked

    def brought(self) -> tuple[str, bytes]:
        """The name and bytes of what was brought; only after validation."""
        file = self.cleaned_data["workbook"]
        if file is not None:
            return str(file.name), file.read()
        return "dan-tu-excel.txt", _BYTE_ORDER_MARK + self.cleaned_data["pasted"].encode()


class UnitForm(NamesUnit):
    """The unit of those rows of a list that name none."""

    unit = _unit_field(_("Đơn vị của các dòng này"), _("Tên hoặc mã đơn vị."), required=True)


class MappingForm(NamesUnit):
    """One choice for each column of each table, the unit, and whether the next list is mapped likewise."""

    unit = _unit_field(
        _("Danh sách của đơn vị"), _("Tên hoặc mã đơn vị; dùng cho người mà tệp không ghi đơn vị.")
    )
    without_unit = forms.BooleanField(
        label=_("Không chọn: đơn vị đã ghi ở các dòng trong bảng, hoặc mọi người đã có hồ sơ"), required=False
    )
    remember = forms.BooleanField(label=_("Nhớ cách ghép này cho lần sau"), required=False, initial=True)

    def __init__(
        self, *args: object, tables: Sequence[TableProposal], mapping: SavedMapping, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.tables, self._skipped = tables, mapping.skip_sheets
        for sheet in self.sheets():
            self.fields[f"read:{sheet}"] = forms.BooleanField(
                label=_("Đọc trang tính này"), required=False, initial=sheet not in mapping.skip_sheets
            )
        for number, table in enumerate(tables):
            for column in table.columns:
                self.fields[f"{number}:{column.letters}"] = forms.ChoiceField(
                    label=column.heading or _("Cột %s") % column.letters, required=False,
                    choices=field_choices(column.field), initial=column.field if column.is_read else "",
                )  # fmt: skip

    def sheets(self) -> list[str]:
        return list(dict.fromkeys(table.sheet for table in self.tables))

    def clean(self) -> dict[str, object]:
        asked = super().clean() or {}
        if not any(asked.get(f"read:{sheet}") for sheet in self.sheets()):
            raise ValidationError(_("Phải đọc ít nhất một trang tính."))
        silent = self.silent_about_units()
        if silent and not asked.get("unit") and not asked.get("without_unit"):
            said = _("Trang tính %s không có cột đơn vị. Hãy chọn đơn vị của danh sách này.")
            self.add_error("unit", said % ", ".join(f"“{sheet}”" for sheet in silent))
        return asked

    def silent_about_units(self) -> list[str]:
        """Sheets to be read that have neither a column nor a title telling whose people they list."""
        return list(
            dict.fromkeys(
                table.sheet
                for number, table in enumerate(self.tables)
                if self._is_read(table.sheet) and not table.unit and not self._names_units(number, table)
            )
        )

    def _is_read(self, sheet: str) -> bool:
        name = f"read:{sheet}"
        return bool(self.cleaned_data.get(name) if self.is_bound else self.fields[name].initial)

    def _names_units(self, number: int, table: TableProposal) -> bool:
        names = [f"{number}:{column.letters}" for column in table.columns]
        chosen = (
            [self.cleaned_data.get(name) for name in names]
            if self.is_bound
            else [self.fields[name].initial for name in names]
        )
        return bool({"unit", "row_key"} & {str(field) for field in chosen})

    def shown(self) -> list[Mapping[str, object]]:
        """Each table with its columns, for the page."""
        return [
            {
                "table": table,
                "read": self[f"read:{table.sheet}"],
                "columns": [
                    {
                        "column": column,
                        "field": self[f"{number}:{column.letters}"],
                        "samples": [_sample(column.field, text) for text in column.samples[:2]],
                    }
                    for column in table.columns
                    if column.heading or column.samples
                ],
            }
            for number, table in enumerate(self.tables)
        ]

    def mapping(self) -> SavedMapping:
        """What was chosen; only after validation."""
        chosen = []
        for number, table in enumerate(self.tables):
            for column in table.columns:
                table = table.with_field(column.column, self.cleaned_data[f"{number}:{column.letters}"])
            chosen.append(table)
        skipped = tuple(sheet for sheet in self.sheets() if not self.cleaned_data[f"read:{sheet}"])
        return replace(SavedMapping.from_proposals(chosen), skip_sheets=skipped)


def _sample(field: str, text: str) -> str:
    """What a cell looks like; an identity number by its last digits only."""
    return hidden_number(text) if field in ("identity", "identity_old") else text


def field_choices(current: str) -> list[tuple[str, object]]:
    """What a column may hold: left out first, then the fields as officers expect them."""
    fields = [(key, _(field.label)) for key, field in vocabulary.fields().items() if field.reads != "ignored"]
    marked = [(current, current.removeprefix("choice:"))] if current.startswith("choice:") else []
    return [("", _("— để lại, không đọc —")), *marked, *fields]


class ReasonForm(forms.Form):
    """Why something is taken back."""

    because = forms.CharField(label=_("Lý do hoàn tác"), max_length=300)


class RequestForm(NamesUnit):
    """Which unit's workbook is sent out, and by when it is to come back."""

    unit = _unit_field(_("Đơn vị"), _("Tên hoặc mã đơn vị."), required=True)
    due_on = forms.DateField(label=_("Hạn gửi về"), required=False)
