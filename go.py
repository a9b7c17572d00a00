#!/usr/bin/env python3
"""Starts everything from a bare checkout: `python3 go.py demo | serve | test | check | bench | ...`.

Standard library only. Makes `.venv` from the hash-pinned requirements when needed, then passes the word on to
`hientai` inside it. Any other word is a command of `hientai` (`python3 go.py --help` lists them).
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import IO

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WHEELHOUSE = ROOT / "wheelhouse"
RUNTIME, DEVELOPMENT = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"
OLDEST_PYTHON = (3, 11)
PYTEST_SAYS, FAILED = {0: "đạt", 5: "không có kiểm thử nào hợp lựa chọn"}, "HỎNG"
NEEDS_DEVELOPMENT = ("test", "check", "bench")
PYTEST_OPTIONS_WITH_VALUE = ("-k", "-m", "-p", "-o", "-c", "-W", "-r")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
COMPILED_FIRST = (
    "django",
    "psycopg",
    "polars",
    "pydantic",
    "ninja",
    "pgtrigger",
    "procrastinate",
    "numpy",
    "pyarrow",
)
SYSTEM_WHEELS = Path("/usr/share/python-wheels")  # Debian's python3-pip-whl

# Kinds of tests, the fast ones first; a kind is a folder of tests/.
KINDS = ("unit", "spec", "rules", "architecture", "generative", "integration", "web", "golden", "functional")

MOST_LANES = 2  # each has a database server and perhaps a browser: two fill two cores and 8 GB
WANTS_THE_TERMINAL = {"-s", "--capture=no", "--pdb", "--trace"}

# What `check` runs: a name, and the arguments of the Python of .venv, or of a program beside it.
CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("định dạng (ruff format)", ("-m", "ruff", "format", "--check", ".")),
    ("lỗi thường gặp (ruff)", ("-m", "ruff", "check", "--output-format=concise", ".")),
    ("kiểu (mypy)", ("-m", "mypy")),
    ("hợp đồng nhập mô-đun (import-linter)", ("lint-imports",)),
    ("mẫu trang (djlint)", ("-m", "djlint", "--lint", "src")),
    ("bước chuyển dữ liệu (makemigrations)", ("-m", "django", "makemigrations", "--check", "--dry-run")),
    ("tài liệu sinh tự động (docs)", ("-P", "-m", "hientai.site.command_line", "docs", "--check")),
    ("tệp chép sẵn (vendor)", ("-m", "pytest", "tests/web/test_vendor.py")),
)

USAGE = """python3 go.py WORD ...

  demo     tạo dữ liệu hư cấu rồi mở trang / fresh demo database, then serve
  serve    chạy chương trình / run the program
  test     [--all] [tham số của pytest] chạy các kiểm thử / run the tests
  check    định dạng, lỗi, kiểu, hợp đồng, mẫu trang, tài liệu / every check of the code
  bench    NAME đo tốc độ / measure
  bundle   tải sẵn các gói vào wheelhouse/ cho máy không có mạng / wheels for machines without a network
  upgrade  đưa môi trường và dữ liệu lên bản này / bring environment and database to this version
  WORD     mọi lệnh khác của hientai / every other command of hientai
