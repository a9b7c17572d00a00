"""Serves the program with gunicorn; static files are gathered once per change of the program."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.site.records import SETTINGS


def serve(host: str, port: int, workers: int) -> None:
    """Runs until interrupted. Raises BadInput when the port is taken."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    check_port(host, port)
    gather_static_files()
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self) -> None:
            for name, value in _configuration(host, port, workers).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from config.wsgi import application

            return application

    sys.stderr.write(f"http://{host}:{port}/\n")
    parent = os.getpid()
    worker = start_worker()
    try:
        Server().run()
    except SystemExit as stopped:
        if stopped.code not in (0, None) or os.getpid() != parent:
            raise
    finally:
        if os.getpid() == parent:
            stop_worker(worker)


def start_worker() -> subprocess.Popen[bytes]:
    """The process that does long work beside the pages."""
    command = [sys.executable, "-m", "hientai.site.command_line", "jobs"]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, start_new_session=True)


def stop_worker(worker: subprocess.Popen[bytes], patience: float = 10) -> None:
    """Lets it finish for a moment, then ends it: its transaction is rolled back and its work fails."""
    worker.terminate()
    try:
        worker.wait(patience)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def _configuration(host: str, port: int, workers: int) -> dict[str, Any]:
    return {
        "bind": [f"{host}:{port}"],
        "workers": workers,
        "threads": 4,
        "worker_class": "gthread",
        # Loaded once and forked: half the start-up. Nothing at import may start threads or open connections.
        "preload_app": True,
        "timeout": 120,
        "graceful_timeout": 5,
        "loglevel": "warning",
        "proc_name": "hientai",
        "control_socket_disable": True,
    }


def check_port(host: str, port: int) -> None:
    """Raises BadInput when something listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadInput(
                "port_taken",
                say(
                    "Không mở được cổng {port}: {why}. Chọn cổng khác bằng --port.",
                    port=port,
                    why=error.strerror,
                ),
                "--port",
            ) from error


def gather_static_files() -> None:
    """Copies static files under names that carry their hash, when any of them changed since the last time."""
    from config import env

    home, source = env.read().home, Path(__file__).resolve().parent.parent
    stamp = home / "static" / ".gathered"
    now = _fingerprint(source)
    if stamp.exists() and stamp.read_text(encoding="ascii") == now:
        return
    subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "--clear", "-v0"],
        check=True,
        stdout=sys.stderr,
    )
    stamp.write_text(now, encoding="ascii")


def _fingerprint(source: Path) -> str:
    files = sorted(path for folder in source.rglob("static") for path in folder.rglob("*") if path.is_file())
    seen = "\n".join(f"{path}:{path.stat().st_size}:{path.stat().st_mtime_ns}" for path in files)
    return hashlib.sha256(seen.encode()).hexdigest()
