"""Long work: told step by step, cancelled on request, finished or failed but never half done.

    work = start(actor=actor, kind="exchange.judge", label=..., arguments={"batch": 7}, back_to="/nhap/...")

A capability registers what a kind does in its `ready()`: `register("exchange.judge", do)`; `do(progress, actor,
**arguments)` calls `progress.step(done, total)` now and then, which raises Cancelled when somebody asked for it.
Where a worker is running (`serve` starts one, `hientai jobs` is one) it takes the work; where none is, the work is done
at once, in the request or command that asked. Arguments are ids only.

What has to be tidied up now and then is a chore: `register_chore("exchange.sweep", do)`. Chores are done when a worker
starts and every night.
"""

from hientai.foundation.jobs.doing import run
from hientai.foundation.jobs.progress import Cancelled, Progress
from hientai.foundation.jobs.registering import do_chores, register, register_chore
from hientai.foundation.jobs.starting import cancel, start, work_of

__all__ = [
    "Cancelled",
    "Progress",
    "cancel",
    "do_chores",
    "register",
    "register_chore",
    "run",
    "start",
    "work_of",
]