"""


class Stop(Exception):
    """Ends the program with a sentence for the person who started it."""


def main(arguments: Sequence[str]) -> int:
    """Runs one word and returns its exit status; words of `hientai` replace this process instead."""
    if sys.version_info < OLDEST_PYTHON:
        wanted, found = ".".join(map(str, OLDEST_PYTHON)), ".".join(map(str, sys.version_info[:3]))
        raise Stop(f"Cần Python {wanted} trở lên; {sys.executable} là {found}.")
    word, rest = (arguments[0], list(arguments[1:])) if arguments else ("--help", [])
    if word in ("-h", "--help"):
        print(USAGE)
        return pass_on(["--help"]) if (VENV / "bin" / "python").exists() else 0
    own = {"test": test, "check": check, "bundle": bundle, "upgrade": upgrade}.get(word)
    if own is None:
        ensure_environment(development=word in NEEDS_DEVELOPMENT)
        return pass_on([word, *rest])
    return own(rest)


def pass_on(arguments: Sequence[str]) -> int:
    """Becomes `hientai ARGUMENTS`, so that signals and the exit status are its own."""
    sys.stdout.flush()
    python = str(VENV / "bin" / "python")
    os.execve(python, [python, "-P", "-m", "hientai.site.command_line", *arguments], surroundings())


def surroundings() -> dict[str, str]:
    """The environment of everything started here."""
    found = dict(os.environ)
    paths = [str(ROOT / "src"), str(ROOT), *filter(None, [found.get("PYTHONPATH")])]
    found.update(PYTHONPATH=os.pathsep.join(paths), PYTHONUTF8="1")
    found["HIENTAI_HOME"] = str(Path(found.get("HIENTAI_HOME") or ROOT / "var").absolute())
    found.pop("PYTHONHOME", None)
    return found


# --- words ----------------------------------------------------------------------------------------


def test(arguments: list[str]) -> int:
    """Runs the tests, two kinds at a time; `--all` includes the long ones; a path runs only what it names."""
    everything = "--all" in arguments
    arguments = [argument for argument in arguments if argument != "--all"]
    ensure_environment(development=True)
    browser = ensure_browser()
    marks = " and ".join([*([] if everything else ["not long"]), *([] if browser else ["not functional"])])
    chosen = ["-m", marks] if marks else []
    arguments, names_a_path = with_whole_paths(arguments)
    if names_a_path:
        return run_python(["-m", "pytest", *chosen, *arguments])
    kinds = kinds_present()
    results: list[tuple[str, str, float]] = []
    if "functional" in kinds and not browser:
        kinds.remove("functional")
        results.append(("functional", "BỎ QUA: không có Chromium", 0.0))
    began = time.monotonic()
    lanes = 1 if WANTS_THE_TERMINAL & set(arguments) else min(MOST_LANES, os.cpu_count() or 1)
    results = [*run_kinds(kinds, [*chosen, *arguments], lanes), *results]
    print()
    for kind, result, seconds in results:
        print(f"{kind:<14}{seconds:8.1f} s  {result}")
    print(f"{'':<14}{time.monotonic() - began:8.1f} s")
    return 1 if any(result == FAILED for _, result, _ in results) else 0


def run_kinds(kinds: Sequence[str], arguments: Sequence[str], lanes: int) -> list[tuple[str, str, float]]:
    """Result and seconds of each kind. Side by side, each lane has a home and a database server of its own, and what
    a kind prints comes whole when it ends. With `-x` the first kind that fails is the last to begin."""
    waiting, done, telling = deque(kinds), {}, Lock()

    def run_lane(lane: int) -> None:
        while True:
            try:
                kind = waiting.popleft()
            except IndexError:
                return
            began = time.monotonic()
            status, output = run_kind(kind, arguments, lane if lanes > 1 else 0)
            with telling:
                if lanes > 1:
                    print(f"\n=== {kind}\n{output.rstrip()}", flush=True)
                done[kind] = (kind, PYTEST_SAYS.get(status, FAILED), time.monotonic() - began)
                if status not in (0, 5) and {"-x", "--exitfirst"} & set(arguments):
                    waiting.clear()

    with ThreadPoolExecutor(max_workers=lanes) as pool:
        list(pool.map(run_lane, range(1, lanes + 1)))
    return [done[kind] for kind in kinds if kind in done]


def run_kind(kind: str, arguments: Sequence[str], lane: int) -> tuple[int, str]:
    """Exit status and output of the tests of a kind; lane 0 prints while it runs and returns no output."""
    command = ["-m", "pytest", *arguments, f"tests/{kind}"]
    if lane == 0:
        print(f"\n=== {kind}", flush=True)
        return run_python(command), ""
    with tempfile.TemporaryFile() as output:
        status = run_python(command, {"HIENTAI_TEST_LANE": str(lane)}, output)
        output.seek(0)
        return status, output.read().decode("utf-8", "replace")


def with_whole_paths(arguments: Sequence[str]) -> tuple[list[str], bool]:
    """The arguments with paths made absolute, because pytest runs in the checkout; whether any was a path."""
    whole, found = [], False
    for before, argument in zip(["", *arguments], arguments, strict=False):
        path, colons, test_name = argument.partition("::")
        is_value = argument.startswith("-") or before in PYTEST_OPTIONS_WITH_VALUE
        if not is_value and (os.sep in path or path.endswith(".py") or Path(path).exists()):
            argument, found = f"{Path(path).absolute()}{colons}{test_name}", True
        whole.append(argument)
    return whole, found


def kinds_present() -> list[str]:
    """The kinds that have tests, in order; a folder that KINDS does not know comes last, never left out."""
    found = {path.relative_to(ROOT / "tests").parts[0] for path in (ROOT / "tests").rglob("test_*.py")}
    found = {kind for kind in found if not kind.endswith(".py")}
    return [kind for kind in KINDS if kind in found] + sorted(found - set(KINDS))


def check(arguments: list[str]) -> int:
    """Runs all checks, two at a time, with one line for each; names given as arguments choose some."""
    ensure_environment(development=True)
    chosen = [entry for entry in CHECKS if not arguments or any(part in entry[0] for part in arguments)]
    if not chosen:
        raise Stop("Không có phép kiểm tra nào tên như vậy. Có: " + "; ".join(name for name, _ in CHECKS))
    failed = []
    with ThreadPoolExecutor(max_workers=max(1, os.cpu_count() or 1)) as pool:
        for (name, _), (status, output, seconds) in zip(chosen, pool.map(run_check, chosen), strict=True):
            print(f"{'đạt ' if status == 0 else 'HỎNG'} {name:<44}{seconds:6.1f} s", flush=True)
            if status != 0:
                failed.append(name)
                print(output.rstrip() + "\n", flush=True)
    print(
        f"\n{len(chosen) - len(failed)}/{len(chosen)} đạt."
        + (f" Hỏng: {'; '.join(failed)}" if failed else "")
    )
    return 1 if failed else 0


def run_check(entry: tuple[str, tuple[str, ...]]) -> tuple[int, str, float]:
    """Exit status, output and seconds of one check."""
    began = time.monotonic()
    done = subprocess.run(
        command_in_environment(entry[1]),
        cwd=ROOT,
        env={"DJANGO_SETTINGS_MODULE": "config.settings.prod", **surroundings()},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return done.returncode, done.stdout, time.monotonic() - began


def bundle(arguments: list[str]) -> int:
    """Downloads every wheel into wheelhouse/; `--dev` the tests' too; the rest goes to `pip download`."""
    development = "--dev" in arguments
    rest = [argument for argument in arguments if argument != "--dev"]
    python = ensure_environment(development=False, online=True)
    pip = pip_for(python) or pip_by_uv(python)
    if pip is None:
        raise Stop("Cần pip để tải các gói. Hãy chạy: apt-get install python3-pip")
    command = [*pip, "download", "--disable-pip-version-check", "--dest", str(WHEELHOUSE)]
    files = [RUNTIME, *([DEVELOPMENT] if development else [])]
    for file in files:
        if run([*command, "--require-hashes", "--no-deps", *only_wheels(), "-r", str(file), *rest]) != 0:
            raise Stop("Không tải được các gói vào wheelhouse/.")
    if run([*command, "--no-deps", "pip"]) != 0:  # for machines without pip
        raise Stop("Không tải được pip vào wheelhouse/.")
    count = len(list(WHEELHOUSE.glob("*.whl")))
    print(f"wheelhouse/ có {count} gói. Chép cả thư mục này sang máy không có mạng, cạnh go.py.")
    return 0


