"""Words that standard facts share: units of numbers and the names of record groups."""

from __future__ import annotations

from hientai.engines.wording import Sentence, say

NO_UNIT = Sentence("")
MONTHS = say("tháng")
YEARS = say("năm")
TERMS = say("nhiệm kỳ")
POSTS = say("chức danh")
TIMES = say("lần")
SLOTS = say("lượt")
PAPERS = say("giấy tờ")

BIOGRAPHY = say("Lý lịch")
POSITIONS = say("Quá trình giữ chức vụ")
QUALIFICATIONS = say("Văn bằng, chứng chỉ")
RATINGS = say("Đánh giá, xếp loại hằng năm")
DISCIPLINES = say("Quyết định kỷ luật")
PLAN = say("Quy hoạch")
DOSSIER = say("Hồ sơ")
