"""Wordings that divide a whole completely (men and women) or without overlap (discipline by form)."""

from __future__ import annotations

import re
from collections.abc import Sequence

_Member = tuple[str, str]


def _compiled(members: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<!\w)(?:{member})(?!\w)", re.IGNORECASE) for member in members)


_COMPLETE: tuple[tuple[re.Pattern[str], ...], ...] = tuple(
    _compiled(members)
    for members in (
        ("nam(?! định| sách| trực| đàn)", "nữ"),
        ("cấp tỉnh|tỉnh", "cấp huyện|huyện", "cấp xã|xã"),
        ("cấp thành phố|cấp tỉnh", "cấp quận|cấp huyện|quận", "cấp phường|cấp xã"),
        (
            "tái cử|tái đắc cử",
            "lần đầu|mới tham gia|tham gia mới|lần đầu tham gia|trúng cử mới|ứng cử lần đầu",
        ),
        ("(?<!thị )xã", "phường", "thị trấn"),
        ("(?<!thị )xã", "phường", "đặc khu"),
        ("khiển trách", "cảnh cáo", "cách chức", "khai trừ"),
        ("chính thức", "dự bị"),
        ("đúng hạn|trước hạn|trước và đúng hạn|đúng và trước hạn", "quá hạn|trễ hạn|chậm hạn"),
        ("đã giải quyết|đã giải quyết xong|giải quyết xong", "đang giải quyết|chưa giải quyết|đang xem xét"),
        (
            "(?:hoàn thành )?xuất sắc",
            "hoàn thành tốt|(?<!thành )tốt",
            "hoàn thành(?! xuất sắc| tốt)",
            "không hoàn thành",
        ),
        ("không hợp lệ", "hợp lệ"),
        ("không tập trung|tại chức|vừa làm vừa học", "tập trung"),
        ("tín nhiệm cao", "tín nhiệm(?! cao| thấp)", "tín nhiệm thấp"),
        ("đạt yêu cầu|đạt chuẩn", "không đạt yêu cầu|chưa đạt yêu cầu|chưa đạt chuẩn|không đạt chuẩn"),
    )
)
_DISJOINT: tuple[tuple[re.Pattern[str], ...], ...] = (
    *_COMPLETE,
    *(
        _compiled(members)
        for members in (
            (
                "khiển trách",
                "cảnh cáo",
                "cách chức",
                "khai trừ",
                "hạ bậc lương",
                "buộc thôi việc",
                "giáng chức",
                "đình chỉ",
            ),
            ("tiến sĩ|tiến sỹ", "thạc sĩ|thạc sỹ", "đại học", "cao đẳng", "trung cấp", "sơ cấp"),
            ("cao cấp", "cử nhân", "trung cấp", "sơ cấp", "chưa qua"),
            ("trung ương", "cấp tỉnh|tỉnh", "cấp huyện|huyện", "cấp xã|xã"),
            ("xã", "phường", "thị trấn", "đặc khu"),
            ("huyện", "quận", "thị xã", "thành phố"),
            ("chuyên viên cao cấp", "chuyên viên chính", "chuyên viên(?! chính| cao)", "cán sự", "nhân viên"),
            ("đảng bộ", "chi bộ"),
            ("tán thành|đồng ý", "không tán thành|không đồng ý", "không (?:có ý kiến|biểu quyết|bỏ phiếu)"),
            ("trực tiếp", "trực tuyến|qua mạng", "bưu chính|bưu điện"),
            ("quý i", "quý ii", "quý iii", "quý iv"),
            ("khiếu nại", "tố cáo", "kiến nghị|phản ánh"),
            ("lần thứ nhất|lần 1", "lần thứ hai|lần 2"),
            ("nghỉ hưu trước tuổi", "thôi việc ngay|thôi việc", "chuyển sang"),
            ("mức a|loại a", "mức b|loại b", "mức c|loại c", "mức d|loại d"),
        )
    ),
)
_OVERLAPPING = re.compile(
    r"(?<!\w)(?:nữ|trẻ|tuổi|dân tộc|tôn giáo|đảng viên|tái cử|người địa phương|kiêm|trình độ|đồng thời|trên "
    r"chuẩn|trong đó"
    r"|có bằng|quy hoạch|đoàn viên|hội viên|ngoài đảng)(?!\w)",
    re.IGNORECASE,
)
_AGE_BAND = re.compile(r"(?:dưới|trên|từ|đến|-|–)\s{0,2}\d\d|\d\d\s?(?:tuổi|-|–|đến)", re.IGNORECASE)


def complete_among(labels: Sequence[str]) -> tuple[int, ...]:
    """Indexes of the items that together are a complete division ("nam", "nữ"); empty when there is none."""
    for family in _COMPLETE:
        chosen = []
        for position, member in enumerate(family):
            hits = [
                index
                for index, label in enumerate(labels)
                if member.search(label)
                and not any(p != position and _better(family, p, position, label) for p in range(len(family)))
            ]
            if len(hits) != 1:
                break
            chosen.append(hits[0])
        if len(set(chosen)) == len(family):
            return tuple(sorted(chosen))
    return ()


def _better(family: tuple[re.Pattern[str], ...], other: int, mine: int, label: str) -> bool:
    """Whether another member of the family says more of the label ("không tập trung" over "tập trung")."""
    theirs, ours = family[other].search(label), family[mine].search(label)
    return bool(theirs and ours and len(theirs.group()) > len(ours.group()))


def are_disjoint(labels: Sequence[str]) -> bool:
    """Whether the items are different members of one division, so that nobody is in two of them."""
    if len(labels) < 2:
        return False
    if all(_AGE_BAND.search(label) for label in labels):
        return True
    return any(_all_different(family, labels) for family in _DISJOINT)


def _all_different(family: tuple[re.Pattern[str], ...], labels: Sequence[str]) -> bool:
    taken: set[int] = set()
    for label in labels:
        hits = [
            (len(hit.group()), position)
            for position, member in enumerate(family)
            if (hit := member.search(label))
        ]
        if not hits or max(hits)[1] in taken:
            return False
        taken.add(max(hits)[1])
    return True


def may_overlap(labels: Sequence[str]) -> bool:
    """Whether one person may be in two of the items (women and young people)."""
    return any(_OVERLAPPING.search(label) for label in labels) and not are_disjoint(labels)
