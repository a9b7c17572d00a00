"""Reads a YAML file into plain values and remembers the line of every key; a key given twice is a finding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from hientai.engines.wording import say
from hientai.rulebook.findings import Findings, Place

Path_ = tuple[str | int, ...]


def read_yaml(file: Path, name: str, findings: Findings) -> tuple[Any, Place]:
    """The content of `file` (None where it is not YAML) and the place of its root; findings show `name`."""
    lines: dict[Path_, int] = {}
    root = Place(name, lines)
    try:
        text = file.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        lines[()] = 0 if mark is None else mark.line + 1
        findings.add("not_yaml", root, say("Tệp không phải YAML hợp lệ: {reason}", reason=str(error)))
        return None, root
    if node is None:
        findings.add("empty_file", root, say("Tệp trống; xóa tệp hoặc ghi nội dung văn bản."))
        return None, root
    try:
        return _plain(node, root, findings), root
    except RecursionError:
        findings.add("not_yaml", root, say("Tệp có phần tham chiếu lại chính nó; bỏ tham chiếu đó."))
        return None, root


def _plain(node: yaml.Node, place: Place, findings: Findings) -> Any:
    place.lines[place.path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, findings)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(part, place.at(number), findings) for number, part in enumerate(node.value)]
    return _scalar(node, place, findings)


def _mapping(node: yaml.MappingNode, place: Place, findings: Findings) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in found:
            findings.add(
                "duplicate_key",
                place.at(key),
                say("Khóa “{key}” ghi hai lần; bỏ một lần.", key=key),
            )
        found[key] = _plain(value_node, place.at(key), findings)
        place.lines[place.at(key).path] = key_node.start_mark.line + 1
    return found


def _scalar(node: yaml.Node, place: Place, findings: Findings) -> Any:
    try:
        return yaml.SafeLoader("").construct_object(node)
    except (yaml.YAMLError, ValueError) as error:
        findings.add(
            "bad_value",
            place,
            say("Giá trị “{value}” không đọc được: {reason}", value=str(node.value), reason=str(error)),
        )
        return None
