"""The fields that Word templates of a case may name: Vietnamese words, so that an office writes them itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hientai.foundation.documents.word_templates import Field

KINDS: Mapping[str, str | Promise] = {
    "invitation": _("Giấy triệu tập"),
    "ballot": _("Phiếu giới thiệu nhân sự"),
    "minutes": _("Biên bản hội nghị"),
    "counting": _("Biên bản kiểm phiếu"),
    "aggregate": _("Bảng tổng hợp kiểm phiếu"),
    "proposal": _("Tờ trình"),
    "decision": _("Quyết định"),
}
LAYOUTS: Mapping[str, str | Promise] = {
    "state": _("Thể thức nhà nước (Nghị định 30/2020)"),
    "party": _("Thể thức của Đảng (36-HD/VPTW, lề chưa kiểm chứng)"),
}
_TEXT: Mapping[str, str | Promise] = {
    "co_quan": _("Cơ quan ban hành"),
    "co_quan_cap_tren": _("Cơ quan cấp trên"),
    "dia_danh": _("Địa danh"),
    "ngay": _("Ngày ban hành"),
    "ngay_bang_chu": _("Ngày ban hành bằng chữ"),
    "ma_ho_so": _("Mã hồ sơ"),
    "ten_ho_so": _("Tên hồ sơ"),
    "quy_trinh": _("Quy trình"),
    "can_cu": _("Căn cứ của bước"),
    "can_cu_quy_trinh": _("Văn bản quy định quy trình"),
    "don_vi": _("Đơn vị"),
    "so_buoc": _("Số thứ tự bước"),
    "ten_buoc": _("Tên bước"),
    "nguoi_trieu_tap": _("Ai triệu tập"),
    "thanh_phan": _("Thành phần triệu tập"),
    "ngay_hop": _("Ngày họp"),
    "dia_diem": _("Địa điểm"),
    "chu_tri": _("Chủ trì"),
    "thu_ky": _("Thư ký"),
    "trieu_tap": _("Số người được triệu tập"),
    "trieu_tap_bang_chu": _("Số người được triệu tập bằng chữ"),
    "co_mat": _("Số người có mặt"),
    "co_mat_bang_chu": _("Số người có mặt bằng chữ"),
    "vang": _("Số người vắng"),
    "ty_le_co_mat": _("Tỷ lệ có mặt trên số được triệu tập"),
    "noi_dung": _("Nội dung biên bản"),
    "phat_ra": _("Số phiếu phát ra"),
    "phat_ra_bang_chu": _("Số phiếu phát ra bằng chữ"),
    "hop_le": _("Số phiếu hợp lệ"),
    "hop_le_bang_chu": _("Số phiếu hợp lệ bằng chữ"),
    "khong_hop_le": _("Số phiếu không hợp lệ"),
    "goc_tinh": _("Tỷ lệ tính trên"),
    "ket_luan": _("Kết luận theo quy tắc"),
    "cong_bo": _("Công bố tại hội nghị hay không"),
    "dinh_chinh": _("Đính chính (nếu có)"),
    "kiem_phieu_1": _("Người kiểm phiếu thứ nhất"),
    "kiem_phieu_2": _("Người kiểm phiếu thứ hai"),
    "ky_dong_1": _("Dòng ký thứ nhất"),
    "ky_dong_2": _("Dòng ký thứ hai"),
    "nguoi_ky": _("Họ tên người ký"),
    "du_lieu_hu_cau": _("Dòng báo dữ liệu hư cấu (bản trình diễn)"),
}
_LISTS: Mapping[str, tuple[str | Promise, Mapping[str, str | Promise]]] = {
    "nhan_su": (
        _("Nhân sự còn trong hồ sơ, theo thứ tự"),
        {
            "stt": _("Số thứ tự"),
            "ho_ten": _("Họ và tên"),
            "chuc_vu": _("Chức vụ hiện nay"),
            "chuc_danh": _("Chức danh đề nghị"),
            "so_phieu": _("Số phiếu"),
            "so_phieu_bang_chu": _("Số phiếu bằng chữ"),
            "ty_le": _("Tỷ lệ"),
            "ket_qua": _("Kết quả"),
        },
    ),
    "nguoi_du": (
        _("Danh sách triệu tập"),
        {"stt": _("Số thứ tự"), "ho_ten": _("Họ và tên"), "co_mat": _("Có mặt")},
    ),
    "kiem_phieu_cac_buoc": (
        _("Kết quả kiểm phiếu các bước đã qua"),
        {
            "buoc": _("Bước"),
            "ngay": _("Ngày họp"),
            "trieu_tap": _("Triệu tập"),
            "co_mat": _("Có mặt"),
            "hop_le": _("Phiếu hợp lệ"),
            "ho_ten": _("Họ và tên"),
            "so_phieu": _("Số phiếu"),
            "ty_le": _("Tỷ lệ"),
        },
    ),
}


def fields_with(values: Mapping[str, Any]) -> list[Field]:
    """Every field with its value; text that is missing is empty, a list that is missing has no rows."""
    found = [Field(name, str(label), str(values.get(name, ""))) for name, label in _TEXT.items()]
    for name, (label, parts) in _LISTS.items():
        rows: Sequence[Mapping[str, str]] = values.get(name, [])
        found.append(Field(name, str(label), rows, tuple((part, str(said)) for part, said in parts.items())))
    return found
