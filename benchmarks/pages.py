"""CPU per request of the pages officers open most, beside an authenticated page with an empty body.

Asks the database of HIENTAI_HOME through Django's own client, so that no network or browser is in the figures.
Statements and bytes of each page are counted too. `ratio_to_floor` is that of the people list. Then what columnar
questions wait for: the facts of a day nobody asked about, those kept as files, and, in demo records only, a change of
one file until it is seen. Their CPU seconds count processes started for them, not PostgreSQL's.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse

USER_HELP = "tài khoản đã có / an existing account"


IMPACT = "/ra-soat/thay-doi/?standard=plan.commune.secretary&before=qd-50-2021&after=qd-377-2025"


def floor(request: HttpRequest) -> HttpResponse:
    """An authenticated page with an empty body."""
    assert request.user.is_authenticated
    return HttpResponse("")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--username", default="bantochuc", help=USER_HELP)
    parser.add_argument("--repetitions", type=int, default=15)


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Medians over interleaved repetitions: every page once, then again."""
    from hientai.site import records, serving

    records.start()
    serving.gather_static_files()
    client = _signed_in(options.username)
    pages = _pages(client)
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in pages}
    sizes: dict[str, tuple[int, int]] = {}
    for repetition in range(options.repetitions + 2):
        for name, (address, headers) in pages.items():
            wall, cpu = time.perf_counter(), time.process_time()
            response = client.get(address, headers=headers)
            spent = time.process_time() - cpu, time.perf_counter() - wall
            assert response.status_code == 200, (address, response.status_code)
            if repetition >= 2:
                taken[name].append(spent)
            sizes[name] = (
                len(response.content),
                _statements(client, address, headers) if repetition == 0 else sizes[name][1],
            )
    document = _document(taken, sizes)
    document["rows"] += _waits(min(options.repetitions, 5))
    return document


def _signed_in(username: str) -> Any:
    from django.conf import settings
    from django.test import Client
    from django.urls import include, path

    from hientai.apps.accounts.models import User

    settings.ROOT_URLCONF = (path("__floor/", floor), path("", include("hientai.site.urls")))
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(
        User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def _pages(client: Any) -> dict[str, tuple[str, dict[str, str]]]:
    from hientai.apps.cadres.models import Person

    code = Person.objects.order_by("id").values_list("code", flat=True)[10]
    fragment = {"HX-Request": "true", "HX-Target": "people-list"}
    return {
        "floor: authenticated page, empty body": ("/__floor/", {}),
        "people list, first page": ("/can-bo/", {}),
        "people list, fragment": ("/can-bo/?page=2", fragment),
        "people list, search nguyen (fragment)": ("/can-bo/?q=nguyen", fragment),
        "person page": (f"/can-bo/{code}/", {}),
        "home": ("/", {}),
        "coverage": ("/quy-hoach/do-phu/", {}),
        "impact of a document": (IMPACT, {}),
    }


def _statements(client: Any, address: str, headers: dict[str, str]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get(address, headers=headers)
    return len(asked)


def _document(
    taken: dict[str, list[tuple[float, float]]], sizes: dict[str, tuple[int, int]]
) -> dict[str, Any]:
    rows = [
        {
            "name": name,
            "cpu_seconds": statistics.median(cpu for cpu, _ in spent),
            "seconds": statistics.median(wall for _, wall in spent),
            "statements": sizes[name][1],
            "kilobytes": round(sizes[name][0] / 1000, 1),
        }
        for name, spent in taken.items()
    ]
    base = rows[0]["cpu_seconds"]
    for row in rows:
        row["ratio_to_floor"] = round(row["cpu_seconds"] / base, 2)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "rows": rows,
        "ratio_to_floor": rows[1]["ratio_to_floor"],
        "ratio_to_peer": None,
        "memory_mb": round(memory, 1),
        "people": _people(),
    }


def _waits(repetitions: int) -> list[dict[str, Any]]:
    """Medians of what a question about everybody waits for before it can be answered."""
    from django.conf import settings
    from django.utils import timezone

    from hientai.foundation import snapshot
    from hientai.foundation.snapshot import everybody

    today = timezone.localdate()

    def ask(day: Any) -> None:
        everybody._kept.clear()
        everybody.facts_as_of(day)

    days = [today - timedelta(days=100 + place) for place in range(repetitions)]
    for day in days:
        for folder in (snapshot.current().folder / "facts").glob(f"[!.]*-{day.isoformat()}"):
            shutil.rmtree(folder)
    works: dict[str, list[Callable[[], Any]]] = {
        "facts of a day nobody asked about": [lambda day=day: ask(day) for day in days],
        "start from the files kept": [lambda: ask(today)] * repetitions,
    }
    rows = [_timed(name, tasks) for name, tasks in works.items()]
    if settings.DEMO:
        seen = [(lambda: _change_somebody(), lambda: ask(today))] * repetitions
        rows.append(
            _timed("a change visible among the facts", [see for _, see in seen], [do for do, _ in seen])
        )
    return rows


def _timed(
    name: str, tasks: Sequence[Callable[[], Any]], before: Sequence[Callable[[], Any]] = ()
) -> dict[str, Any]:
    taken = []
    for place, task in enumerate(tasks):
        if before:
            before[place]()
        wall, cpu = time.perf_counter(), _spent()
        task()
        taken.append((time.perf_counter() - wall, _spent() - cpu))
    return {
        "name": name,
        "seconds": statistics.median(wall for wall, _ in taken),
        "cpu_seconds": statistics.median(cpu for _, cpu in taken),
    }


def _spent() -> float:
    """CPU seconds of this process and of those it started and waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _change_somebody() -> None:
    """Corrects a birth year of the demo, there and back."""
    from django.utils import timezone

    from hientai.apps.cadres import services
    from hientai.apps.cadres.models import BiographicalRecord
    from hientai.foundation.actor import system

    row = BiographicalRecord.objects.known_on().filter(valid_to__isnull=True).order_by("person_id")[20]
    year = row.born_year + (1 if row.born_year % 2 else -1)
    services.correct_biography(
        actor=system(timezone.localdate()), person_id=row.person_id, because="đo tốc độ", born_year=year
    )


def _people() -> int:
    from hientai.apps.cadres.models import Person

    return Person.objects.count()
