"""Who may open what: every address of the program against every role, written down."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.conftest import sign_in
from tests.factories.province import Province
from tests.integration.exchange.workbooks import workbook

pytestmark = pytest.mark.django_db

OK, REFUSED, NOT_FOUND, OWN, BAD = 200, 403, 404, 200, 400
#                                   officer  head   staff    technician
MATRIX: dict[str, tuple[int, int, int, int]] = {
    "": (OK, OK, OK, OK),
    "thu-vien/": (OK, OK, OK, OK),
    "tim/": (OK, OK, OK, OK),
    "to-chuc/don-vi/": (OK, OK, OK, OK),
    "to-chuc/don-vi/<str:code>/": (OK, OK, OK, OK),
    "to-chuc/don-vi/<str:code>/quyet-dinh/<str:kind>/": (OK, REFUSED, REFUSED, REFUSED),
    "to-chuc/quyet-dinh/<int:act>/hoan-tac/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "to-chuc/so-do/": (OK, OK, OK, OK),
    "to-chuc/khac-biet/": (OK, OK, OK, OK),
    "to-chuc/bien-che/": (OK, OK, OK, OK),
    "to-chuc/dem/": (OK, OK, OK, OK),
    "to-chuc/tam-dung/": (OK, OK, OK, OK),
    "to-chuc/tam-dung/<int:window>/bo/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "api/v1/units": (OK, OK, OK, OK),
    "api/v1/units/<str:code>": (OK, OK, OK, OK),
    "api/v1/units/<str:code>/lineage": (OK, OK, OK, OK),
    "to-chuc/bien-che/nam/": (OK, OK, OK, OK),
    "vi-tri-viec-lam/": (OK, OK, REFUSED, REFUSED),
    "vi-tri-viec-lam/them/": (OK, REFUSED, REFUSED, REFUSED),
    "vi-tri-viec-lam/<str:code>/": (NOT_FOUND, NOT_FOUND, REFUSED, REFUSED),
    "vi-tri-viec-lam/<str:code>/sua/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "vi-tri-viec-lam/<str:code>/nguoi/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "vi-tri-viec-lam/<str:code>/nang-luc/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "khung-nang-luc/": (OK, OK, REFUSED, REFUSED),
    "khoang-cach-nang-luc/": (OK, OK, REFUSED, REFUSED),
    "khoang-cach-nang-luc/danh-sach/": (NOT_FOUND, NOT_FOUND, REFUSED, REFUSED),
    "can-bo/<str:code>/nang-luc/": (OK, NOT_FOUND, REFUSED, REFUSED),
    "tinh-gian/": (OK, OK, REFUSED, REFUSED),
    "tinh-gian/ghi/": (OK, REFUSED, REFUSED, REFUSED),
    "tinh-gian/<int:number>/": (NOT_FOUND, NOT_FOUND, REFUSED, REFUSED),
    "tinh-gian/<int:number>/hoan-tac/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "sap-xep/": (OK, OK, REFUSED, REFUSED),
    "sap-xep/moi/": (OK, REFUSED, REFUSED, REFUSED),
    "sap-xep/<str:token>/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "sap-xep/<str:token>/nguoi/<str:code>/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "sap-xep/<str:token>/y-kien/": (NOT_FOUND, NOT_FOUND, REFUSED, REFUSED),
    "sap-xep/<str:token>/thuc-hien/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "sap-xep/<str:token>/hoan-tac/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "sap-xep/<str:token>/quyet-dinh.docx": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "sap-xep/<str:token>/danh-sach/<str:unit>.docx": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "can-bo/": (OK, OK, REFUSED, REFUSED),
    "can-bo/<str:code>/mau/<str:form>.docx": (OK, NOT_FOUND, OWN, REFUSED),
    "can-bo/khac-biet/": (OK, OK, REFUSED, REFUSED),
    "can-bo/<str:code>/khac-biet/": (OK, NOT_FOUND, OWN, NOT_FOUND),
    "can-bo/<str:code>/ban-khai/": (OK, NOT_FOUND, OWN, REFUSED),
    "can-bo/<str:code>/ban-khai/gui/": (BAD, NOT_FOUND, BAD, REFUSED),
    "can-bo/<str:code>/de-nghi/": (OK, NOT_FOUND, OWN, REFUSED),
    "can-bo/<str:code>/de-nghi/<str:kind>/them/": (OK, NOT_FOUND, OWN, REFUSED),
    "can-bo/<str:code>/de-nghi/<str:kind>/<str:row>/<str:doing>/": (NOT_FOUND, NOT_FOUND, NOT_FOUND, REFUSED),
    "can-bo/<str:code>/": (OK, NOT_FOUND, OWN, NOT_FOUND),
    "danh-muc/": (OK, REFUSED, REFUSED, REFUSED),
    "danh-muc/<str:name>/": (OK, REFUSED, REFUSED, REFUSED),
    "danh-muc/<str:name>/<str:alias>/quen/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "hai-ho-so/": (OK, REFUSED, REFUSED, REFUSED),
    "hai-ho-so/<str:pair>/khac-nhau/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "hai-ho-so/<str:merge>/hoan-tac/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "can-bo/<str:code>/gop/<str:other>/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "can-bo/mo-ho-so/": (OK, REFUSED, REFUSED, REFUSED),
    "can-bo/<str:code>/anh.jpg": (NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND),
    "can-bo/<str:code>/ghi/anh/": (OK, REFUSED, REFUSED, REFUSED),
    "can-bo/<str:code>/ghi/": (OK, REFUSED, REFUSED, REFUSED),
    "can-bo/<str:code>/ghi/<str:kind>/them/": (OK, REFUSED, REFUSED, REFUSED),
    "can-bo/<str:code>/ghi/<str:kind>/<str:row>/<str:doing>/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "can-bo/<str:code>/du-kien/": (OK, NOT_FOUND, OWN, NOT_FOUND),
    "can-bo/<str:code>/tieu-chuan/<str:standard>/": (OK, NOT_FOUND, OWN, NOT_FOUND),
    "giay-to/": (OK, OK, REFUSED, REFUSED),
    "giay-to/han/": (OK, OK, REFUSED, REFUSED),
    "giay-to/tinh-trang/<str:state>/": (OK, OK, REFUSED, REFUSED),
    "giay-to/danh-muc/<str:template>/": (OK, OK, REFUSED, REFUSED),
    "giay-to/<int:purpose>/": (NOT_FOUND, NOT_FOUND, REFUSED, REFUSED),
    "giay-to/<int:purpose>/nguoi/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "giay-to/ho-so/<int:dossier>/": (NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND),
    "giay-to/ho-so/<int:dossier>/<str:item>/": (NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND),
    "giay-to/ho-so/<int:dossier>/<str:item>/mien/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "giay-to/ho-so/<int:dossier>/tap/<str:form>/": (NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND),
    "giay-to/ban/<int:version>/tham-dinh/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "giay-to/ban/<int:version>/mo/": (NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND),
    "ke-khai/": (OK, REFUSED, REFUSED, REFUSED),
    "ke-khai/buoc/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "ke-khai/<int:year>/boc-tham/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "chat-luong/": (OK, OK, REFUSED, REFUSED),
    "chat-luong/danh-sach/": (OK, OK, REFUSED, REFUSED),
    "chat-luong/dot/": (OK, OK, REFUSED, REFUSED),
    "chat-luong/dot/<int:campaign>/": (NOT_FOUND, NOT_FOUND, REFUSED, REFUSED),
    "chat-luong/dot/<int:campaign>/<int:unit>/ky/": (NOT_FOUND, NOT_FOUND, REFUSED, REFUSED),
    "ho-so-cua-toi/": (OK, OK, OWN, REFUSED),
    "huy-ho-so/": (OK, REFUSED, REFUSED, REFUSED),
    "huy-ho-so/<int:number>/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "can-bo/<str:code>/huy-ho-so/": (OK, REFUSED, REFUSED, REFUSED),
    "can-bo/<str:code>/sua-ho-so/": (OK, NOT_FOUND, OWN, REFUSED),
    "de-nghi/": (OK, OK, REFUSED, REFUSED),
    "de-nghi/<int:proposal>/": (NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND),
    "de-nghi/<int:proposal>/buoc/": (NOT_FOUND, NOT_FOUND, REFUSED, REFUSED),
    "de-nghi/giay-to/<int:evidence>/": (NOT_FOUND, NOT_FOUND, NOT_FOUND, REFUSED),
    "ra-soat/": (OK, OK, REFUSED, REFUSED),
    "ra-soat/thay-doi/": (OK, OK, REFUSED, REFUSED),
    "ra-soat/gan-dat/": (OK, OK, REFUSED, REFUSED),
    "ra-soat/nhieu-quy-dinh/": (OK, OK, REFUSED, REFUSED),
    "tim-nguoi/": (OK, OK, REFUSED, REFUSED),
    "tim-nguoi/luu/": (BAD, BAD, REFUSED, REFUSED),
    "tim-nguoi/<int:number>/bo/": (NOT_FOUND, NOT_FOUND, REFUSED, REFUSED),
    "so-sanh/": (OK, OK, REFUSED, REFUSED),
    "quy-dinh/": (OK, OK, OK, REFUSED),
    "quy-dinh/cac-giai-doan/": (OK, OK, OK, REFUSED),
    "quy-dinh/chi-tieu/": (OK, OK, OK, REFUSED),
    "quy-dinh/du-thao/": (OK, OK, OK, REFUSED),
    "quy-dinh/du-thao/<int:number>/bo/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "quy-dinh/tham-so/": (OK, OK, OK, REFUSED),
    "quy-dinh/tham-so/<str:key>/": (OK, OK, OK, REFUSED),
    "quy-dinh/de-xuat/<int:number>/": (NOT_FOUND, NOT_FOUND, NOT_FOUND, REFUSED),
    "quy-dinh/tep/<int:number>/": (NOT_FOUND, NOT_FOUND, NOT_FOUND, REFUSED),
    "quy-dinh/them/": (OK, REFUSED, REFUSED, REFUSED),
    "quy-dinh/van-ban/<str:slug>/": (OK, OK, OK, REFUSED),
    "quy-dinh/van-ban/<str:slug>/dan/": (OK, OK, OK, REFUSED),
    "quy-hoach/do-phu/": (OK, OK, REFUSED, REFUSED),
    "quy-hoach/do-phu/<str:title>/<str:measure>/": (OK, OK, REFUSED, REFUSED),
    "da-luu/": (OK, OK, OK, OK),
    "bien-dong/": (OK, OK, REFUSED, REFUSED),
    "trich-ngang/": (OK, OK, REFUSED, REFUSED),
    "bao-cao/": (OK, OK, REFUSED, REFUSED),
    "bao-cao/kiem-lai/": (OK, OK, REFUSED, REFUSED),
    "bao-cao/co-dinh/<str:code>/": (NOT_FOUND, NOT_FOUND, REFUSED, REFUSED),
    "bao-cao/<str:code>/": (OK, OK, REFUSED, REFUSED),
    "quy-hoach/luot/": (OK, OK, REFUSED, REFUSED),
    "quy-hoach/khong-con-hieu-luc/": (OK, OK, REFUSED, REFUSED),
    "quy-trinh/": (OK, OK, REFUSED, REFUSED),
    "quy-trinh/mo/": (OK, REFUSED, REFUSED, REFUSED),
    "quy-trinh/dinh-nghia/": (OK, OK, REFUSED, REFUSED),
    "quy-trinh/dinh-nghia/<str:procedure>/": (OK, OK, REFUSED, REFUSED),
    "quy-trinh/mau-van-ban/": (OK, REFUSED, REFUSED, REFUSED),
    "quy-trinh/mau-van-ban/<str:layout>/<str:document>.docx": (OK, REFUSED, REFUSED, REFUSED),
    "quy-trinh/<str:code>/": (NOT_FOUND, NOT_FOUND, REFUSED, REFUSED),
    "quy-trinh/<str:code>/viec/<str:act>/": (NOT_FOUND, NOT_FOUND, REFUSED, REFUSED),
    "quy-trinh/<str:code>/giay-to/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "quy-trinh/<str:code>/bien-ban/": (NOT_FOUND, NOT_FOUND, REFUSED, REFUSED),
    "quy-trinh/<str:code>/kiem-phieu/": (NOT_FOUND, NOT_FOUND, REFUSED, REFUSED),
    "quy-trinh/<str:code>/dinh-chinh/<str:ballot>/": (NOT_FOUND, NOT_FOUND, REFUSED, REFUSED),
    "quy-trinh/<str:code>/van-ban/<str:document>/": (NOT_FOUND, NOT_FOUND, REFUSED, REFUSED),
    "lay-y-kien/": (OK, OK, OK, REFUSED),
    "lay-y-kien/moi/": (OK, REFUSED, REFUSED, REFUSED),
    "lay-y-kien/<str:code>/": (NOT_FOUND, NOT_FOUND, NOT_FOUND, REFUSED),
    "lay-y-kien/<str:code>/tra-loi/<str:addressee>/": (NOT_FOUND, NOT_FOUND, NOT_FOUND, REFUSED),
    "lay-y-kien/<str:code>/de-xuat/<str:proposal>/": (NOT_FOUND, NOT_FOUND, NOT_FOUND, REFUSED),
    "lay-y-kien/<str:code>/phien-ban/": (NOT_FOUND, NOT_FOUND, NOT_FOUND, REFUSED),
    "lay-y-kien/<str:code>/so-sanh/": (NOT_FOUND, NOT_FOUND, NOT_FOUND, REFUSED),
    "lay-y-kien/<str:code>/hoi-nghi/": (NOT_FOUND, NOT_FOUND, NOT_FOUND, REFUSED),
    "lay-y-kien/<str:code>/ket-thuc/": (NOT_FOUND, NOT_FOUND, NOT_FOUND, REFUSED),
    "lay-y-kien/<str:code>/tong-hop.docx": (NOT_FOUND, NOT_FOUND, NOT_FOUND, REFUSED),
    "kiem-phieu/": (OK, OK, OK, REFUSED),
    "kiem-phieu/<str:token>/": (NOT_FOUND, NOT_FOUND, NOT_FOUND, REFUSED),
    "api/v1/cases": (OK, OK, REFUSED, REFUSED),
    "api/v1/cases/<str:code>": (NOT_FOUND, NOT_FOUND, REFUSED, REFUSED),
    "quy-hoach/chuc-danh/<str:title>/": (OK, OK, REFUSED, REFUSED),
    "quy-hoach/so-can/<str:term>/<int:seat>/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "quy-hoach/chuong-trinh/<str:term>/<str:code>/": (OK, NOT_FOUND, REFUSED, REFUSED),
    "quy-hoach/ket-qua-san-sang/<str:title>/": (OK, OK, REFUSED, REFUSED),
    "quy-hoach/thu-thay-doi/": (OK, OK, REFUSED, REFUSED),
    "quy-hoach/so-hai-ngay/": (OK, OK, REFUSED, REFUSED),
    "quy-hoach/theo/": (OK, OK, REFUSED, REFUSED),
    "quy-hoach/nhin-truoc/": (OK, OK, REFUSED, REFUSED),
    "quy-hoach/chua-quy-hoach/": (OK, OK, REFUSED, REFUSED),
    "quy-hoach/de-nghi/": (OK, OK, REFUSED, REFUSED),
    "quy-hoach/de-nghi/<int:number>/": (NOT_FOUND, NOT_FOUND, REFUSED, REFUSED),
    "quy-hoach/tong-hop/<str:term>/": (OK, REFUSED, REFUSED, REFUSED),
    "quy-hoach/ra-soat/": (OK, OK, REFUSED, REFUSED),
    "quy-hoach/ra-soat/<int:number>/": (NOT_FOUND, NOT_FOUND, REFUSED, REFUSED),
    "quy-hoach/ra-soat/<int:number>/bo-sung/": (NOT_FOUND, NOT_FOUND, REFUSED, REFUSED),
    "quy-hoach/cong-bo/": (OK, OK, REFUSED, REFUSED),
    "quy-hoach/cong-bo/<int:number>/": (NOT_FOUND, NOT_FOUND, REFUSED, REFUSED),
    "quy-hoach/vi-tri/": (OK, OK, REFUSED, REFUSED),
    "so-lieu/kiem-tra/": (OK, OK, OK, REFUSED),
    "so-lieu/kiem-tra/<str:token>/": (NOT_FOUND, NOT_FOUND, NOT_FOUND, REFUSED),
    "nhap/": (OK, REFUSED, REFUSED, REFUSED),
    "nhap/mau.xlsx": (OK, REFUSED, REFUSED, REFUSED),
    "nhap/don-vi/": (OK, REFUSED, REFUSED, REFUSED),
    "nhap/don-vi/<str:token>.xlsx": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "nhap/<str:token>/ben/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "nhap/<str:token>/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "nhap/<str:token>/cot/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "nhap/<str:token>/xem/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "nhap/<str:token>/sua/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "nhap/<str:token>/cach-viet/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "nhap/<str:token>/nguoi/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "nhap/<str:token>/ghi/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "nhap/<str:token>/ket-qua/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "nhap/<str:token>/tep-ket-qua.xlsx": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "nhap/<str:token>/hoan-tac/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "nhap/<str:token>/bo/": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "cong-viec/<str:token>/": (NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND),
    "cong-viec/<str:token>/huy/": (NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND),
    "api/v1/imports": (OK, REFUSED, REFUSED, REFUSED),
    "api/v1/imports/<str:token>": (NOT_FOUND, REFUSED, REFUSED, REFUSED),
    "api/v1/figures/check": (OK, OK, OK, REFUSED),
    "api/v1/people": (OK, OK, REFUSED, REFUSED),
    "api/v1/people/<str:code>": (OK, NOT_FOUND, OWN, NOT_FOUND),
    "api/v1/standards/<str:code>/screening": (OK, OK, REFUSED, REFUSED),
    "api/v1/people/<str:person>/standards/<str:code>": (OK, NOT_FOUND, OWN, NOT_FOUND),
    "api/v1/plans/<str:term>/coverage": (OK, OK, REFUSED, REFUSED),
}
SENT_BY_FORM = {
    "giay-to/<int:purpose>/nguoi/": {"codes": "none"},
    "giay-to/ho-so/<int:dossier>/<str:item>/mien/": {"ground": "Công văn 1"},
    "tim-nguoi/luu/": {"name": "a", "query": ""},
    "giay-to/ban/<int:version>/tham-dinh/": {"outcome": "accepted"},
    "chat-luong/dot/<int:campaign>/<int:unit>/ky/": {"remark": "x"},
    "de-nghi/<int:proposal>/buoc/": {"step": "confirm"},
    "huy-ho-so/<int:number>/": {"step": "confirm", "code": "x"},
    "ke-khai/buoc/": {"id": "999999999", "step": "filed_on", "on": "1/1/2025"},
    "ke-khai/<int:year>/boc-tham/": {"digest": "0" * 64, "seed": "1"},
}
SENT = {"api/v1/figures/check": {"text": "Nữ 12/40 đồng chí (30%)."}}
POSTED = (
    "gui/",
    "sua/",
    "nguoi/",
    "ben/",
    "cach-viet/",
    "bo/",
    "huy/",
    "khac-nhau/",
    "quen/",
    "<str:code>/giay-to/",
)  # the last part of addresses that only take what a page sends
OPEN = {"dang-nhap/", "dang-xuat/", "ngon-ngu/", "api/v1/", "api/v1/openapi.json"}
ROLES = ("bantochuc", "huyen1", "canbo", "kythuat")


def _addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> list[str]:
    found = []
    for pattern in patterns:
        route = before + str(pattern.pattern)
        found += _addresses(pattern.url_patterns, route) if isinstance(pattern, URLResolver) else [route]
    return found


def test_every_address_is_in_the_matrix() -> None:
    known = {re.sub(r"<(\w+)>", r"<str:\1>", route) for route in _addresses(get_resolver().url_patterns)}
    assert known - OPEN == set(MATRIX)


@pytest.mark.parametrize("route", MATRIX)
@pytest.mark.parametrize("place", range(len(ROLES)), ids=ROLES)
def test_role_gets_what_the_matrix_says(client: Client, province: Province, route: str, place: int) -> None:
    sign_in(client, ROLES[place])
    response = _asked(client, route)
    assert response.status_code == MATRIX[route][place], response.content[:300]


@pytest.mark.parametrize("route", MATRIX)
def test_nobody_gets_in_without_signing_in(client: Client, province: Province, route: str) -> None:
    response = _asked(client, route)
    assert response.status_code == (401 if route.startswith("api/") else 302)


def _asked(client: Client, route: str) -> HttpResponse:
    """The address opened, or sent what belongs to it where it answers only that."""
    if route in SENT:
        return client.post(_filled(route), SENT[route], content_type="application/json")
    if route == "api/v1/imports":
        return client.post(
            _filled(route), {"workbook": SimpleUploadedFile("a.xlsx", workbook()), "unit": "T.H1.X1"}
        )
    if route in SENT_BY_FORM:
        return client.post(_filled(route), SENT_BY_FORM[route])
    if route.endswith(POSTED):
        return client.post(_filled(route))
    return client.get(_filled(route))


def _filled(route: str) -> str:
    filled = "/" + route
    if "standards/<str:code>/screening" in route:
        filled = filled.replace("<str:code>", "plan.commune.committee_member")
    if "people/<str:person>/standards" in route:
        filled = filled.replace("<str:code>", "plan.commune.committee_member")
    if route == "bao-cao/<str:code>/":
        filled = filled.replace("<str:code>", "coverage")
    if "don-vi/<str:code>" in route or "units/<str:code>" in route:
        filled = filled.replace("<str:code>", "T.H1.X1").replace("<str:kind>", "rename")
    filled = re.sub(r"<int:\w+>", "987654321", filled)
    if "/mau/" in route:
        filled = filled.replace("<str:form>", "2c-bnv-2008")
    values = {
        "code": _first(),
        "person": _first(),
        "standard": "plan.commune.committee_member",
        "title": "commune.chair",
        "measure": "women",
        "term": "2025-2030",
        "token": "A" * 32,
        "procedure": "planning.on_spot.qd-50",
        "layout": "state",
        "document": "minutes",
        "act": "hop",
        "ballot": "1",
        "addressee": "1",
        "proposal": "1",
        "kind": "trinh-do",
        "row": "0",
        "name": "professional",
        "alias": "0",
        "pair": "0",
        "merge": "0",
        "other": "KHONG-CO",
        "doing": "dinh-chinh",
        "key": "plan.min_remaining_months",
        "slug": "qd-50-2021",
        "state": "missing",
        "template": "appointment.civil_servant",
        "item": "health",
        "form": "pdf",
    }
    for name, value in values.items():
        filled = filled.replace(f"<str:{name}>", value)
    filled = filled.replace("<int:number>", "0")
    filled = re.sub(r"<int:\w+>", "999999999", filled)
    return filled + "?as_of=05/09/2025" + ("&from=people" if route == "trich-ngang/" else "")


def _first() -> str:
    """The person whose own account is `canbo`; outside district 1."""
    from hientai.apps.accounts.models import User

    return User.objects.get(username="canbo").person_code
