"""Components say the same thing in words, in shape and in the address; none needs a script."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from hientai.engines.criteria.tree import Verdict
from hientai.foundation import registry
from hientai.foundation.pages import page_of
from hientai.site.gallery.standard import explained
from hientai.site.gallery.views import gallery

DAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _every_document_has_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Components are drawn without a database; the register of documents answers from here."""
    monkeypatch.setattr(registry, "_document_address", [lambda code: f"/van-ban/{len(code)}/"])


def rendered(template: str, address: str = "/people/", **context: Any) -> str:
    request = RequestFactory().get(address)
    request.user = AnonymousUser()
    with translation.override("vi"):
        return engines["django"].from_string(CottonCompiler().process(template)).render(context, request)


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize(
    ("value", "word", "icon"),
    [("met", "Đạt", "check"), ("not_met", "Chưa đạt", "cross"), ("unknown", "Chưa rõ", "question")],
)
def test_each_verdict_has_its_own_word_and_its_own_icon(value: str, word: str, icon: str) -> None:
    page = rendered('<c-verdict :value="value" />', value=value)
    assert words_of(page) == word
    assert f"icons.svg#{icon}" in page


@pytest.mark.parametrize("verdict", Verdict)
def test_verdict_of_an_engine_is_shown_as_its_code_is(verdict: Verdict) -> None:
    assert rendered('<c-verdict :value="value" />', value=verdict) == rendered(
        '<c-verdict :value="value" />', value=verdict.value
    )


def test_verdict_on_unverified_grounds_says_so_in_words() -> None:
    assert "Chưa kiểm chứng" in rendered('<c-verdict value="met" :verified="False" />')
    assert "Chưa kiểm chứng" not in rendered('<c-verdict value="met" />')


def test_explanation_shows_what_is_asked_what_is_there_and_the_article() -> None:
    words = words_of(rendered('<c-explanation :node="tree" :open="True" />', tree=explained(DAY).tree))
    assert "Đã giữ chức vụ cấp phó Điều 8, khoản 3a · Quy định mẫu (hư cấu) Chưa đạt Chưa kiểm chứng" in words
    assert "Yêu cầu từ 24 tháng trở lên Hiện có 20 tháng Căn cứ hồ sơ QĐ 412-QĐ/TU, 01/03/2025" in words
    assert "sẽ đạt từ ngày 01/03/2027" in words


def test_explanation_of_an_unknown_says_what_to_record() -> None:
    words = words_of(rendered('<c-explanation :node="tree" />', tree=explained(DAY).tree))
    assert "Cần bổ sung vào hồ sơ: Có bằng đại học đúng ngành." in words


def test_explanation_opens_without_scripts() -> None:
    page = rendered('<c-explanation :node="tree" :open="True" />', tree=explained(DAY).tree)
    assert page.count("<details") == 2
    assert page.count(" open>") == 2
    assert " open>" not in rendered('<c-explanation :node="tree" />', tree=explained(DAY).tree)


def test_explanation_keeps_links_out_of_what_opens_and_closes() -> None:
    page = rendered('<c-explanation :node="tree" :open="True" />', tree=explained(DAY).tree)
    summaries = re.findall(r"<summary.*?</summary>", page, re.DOTALL)
    assert len(summaries) == 2
    assert not any("<a " in summary for summary in summaries)
    assert "<a " in page


def test_explanation_of_a_branch_names_its_article_beside_the_summary() -> None:
    page = rendered('<c-explanation :node="tree" :open="True" />', tree=explained(DAY).tree)
    sources = re.findall(r'</summary>\s*<p class="why__source why__rule">.*?</p>', page, re.DOTALL)
    assert sources
    assert all("<a " in source for source in sources)


def test_date_switch_keeps_the_question_and_drops_the_page() -> None:
    page = rendered('<c-as-of :value="day" :today="day" />', "/people/?unit=7&unit=9&page=3", day=DAY)
    assert 'value="22/11/2026"' in page
    assert page.count('<input type="hidden" name="unit"') == 2
    assert 'name="page"' not in page


def test_date_switch_offers_today_only_when_another_day_is_shown() -> None:
    past = rendered('<c-as-of :value="day" :today="today" />', day=dt.date(2025, 6, 30), today=DAY)
    assert "as_of=22%2F11%2F2026" in past
    assert "Về hôm nay" not in rendered('<c-as-of :value="day" :today="day" />', day=DAY)


def pagination(number: int, address: str = "/people/?q=an") -> str:
    return rendered(
        '<c-pagination :page="page" target="people" />', address, page=page_of([0] * 50, 1247, number, 50)
    )


def test_pagination_counts_lines_and_keeps_the_filter() -> None:
    page = pagination(4)
    assert "151–200 trong 1.247" in words_of(page)
    assert 'href="?q=an&amp;page=5"' in page
    assert 'hx-target="#people"' in page


def test_first_page_has_no_way_back_and_last_page_no_way_on() -> None:
    assert 'rel="prev"' not in pagination(1)
    assert 'rel="next"' in pagination(1)
    assert 'rel="prev"' in pagination(25)
    assert 'rel="next"' not in pagination(25)


@pytest.mark.parametrize("number", [1, 2, 3, 4, 13, 23, 24, 25])
def test_every_page_is_linked_once_besides_the_arrows(number: int) -> None:
    page = pagination(number)
    numbers = [int(n) for n in re.findall(r">(\d+)</a>", page)]
    assert numbers == sorted(set(numbers))
    assert {1, number, 25} <= set(numbers)


def test_list_of_one_page_has_no_page_links() -> None:
    page = rendered('<c-pagination :page="page" />', page=page_of([0] * 3, 3, 1, 50))
    assert "1–3 trong 3" in words_of(page)
    assert "pages__link" not in page


def test_tile_with_a_list_leads_to_it_and_tells_its_base_and_day() -> None:
    page = rendered(
        '<c-tile label="Nữ" number="389" base="trên 1.247 người" :as_of="day" url="/x/" />', day=DAY
    )
    assert 'href="/x/"' in page
    assert words_of(page) == "Nữ 389 trên 1.247 người Tính đến 22/11/2026"
    assert "<a " not in rendered('<c-tile label="Nữ" number="389" />')


def test_missing_fact_is_said_to_be_missing_and_zero_is_a_fact() -> None:
    page = rendered(
        '<c-facts :items="items" />', items=[{"label": "A", "value": None}, {"label": "B", "value": 0}]
    )
    assert words_of(page) == "A Chưa có B 0"


def test_text_of_people_is_escaped() -> None:
    page = rendered('<c-panel title="{{ name }}"><p>{{ name }}</p></c-panel>', name="<b onclick=x>")
    assert "<b onclick" not in page
    assert page.count("&lt;b onclick=x&gt;") == 2


def test_gallery_answers_a_page_that_is_no_number_with_a_page() -> None:
    request = RequestFactory().get("/gallery/?page=zz")
    request.user = AnonymousUser()
    assert gallery(request).status_code == 200
