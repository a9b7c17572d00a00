"""What the items of the biographical forms are called, on the prescribed forms and by offices that retype them.

A label is compared folded (lower case, no accents). FIELDS: of the biographical record, proposed field by field; TEXTS:
of `ghi-them`; COMPARED: reckoned from other records, so that a difference is shown and mended there; NOT_KEPT: what the
program does not store (boundaries), whose content is not even repeated.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIELDS: dict[str, tuple[str, ...]] = {
    "full_name": ("ho va ten khai sinh", "ho va ten", "ho ten"),
    "other_names": ("cac ten goi khac", "ten goi khac", "ten thuong dung"),
    "born": ("sinh ngay", "ngay sinh", "ngay thang nam sinh"),
    "birth_place": ("noi sinh",),
    "home_place": ("que quan", "nguyen quan"),
    "permanent_residence": (
        "noi dang ky ho khau thuong tru", "noi dang ky thuong tru", "ho khau thuong tru", "noi thuong tru",
    ),
    "residence": ("noi o hien nay", "noi o hien tai", "cho o hien nay", "noi o"),
    "phone": ("dien thoai", "so dien thoai", "d/thoai"),
    "email": ("thu dien tu", "email", "e-mail"),
    "social_insurance": ("so so bao hiem xa hoi", "so bao hiem xa hoi", "so so bhxh"),
    "party_joined_on": ("ngay vao dang cong san viet nam", "ngay vao dang csvn", "ngay vao dang"),
    "party_official_on": ("ngay chinh thuc",),
    "party_card": ("so the dang", "so the"),
    "army_joined_on": ("ngay nhap ngu",),
    "army_left_on": ("ngay xuat ngu",),
    "army_rank": ("quan ham cao nhat", "quan ham", "quan ham, chuc vu cao nhat"),
    "recruited_on": ("ngay duoc tuyen dung", "ngay tuyen dung"),
    "recruited_by": ("co quan tuyen dung", "co quan, don vi tuyen dung", "vao co quan nao", "vao co quan nao, o dau"),
    "academic_rank": ("hoc ham, hoc vi cao nhat", "danh hieu, hoc ham", "hoc ham"),
}  # fmt: skip
TEXTS: dict[str, tuple[str, ...]] = {
    "work_when_recruited": (
        "nghe nghiep khi duoc tuyen dung", "nghe nghiep ban than truoc khi duoc tuyen dung",
        "nghe nghiep truoc khi duoc tuyen dung",
    ),
    "main_work": ("cong viec chinh duoc giao", "cong tac chinh dang lam"),
    "strengths": ("so truong cong tac",),
    "longest_work": ("cong viec da lam lau nhat", "cong viec lam lau nhat"),
    "social_organisations": (
        "ngay tham gia cac to chuc chinh tri, xa hoi", "ngay tham gia to chuc chinh tri - xa hoi",
        "tham gia to chuc chinh tri - xa hoi",
    ),
    "policy_family": (
        "thuong binh, con gia dinh chinh sach", "thuong binh, gia dinh chinh sach", "thuong binh, gia dinh liet si",
        "la con gia dinh chinh sach",
    ),
    "personal_history": ("dac diem lich su ban than",),
}  # fmt: skip
COMPARED: dict[str, tuple[str, ...]] = {
    "sex": ("gioi tinh", "nam, nu"),
    "ethnicity": ("dan toc",),
    "religion": ("ton giao",),
    "post": ("chuc vu hien tai", "chuc danh hien tai", "chuc vu (chuc danh) hien tai"),
    "since": ("tu ngay",),
    "concurrent": ("chuc vu kiem nhiem", "cap uy hien tai, chuc vu kiem nhiem", "cap uy hien tai", "cap uy kiem"),
    "grade": (
        "ngach cong chuc (vien chuc)", "ngach cong chuc", "chuc danh nghe nghiep vien chuc", "chuc danh nghe nghiep",
        "ngach",
    ),
    "step": ("bac luong", "bac"),
    "coefficient": ("he so luong", "he so"),
    "paid_since": ("ngay huong", "tu thang"),
    "allowance": ("phu cap chuc vu",),
    "general": ("trinh do giao duc pho thong", "giao duc pho thong"),
    "professional": ("trinh do chuyen mon cao nhat", "chuyen mon cao nhat"),
    "political_theory": ("ly luan chinh tri",),
    "state_management": ("quan ly nha nuoc",),
    "language": ("ngoai ngu",),
    "informatics": ("tin hoc",),
    "commendations": ("khen thuong",),
    "disciplines": ("ky luat",),
    "health": ("tinh trang suc khoe",),
    "identity": ("so chung minh nhan dan", "so can cuoc cong dan", "so can cuoc", "so cccd", "so cmnd"),
    "personnel_number": ("so hieu can bo, cong chuc", "so hieu vien chuc", "so hieu"),
    "code": ("ma ho so",),
}  # fmt: skip
NOT_KEPT: dict[str, tuple[str, ...]] = {
    "foreign": ("quan he voi nuoc ngoai",),
    "economy": ("hoan canh kinh te gia dinh", "hoan canh kinh te"),
    "family": ("quan he gia dinh",),
    "origin": ("thanh phan gia dinh xuat than",),
    "here_since": ("ngay vao co quan hien dang cong tac",),
    "revolution": ("ngay tham gia cach mang",),
    "title": ("danh hieu duoc phong tang cao nhat", "danh hieu duoc phong"),
    "height": ("chieu cao",),
    "weight": ("can nang",),
    "blood": ("nhom mau",),
    "other_allowance": ("phu cap khac",),
    "issued": ("ngay cap", "noi cap"),
    "craft": ("nghiep vu theo chuyen nganh", "trinh do nghiep vu theo chuyen nganh"),
    "remarks": ("nhan xet, danh gia cua co quan", "nhan xet, danh gia cua don vi"),
}  # fmt: skip
# Captions over the tables: what follows is read by its columns.
TABLES = ("dao tao, boi duong", "qua trinh dao tao", "tom tat qua trinh cong tac", "dien bien qua trinh luong",
          "qua trinh luong", "xep loai hang nam")  # fmt: skip
STUDY, CAREER, PAY, FAMILY_TABLE, RATINGS = "study", "career", "pay", "family", "ratings"
# A table is known by words of its heading: (kind, a word for each column wanted).
COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    FAMILY_TABLE: {"relation": ("quan he",), "name": ("ho va ten", "ho ten")},
    STUDY: {
        "kind": ("loai",),
        "institution": ("ten truong", "noi cap", "co so dao tao"),
        "field": ("chuyen nganh", "nganh hoc"),
        "period": ("tu thang", "thoi gian", "tu ngay", "nam hoc"),
        "mode": ("hinh thuc",),
        "degree": ("van bang", "chung chi"),
    },
    PAY: {
        "since": ("thang/nam", "thang, nam", "tu ngay"),
        "code": ("ma ngach", "ma so"),
        "grade": ("ten ngach", "ngach"),
        "step": ("bac",),
        "coefficient": ("he so",),
    },
    CAREER: {
        "period": ("tu thang", "thoi gian", "tu ngay"),
        "until": ("den ngay",),
        "post": ("chuc danh", "chuc vu", "don vi cong tac"),
    },
    RATINGS: {"year": ("nam",), "rating": ("xep loai",)},
}  # fmt: skip
NEEDED = {FAMILY_TABLE: ("relation", "name"), STUDY: ("institution", "degree"), PAY: ("since", "coefficient"),
          CAREER: ("period", "post"), RATINGS: ("year", "rating")}  # fmt: skip
# Printed on every form and said by nobody: not worth listing as unread.
PRINTED = (
    "so yeu ly lich", "tom tat so yeu ly lich", "mau 2c", "mau hs02", "ban hanh kem theo", "(theo cac muc",
    "tinh den ngay", "nguoi khai", "toi xin cam doan", "(ky", "thu truong", "xac nhan", "(anh", "du lieu hu cau",
    "thu tu va ten cac muc", "co quan, don vi", "don vi truc thuoc", "don vi co so", "ban to chuc",
    "cong hoa xa hoi", "doc lap", "dang cong san",
)  # fmt: skip
# What a page calls them.
SHOWN: dict[str, str | Promise] = {
    "sex": _("Giới tính"), "ethnicity": _("Dân tộc"), "religion": _("Tôn giáo"), "post": _("Chức vụ hiện tại"),
    "since": _("Giữ chức vụ từ ngày"), "concurrent": _("Chức vụ kiêm nhiệm"), "grade": _("Ngạch"), "step": _("Bậc"),
    "coefficient": _("Hệ số"), "paid_since": _("Ngày hưởng"), "allowance": _("Phụ cấp chức vụ"),
    "general": _("Giáo dục phổ thông"), "professional": _("Chuyên môn cao nhất"),
    "political_theory": _("Lý luận chính trị"), "state_management": _("Quản lý nhà nước"),
    "language": _("Ngoại ngữ"), "informatics": _("Tin học"), "commendations": _("Khen thưởng"),
    "disciplines": _("Kỷ luật"), "health": _("Tình trạng sức khỏe"), "identity": _("Số định danh"),
    "personnel_number": _("Số hiệu cán bộ"), "foreign": _("Quan hệ với nước ngoài"),
    "economy": _("Hoàn cảnh kinh tế"), "family": _("Quan hệ gia đình"), "origin": _("Thành phần gia đình xuất thân"),
    "here_since": _("Ngày vào cơ quan đang công tác"), "revolution": _("Ngày tham gia cách mạng"),
    "title": _("Danh hiệu được phong tặng"), "height": _("Chiều cao"), "weight": _("Cân nặng"),
    "blood": _("Nhóm máu"), "other_allowance": _("Phụ cấp khác"), "issued": _("Ngày cấp, nơi cấp"),
    "craft": _("Nghiệp vụ theo chuyên ngành"), "remarks": _("Nhận xét của cơ quan"),
}  # fmt: skip
