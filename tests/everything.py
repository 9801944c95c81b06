"""Run the whole suite: checks of the code, then the tests on SQLite and on PostgreSQL. `python -m tests.everything`

PostgreSQL and Chromium are used where the machine has them, and installed by apt where that is possible (as root).
The last lines say what, if anything, was left out. Exit code 1 when something failed.
"""

import contextlib
import glob
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT: list[str] = []
FAILED: list[str] = []


def say(text: str) -> None:
    print(f"\n── {text}", flush=True)


def run(title: str, command: list[str], **environment: str) -> str:
    """Run a step, show its output, remember a failure; returns the output."""
    say(title)
    began = time.monotonic()
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    lines = []
    for line in process.stdout or ():
        print(line, end="", flush=True)
        lines.append(line)
    if process.wait():
        FAILED.append(title)
    print(f"   {time.monotonic() - began:.0f} s")
    return "".join(lines)


def apt(*packages: str) -> bool:
    """Install Debian packages where this process may."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False, **quiet)  # type: ignore[call-overload]
    done = subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], env=environment, check=False, **quiet
    )  # type: ignore[call-overload]
    return bool(done.returncode == 0)


def chromium() -> str | None:
    """The browser of the browser tests."""
    found = (
        os.environ.get("CHROMIUM")
        or shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if not found and apt("chromium"):
        found = shutil.which("chromium")
    return found


def initdb() -> str | None:
    def newest() -> str | None:
        return shutil.which("initdb") or max(glob.glob("/usr/lib/postgresql/*/bin/initdb"), default=None)

    return newest() or (newest() if apt("postgresql") else None)


@contextlib.contextmanager
def postgresql() -> Iterator[str | None]:
    """A private server on a free local port in a temporary folder, ended afterwards; yields its DATABASE_URL."""
    given = os.environ.get("MUTABAA_TEST_POSTGRESQL")
    if given:
        yield given
        return
    binary = initdb()
    if not binary:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="mutabaa-pg-"))
    user: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        user = ["runuser", "-u", "postgres", "--"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    subprocess.run(
        [*user, binary, "-D", folder / "data", "-A", "trust", "-U", "mutabaa", "-E", "UTF8", "--locale", "C.UTF-8"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    options = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": folder,
        "fsync": "off",
        "full_page_writes": "off",
        "max_connections": 60,
    }
    flags = [part for key, value in options.items() for part in ("-c", f"{key}={value}")]
    server = subprocess.Popen(
        [*user, str(Path(binary).with_name("postgres")), "-D", folder / "data", *flags],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _attempt in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
                break
            time.sleep(0.1)
        time.sleep(0.5)
        yield f"postgres://mutabaa@127.0.0.1:{port}/postgres"
    finally:
        if user:
            subprocess.run(
                [*user, str(Path(binary).with_name("pg_ctl")), "stop", "-D", folder / "data", "-m", "immediate"],
                check=False,
                stdout=subprocess.DEVNULL,
            )
        else:
            server.send_signal(signal.SIGINT)
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def note_skips(where: str, output: str) -> None:
    for reason in re.findall(r"^SKIPPED (.*)$", output, flags=re.MULTILINE):
        LEFT_OUT.append(f"{where}: {reason}")


def main() -> int:
    os.environ["PYTHONWARNINGS"] = os.environ.get("PYTHONWARNINGS", "")
    python = sys.executable
    browser = chromium()
    if browser:
        os.environ["CHROMIUM"] = browser
    else:
        LEFT_OUT.append("the browser tests: there is no Chromium, and it could not be installed")
    run("Style", [python, "-m", "ruff", "check", "."])
    run("Format", [python, "-m", "ruff", "format", "--check", "."])
    templates = sorted(str(path) for path in (ROOT / "src").glob("*/*/templates/**/*.html"))
    run("Templates", [str(Path(python).with_name("djade")), "--target-version", "5.2", "--check", *templates])
    run("Rooms import downwards only", [str(Path(python).with_name("lint-imports")), "--no-cache"])
    run("Types", [python, "-m", "mypy", "src/mutabaa"])
    run(
        "Migrations",
        [python, "-m", "mutabaa", "makemigrations", "--check", "--dry-run"],
        MUTABAA_HOME=tempfile.mkdtemp(),
    )
    workers = ["-n", str(min(4, os.cpu_count() or 2)), "--dist", "loadscope"]
    tests = [python, "-m", "pytest", *workers]
    note_skips("SQLite", run("Tests on SQLite", [*tests, "-m", "not browser"], DATABASE_URL=""))
    if browser:  # by themselves: the driver leaves an event loop in its process, in which Django refuses to ask
        note_skips("Browser", run("Tests in the browser", [*tests, "tests/browser"], DATABASE_URL=""))
    with postgresql() as address:
        if address:
            note_skips(
                "PostgreSQL",
                run("Tests on PostgreSQL", [*tests, "-m", "not browser"], DATABASE_URL=address),
            )
        else:
            LEFT_OUT.append("every test on PostgreSQL: there is no server, and it could not be installed")
    say("Result")
    for entry in LEFT_OUT:
        print(f"left out: {entry}")
    if not LEFT_OUT:
        print("left out: nothing (the browser tests run once, on SQLite)")
    for title in FAILED:
        print(f"FAILED: {title}")
    print("everything passed" if not FAILED else f"{len(FAILED)} step(s) failed")
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
