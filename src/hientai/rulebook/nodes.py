"""Parses the rule of a standard: criteria, groups, open parts, and parts that several standards share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hientai.engines.criteria.possible import can_be_met
from hientai.engines.criteria.tree import (
    All,
    AnyOf,
    Citation,
    Criterion,
    Node,
    Not,
    Open,
    OpenReason,
    Operator,
    Parameter,
    Required,
)
from hientai.engines.errors import BadInput
from hientai.engines.facts.catalogue import Catalogue
from hientai.engines.facts.fact import Fact
from hientai.engines.wording import Sentence, say
from hientai.rulebook.fields import Fields, list_of
from hientai.rulebook.findings import Findings, Place

GROUPS = ("all", "any", "not")
NODE_KEYS = [
    "key",
    "sentence",
    "citation",
    "all",
    "any",
    "not",
    "use",
    "fact",
    "operator",
    "value",
    "parameter",
    "verified",
    "note",
    "basis",
    "measured",
]
CITATION_KEYS = ("document", "article", "clause", "source")


def citation_of(fields: Fields, document: str) -> Citation | None:
    """The citation of a value or criterion; a finding where there is none or its article is left out."""
    raw = fields.raw.get("citation")
    if raw is None:
        fields.findings.add(
            "missing_citation",
            fields.place,
            say("Thiếu trích dẫn; thêm “citation” với điều (article) và khoản (clause)."),
        )
        return None
    inner = Fields(raw, fields.place.at("citation"), fields.findings, CITATION_KEYS)
    if "article" not in inner:
        fields.findings.add(
            "missing_article",
            inner.place,
            say("Trích dẫn thiếu điều; ghi “article: null” nếu chưa đọc được số điều."),
        )
    return Citation(
        inner.text("document", required=False) or document,
        inner.text("article", required=False),
        inner.text("clause", required=False),
        inner.text("source", required=False),
    )


class NodeParser:
    """Parses the rules of one document. `shared` parts are parsed anew for each use, at their own place."""

    def __init__(
        self,
        document: str,
        parameters: Mapping[str, tuple[Parameter, ...]],
        shared: Mapping[str, Any],
        shared_place: Place,
        catalogue: Catalogue,
        findings: Findings,
    ) -> None:
        self.document = document
        self.parameters = parameters
        self.shared = shared
        self.shared_place = shared_place
        self.catalogue = catalogue
        self.findings = findings
        self._used: set[str] = set()
        self._keys: dict[str, Place] = {}
        self._open_uses: list[str] = []

    def root(self, fields: Fields, title: Sentence) -> Node | None:
        """The rule of a standard; a group written directly under the standard takes the standard's title."""
        self._keys = {}
        return self._node(fields, Sentence(title.template), "rule")

    def check_all_shared_used(self) -> None:
        """A shared part that no standard uses is a finding: it looks like a rule but decides nothing."""
        for name in self.shared:
            if name not in self._used:
                self._note(
                    "unused_shared",
                    self.shared_place.at(name),
                    say("Phần dùng chung “{name}” không được tiêu chuẩn nào dùng; bỏ đi.", name=name),
                )

    def _part(self, raw: Any, place: Place) -> Node | None:
        fields = Fields(raw, place, self.findings, NODE_KEYS)
        return self._node(fields, None, None)

    def _node(self, fields: Fields, title: Sentence | None, default_key: str | None) -> Node | None:
        kinds = [kind for kind in (*GROUPS, "use", "fact", "basis", "measured") if kind in fields]
        if len(kinds) != 1:
            self._note(
                "unclear_node",
                fields.place,
                say("Mỗi tiêu chí phải có đúng một trong: all, any, not, use, fact, basis, measured."),
            )
            return None
        if kinds[0] == "use":
            return self._use(fields)
        key = default_key or fields.text("key")
        self._check_key(key, fields.place)
        sentence = title or Sentence(fields.text("sentence"))
        if kinds[0] in GROUPS:
            return self._group(kinds[0], key, sentence, fields)
        if kinds[0] == "fact":
            return self._criterion(key, sentence, fields)
        return self._open(kinds[0], key, sentence, fields)

    def _use(self, fields: Fields) -> Node | None:
        name = fields.text("use")
        if name in self._open_uses or name not in self.shared:
            self._note(
                "unknown_shared",
                fields.place.at("use"),
                say("Không có phần dùng chung “{name}”, hoặc nó gọi lại chính nó.", name=name),
            )
            return None
        self._used.add(name)
        self._open_uses.append(name)
        node = self._part(
            self.shared[name] | {"key": name} if isinstance(self.shared[name], dict) else None,
            self.shared_place.at(name),
        )
        self._open_uses.pop()
        return node

    def _group(self, kind: str, key: str, sentence: Sentence, fields: Fields) -> Node | None:
        citation = citation_of(fields, self.document) if "citation" in fields else None
        citation = citation or Citation(self.document)
        place, raw = fields.place.at(kind), fields.raw[kind]
        if kind == "not":
            part = self._part(raw, place)
            return None if part is None else Not(key, sentence, citation, part)
        parts = [
            self._part(one, place.at(number)) for number, one in enumerate(list_of(raw, place, self.findings))
        ]
        kept = tuple(part for part in parts if part is not None)
        return All(key, sentence, citation, kept) if kind == "all" else AnyOf(key, sentence, citation, kept)

    def _open(self, kind: str, key: str, sentence: Sentence, fields: Fields) -> Open | None:
        if fields.raw[kind] != {"basis": "none", "measured": False}[kind]:
            self._note(
                "bad_open", fields.place.at(kind), say("Chỉ ghi được “basis: none” hoặc “measured: false”.")
            )
            return None
        needs_citation = kind == "measured" or "citation" in fields
        citation = citation_of(fields, self.document) if needs_citation else None
        reason = OpenReason.NO_BASIS if kind == "basis" else OpenReason.NOT_MEASURED
        return Open(key, sentence, citation or Citation(self.document), reason)

    def _criterion(self, key: str, sentence: Sentence, fields: Fields) -> Criterion | None:
        citation = citation_of(fields, self.document)
        operator = fields.choice("operator", Operator)
        fact = self._fact(fields)
        if citation is None or operator is None or fact is None:
            return None
        parameter = self._required(fields, operator, citation)
        if parameter is None:
            return None
        criterion = Criterion(key, sentence, citation, fact.code, operator, parameter)
        return criterion if self._fits(criterion, fact, fields.place) else None

    def _fact(self, fields: Fields) -> Fact | None:
        code = fields.text("fact")
        if not code:
            return None
        try:
            return self.catalogue.check_usable_in_rules(code)
        except BadInput as error:
            self._note(error.code, fields.place.at("fact"), error.message)
            return None

    def _required(self, fields: Fields, operator: Operator, citation: Citation) -> Parameter | None:
        """The parameter named, or the value written here as a parameter without a key."""
        given = [name for name in ("value", "parameter") if name in fields]
        if not operator.takes_value:
            if given:
                self._note("surplus_value", fields.place, say("Phép so sánh này không nhận giá trị; bỏ đi."))
                return None
            return Parameter(
                "", True, "", citation, fields.truth("verified"), note=fields.text("note", required=False)
            )
        if len(given) != 1:
            self._note("unclear_value", fields.place, say("Ghi đúng một trong hai: value hoặc parameter."))
            return None
        if given[0] == "parameter":
            return self._parameter_named(fields)
        raw = fields.raw["value"]
        value: Required = tuple(raw) if isinstance(raw, list) else raw
        return Parameter(
            "", value, "", citation, fields.truth("verified"), note=fields.text("note", required=False)
        )

    def _parameter_named(self, fields: Fields) -> Parameter | None:
        key = fields.text("parameter")
        versions = self.parameters.get(key, ())
        if not versions:
            self._note(
                "unknown_parameter",
                fields.place.at("parameter"),
                say("Văn bản không có tham số “{key}” kèm giá trị; khai ở “parameters”.", key=key),
            )
            return None
        if "verified" in fields:
            self._note(
                "surplus_verified",
                fields.place.at("verified"),
                say("Độ tin cậy lấy theo tham số; bỏ “verified” ở tiêu chí."),
            )
        return versions[0]

    def _fits(self, criterion: Criterion, fact: Fact, place: Place) -> bool:
        operator, required = criterion.operator, criterion.required
        if not operator.takes_value:
            return self._boolean_fits(criterion, fact, place)
        if operator.takes_several is not isinstance(required, tuple) or (
            operator is Operator.BETWEEN and (not isinstance(required, tuple) or len(required) != 2)
        ):
            self._note(
                "wrong_form",
                place,
                say("Phép “{operator}” cần {form}.", operator=operator.value, form=_form_of(operator)),
            )
            return False
        if operator.needs_order and not fact.type.is_ordered:
            self._note("not_ordered", place, say("Dữ kiện “{code}” không so lớn bé được.", code=fact.code))
            return False
        try:
            for value in required if isinstance(required, tuple) else (required,):
                fact.check_value(value)
        except BadInput as error:
            self._note(error.code, place, error.message)
            return False
        return self._sensible(criterion, fact, place)

    def _boolean_fits(self, criterion: Criterion, fact: Fact, place: Place) -> bool:
        if fact.type.value != "boolean":
            self._note(
                "not_boolean",
                place,
                say(
                    "Phép “{operator}” chỉ dùng cho dữ kiện có/không; “{code}” là {type}.",
                    operator=criterion.operator.value,
                    code=fact.code,
                    type=fact.type.value,
                ),
            )
            return False
        return True

    def _sensible(self, criterion: Criterion, fact: Fact, place: Place) -> bool:
        unit, wanted = criterion.parameter.unit, fact.unit.template
        if unit and wanted and unit != wanted:
            self._note(
                "unit_mismatch",
                place,
                say(
                    "Tham số tính bằng {unit} nhưng dữ kiện “{code}” tính bằng {wanted}.",
                    unit=unit,
                    code=fact.code,
                    wanted=wanted,
                ),
            )
            return False
        if not can_be_met(criterion, fact):
            self._note(
                "never_met",
                place,
                say(
                    "Tiêu chí không bao giờ đạt được: dữ kiện “{code}” không có giá trị nào như vậy.",
                    code=fact.code,
                ),
            )
            return False
        return True

    def _check_key(self, key: str, place: Place) -> None:
        if key and key in self._keys:
            self._note(
                "duplicate_criterion",
                place,
                say("Trong một tiêu chuẩn, mã tiêu chí “{key}” bị trùng.", key=key),
            )
        self._keys[key] = place

    def _note(self, code: str, place: Place, message: Sentence) -> None:
        self.findings.add(code, place, message)


def _form_of(operator: Operator) -> Sentence:
    if operator is Operator.BETWEEN:
        return say("hai giá trị [thấp, cao)")
    return say("danh sách giá trị") if operator.takes_several else say("một giá trị")