def upgrade(arguments: list[str]) -> int:
    """Brings the environment and then the database to this version; asks for a backup first when it can."""
    ensure_environment(development=False)
    home = Path(surroundings()["HIENTAI_HOME"])
    if (
        (home / "postgres").exists()
        or (home / "postgres.location").exists()
        or os.environ.get("DATABASE_URL")
    ):
        print("Trước khi nâng cấp, hãy dừng chương trình và chép cả thư mục HIENTAI_HOME sang chỗ khác.")
        if sys.stdin.isatty() and "--yes" not in arguments:
            answer = input("Đã sao lưu và nâng cấp dữ liệu? [c/K] ")
            if answer.strip().lower() not in ("c", "có", "co", "y", "yes"):
                raise Stop("Chưa nâng cấp dữ liệu.")
    return pass_on(["migrate", *(argument for argument in arguments if argument != "--yes")])


# --- the environment ------------------------------------------------------------------------------


def ensure_environment(development: bool, online: bool = False) -> Path:
    """The Python of .venv with everything required installed; nothing is started when that is so already.

    development: what tests, checks and benchmarks need, too. online: leave wheelhouse/ aside.
    """
    python = VENV / "bin" / "python"
    if is_current(development):
        return python
    with one_at_a_time():
        if not is_current(development):
            build(python, development, online)
    return python


