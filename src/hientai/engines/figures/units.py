"""Units that Vietnamese reports count in, and which of them may stand in one sum."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """What kind of thing a unit word counts; two families of `CLASHING` never add up."""

    PERSON = "person"
    TURN = "turn"
    BODY = "body"
    PLACE = "place"
    CLASS = "class"
    PAPER = "paper"
    CASE = "case"
    TITLE = "title"
    VOTE = "vote"
    MONEY = "money"
    HOUSEHOLD = "household"
    MEASURE = "measure"
    STEP = "step"
    AGE = "age"
    DURATION = "duration"
    TIMES = "times"
    POINT = "point"
    OTHER = "other"


_WORDS: dict[Family, str] = {
    Family.TURN: "lượt",
    Family.PERSON: (
        "đồng chí|đ/c|đ\\.c|người|cán bộ|công chức|viên chức|CBCCVC|CBCC|CB,CC,VC|đảng viên"
        "|quần chúng|đoàn viên|hội viên|đại biểu|ĐBQH|học viên|ứng viên|ứng cử viên|nhân sự"
        "|ủy viên|uỷ viên|cấp ủy viên|cấp uỷ viên|đảng ủy viên|đảng uỷ viên|tỉnh ủy viên"
        "|thành ủy viên|bí thư|phó bí thư|chủ tịch|phó chủ tịch|trưởng phòng|phó trưởng phòng"
        "|trưởng ban|phó trưởng ban|giám đốc|phó giám đốc|hiệu trưởng|phó hiệu trưởng|lãnh đạo|nữ"
        "|nam|giáo viên|bác sĩ|tiến sĩ|thạc sĩ|cử nhân|kỹ sư|sinh viên|học sinh|lao động"
        "|công nhân|công dân|người dân|nhân khẩu|bị can|bị cáo|đối tượng|thanh niên|trí thức"
        "|chuyên viên|báo cáo viên|giảng viên|thí sinh|tân binh|cử tri|nhân viên|quân nhân|phụ nữ"
        "|biên chế|tái cử|nhân viên y tế|già làng|trưởng bản|trưởng thôn|cộng tác viên"
        "|thanh tra viên"
    ),
    Family.BODY: (
        "cơ quan|đơn vị|phòng|ban|sở|ngành|tổ chức|chi bộ|đảng bộ|đảng ủy|đảng uỷ|chi, đảng bộ"
        "|chi đảng bộ|cấp ủy|cấp uỷ|tổ chức đảng|tổ chức cơ sở đảng|TCCSĐ|doanh nghiệp|công ty"
        "|hợp tác xã|HTX|trường|bệnh viện|trung tâm|trạm|hội|câu lạc bộ|đội|chi cục|cục|phòng ban"
        "|đầu mối|chi hội|tổ hòa giải|ban quản lý|công đoàn|chi đoàn|đoàn cơ sở"
    ),
    Family.PLACE: (
        "xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|thôn|bản|ấp|buôn|tổ dân phố|khu phố"
        "|khu dân cư|địa phương|đặc khu|đơn vị hành chính|đơn vị cấp xã|đơn vị cấp huyện"
        "|xã, phường|xã, phường, thị trấn|địa bàn"
    ),
    Family.CLASS: (
        "lớp|khóa|khoá|hội nghị|cuộc|buổi|đợt|chương trình|hội thảo|kỳ họp|phiên|chuyên đề"
        "|mô hình|phong trào|đoàn|cuộc họp|cuộc kiểm tra|cuộc giám sát|cuộc thanh tra|chuyến"
    ),
    Family.PAPER: (
        "văn bản|nghị quyết|quyết định|kế hoạch|hồ sơ|tài liệu|đơn|đơn thư|báo cáo|danh mục|bài"
        "|tin|tờ trình|thủ tục|thủ tục hành chính|TTHC|đề án|đề tài|sáng kiến|ý kiến|kiến nghị"
        "|quy định|quy chế|hướng dẫn|chỉ thị|kết luận|thông báo|công văn|câu hỏi|bằng khen"
        "|giấy khen|giấy phép|phiếu khảo sát|cuốn|tin bài"
    ),
    Family.CASE: (
        "vụ|vụ việc|vụ án|việc|trường hợp|vi phạm|tin báo|tố cáo|khiếu nại|bản án|sự cố|vụ tai nạn"
    ),
    Family.TITLE: "chức danh|vị trí|chức vụ|chỉ tiêu|ghế|suất|vị trí việc làm|chỗ",
    Family.VOTE: "phiếu|phiếu bầu",
    Family.MONEY: "đồng|nghìn đồng|ngàn đồng|triệu đồng|tỷ đồng|tỉ đồng|nghìn tỷ đồng|USD|đô la",
    Family.HOUSEHOLD: "hộ|hộ nghèo|hộ gia đình|hộ dân|nhà|công trình|dự án|căn|phòng học|giường bệnh|cơ sở",
    Family.MEASURE: "km|km2|ha|m|m2|m3|kg|tấn|tạ|mét|cây số|lít|mẫu|con|cây|máy|bộ|chiếc|xe",
    Family.STEP: (
        "bước|khâu|nội dung|nhiệm vụ|giải pháp|tiêu chí|nhóm|khối|lĩnh vực|mục tiêu|điểm mới"
        "|nội dung chính|phần|chương"
    ),
    Family.AGE: "tuổi",
    Family.DURATION: "năm|tháng|ngày|giờ|phút|giây|tuần|quý|nhiệm kỳ|tiết|học kỳ|tiếng",
    Family.TIMES: "lần",
    Family.POINT: "điểm phần trăm|điểm %|điểm",
}

_FAMILY_OF = {
    re.sub(r"\s+", " ", word.strip()).replace("\\", "").lower(): family
    for family, words in _WORDS.items()
    for word in words.split("|")
}
_FAMILY_OF["đ.c"] = Family.PERSON

_KNOWN = re.compile(
    r"\s{0,2}("
    + "|".join(re.escape(word) for word in sorted(_FAMILY_OF, key=len, reverse=True))
    + r")(?![\w])",
    re.IGNORECASE,
)
_TURN_TAIL = re.compile(
    r"\s(người|cán bộ|đồng chí|công chức|viên chức|đảng viên|cấp ủy viên|cấp ủy|học viên|công dân|nhân sự"
    r"|hộ|đơn|lớp)(?!\w)",
    re.IGNORECASE,
)
_RAW = re.compile(r"\s{1,2}([^\W\d_]{1,12}(?:\s[^\W\d_]{1,12})?)(?!\w)")
_ENDS_A_PHRASE = {
    "là", "và", "với", "so", "trong", "đến", "của", "tại", "cho", "ở", "có", "được",
    "đã", "thì", "từ", "về", "trên", "dưới", "hoặc", "do", "để", "nên", "chiếm", "đạt",
    "tăng", "giảm", "bằng", "vào", "ra", "bị", "gồm", "theo", "đi", "khi", "mà", "như",
    "sang", "qua", "lên", "xuống", "còn", "này", "trở", "tham", "vượt", "tương",
}  # fmt: skip


@dataclass(frozen=True)
class Unit:
    """word: as written, lower case; family: OTHER for a word that the lexicon does not know."""

    word: str
    family: Family

    @property
    def known(self) -> bool:
        return self.family is not Family.OTHER


def unit_at(text: str, position: int) -> tuple[Unit, int] | None:
    """The unit that follows a number ending at `position`, and where the unit ends; None when none
    follows."""
    found = _KNOWN.match(text, position)
    if found:
        word = found.group(1).lower()
        end = found.end()
        if _FAMILY_OF[word] is Family.TURN and (tail := _TURN_TAIL.match(text, end)):
            end = tail.end()
        return Unit(word, _FAMILY_OF[word]), end
    raw = _RAW.match(text, position)
    if not raw:
        return None
    words = raw.group(1).split()
    if words[0].lower() in _ENDS_A_PHRASE or not words[0][0].islower():
        return None
    if len(words) == 2 and (words[1].lower() in _ENDS_A_PHRASE or not words[1][0].islower()):
        words = words[:1]
    return Unit(" ".join(words).lower(), Family.OTHER), position + 1 + len(" ".join(words))


class Match(StrEnum):
    """How two units stand to each other in a sum."""

    SAME = "same"
    OPEN = "open"
    MIXED = "mixed"
    CLASH = "clash"


_NEAR = (
    frozenset({Family.BODY, Family.PLACE}),
    frozenset({Family.PERSON, Family.CASE}),
    frozenset({Family.PERSON, Family.TITLE}),
    frozenset({Family.TURN, Family.TITLE}),
    frozenset({Family.PAPER, Family.CASE}),
    frozenset({Family.CLASS, Family.STEP}),
    frozenset({Family.PAPER, Family.STEP}),
    frozenset({Family.HOUSEHOLD, Family.BODY}),
)
_COUNTED = frozenset(Family) - {
    Family.MONEY,
    Family.MEASURE,
    Family.AGE,
    Family.DURATION,
    Family.TIMES,
    Family.POINT,
}
_ANY_OF = frozenset({"trường hợp", "đối tượng"})


def counts(unit: Unit | None) -> bool:
    """Whether the unit counts whole things (people, turns, bodies, papers), not lengths, ages or money."""
    return unit is None or unit.family in _COUNTED


def match(one: Unit | None, other: Unit | None) -> Match:
    """Whether two counts may be parts of one whole.

    SAME: the same word, or two words for people; OPEN: words cannot tell (one has no unit; districts and
    communes);
    MIXED: persons with turns; CLASH: things that never add up.
    """
    if one is None or other is None:
        return Match.OPEN
    if one.word == other.word:
        return Match.SAME
    pair = {one.family, other.family}
    if pair == {Family.PERSON, Family.TURN}:
        return Match.MIXED
    if Family.OTHER in pair:
        return Match.OPEN if pair <= _COUNTED else Match.CLASH
    if one.family is other.family:
        if one.family in (Family.PERSON, Family.TURN, Family.VOTE, Family.MONEY):
            return Match.SAME
        levels = one.family in (
            Family.BODY,
            Family.PLACE,
            Family.CLASS,
            Family.PAPER,
            Family.CASE,
            Family.TITLE,
        )
        return Match.OPEN if levels else Match.CLASH
    if one.word in _ANY_OF or other.word in _ANY_OF or frozenset(pair) in _NEAR:
        return Match.OPEN
    return Match.CLASH
