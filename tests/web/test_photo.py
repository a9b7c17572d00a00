"""The portrait of a file: kept plain and sealed, shown on the card, hostile files refused."""

from __future__ import annotations

import io
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.conftest import sign_in
from tests.factories.province import Province

from hientai.apps.cadres import models

pytestmark = pytest.mark.django_db
PLACE = b"GPS 21.38N 103.02E"


@pytest.fixture
def officer(client: Client, province: Province) -> Client:
    sign_in(client, "bantochuc")
    return client


@pytest.fixture
def person(province: Province, db: None) -> models.Person:
    held = models.Position.objects.known_on().filter(valid_to__isnull=True).order_by("id").first()
    assert held is not None
    return held.person


def picture(kind: str = "JPEG", size: tuple[int, int] = (900, 1200)) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    exif[0x0112] = 6  # lies on its side
    Image.new("RGB", size, (180, 20, 20)).save(out, kind, exif=exif)
    return out.getvalue()


def sent(client: Client, person: models.Person, content: bytes, on: str = "5/3/2025"):
    return client.post(
        f"/can-bo/{person.code}/ghi/anh/",
        {"photo": SimpleUploadedFile("anh.jpg", content), "taken_on": on, "source": ""},
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_small_upright_without_metadata_and_sealed(
    officer: Client, person: models.Person, kind: str
) -> None:
    assert sent(officer, person, picture(kind)).status_code == 302
    row = models.Photo.objects.known_on().get(person=person)
    assert not bytes(row.sealed).startswith(b"\xff\xd8")
    shown = officer.get(f"/can-bo/{person.code}/anh.jpg")
    with Image.open(io.BytesIO(shown.content)) as found:
        assert found.format == "JPEG" and found.size == (600, 450) and not found.getexif()
    assert PLACE not in shown.content and shown["Content-Type"] == "image/jpeg"
    assert f"/can-bo/{person.code}/anh.jpg" in officer.get(f"/can-bo/{person.code}/").content.decode()


def test_nothing_hidden_behind_a_picture_is_kept(officer: Client, person: models.Person) -> None:
    assert sent(officer, person, picture() + b"PK\x03\x04<script>alert(1)</script>").status_code == 302
    assert b"script" not in officer.get(f"/can-bo/{person.code}/anh.jpg").content


def _bomb() -> bytes:
    """A PNG that says it is 60,000 by 60,000."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")

    head = (60_000).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><body onload=alert(1)>",
        b"%PDF-1.7",
        b"GIF89a" + b"0" * 500,
        picture()[:2000],
        picture(size=(40, 40)),
        b"\xff" * (9 * 1024 * 1024),
        _bomb(),
    ],
    ids=["svg", "html", "pdf", "gif", "cut", "tiny", "heavy", "bomb"],
)
def test_a_hostile_file_is_refused_and_nothing_is_kept(
    officer: Client, person: models.Person, content: bytes
) -> None:
    answer = sent(officer, person, content)
    assert answer.status_code == 400 and "error-summary" in answer.content.decode()
    assert not models.Photo.objects.exists()


def test_a_newer_picture_follows_and_the_old_day_shows_the_old_one(
    officer: Client, person: models.Person
) -> None:
    assert sent(officer, person, picture(), "5/3/2015").status_code == 302
    assert sent(officer, person, picture(size=(300, 400)), "5/3/2025").status_code == 302
    assert sent(officer, person, picture(), "5/3/2025").status_code == 400
    old = officer.get(f"/can-bo/{person.code}/anh.jpg?as_of=01/01/2020")
    new = officer.get(f"/can-bo/{person.code}/anh.jpg?as_of=01/01/2026")
    sizes = [Image.open(io.BytesIO(answer.content)).size for answer in (old, new)]
    assert sizes == [(600, 450), (400, 300)]


def test_who_may_not_see_the_file_sees_no_picture(
    client: Client, province: Province, person: models.Person
) -> None:
    sign_in(client, "bantochuc")
    sent(client, person, picture())
    sign_in(client, "kythuat")
    assert client.get(f"/can-bo/{person.code}/anh.jpg").status_code == 404
