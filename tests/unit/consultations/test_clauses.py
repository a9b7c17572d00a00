"""Drafts read into clauses, and two versions compared clause by clause."""

from hypothesis import given
from hypothesis import strategies as st

from hientai.apps.consultations.comparing import compare, read_clauses
from hientai.apps.consultations.types import Clause

TEXT = "Lời nói đầu\nĐiều 1. Phạm vi\náp dụng toàn tỉnh.\n\nĐiều 2: Số lượng\nMỗi xã 02 phó chủ tịch."


def test_a_line_that_begins_with_an_article_begins_a_clause():
    clauses = read_clauses(TEXT)
    assert [one.label for one in clauses] == ["Mở đầu", "Điều 1", "Điều 2"]
    assert clauses[1].text == "Phạm vi\náp dụng toàn tỉnh."


def test_without_articles_each_paragraph_is_a_clause():
    assert [one.label for one in read_clauses("Một.\n\nHai.\nvẫn hai.")] == ["Đoạn 1", "Đoạn 2"]
    assert read_clauses(" \n ") == []


def test_a_label_that_comes_twice_is_told_apart():
    assert [one.label for one in read_clauses("Điều 1. a\nĐiều 1. b")] == ["Điều 1", "Điều 1 (2)"]


def test_a_changed_clause_shows_the_words_that_left_and_came():
    old = [
        Clause("Điều 1", "Mỗi xã 02 phó chủ tịch"),
        Clause("Điều 2", "Giữ nguyên"),
        Clause("Điều 3", "Bỏ đi"),
    ]
    new = [
        Clause("Điều 1", "Mỗi xã 03 phó chủ tịch"),
        Clause("Điều 2", "Giữ nguyên"),
        Clause("Điều 4", "Thêm"),
    ]
    changes = compare(old, new)
    assert [(one.label, one.kind) for one in changes] == [
        ("Điều 1", "changed"), ("Điều 2", "same"), ("Điều 3", "removed"), ("Điều 4", "added"),
    ]  # fmt: skip
    assert [(p.kind, p.text.strip()) for p in changes[0].pieces if p.kind != "same"] == [
        ("removed", "02"),
        ("added", "03"),
    ]


clauses = st.lists(
    st.tuples(st.sampled_from(["Điều 1", "Điều 2", "Điều 3", "Điều 4"]), st.text("ab ", max_size=12)),
    unique_by=lambda pair: pair[0], max_size=4,
)  # fmt: skip


@given(clauses, clauses)
def test_a_comparison_gives_back_both_versions(old, new):
    before, after = [Clause(*one) for one in old], [Clause(*one) for one in new]
    changes = compare(before, after)
    assert sorted(one.label for one in changes) == sorted({one.label for one in (*before, *after)})
    for change in changes:
        said = {"removed": "", "added": ""}
        for piece in change.pieces:
            for side in ("removed", "added"):
                said[side] += piece.text if piece.kind in (side, "same") else ""
        for side, version in (("removed", before), ("added", after)):
            text = next((one.text for one in version if one.label == change.label), None)
            if text is not None:
                assert said[side].split() == text.split()


def test_the_order_is_that_of_the_new_version():
    old = [Clause("Điều 1", "a"), Clause("Điều 2", "b")]
    assert [one.label for one in compare(old, list(reversed(old)))] == ["Điều 2", "Điều 1"]
