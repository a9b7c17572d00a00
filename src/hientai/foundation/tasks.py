"""The one task that workers take: a piece of long work by its id."""

from __future__ import annotations

from procrastinate.contrib.django import app


@app.task(name="hientai.do", pass_context=False)
def do(work_id: int) -> None:
    """Does the work; what went wrong is kept with the work itself."""
    from hientai.foundation.jobs.doing import run

    run(work_id, watched=True)
