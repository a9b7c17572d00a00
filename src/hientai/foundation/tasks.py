"""What workers take: a piece of long work by its id, and the chores of the night."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app


@app.task(name="hientai.do", pass_context=False)
def do(work_id: int) -> None:
    """Does the work; what went wrong is kept with the work itself."""
    from hientai.foundation.jobs.doing import run

    run(work_id, watched=True)


@app.periodic(cron="20 3 * * *")
@app.task(name="hientai.tidy", pass_context=False)
def tidy(timestamp: int) -> None:
    """The chores of a day; where the machine sleeps at night they are done when the worker starts."""
    from hientai.foundation.actor import system
    from hientai.foundation.jobs import do_chores

    do_chores(system(datetime.fromtimestamp(timestamp, tz=UTC).astimezone().date()))
