"""A case opens the dossiers of its people and counts them; others are told why not."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.conftest import sign_in
from tests.factories import cases
from tests.factories.province import TODAY, Province

from hientai.apps.dossiers import selectors as dossiers
from hientai.apps.dossiers.models import Purpose
from hientai.apps.procedures import services
from hientai.foundation.actor import Actor
from hientai.foundation.errors import NotFound, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hientai.foundation.web.middleware.timezone.localdate", lambda: TODAY)


@pytest.fixture
def template(officer: Actor) -> str:
    return dossiers.templates(actor=officer, as_of=TODAY)[0].code


def test_the_page_opens_dossiers_for_everybody_put_forward_and_counts_them(
    signed_in: Client, officer: Actor, province: Province, template: str
) -> None:
    code = cases.opened(officer, province).row.code
    html = signed_in.get(f"/quy-trinh/{code}/").content.decode()
    assert "Lập hồ sơ giấy tờ" in html
    assert f'value="{template}"' in html
    answer = signed_in.post(f"/quy-trinh/{code}/giay-to/", {"template": template})
    purpose = Purpose.objects.get(reference=code)
    assert answer.headers["Location"] == f"/giay-to/{purpose.pk}/"
    html = signed_in.get(f"/quy-trinh/{code}/").content.decode()
    assert re.search(rf'href="/giay-to/{purpose.pk}/">\s*0 trong 3 người đủ giấy tờ', html)
    assert "Lập hồ sơ giấy tờ" not in html


def test_a_second_call_makes_no_second_dossiers(officer: Actor, province: Province, template: str) -> None:
    code = cases.opened(officer, province).row.code
    first = services.open_dossiers(actor=officer, code=code, template=template)
    assert services.open_dossiers(actor=officer, code=code, template=template) == first
    found = dossiers.purpose_of(actor=officer, as_of=TODAY, reference=code)
    assert found is not None and found.people == 3


def test_another_template_or_an_ended_case_is_refused(
    signed_in: Client, officer: Actor, province: Province, template: str
) -> None:
    code = cases.opened(officer, province).row.code
    services.open_dossiers(actor=officer, code=code, template=template)
    other = next(one.code for one in dossiers.templates(actor=officer, as_of=TODAY) if one.code != template)
    with pytest.raises(Refused, match="đã có hồ sơ giấy tờ"):
        services.open_dossiers(actor=officer, code=code, template=other)
    services.stop(
        actor=officer, code=code, expected=cases.page(officer, code).version, on=TODAY, reason="thôi"
    )
    with pytest.raises(Refused, match="đã kết thúc"):
        services.open_dossiers(actor=officer, code=code, template=template)
    answer = signed_in.post(f"/quy-trinh/{code}/giay-to/", {"template": template}, follow=True)
    assert "Hồ sơ quy trình đã kết thúc" in answer.content.decode()
    assert Purpose.objects.filter(reference=code).count() == 1


def test_a_template_that_does_not_exist_opens_nothing(
    signed_in: Client, officer: Actor, province: Province
) -> None:
    code = cases.opened(officer, province).row.code
    assert signed_in.post(f"/quy-trinh/{code}/giay-to/", {"template": "no-such"}).status_code == 404
    assert not Purpose.objects.filter(reference=code).exists()


def test_who_does_not_lead_the_case_opens_nothing(
    client: Client, officer: Actor, province: Province, template: str
) -> None:
    code = cases.opened(officer, province).row.code
    answer = sign_in(client, "huyen1").post(f"/quy-trinh/{code}/giay-to/", {"template": template})
    assert answer.status_code in (403, 404)
    with pytest.raises(NotFound):
        services.open_dossiers(actor=officer, code="QT-0000", template=template)
    assert not Purpose.objects.exists()
