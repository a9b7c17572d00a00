"""A planning procedure through five steps with ballots to approval, in a real browser, every document opened."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from tests.factories.province import Province, actor_named
from tests.support.browser import Watch, accessibility_faults, take_pictures

from hientai.apps.cadres import selectors as cadres
from hientai.apps.procedures import selectors

CROWD = "\n".join(f"Đại biểu {n}" for n in range(1, 13))
SignIn = Callable[[Page, str], None]


@pytest.fixture
def pages(
    new_page: Callable[..., Page], sign_in: SignIn, transactional_db: None, province: Province
) -> Iterator[dict[str, Page]]:
    """An officer and two tellers, each in a browser of their own."""
    opened = {name: new_page() for name in ("bantochuc", "huyen1", "canbo")}
    for name, page in opened.items():
        sign_in(page, name)
    yield opened


def field(page: Page, label: str, **more: bool) -> Locator:
    return page.get_by_role("main").get_by_label(label, **more)


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def submit(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def paper(page: Page, label: str) -> None:
    press(page, "Nhận giấy tờ")
    field(page, "Giấy tờ").select_option(label=label)
    field(page, "Ngày ký").fill(f"{date.today():%d/%m/%Y}")
    submit(page, "Ghi nhận")


def meeting(page: Page) -> None:
    press(page, "Triệu tập hội nghị")
    field(page, "Ngày họp").fill(f"{date.today():%d/%m/%Y}")
    field(page, "Chủ trì").fill("Bí thư")
    field(page, "Danh sách triệu tập").fill(CROWD)
    submit(page, "Triệu tập")
    press(page, "Ghi kết quả họp")
    field(page, "Đại biểu 12", exact=True).uncheck()
    submit(page, "Ghi")


def votes(pages: dict[str, Page], numbers: tuple[int, ...]) -> None:
    """Two tellers count apart, the officer closes."""
    officer = pages["bantochuc"]
    press(officer, "Cử người kiểm phiếu")
    field(officer, "Người kiểm phiếu thứ nhất").select_option("huyen1")
    field(officer, "Người kiểm phiếu thứ hai").select_option("canbo")
    submit(officer, "Cử")
    for name in ("huyen1", "canbo"):
        teller = pages[name]
        teller.goto("/kiem-phieu/")
        teller.get_by_role("row").filter(has_text="chờ anh/chị nhập").get_by_role("link").click()
        field(teller, "Số phiếu phát ra").fill("11")
        field(teller, "Số phiếu hợp lệ").fill("11")
        boxes = teller.locator("input[name^=votes_]")
        for place, number in enumerate(numbers):
            boxes.nth(place).fill(str(number))
        submit(teller, "Ghi số liệu")
    officer.reload()
    press(officer, "Khóa kết quả kiểm phiếu")
    submit(officer, "Khóa kết quả")


def documents(page: Page, step: str) -> None:
    """Opens every document the step offers; none names a field that is missing."""
    case = page.url
    names = page.locator(".chips a").all_inner_texts()
    assert names, step
    for name in names:
        page.locator(".chips a", has_text=name.strip()).first.click()
        expect(page.locator(".sheet")).to_contain_text("Quy hoạch thử")
        expect(page.get_by_role("link", name="Tải Word")).to_be_visible()
        page.goto(case)


def own_papers(page: Page, step: str) -> None:
    for label in ("Biên bản hội nghị", "Biên bản kiểm phiếu", "Bảng tổng hợp kiểm phiếu"):
        paper(page, f"{label} ({step})")


def end(page: Page, ground: str = "", outcome: str = "") -> None:
    press(page, "Kết thúc bước")
    if outcome:
        field(page, outcome, exact=True).check()
    if ground:
        field(page, "Căn cứ áp dụng").fill(ground)
    submit(page, "Kết thúc bước")


def test_planning_walks_through_five_steps_with_ballots_to_approval(
    pages: dict[str, Page], province: Province, watched: list[Watch]
) -> None:
    watched[0].allowed.append("400")  # the step that is refused without a ground
    officer = actor_named("bantochuc")
    codes = cadres.codes(actor=officer, as_of=officer.today, ids=province.people[:3])
    page = pages["bantochuc"]
    page.goto("/quy-trinh/mo/")
    field(page, "Quy trình").select_option("planning.on_spot")
    field(page, "Tên hồ sơ").fill("Quy hoạch thử nhiệm kỳ 2025–2030")
    field(page, "Đơn vị").fill("T.H1.X1")
    field(page, "Nhân sự").fill("\n".join(codes.values()))
    submit(page, "Mở hồ sơ")
    code = re.search(r"QT-\d+-\d+", page.url)
    assert code is not None
    assert accessibility_faults(page) == []
    take_pictures(page, "case-first-step")

    paper(page, "Kế hoạch rà soát và danh sách chức danh quy hoạch")
    paper(page, "Danh sách nguồn đủ điều kiện")
    documents(page, "b1")
    end(page)

    meeting(page)
    paper(page, "Biên bản hội nghị (Tập thể lãnh đạo, lần thứ nhất)")
    documents(page, "b2")
    end(page, outcome="Thống nhất")

    for step in ("Hội nghị cán bộ chủ chốt giới thiệu", "Hội nghị tập thể lãnh đạo mở rộng"):
        meeting(page)
        votes(pages, (9, 8, 2))
        documents(page, step)
        own_papers(page, step)
        take_pictures(page, "case-ballot-step")
        end(page)

    paper(page, "Tờ trình đề nghị phê duyệt quy hoạch")
    paper(page, "Hồ sơ cá nhân của người được đề nghị")
    meeting(page)
    votes(pages, (10, 7, 6))
    documents(page, "b5")
    own_papers(page, "Tập thể lãnh đạo, lần thứ hai")
    press(page, "Kết thúc bước")
    submit(page, "Kết thúc bước")
    expect(page.get_by_role("main")).to_contain_text("hãy ghi căn cứ áp dụng")
    field(page, "Căn cứ áp dụng").fill("Quy chế làm việc của Ban Thường vụ, Điều 12")
    submit(page, "Kết thúc bước")
    assert accessibility_faults(page) == []
    documents(page, "approval")
    end(page, outcome="Phê duyệt")
    expect(page.get_by_role("main")).to_contain_text("Được phê duyệt quy hoạch")
    take_pictures(page, "case-approved")

    found = selectors.case(actor=officer, as_of=date.today(), code=code.group())
    assert found.row.status == "ended" and len(found.state.names) == 2


def test_the_board_the_definitions_and_the_templates_are_accessible(
    pages: dict[str, Page], new_context: Callable[..., BrowserContext]
) -> None:
    page = pages["bantochuc"]
    for address, name in (
        ("/quy-trinh/", "board"),
        ("/quy-trinh/dinh-nghia/", "definitions"),
        ("/quy-trinh/dinh-nghia/appointment.on_spot.public_employee.nd-115/", "definition"),
        ("/quy-trinh/mau-van-ban/", "templates"),
        ("/quy-trinh/mo/", "open"),
        ("/kiem-phieu/", "my-ballots"),
    ):
        page.goto(address)
        assert accessibility_faults(page) == [], address
        take_pictures(page, name)
