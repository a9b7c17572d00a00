"""Cross-tables: persons and turns, totals, bands, parts, unknowns, and the list behind every number."""

from datetime import date
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hientai.engines.cube import Bands, Column, CrossTable, Parts, Persons, Turns, count
from hientai.engines.errors import BadInput
from hientai.engines.wording import say

COURSES = pl.DataFrame(
    {
        "person": ["an", "an", "binh", "chi", "chi", "chi"],
        "course": ["llct", "qlnn", "llct", "llct", "llct", "qlnn"],
        "sex": ["F", "F", "M", "F", "F", "F"],
        "year": [2019, 2020, 2019, 2019, 2020, 2020],
    }
)


def one(frame: pl.DataFrame, table: CrossTable):
    return count(frame, [table], "person")[0]


def test_turns_count_every_row_and_persons_count_people_once():
    turns, persons = count(
        COURSES,
        [CrossTable("lượt", Turns, Column("course")), CrossTable("người", Persons, Column("course"))],
        "person",
    )
    assert [cell.value for cell in turns.row_totals] == [Turns(4), Turns(2)]
    assert [cell.value for cell in persons.row_totals] == [Persons(3), Persons(2)]
    assert (turns.total.value, persons.total.value) == (Turns(6), Persons(3))


def test_persons_in_two_cells_do_not_add_up_and_the_table_says_so():
    table = one(COURSES, CrossTable("người", Persons, Column("course")))
    with pytest.raises(BadInput) as refused:
        table.check_adds_up()
    assert refused.value.code == "persons_in_two_cells"
    assert "2 người" in str(refused.value.message)
    one(COURSES, CrossTable("người", Persons, Column("sex"))).check_adds_up()


def test_every_number_opens_its_list():
    table = one(COURSES, CrossTable("người", Persons, Column("course"), Column("year")))
    assert table.cell("llct", 2019).people == ("an", "binh", "chi")
    assert table.cell("llct", 2020).people == ("chi",)
    assert table.cell("llct", 2020).entries == (4,)
    assert table.row_total("qlnn").people == ("an", "chi")
    assert table.total.people == ("an", "binh", "chi")


def test_a_condition_leaves_out_those_for_whom_it_is_unknown():
    frame = pl.DataFrame({"person": [1, 2, 3], "age": [30, None, 50]})
    table = one(frame, CrossTable("trẻ", Persons, where=pl.col("age") < 40))
    assert (table.total.count, table.total.people) == (1, (1,))


@pytest.mark.parametrize(
    ("age", "band"), [(39, (None, 40)), (40, (40, 50)), (49, (40, 50)), (50, (50, None))]
)
def test_bands_are_half_open(age, band):
    table = one(
        pl.DataFrame({"person": [1], "age": [age]}), CrossTable("tuổi", Persons, Bands("age", (40, 50)))
    )
    assert table.cell(band).count == 1
    assert sum(cell.count for cell in table.row_totals) == 1


def test_bands_name_themselves_and_take_days_too():
    frame = pl.DataFrame({"person": [1, 2], "born": [date(1979, 12, 31), date(1980, 1, 1)]})
    table = one(frame, CrossTable("sinh", Persons, Bands("born", (date(1980, 1, 1),))))
    assert [str(member.label) for member in table.rows] == ["dưới 01/01/1980", "từ 01/01/1980"]
    assert [cell.people for cell in table.row_totals] == [(1,), (2,)]
    ages = Bands("age", (40, 50))
    assert [str(member.label) for member in ages.members()] == ["dưới 40", "từ 40 đến dưới 50", "từ 50"]


def test_an_unknown_value_has_its_own_row_and_stays_in_the_total():
    frame = pl.DataFrame({"person": [1, 2, 3], "sex": ["F", None, "M"], "age": [30.0, float("nan"), None]})
    table = one(frame, CrossTable("giới", Persons, Column("sex"), Bands("age", (40,))))
    assert [member.kind for member in table.rows] == ["value", "value", "unknown"]
    assert table.cell(None, None).people == (2,)
    assert [cell.count for cell in table.column_totals] == [1, 0, 2]
    assert table.total.count == 3


def test_listed_members_keep_their_order_and_show_nobody_too():
    level = Column("level", (("cc", say("Cao cấp")), ("tc", say("Trung cấp")), ("sc", say("Sơ cấp"))))
    table = one(pl.DataFrame({"person": [1, 2], "level": ["sc", "cc"]}), CrossTable("llct", Persons, level))
    assert [(str(cell.row.label), cell.count) for cell in table.row_totals] == [
        ("Cao cấp", 1),
        ("Trung cấp", 0),
        ("Sơ cấp", 1),
    ]


def test_a_value_outside_the_listed_members_is_refused():
    level = Column("level", (("cc", say("Cao cấp")),))
    with pytest.raises(BadInput) as refused:
        one(pl.DataFrame({"person": [1], "level": ["cn"]}), CrossTable("llct", Persons, level))
    assert refused.value.code == "unlisted_value" and "cn" in str(refused.value.message)


def test_true_and_false_and_whole_numbers_are_members():
    frame = pl.DataFrame({"person": [1, 2, 3], "party": [True, False, None], "grade": [7, -2, 7]})
    table = one(frame, CrossTable("t", Persons, Column("party"), Column("grade")))
    assert table.cell(True, 7).people == (1,)
    assert table.cell(False, -2).people == (2,)
    assert table.cell(None, 7).people == (3,)


