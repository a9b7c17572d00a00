"""Roles of the program."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What an account may do, where its grants say."""

    BOARD_OFFICER = "board_officer", _("Cán bộ Ban Tổ chức")
    UNIT_HEAD = "unit_head", _("Thủ trưởng đơn vị")
    STAFF = "staff", _("Cán bộ, công chức, viên chức")
    APPRAISER = "appraiser", _("Cán bộ thẩm định hồ sơ, đọc tài liệu kín")
    ADMINISTRATOR = "administrator", _("Quản trị kỹ thuật")


@dataclass(frozen=True)
class SavedRow:
    """A question kept under a name: the query of the address of `page`."""

    id: int
    page: str
    name: str
    query: str
