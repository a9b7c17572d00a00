"""Reads a YAML file into plain values and remembers the line of every key; what it cannot take is a finding."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import yaml

from hientai.engines.wording import Sentence, say
from hientai.rulebook.findings import Findings, Place

Path_ = tuple[str | int, ...]
# A rule file has some hundred lines; the greatest that ships has a tenth of this.
LARGEST = 512 * 1024
DEEPEST = 40
_MERGE = "tag:yaml.org,2002:merge"
_PLAIN_TAGS = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")


class _Refused(Exception):
    """Something YAML allows and a rule file does not."""

    def __init__(self, code: str, line: int, message: Sentence) -> None:
        super().__init__(code)
        self.code, self.line, self.message = code, line, message


class _Loader(yaml.SafeLoader):
    """Refuses references (&x, *x, <<): a part used twice is written once in “shared”, where a reader sees it.

    This also keeps out files of a few lines that unfold to millions of parts.
    """

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(
                "reference_used", line,
                say("Tệp quy tắc không dùng tham chiếu & và * của YAML; phần dùng lại ghi ở “shared”, gọi bằng “use”."),
            )  # fmt: skip
        self.depth += 1
        if self.depth > DEEPEST:
            raise _Refused("too_deep", line, say("Lồng nhau quá {most} tầng; viết phẳng hơn.", most=DEEPEST))
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


def read_yaml(file: Path, name: str, findings: Findings) -> tuple[Any, Place]:
    """The content of `file` (None where it is not YAML) and the place of its root; findings show `name`."""
    lines: dict[Path_, int] = {}
    root = Place(name, lines)
    try:
        node = yaml.compose(_text_of(file), Loader=_Loader)
    except _Refused as refused:
        lines[()] = refused.line
        findings.add(refused.code, root, refused.message)
        return None, root
    except yaml.YAMLError as error:
        lines[()], reason = _told(error, file)
        findings.add(
            "not_yaml", root,
            say(
                "Tệp không phải YAML hợp lệ ({reason}); xem dấu hai chấm, dấu nháy, thụt lề (dùng dấu cách) ở dòng này "
                "và dòng trên.",
                reason=reason,
            ),
        )  # fmt: skip
        return None, root
    if node is None:
        findings.add("empty_file", root, say("Tệp trống; xóa tệp hoặc ghi nội dung văn bản."))
        return None, root
    return _plain(node, root, findings), root


def _text_of(file: Path) -> str:
    try:
        if not file.is_file():
            raise _Refused(
                "not_a_file", 0, say("Tên này là thư mục hoặc không phải tệp thường; đổi tên hoặc chuyển đi.")
            )
        if (size := file.stat().st_size) > LARGEST:
            raise _Refused(
                "too_large", 0,
                say(
                    "Tệp {size} KB, tệp quy tắc nhận tối đa {most} KB; tách thành nhiều văn bản.",
                    size=math.ceil(size / 1024), most=LARGEST // 1024,
                ),
            )  # fmt: skip
        content = file.read_bytes()
    except OSError as error:
        raise _Refused(
            "unreadable", 0,
            say("Không mở được tệp ({reason}); xem quyền đọc của tệp.", reason=error.strerror or ""),
        ) from error  # fmt: skip
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _Refused(
            "not_utf8", line,
            say("Tệp không ở mã UTF-8 (có thể là TCVN3, VNI hay UTF-16); mở và lưu lại với mã UTF-8."),
        ) from error  # fmt: skip


def _told(error: yaml.YAMLError, file: Path) -> tuple[int, str]:
    """The line of a fault of form and what the reader says about it, on one line."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if "quoted scalar" in (getattr(error, "context", None) or ""):
        mark = getattr(error, "context_mark", mark)  # where the quotation begins, not where the file ends
    if mark is not None:
        return mark.line + 1, str(getattr(error, "problem", "") or error).partition("\n")[0]
    position = getattr(error, "position", 0)
    line = file.read_bytes().decode("utf-8-sig", "replace").count("\n", 0, position) + 1
    return line, str(getattr(error, "reason", error)).partition("\n")[0]


def _plain(node: yaml.Node, place: Place, findings: Findings) -> Any:
    place.lines.setdefault(place.path, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, place, findings)
    if node.tag not in _PLAIN_TAGS:
        findings.add("bad_value", place, say("Nhãn kiểu “{value}” không dùng ở đây; bỏ đi.", value=node.tag))
        return None
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, findings)
    return [_plain(part, place.at(number), findings) for number, part in enumerate(node.value)]


def _mapping(node: yaml.MappingNode, place: Place, findings: Findings) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode) or key_node.tag == _MERGE:
            findings.add("bad_key", place, say("Khóa phải là một từ; không dùng nhóm, danh sách hay “<<”."))
            continue
        key = str(key_node.value)
        place.lines[place.at(key).path] = key_node.start_mark.line + 1
        if key in found:
            findings.add(
                "duplicate_key",
                place.at(key),
                say("Khóa “{key}” ghi hai lần; bỏ một lần.", key=key),
            )
        found[key] = _plain(value_node, place.at(key), findings)
    return found


def _scalar(node: yaml.ScalarNode, place: Place, findings: Findings) -> Any:
    try:
        value = yaml.SafeLoader("").construct_object(node)
    except (yaml.YAMLError, ValueError) as error:
        findings.add(
            "bad_value",
            place,
            say(
                "Giá trị “{value}” không đọc được ({reason}); sửa lại hoặc đặt trong dấu nháy.",
                value=_short(node.value),
                reason=str(getattr(error, "problem", error)).partition("\n")[0],
            ),
        )
        return None
    if _is_misread(value, node.value):
        findings.add(
            "odd_number",
            place,
            say(
                "YAML đọc “{value}” thành {read}; ghi số thường, hoặc đặt trong dấu nháy nếu là chữ.",
                value=_short(node.value),
                read=str(value),
            ),
        )
        return None
    return value


def _is_misread(value: Any, text: str) -> bool:
    """A number that is not what stands there: 010 is eight, 1:30 ninety, .inf no number at all."""
    if isinstance(value, bool):
        return False
    if isinstance(value, int):
        return str(value) != text.replace("_", "").removeprefix("+")
    return isinstance(value, float) and (not math.isfinite(value) or ":" in text)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
