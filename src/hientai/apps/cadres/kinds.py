"""The kinds of record that a personnel file keeps, as data: what is asked of each on a form and shown on a page.

Source: the fields of form 2C-TCTW and HS02-VC, and the groups of Decree 27/2026, within boundaries.md.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hientai.apps.cadres.types import DisciplineForm, HealthClass, PositionKind, Rating, Relation, Sex
from hientai.apps.organization.types import Tier

Label = str | Promise


class How(enum.Enum):
    """How a value is asked and kept. LEVEL: kind and code of a qualification in one choice."""

    TEXT = "text"
    LONG = "long"
    DAY = "day"
    CHOICE = "choice"
    CODE = "code"
    LEVEL = "level"
    WHOLE = "whole"
    DECIMAL = "decimal"
    BORN = "born"
    UNIT = "unit"
    TITLE = "title"
    PERSON = "person"
    NUMBER = "number"


@dataclass(frozen=True)
class Field:
    """One value. name: column of the record (or a name of its own); of: code list, or name of the choices."""

    name: str
    label: Label
    how: How = How.TEXT
    of: str = ""
    required: bool = False
    longest: int = 200
    help: Label = ""


@dataclass(frozen=True)
class Kind:
    """One kind of record. since: what its first day is called, "" when the values give it; follows: one value at a
    time holds, a new one ends the one before; ends: a day may be set on which it ends."""

    slug: str
    title: Label
    one: Label
    fields: tuple[Field, ...]
    since: Label
    follows: bool = False
    ends: bool = False
    adds: bool = True


BIOGRAPHY = Kind(
    "so-yeu", _("Sơ yếu lý lịch"), _("sơ yếu lý lịch"),
    (
        Field("full_name", _("Họ và tên"), required=True, longest=150),
        Field("other_names", _("Tên gọi khác")),
        Field("sex", _("Giới tính"), How.CHOICE, "sex", required=True),
        Field("born", _("Ngày sinh"), How.BORN, required=True, help=_("05/03/1980, hoặc chỉ năm: 1980.")),
        Field("ethnicity", _("Dân tộc"), How.CODE, "ethnicity"),
        Field("religion", _("Tôn giáo"), How.CODE, "religion"),
        Field("birth_place", _("Nơi sinh"), longest=250),
        Field("home_place", _("Quê quán"), longest=250),
        Field("permanent_residence", _("Hộ khẩu thường trú"), longest=250),
        Field("residence", _("Nơi ở hiện nay"), longest=250),
        Field("phone", _("Điện thoại"), longest=30),
        Field("email", _("Thư điện tử"), longest=150),
        Field("personnel_number", _("Số hiệu cán bộ"), longest=40),
        Field("social_insurance", _("Số sổ BHXH"), longest=30),
        Field("academic_rank", _("Học hàm"), longest=100),
        Field("recruited_on", _("Ngày tuyển dụng"), How.DAY),
        Field("recruited_by", _("Cơ quan tuyển dụng")),
        Field("party_joined_on", _("Ngày vào Đảng"), How.DAY),
        Field("party_official_on", _("Ngày vào Đảng chính thức"), How.DAY),
        Field("party_card", _("Số thẻ Đảng"), longest=30),
        Field("army_joined_on", _("Ngày nhập ngũ"), How.DAY),
        Field("army_left_on", _("Ngày xuất ngũ"), How.DAY),
        Field("army_rank", _("Quân hàm cao nhất"), longest=60),
    ),
    _("Từ ngày"), follows=True, adds=False,
)  # fmt: skip

KINDS: dict[str, Kind] = {
    kind.slug: kind
    for kind in (
        BIOGRAPHY,
        Kind(
            "so-dinh-danh", _("Số định danh"), _("số định danh"),
            (Field("number", _("Số CCCD hoặc CMND"), How.NUMBER, required=True, longest=20,
                   help=_("12 hoặc 9 chữ số.")),),
            _("Từ ngày"),
        ),
        Kind(
            "quan-ly", _("Nơi giữ hồ sơ, diện quản lý"), _("nơi giữ hồ sơ"),
            (
                Field("unit", _("Đơn vị giữ hồ sơ"), How.UNIT, required=True),
                Field("tier", _("Diện quản lý"), How.CHOICE, "tier", required=True),
            ),
            _("Từ ngày"), follows=True,
        ),
        Kind(
            "chuc-vu", _("Chức vụ"), _("chức vụ"),
            (
                Field("unit", _("Đơn vị"), How.UNIT, required=True),
                Field("title", _("Chức danh"), How.TITLE, required=True),
                Field("kind", _("Hình thức"), How.CHOICE, "position", required=True),
            ),
            _("Từ ngày"), ends=True,
        ),
        Kind(
            "noi-khac", _("Quá trình công tác ở nơi khác"), _("thời gian công tác ở nơi khác"),
            (
                Field("place", _("Cơ quan, nơi làm việc"), required=True, longest=250),
                Field("work", _("Công việc, chức vụ"), longest=250),
            ),
            _("Từ ngày"), ends=True,
        ),
        Kind(
            "trinh-do", _("Bằng cấp, chứng chỉ"), _("bằng cấp, chứng chỉ"),
            (
                Field("level", _("Loại và trình độ"), How.LEVEL, required=True),
                Field("field", _("Chuyên ngành")),
                Field("institution", _("Cơ sở đào tạo")),
                Field("mode", _("Hình thức đào tạo"), longest=100),
                Field("studied_from", _("Học từ ngày"), How.DAY),
                Field("studied_to", _("Học đến ngày"), How.DAY),
            ),
            _("Ngày cấp"),
        ),
        Kind(
            "xep-loai", _("Xếp loại hằng năm"), _("xếp loại năm"),
            (
                Field("year", _("Năm"), How.WHOLE, required=True),
                Field("rating", _("Mức xếp loại"), How.CHOICE, "rating", required=True),
            ),
            "",
        ),
        Kind(
            "khen-thuong", _("Khen thưởng"), _("khen thưởng"),
            (Field("title", _("Danh hiệu, hình thức"), required=True),),
            _("Ngày quyết định"),
        ),
        Kind(
            "ky-luat", _("Kỷ luật"), _("kỷ luật"),
            (
                Field("form", _("Hình thức"), How.CHOICE, "discipline", required=True),
                Field("expires_on", _("Hết hiệu lực từ ngày"), How.DAY),
            ),
            _("Ngày quyết định"),
        ),
        Kind(
            "ngach-luong", _("Ngạch, bậc lương"), _("ngạch, bậc lương"),
            (
                Field("grade", _("Ngạch"), How.CODE, "grade", required=True),
                Field("step", _("Bậc"), How.WHOLE),
                Field("coefficient", _("Hệ số"), How.DECIMAL),
                Field("allowance", _("Phụ cấp chức vụ"), How.DECIMAL),
            ),
            _("Hưởng từ ngày"), follows=True,
        ),
        Kind(
            "suc-khoe", _("Phân loại sức khỏe"), _("phân loại sức khỏe"),
            (Field("health_class", _("Loại"), How.CHOICE, "health", required=True),),
            _("Ngày khám"), follows=True,
        ),
        Kind(
            "than-nhan", _("Người thân cũng có hồ sơ ở đây"), _("người thân"),
            (
                Field("relative", _("Mã cán bộ của người thân"), How.PERSON, required=True, longest=40),
                Field("relation", _("Quan hệ"), How.CHOICE, "relation", required=True),
            ),
            _("Từ ngày"), ends=True,
        ),
        Kind(
            "ghi-them", _("Mục khác của lý lịch"), _("mục khác của lý lịch"),
            (
                Field("kind", _("Mục"), How.CHOICE, "text", required=True),
                Field("text", _("Nội dung"), How.LONG, required=True, longest=2000),
            ),
            _("Từ ngày"), ends=True,
        ),
    )
}  # fmt: skip
TEXTS: dict[str, Label] = {
    "work_when_recruited": _("Công việc khi được tuyển dụng"),
    "main_work": _("Công việc chính được giao"),
    "strengths": _("Sở trường công tác"),
    "longest_work": _("Công việc làm lâu nhất"),
    "social_organisations": _("Tham gia tổ chức chính trị - xã hội, hội nghề nghiệp"),
    "policy_family": _("Thương binh, gia đình chính sách"),
    "personal_history": _("Đặc điểm lịch sử bản thân"),
    "unit_remarks": _("Nhận xét của cơ quan"),
}
CHOICES: dict[str, Sequence[tuple[str, Any]]] = {
    "sex": Sex.choices,
    "tier": Tier.choices,
    "position": PositionKind.choices,
    "rating": Rating.choices,
    "discipline": DisciplineForm.choices,
    "health": HealthClass.choices,
    "relation": Relation.choices,
    "text": tuple(TEXTS.items()),
}