BLOCKS = pl.DataFrame({"person": range(328), "block": ["party"] * 125 + ["state"] * 151 + ["other"] * 52})
PARTY, STATE = (
    (say("Đảng, đoàn thể"), pl.col("block") == "party"),
    (say("Nhà nước"), pl.col("block") == "state"),
)


def test_parts_that_miss_somebody_are_refused_with_the_rest():
    with pytest.raises(BadInput) as refused:
        one(BLOCKS, CrossTable("khối", Persons, Parts("khối", (PARTY, STATE))))
    assert (refused.value.code, "52" in str(refused.value.message)) == ("parts_do_not_add_up", True)


def test_the_rest_is_shown_where_asked():
    table = one(BLOCKS, CrossTable("khối", Persons, Parts("khối", (PARTY, STATE), show_rest=True)))
    assert [(cell.row.kind, cell.count) for cell in table.row_totals] == [
        ("value", 125),
        ("value", 151),
        ("rest", 52),
    ]
    table.check_adds_up()


def test_parts_need_only_share_out_what_is_counted():
    parts = Parts("khối", (PARTY, STATE))
    table = one(BLOCKS, CrossTable("khối", Persons, parts, where=pl.col("block") != "other"))
    assert [cell.count for cell in table.row_totals] == [125, 151]


def test_a_row_in_two_parts_is_refused():
    parts = Parts("khối", (PARTY, (say("Không phải nhà nước"), pl.col("block") != "state")), show_rest=True)
    with pytest.raises(BadInput) as refused:
        one(BLOCKS, CrossTable("khối", Persons, parts))
    assert (refused.value.code, "125" in str(refused.value.message)) == ("parts_overlap", True)


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (CrossTable("t", Persons, Column("rank")), "unknown_column"),
        (CrossTable("t", Persons, Bands("sex", (1,))), "not_a_number"),
        (CrossTable("t", Persons, Bands("year", (date(2020, 1, 1),))), "not_a_number"),
    ],
)
def test_a_question_that_does_not_fit_the_snapshot_is_refused(table, code):
    with pytest.raises(BadInput) as refused:
        one(COURSES, table)
    assert refused.value.code == code


def test_decimals_are_no_categories_and_every_row_needs_a_person():
    with pytest.raises(BadInput):
        one(pl.DataFrame({"person": [1], "pay": [2.34]}), CrossTable("t", Persons, Column("pay")))
    with pytest.raises(BadInput):
        one(pl.DataFrame({"person": [1, None]}), CrossTable("t", Persons))


@pytest.mark.parametrize("edges", [(), (2, 1), (1, 1)])
def test_bands_need_rising_edges(edges):
    with pytest.raises(BadInput):
        Bands("age", edges)


def test_an_empty_snapshot_counts_nobody():
    frame = pl.DataFrame({"person": [], "sex": []}, schema={"person": pl.String, "sex": pl.String})
    table = one(frame, CrossTable("t", Persons, Column("sex")))
    assert (table.total.count, table.rows, table.total.people) == (0, (), ())


def test_a_share_of_a_row_names_its_base():
    table = one(COURSES, CrossTable("lượt", Turns, Column("course"), Column("sex")))
    ratio = table.share(table.cell("llct", "F"), "row", say("số lượt học lý luận chính trị"))
    assert (ratio.value, str(ratio.percent())) == (Fraction(3, 4), "75,00 %")
    assert str(ratio.base) == "số lượt học lý luận chính trị"


rows = st.lists(
    st.tuples(
        st.integers(0, 7), st.sampled_from(["a", "b", None]), st.one_of(st.none(), st.integers(20, 65))
    ),
    max_size=40,
)


@settings(max_examples=80, deadline=None)
@given(rows, st.sampled_from([Persons, Turns]), st.booleans())
def test_every_number_is_that_of_a_plain_loop(drawn, kind, conditioned):
    frame = pl.DataFrame(drawn, schema={"person": pl.Int64, "sex": pl.String, "age": pl.Int64}, orient="row")
    where = pl.col("age") >= 30 if conditioned else None
    table = one(frame, CrossTable("t", kind, Column("sex"), Bands("age", (30, 40)), where))
    counted = [(p, s, a) for p, s, a in drawn if not conditioned or (a is not None and a >= 30)]

    def number(inside) -> int:
        people = [p for p, s, a in counted if inside(s, a)]
        return len(people) if kind is Turns else len(set(people))

    def in_band(age, band) -> bool:
        if band is None or age is None:
            return band is None and age is None
        return (band[0] is None or age >= band[0]) and (band[1] is None or age < band[1])

    assert table.total.count == number(lambda s, a: True)
    for total in table.row_totals:
        assert total.count == number(lambda s, a, key=total.row.key: s == key)
    for total in table.column_totals:
        assert total.count == number(lambda s, a, key=total.column.key: in_band(a, key))
    for cell in (cell for line in table.cells for cell in line):
        assert cell.count == number(lambda s, a, c=cell: s == c.row.key and in_band(a, c.column.key))
        assert len(cell.people if kind is Persons else cell.entries) == cell.count
    if kind is Turns:
        table.check_adds_up()
