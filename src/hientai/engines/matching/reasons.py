"""The points of one pair as sentences an officer can check."""

from __future__ import annotations

from hientai.engines.matching.columns import People
from hientai.engines.matching.identity import Identity
from hientai.engines.matching.points import Agreement, BornCase, Compared, IdentityCase, NameCase
from hientai.engines.matching.record import PersonRecord, Point
from hientai.engines.wording import Sentence, say


def reasons(people: People, compared: Compared, index: int) -> tuple[Point, ...]:
    """One point per comparison made, largest first, the base last; together they make the pair's points."""
    left, right = (int(row) for row in compared.pairs[index])
    one, other = people.records[left], people.records[right]
    identities = people.identities[left], people.identities[right]
    bearers = int(people.bearers[left])
    found = [
        Point(
            "identity", int(compared.identity_points[index]), _identity(compared.identity[index], *identities)
        ),
        Point("name", int(compared.name_points[index]), _name(compared.name[index], one, other, bearers)),
        Point("born", int(compared.born_points[index]), _born(compared.born[index], one, other)),
        Point("sex", int(compared.sex_points[index]), _sex(compared.sex[index])),
        Point("home", int(compared.home_points[index]), _home(compared.home[index], one, other)),
    ]
    told = sorted((point for point in found if str(point.sentence)), key=lambda point: -point.points)
    base = say("Trong {count} hồ sơ, hai hồ sơ bất kỳ hiếm khi là của một người.", count=people.everybody)
    return (*told, Point("base", compared.base, base))


def _identity(case: int, one: tuple[Identity, ...], other: tuple[Identity, ...]) -> Sentence:
    if case == IdentityCase.EQUAL:
        shared = {identity.number: identity for identity in one}
        first = next(identity for identity in other if identity.number in shared)
        if first.restored or shared[first.number].restored:
            return say("Cùng số định danh {number} (có bên mất số 0 ở đầu).", number=first.number)
        return say("Cùng số định danh {number}.", number=first.number)
    return {
        IdentityCase.SLIP: say("Số định danh chỉ lệch một chữ số hoặc hai chữ số cạnh nhau đổi chỗ."),
        IdentityCase.OLD_SLIP: say("Số CMND cũ chỉ lệch một chữ số hoặc hai chữ số cạnh nhau đổi chỗ."),
        IdentityCase.OLD_DIFFERS: say("Số CMND cũ khác nhau (có thể do cấp lại ở tỉnh khác)."),
        IdentityCase.DIFFERENT: say("Số định danh 12 chữ số khác nhau."),
    }.get(IdentityCase(case), Sentence(""))


def _name(case: int, one: PersonRecord, other: PersonRecord, bearers: int) -> Sentence:
    names = {"one": one.name, "other": other.name}
    return {
        NameCase.SAME: say(
            "Cùng họ tên “{one}” ({bearers} hồ sơ mang tên này).", one=one.name, bearers=bearers
        ),
        NameCase.ACCENTS_LOST: say(
            "Cùng họ tên, một bên mất dấu: “{one}” và “{other}” ({bearers} hồ sơ).", bearers=bearers, **names
        ),
        NameCase.ACCENTS_DIFFER: say("Họ tên chỉ khác dấu: “{one}” và “{other}”.", **names),
        NameCase.SLIP: say("Họ tên gần giống (có thể gõ nhầm): “{one}” và “{other}”.", **names),
        NameCase.MIDDLE_LEFT_OUT: say(
            "Cùng họ và tên, một bên thiếu tên đệm: “{one}” và “{other}”.", **names
        ),
        NameCase.DIFFERENT: say("Họ tên khác nhau: “{one}” và “{other}”.", **names),
    }.get(NameCase(case), Sentence(""))


def _born(case: int, one: PersonRecord, other: PersonRecord) -> Sentence:
    if one.born is None or other.born is None:
        return Sentence("")
    days = {"one": _shown(one), "other": _shown(other)}
    return {
        BornCase.SAME_DAY: say("Cùng ngày sinh {one}.", one=days["one"]),
        BornCase.SWAPPED: say("Ngày và tháng sinh đổi chỗ: {one} và {other}.", **days),
        BornCase.SAME_MONTH: say("Cùng tháng sinh: {one} và {other}.", **days),
        BornCase.SAME_YEAR: say("Cùng năm sinh, một bên chỉ ghi năm: {one} và {other}.", **days),
        BornCase.YEAR_SLIP: say("Cùng ngày, tháng; năm sinh lệch một chữ số: {one} và {other}.", **days),
        BornCase.ONE_PART_OFF: say("Ngày sinh chỉ lệch ngày hoặc tháng: {one} và {other}.", **days),
        BornCase.ONLY_YEAR_AGREES: say("Cùng năm nhưng khác ngày, tháng sinh: {one} và {other}.", **days),
        BornCase.DIFFERENT: say("Ngày sinh khác nhau: {one} và {other}.", **days),
    }.get(BornCase(case), Sentence(""))


def _sex(case: int) -> Sentence:
    if case == Agreement.UNKNOWN:
        return Sentence("")
    return say("Cùng giới tính.") if case == Agreement.SAME else say("Giới tính khác nhau.")


def _home(case: int, one: PersonRecord, other: PersonRecord) -> Sentence:
    homes = {"one": one.home, "other": other.home}
    return {
        Agreement.SAME: say("Cùng quê quán: {one}.", one=one.home),
        Agreement.CONTAINED: say("Quê quán phù hợp, một bên ghi gọn hơn: {one} và {other}.", **homes),
        Agreement.DIFFERENT: say("Quê quán khác nhau: {one} và {other}.", **homes),
    }.get(Agreement(case), Sentence(""))


def _shown(record: PersonRecord) -> str:
    """The birth as lists print it: 05/03/1980, 03/1980 or 1980."""
    return "/".join(reversed(record.born.isoformat().split("-"))) if record.born else ""
