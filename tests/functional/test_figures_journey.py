"""Checking the figures of a draft in a real browser: by pointer, by keys, without scripts, and back again."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from docx import Document
from playwright.sync_api import Locator, Page, expect
from tests.factories.province import Province
from tests.support.browser import WIDTHS, Watch, accessibility_faults, sideways_overflow, take_pictures

DRAFT = """Báo cáo kết quả đại hội
Cấp ủy khóa mới có 81 đồng chí, trong đó tái cử 47 đồng chí (58,02%), tham gia lần đầu 34 đồng chí (41,98%).
Số ứng cử 328 đồng chí, gồm cơ quan tỉnh 125 đồng chí và cấp huyện 151 đồng chí.
Trong tổng số 81 đồng chí có nữ 14 đồng chí, chiếm 12,78%; dưới 40 tuổi 13 đồng chí, chiếm 16,04%.
Tỷ lệ cán bộ trẻ toàn tỉnh đạt 23,4%.
"""


@pytest.fixture
def officer(
    transactional_db: None, province: Province, sign_in: Callable[..., None]
) -> Callable[[Page], Page]:
    def opened(page: Page) -> Page:
        sign_in(page, "bantochuc")
        page.goto(reverse("figures-check"))
        return page

    return opened


def check_text(page: Page, text: str = DRAFT) -> None:
    page.get_by_label("Hoặc dán văn bản vào đây").fill(text)
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kết quả kiểm tra số liệu")


@pytest.fixture
def checked(page: Page, officer: Callable[[Page], Page]) -> Page:
    check_text(officer(page))
    return page


def mark_of(page: Page, text: str) -> Locator:
    return page.locator(".figures-draft mark a", has_text=text)


def test_every_state_of_the_check_is_accessible_and_fits(
    page: Page, officer: Callable[[Page], Page], watched: list[Watch]
) -> None:
    watched[0].allowed.append("422")
    faults: list[str] = []
    for name, open_state in {
        "figures-ask": lambda: officer(page),
        "figures-refused": lambda: page.get_by_role("button", name="Kiểm tra", exact=True).click(),
        "figures-answer": lambda: check_text(page),
        "figures-why": lambda: page.locator("mark a", has_text="328").click(),
    }.items():
        open_state()
        take_pictures(page, name)
        for width in (*WIDTHS, 320):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("window.scrollTo(0, 0)")  # a link half under the fixed bar counts as a small one
            faults += [f"{name} at {width}: {fault}" for fault in accessibility_faults(page)]
            if wider := sideways_overflow(page):
                faults.append(f"{name} at {width}: {wider} pixels too wide")
        page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="dark")
    faults += [f"in the dark: {fault}" for fault in accessibility_faults(page)]
    assert not faults, "\n".join(sorted(set(faults)))


def test_a_mark_opens_its_arithmetic_where_one_reads(checked: Page) -> None:
    mark = mark_of(checked, "12,78%")
    mark.scroll_into_view_if_needed()
    before = checked.evaluate("window.scrollY")
    mark.click()
    words = checked.locator(".figures-why li:target")
    expect(words).to_be_in_viewport()
    expect(words).to_contain_text("14 / 81 = 17,284%")
    expect(words).to_contain_text("đảo hai chữ số")
    assert checked.evaluate("window.scrollY") == before
    words.get_by_role("link").click()
    expect(words).to_be_hidden()
    expect(mark).to_be_in_viewport()


def test_a_mark_opens_by_keys_and_the_next_key_is_in_its_words(checked: Page) -> None:
    mark_of(checked, "328").focus()
    checked.keyboard.press("Enter")
    expect(checked.locator(".figures-why li:target")).to_contain_text("125 + 151 = 276")
    checked.keyboard.press("Tab")
    back = checked.locator(".figures-why li:target a")
    expect(back).to_be_focused()
    checked.keyboard.press("Enter")
    expect(checked.locator("mark:target")).to_have_text("328")


def test_pills_list_their_verdict_and_the_address_can_be_shared(checked: Page) -> None:
    rows = checked.locator("#findings tbody tr")
    expect(rows).to_have_count(4)
    checked.get_by_role("link", name=re.compile("^Sai")).click()
    expect(rows).to_have_count(2)
    expect(checked).to_have_url(re.compile("verdict=wrong"))
    checked.reload()
    expect(rows).to_have_count(2)
    rows.first.get_by_role("link").click()
    expect(checked.locator("mark:target")).to_have_text("328")


def test_going_back_and_forth_and_reloading_sends_nothing_again(checked: Page) -> None:
    sent: list[str] = []
    checked.on("request", lambda request: sent.append(request.method))
    answer = checked.url
    checked.reload()
    expect(checked.get_by_text("Có 2 chỗ sai")).to_be_visible()
    checked.go_back()
    expect(checked.get_by_label("Hoặc dán văn bản vào đây")).to_have_value(DRAFT)
    checked.go_forward()
    expect(checked).to_have_url(answer)
    expect(checked.get_by_text("Có 2 chỗ sai")).to_be_visible()
    assert "POST" not in sent


def test_a_word_file_goes_in_and_comes_back_with_comments(
    page: Page, officer: Callable[[Page], Page], tmp_path: Path
) -> None:
    document = Document()
    for line in DRAFT.splitlines():
        document.add_paragraph(line)
    source = tmp_path / "dự thảo báo cáo.docx"
    document.save(str(source))
    officer(page).get_by_label("Tệp dự thảo").set_input_files(source)
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(page.get_by_text("dự thảo báo cáo.docx")).to_be_visible()
    with page.expect_download() as saving:
        page.get_by_role("link", name="Bản Word có chú thích").click()
    assert saving.value.suggested_filename == "dự thảo báo cáo-chu-thich.docx"
    copy = Document(io.BytesIO(Path(saving.value.path()).read_bytes()))
    assert [paragraph.text for paragraph in copy.paragraphs] == DRAFT.splitlines()
    assert len(list(copy.comments)) == 4
    with page.expect_download() as saving:
        page.get_by_role("link", name="JSON").click()
    assert json.loads(Path(saving.value.path()).read_bytes())["faults"] == 2


def test_a_file_can_be_dropped_onto_the_field(page: Page, officer: Callable[[Page], Page]) -> None:
    officer(page)
    dropped = page.evaluate_handle(
        "text => { const d = new DataTransfer(); d.items.add(new File([text], 'a.txt')); return d; }", DRAFT
    )
    page.dispatch_event(".drop", "dragover", {"dataTransfer": dropped})
    expect(page.locator(".drop--over")).to_be_visible()
    page.dispatch_event(".drop", "drop", {"dataTransfer": dropped})
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(page.get_by_text("Có 2 chỗ sai")).to_be_visible()


def test_a_bad_file_is_explained_first_and_leads_to_its_field(
    page: Page, officer: Callable[[Page], Page], watched: list[Watch], tmp_path: Path
) -> None:
    watched[0].allowed.append("422")
    picture = tmp_path / "anh.png"
    picture.write_bytes(b"no picture")
    officer(page).get_by_label("Tệp dự thảo").set_input_files(picture)
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.locator("[data-error-summary] a").click()
    expect(page.get_by_label("Tệp dự thảo")).to_be_focused()
    check_text(page)
    expect(page.get_by_text("Có 2 chỗ sai")).to_be_visible()


def test_the_whole_way_works_without_scripts(
    new_page: Callable[..., Page], officer: Callable[[Page], Page], watched: list[Watch]
) -> None:
    page = officer(new_page(java_script_enabled=False))
    watched[0].allowed.append("404")
    check_text(page)
    page.get_by_role("link", name=re.compile("^Sai")).click()
    expect(page.locator("#findings tbody tr")).to_have_count(2)
    mark_of(page, "328").click()
    expect(page.locator(".figures-why li:target")).to_be_in_viewport()
    expect(page.locator(".figures-why li:target")).to_contain_text("125 + 151 = 276")
    page.get_by_role("button", name="Xóa ngay").click()
    expect(page.get_by_text("Đã xóa bản dự thảo khỏi máy chủ.")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("không còn trên máy chủ")).to_be_visible()
