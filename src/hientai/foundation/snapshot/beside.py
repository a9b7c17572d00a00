"""Answers about everybody that are reckoned once a generation and kept as files beside it, for all processes."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hientai.foundation.snapshot.generation import Generation


def beside(generation: Generation, kind: str, name: str, make: Callable[[Path], None], *, most: int) -> Path:
    """The file or folder `name` among those of a kind, made now where nobody has asked before.

    Whoever asks first makes it, everybody else who asks for the same waits for it, in this process and in others.
    make: writes it, whole or not at all; most: how many files of the kind are kept.
    """
    folder = generation.folder / kind
    folder.mkdir(exist_ok=True, mode=0o700)
    file = folder / name
    with _alone(folder / f".{file.stem}.lock"):
        if not file.exists():
            make(file)
            _forget_old(folder, file, most)
    return file


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Holds a lock that threads and processes respect alike, as each opens the file anew."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _forget_old(folder: Path, newest: Path, most: int) -> None:
    """Files that somebody still maps stay readable until they let go."""
    kept = folder.glob(f"[!.]*-{folder.name}-*{newest.suffix}")
    files = sorted(kept, key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[most:]:
        if file == newest:
            continue
        if file.is_dir():
            shutil.rmtree(file, ignore_errors=True)
        else:
            file.unlink(missing_ok=True)
