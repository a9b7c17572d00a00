"""Which course would bring a qualification: the words of code lists, nothing about a person."""

from __future__ import annotations

from hientai.engines.facts.fact import Fact, Value
from hientai.engines.wording import Sentence, say

_COURSES = {
    "political_theory_rank": "theory",
    "state_management_rank": "management",
    "defence_security_rank": "defence",
    "professional_rank": "degree",
    "foreign_language_rank": "language",
    "informatics_rank": "informatics",
}


def course_for(fact: Fact, needed: Value) -> Sentence | None:
    """The course that ends with the qualification needed; None for facts that no course changes."""
    kind = _COURSES.get(fact.code)
    if kind is None or needed not in fact.codes:
        return say("Lớp bồi dưỡng cập nhật") if fact.code == "months_since_training" else None
    level = fact.codes[needed]
    return {
        "theory": say("Lớp lý luận chính trị, trình độ {level}", level=level),
        "management": say("Bồi dưỡng quản lý nhà nước, chương trình {level}", level=level),
        "defence": say("Bồi dưỡng kiến thức quốc phòng và an ninh, {level}", level=level),
        "degree": say("Đào tạo trình độ {level}", level=level),
        "language": say("Bồi dưỡng ngoại ngữ, {level}", level=level),
        "informatics": say("Bồi dưỡng tin học, mức {level}", level=level),
    }[kind]
