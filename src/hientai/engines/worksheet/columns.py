"""The columns of one table by the part they play in reading a person."""

from __future__ import annotations

from dataclasses import dataclass

from hientai.engines.worksheet import vocabulary
from hientai.engines.worksheet.letters import phrase
from hientai.engines.worksheet.mapping import TableProposal

_BIRTH = ("born", "born_male", "born_female", "born_year")
_SEX = ("sex", "male_mark", "female_mark", "born_male", "born_female")


@dataclass(frozen=True)
class Choice:
    """A column that is itself an answer: a mark in it means this code of this list."""

    column: int
    code_list: str
    code: str


@dataclass(frozen=True)
class TableColumns:
    """by_field: field -> columns; choices: marked columns; left to before right: the table's width.

    births: the columns of names where their heading asks for the birth too ("Họ và tên, năm sinh").
    """

    left: int
    right: int
    by_field: dict[str, tuple[int, ...]]
    choices: tuple[Choice, ...]
    names: tuple[int, ...]
    births: tuple[int, ...]
    identities: tuple[int, ...]
    ordinals: tuple[int, ...]
    sexes: tuple[int, ...]
    reading: tuple[tuple[str, str, str, tuple[int, ...]], ...]

    def first(self, key: str) -> int | None:
        """The first column of a field, None when the table has none."""
        columns = self.by_field.get(key)
        return columns[0] if columns else None

    @property
    def tells_sex(self) -> bool:
        """Whether the table has any place where the sex stands."""
        return any(key in self.by_field for key in _SEX)

    @property
    def tells_birth(self) -> bool:
        """Whether the table has any place where the birth stands."""
        return any(key in self.by_field for key in _BIRTH)


_READ_APART = frozenset(
    (
        "name",
        "family_name",
        "given_name",
        "born",
        "born_male",
        "born_female",
        "born_day",
        "born_month",
        "born_year",
        "sex",
        "male_mark",
        "female_mark",
        "identity",
        "identity_old",
        "phone",
        "email",
        "block",
        "unit",
        "ordinal",
    )
)


def columns_of(table: TableProposal) -> TableColumns:
    """Sorts the columns that are read; `reading` has (field, how, code list, columns) of ordinary ones."""
    by_field: dict[str, tuple[int, ...]] = {}
    choices: list[Choice] = []
    for each in table.columns:
        if not each.is_read:
            continue
        if each.field.startswith("choice:"):
            code_list, _, code = each.field.removeprefix("choice:").partition("=")
            choices.append(Choice(each.column, code_list, code))
        else:
            by_field[each.field] = (*by_field.get(each.field, ()), each.column)
    known = vocabulary.fields()
    reading = tuple(
        (key, known[key].reads, known[key].code_list, columns)
        for key, columns in by_field.items()
        if key not in _READ_APART and known[key].reads not in ("ignored", "ordinal")
    )

    def all_of(*keys: str) -> tuple[int, ...]:
        return tuple(column for key in keys for column in by_field.get(key, ()))

    names = all_of("name", "family_name", "given_name")
    births = all_of(*_BIRTH)
    if not births and any(
        "sinh" in phrase(each.heading).split() for each in table.columns if each.column in names
    ):
        births = names
    used = [each.column for each in table.columns]
    return TableColumns(
        left=min(used, default=0),
        right=max(used, default=0) + 1,
        by_field=by_field,
        choices=tuple(choices),
        names=names,
        births=births,
        identities=all_of("identity"),
        ordinals=all_of("ordinal"),
        sexes=all_of("sex"),
        reading=reading,
    )
