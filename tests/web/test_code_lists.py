"""Code lists: how offices write a code is taught on a page, understood by the next import, and forgotten again."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.conftest import sign_in
from tests.factories.province import Province, actor_named

from hientai.apps.cadres import code_lists, models, selectors

pytestmark = pytest.mark.django_db
PAGE = "/danh-muc/professional/"


@pytest.fixture
def officer(client: Client, province: Province) -> Client:
    sign_in(client, "bantochuc")
    return client


@pytest.fixture
def written(province: Province, db: None) -> models.Qualification:
    person = models.Person.objects.order_by("id").first()
    assert person is not None
    return models.Qualification.objects.create(
        person=person, kind="professional", level="Kỹ sư cầu đường", valid_from=date(2004, 6, 1)
    )


def test_a_spelling_is_taught_for_one_office_and_for_everybody(officer: Client, province: Province) -> None:
    assert officer.post(PAGE, {"text": "Kỹ sư", "code": "bachelor", "unit": ""}).status_code == 302
    assert officer.post(PAGE, {"text": "CH", "code": "master", "unit": "T.H1.X1"}).status_code == 302
    actor = actor_named("bantochuc")
    everybody = selectors.learned_aliases(actor=actor, as_of=actor.today, unit_id=None)
    office = selectors.learned_aliases(actor=actor, as_of=actor.today, unit_id=province.units["T.H1.X1"])
    assert everybody == {("professional", "ky su"): "bachelor"}
    assert office[("professional", "ch")] == "master"


def test_what_files_say_and_nobody_explained_is_shown_and_corrected_when_asked(
    officer: Client, written: models.Qualification
) -> None:
    assert "Kỹ sư cầu đường" in officer.get(PAGE).content.decode()
    values = {"text": "kỹ sư cầu đường", "code": "bachelor", "unit": "", "correct": "on"}
    assert officer.post(PAGE, values).status_code == 302
    now = models.Qualification.objects.known_on().get(line=written.line)
    assert now.level == "bachelor" and "Kỹ sư cầu đường".lower() in now.reason.lower()
    actor = actor_named("bantochuc")
    assert code_lists.unexplained(actor=actor, as_of=actor.today, name="professional") == []


def test_a_spelling_is_forgotten(officer: Client) -> None:
    officer.post(PAGE, {"text": "Kỹ sư", "code": "bachelor", "unit": ""})
    alias = models.CodeAlias.objects.get()
    assert officer.post(f"{PAGE}{alias.pk}/quen/").status_code == 302
    assert not models.CodeAlias.objects.exists()
    assert officer.post(f"{PAGE}{alias.pk}/quen/").status_code == 404


@pytest.mark.parametrize(
    "values",
    [{}, {"text": "KS", "code": "khong-co"}, {"text": "KS", "code": "bachelor", "unit": "KHONG.CO"}],
)
def test_what_cannot_be_meant_is_refused(officer: Client, values: dict[str, str]) -> None:
    assert officer.post(PAGE, values).status_code == 400
    assert not models.CodeAlias.objects.exists()


def test_a_list_that_does_not_exist_is_not_found(officer: Client) -> None:
    assert officer.get("/danh-muc/mau-toc/").status_code == 404