def is_current(development: bool) -> bool:
    """Whether .venv was made from the requirements as they are now, by a Python that is still there."""
    python = VENV / "bin" / "python"
    try:
        made = json.loads(stamp().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    wanted = fingerprints()
    kind = "development" if development else "runtime"
    return (
        python.exists() and made.get("python") == os.path.realpath(python) and made.get(kind) == wanted[kind]
    )


def build(python: Path, development: bool, online: bool) -> None:
    """Makes or updates .venv; the stamp comes last, so that an interrupted run is repeated."""
    say("Chuẩn bị môi trường Python (lần đầu mất vài phút) ...")
    began = time.monotonic()
    stamp().unlink(missing_ok=True)
    requirements = DEVELOPMENT if development else RUNTIME
    wheels = WHEELHOUSE if WHEELHOUSE.is_dir() and not online else None
    ways = [(install, wheels) for install in (install_by_uv, install_by_pip)]
    ways += [(install, None) for install, _ in ways if wheels]  # the folder may lack the wheels of the tests
    if not any(install(python, requirements, folder) for install, folder in ways):
        raise Stop(
            "Không cài được các gói Python (xem lỗi ở trên). Nếu máy không có mạng: trên một máy cùng loại "
            "có mạng chạy `python3 go.py bundle`, rồi chép thư mục wheelhouse/ vào cạnh go.py."
        )
    made = {**fingerprints(), "python": os.path.realpath(python)}
    if not development:
        made["development"] = ""
    stamp().write_text(json.dumps(made), encoding="utf-8")
    compile_beside(python)
    say(f"Môi trường sẵn sàng sau {time.monotonic() - began:.0f} giây.")


def install_by_uv(python: Path, requirements: Path, wheels: Path | None) -> bool:
    """By uv, when it is on PATH."""
    uv = shutil.which("uv")
    if uv is None:
        return False
    if not is_usable(python):
        clear_venv()
        if run([uv, "venv", "--quiet", "--python", base_python(), str(VENV)]) != 0:
            return False
    command = [uv, "pip", "install", "--python", str(python), "--require-hashes", *source(wheels)]
    return run([*command, "-r", str(requirements)]) == 0


def install_by_pip(python: Path, requirements: Path, wheels: Path | None) -> bool:
    """By the pip of the environment, of the system, or of a wheel lying about; by apt's when root."""
    if not is_usable(python) and not make_venv(python):
        return False
    pip = pip_for(python)
    if pip is None:
        return False
    command = [*pip, "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps"]
    command += ["--no-compile"]  # see compile_beside
    return run([*command, "--require-hashes", *only_wheels(), *source(wheels), "-r", str(requirements)]) == 0


def compile_beside(python: Path) -> None:
    """Compiles the packages beside what follows, those first that everything starts with; nobody waits for it.

    Half of an installation by pip is compiling; Python also runs what is not compiled yet, only slower.
    """
    folders = sorted((VENV / "lib").glob("python*/site-packages"))
    first = [str(folder / name) for folder in folders for name in COMPILED_FIRST if (folder / name).is_dir()]
    command = ["-m", "compileall", "-q", "-x", "/tests?/", *first, *map(str, folders)]
    run(["/bin/sh", "-c", 'nice -n 5 "$0" "$@" </dev/null >/dev/null 2>&1 &', str(python), *command])


def make_venv(python: Path) -> bool:
    """An empty environment, with pip where Python has ensurepip (Debian packs it as python3-venv)."""
    clear_venv()
    whole = has_module(base_python(), "ensurepip")
    if not whole and pip_for(python) is None:
        whole = apt_install("python3-venv")
        if not whole:
            raise Stop(
                "Máy này thiếu python3-venv (và cả pip). Hãy chạy bằng quyền quản trị:\n"
                "    apt-get install python3-venv\nrồi chạy lại lệnh vừa rồi."
            )
    without = [] if whole else ["--without-pip"]
    return run([base_python(), "-m", "venv", *without, str(VENV)]) == 0


def pip_for(python: Path) -> list[str] | None:
    """A command that is pip working on `python`; None when there is no pip anywhere."""
    if is_usable(python) and has_module(str(python), "pip"):
        return [str(python), "-m", "pip"]
    if has_module(base_python(), "pip"):
        return [base_python(), "-m", "pip", "--python", str(python)]
    for wheel in [*sorted(WHEELHOUSE.glob("pip-*.whl")), *sorted(SYSTEM_WHEELS.glob("pip-*.whl"))]:
        return [str(python), f"{wheel}/pip"]
    return None


def pip_by_uv(python: Path) -> list[str] | None:
    """Puts pip into the environment by uv, which itself cannot download wheels."""
    uv = shutil.which("uv")
    if uv is None or run([uv, "pip", "install", "--quiet", "--python", str(python), "pip"]) != 0:
        return None
    return [str(python), "-m", "pip"]


def only_wheels() -> list[str]:
    """No package is compiled here: every one has a wheel, and build tools would not be pinned."""
    return ["--only-binary", ":all:"]


def source(wheels: Path | None) -> list[str]:
    """Options that keep an installer to a folder of wheels."""
    return ["--no-index", "--find-links", str(wheels)] if wheels else []


def fingerprints() -> dict[str, str]:
    """What the two kinds of environment are made from."""
    runtime, development = (hashlib.sha256(path.read_bytes()).hexdigest() for path in (RUNTIME, DEVELOPMENT))
    return {"runtime": runtime, "development": f"{runtime}{development}"}


def stamp() -> Path:
    """The file that says what .venv was made from."""
    return VENV / "hientai.json"


def is_usable(python: Path) -> bool:
    """Whether the environment's Python starts and is the one its packages were installed for."""
    site_packages = f"lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages"
    return (VENV / site_packages).is_dir() and has_module(str(python), "sys")


def clear_venv() -> None:
    """Removes what is left of an environment that does not work."""
    if VENV.is_symlink():
        VENV.unlink()
    shutil.rmtree(VENV, ignore_errors=True)


def base_python() -> str:
    """The Python outside of any environment that runs this file."""
    return getattr(sys, "_base_executable", None) or sys.executable


def has_module(python: str, name: str) -> bool:
    """Whether a Python has a module."""
    command = [python, "-I", "-c", f"import {name}"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


# --- the system -----------------------------------------------------------------------------------


def ensure_browser() -> str | None:
    """The browser for the functional tests, installed by apt when possible; else None, having said so."""
    if not any((ROOT / "tests" / "functional").rglob("test_*.py")):
        return "none needed"
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None and apt_install("chromium"):
        found = shutil.which("chromium")
    if found is None:
        say(
            "Không có Chromium: bỏ qua các kiểm thử trên trình duyệt. Để chạy chúng: apt-get install chromium"
        )
    return found


def apt_install(package: str) -> bool:
    """Installs a Debian package when this process is root and the system has apt; whether it worked."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    say(f"apt-get install {package} ...")
    install = ["apt-get", "install", "-y", "-qq", "-o", "Dpkg::Use-Pty=0", "--no-install-recommends", package]
    return run(install) == 0 or (run(["apt-get", "update", "-qq"]) == 0 and run(install) == 0)


def command_in_environment(arguments: Sequence[str]) -> list[str]:
    """Arguments of the environment's Python, or a program that lies beside it."""
    folder = VENV / "bin"
    if arguments[0].startswith("-"):
        return [str(folder / "python"), *arguments]
    return [str(folder / "python"), str(folder / arguments[0]), *arguments[1:]]


def run_python(
    arguments: Sequence[str], more: Mapping[str, str] | None = None, output: IO[bytes] | None = None
) -> int:
    """Runs the environment's Python in the checkout, with `more` in its environment; what it says goes to `output`,
    or to the terminal."""
    return subprocess.run(
        command_in_environment(arguments), cwd=ROOT, env={**surroundings(), **(more or {})}, check=False,
        stdout=output, stderr=None if output is None else subprocess.STDOUT,
        stdin=None if output is None else subprocess.DEVNULL,
    ).returncode  # fmt: skip


def run(command: Sequence[str]) -> int:
    """Runs a program; what it says goes to standard error, because standard output belongs to the answer."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    environment.pop("PYTHONPATH", None)
    return subprocess.run(
        command, stdout=sys.stderr, stdin=subprocess.DEVNULL, env=environment, check=False
    ).returncode


def say(sentence: str) -> None:
    """Tells the person at the terminal."""
    print(sentence, file=sys.stderr, flush=True)


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Of several go.py at once only one builds; the lock is on this file, so nothing is left behind."""
    with Path(__file__).open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Một go.py khác đang chuẩn bị môi trường; chờ ...")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def guarded(work: Callable[[], int]) -> int:
    """Turns Stop and Ctrl-C into an exit status."""
    try:
        return work()
    except Stop as reason:
        say(str(reason))
        return 2
    except KeyboardInterrupt:
        say("\nĐã dừng.")
        return 130


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(guarded(lambda: main(sys.argv[1:])))
