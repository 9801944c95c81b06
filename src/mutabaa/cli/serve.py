"""`mutabaa serve`: the web server and one worker as children of this process; both end with it."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

import django

STOP_SECONDS = 15


THREADS = 4


def parser(name: str = "serve") -> argparse.ArgumentParser:
    p = argparse.ArgumentParser(prog=f"mutabaa {name}", description="Serve the pages and run the background work.")
    p.add_argument("--port", type=int, default=8000)
    p.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1: this machine only)")
    return p


def run(argv: list[str]) -> int:
    p = parser()
    p.add_argument("--workers", type=int, default=1, metavar="N", help="web processes")
    p.add_argument(
        "--threads", type=int, default=THREADS, metavar="N", help="requests that a web process has in hand at once"
    )
    p.add_argument("--no-worker", action="store_true", help="pages only; run `mutabaa worker` elsewhere")
    p.add_argument("--migrate", action="store_true", help="first bring the database to this version")
    options = p.parse_args(argv)
    if options.workers < 1 or options.threads < 1:
        p.error("--workers, --threads: at least 1")
    if problem := port_problem(options.host, options.port, "serve"):
        print(problem, file=sys.stderr)
        return 1
    django.setup()
    if problem := database_problem(migrate=options.migrate):
        print(problem, file=sys.stderr)
        return 1
    return serve(
        options.host, options.port, web_processes=options.workers, threads=options.threads, worker=not options.no_worker
    )


def port_problem(host: str, port: int, command: str) -> str:
    """Empty when the port can be listened on."""
    if not 0 < port < 65536:
        return f"mutabaa {command}: --port: {port} is not a port; choose one between 1024 and 65535"
    try:
        family, _kind, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror:
        return f"mutabaa {command}: --host: {host} is not an address of this machine"
    except PermissionError:
        return (
            f"mutabaa {command}: port {port} needs more rights; choose one from 1024 on: mutabaa {command} --port 8000"
        )
    except OSError as fault:
        other = port + 1 if port < 65535 else 8000
        return (
            f"mutabaa {command}: cannot listen on {host} port {port}: {fault.strerror}.\n"
            f"Another program may use it. Choose another port: mutabaa {command} --port {other}"
        )
    return ""


def database_problem(*, migrate: bool) -> str:
    """Empty when the database is there and fits; an empty one is made ready."""
    from django.db import OperationalError

    from mutabaa.cli.database import is_empty, pending_migrations, prepare

    try:
        if is_empty() or migrate:
            prepare()
        pending = pending_migrations()
    except OperationalError as fault:
        return f"mutabaa serve: the database does not answer: {fault}"
    if pending:
        return (
            f"mutabaa serve: the database is of another version ({pending} migrations wait).\n"
            "Make a copy of it, then: mutabaa serve --migrate"
        )
    from mutabaa.institutions.models import Installation

    if not Installation.objects.exists():
        print("Nothing is set up yet: `mutabaa init` does it, `mutabaa demo` shows a demonstration.", file=sys.stderr)
    return ""


def serve(host: str, port: int, *, web_processes: int = 1, threads: int = THREADS, worker: bool = True) -> int:
    """Run until Ctrl-C or SIGTERM (0), or until the web server fails (1). A worker that ends is started again."""
    shown = "localhost" if host in {"127.0.0.1", "::1"} else host
    os.environ.setdefault("MUTABAA_URL", f"http://{shown}:{port}")
    web_command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(web_processes), "--blocking-threads", str(threads), "--no-ws", "--log-level", "warning"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "10", "mutabaa.config.wsgi:application"),
    ]
    family = Children()
    signal.signal(signal.SIGTERM, family.stop)
    signal.signal(signal.SIGINT, family.stop)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, family.stop)
    web = family.start(web_command)
    worker_command = [sys.executable, "-m", "mutabaa", "worker"]
    working = family.start(worker_command) if worker else None
    print(f"Mutabaa is at http://{shown}:{port}/   (Ctrl-C stops it)", flush=True)
    started_at = time.monotonic()
    while not family.stopping:
        if web.poll() is not None:
            print("mutabaa serve: the web server ended; see the lines above.", file=sys.stderr)
            family.end_all()
            return 1
        if working is not None and working.poll() is not None and time.monotonic() - started_at > 5:
            print("mutabaa serve: the worker ended; starting another.", file=sys.stderr)
            working, started_at = family.start(worker_command), time.monotonic()
        time.sleep(0.2)
    family.end_all()
    return 0


class Children:
    """The processes of this server. Each leads its own session, so that Ctrl-C reaches them through us, once."""

    def __init__(self) -> None:
        self.processes: list[subprocess.Popen[bytes]] = []
        self.stopping = False

    def start(self, command: list[str]) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(command, start_new_session=True, preexec_fn=die_with_parent)  # noqa: S603
        self.processes.append(process)
        return process

    def stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def end_all(self) -> None:
        """Ask each to end, wait, then end what is left."""
        alive = [p for p in self.processes if p.poll() is None]
        for process in alive:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in alive:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def die_with_parent() -> None:
    """On Linux the kernel ends a child whose parent was killed, so that no server is left behind on the port."""
    if sys.platform.startswith("linux"):
        import ctypes

        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)
