"""Errors of acts and questions on records, each with the answer a page or API gives."""

from __future__ import annotations

from hientai.engines.errors import BadInput, HienTaiError
from hientai.engines.wording import say


class Refused(BadInput):
    """The act is not possible as asked: what is wrong and what to do now."""


class Conflict(HienTaiError):
    """Somebody else changed the same record first."""


class NotFound(BadInput):
    """It does not exist, or the actor may not see it: both are answered alike (404)."""

    def __init__(self, where: str = "") -> None:
        super().__init__("not_found", say("Không tìm thấy, hoặc ngoài phạm vi được xem."), where)


class Forbidden(HienTaiError):
    """The actor has no grant that permits this act."""

    def __init__(self, permission: str) -> None:
        super().__init__("forbidden", say("Tài khoản không có quyền làm việc này."), permission)
