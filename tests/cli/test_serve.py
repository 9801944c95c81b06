"""`mutabaa serve` with real processes: pages, worker, clean end, taken port, killed worker."""

import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request

import pytest

PASSWORD = "correct horse battery"


def mutabaa(*arguments, env):
    return [sys.executable, "-m", "mutabaa", *arguments], {"env": env}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(check, seconds=30, what=""):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            if found := check():
                return found
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s for {what or check}")


@pytest.fixture(scope="module")
def env(tmp_path_factory):
    """A real installation of its own, on SQLite."""
    home = tmp_path_factory.mktemp("home")
    (home / "password").write_text(PASSWORD)
    (home / "state.json").write_text('{"name": {"en": "Murabia"}}')
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    environment |= {"MUTABAA_HOME": str(home)}
    command, rest = mutabaa(
        *("init", "--yes", "--state", "XMU", "--state-name-file", str(home / "state.json"), "--languages", "en"),
        *("--admin-email", "a@example.org", "--admin-password-file", str(home / "password")),
        env=environment,
    )
    subprocess.run(command, check=True, capture_output=True, **rest)
    return environment


@contextlib.contextmanager
def serving(env, port, *more):
    command, rest = mutabaa("serve", "--port", str(port), *more, env=env)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **rest)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(30)
        process.stdout.close()


def answers(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=5) as page:
        return page.status == 200


def rows(env, sql):
    connection = sqlite3.connect(f"file:{env['MUTABAA_HOME']}/mutabaa.sqlite3?mode=ro", uri=True, timeout=10)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_it_serves_pages_and_works_and_stops_both(env):
    port = free_port()
    with serving(env, port) as process:
        until(lambda: answers(port), what="the page")
        (pid,) = until(lambda: rows(env, "select pid from jobs_workerbeat"), what="the worker")[0]
        until(
            lambda: rows(env, "select 1 from django_tasks_database_dbtaskresult where status='SUCCESSFUL'"),
            what="a scheduled job",
        )
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(("127.0.0.1", port), 2)
        assert rows(env, "select * from jobs_workerbeat") == []


def test_it_starts_another_worker_when_one_was_killed(env):
    port = free_port()
    with serving(env, port):
        (pid,) = until(lambda: rows(env, "select pid from jobs_workerbeat"), what="the worker")[0]
        time.sleep(5)
        os.kill(pid, signal.SIGKILL)
        until(lambda: rows(env, f"select pid from jobs_workerbeat where pid <> {pid}"), what="another worker")


def test_it_says_that_a_port_is_taken_and_how_to_choose_another(env):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command, rest = mutabaa("serve", "--port", str(port), env=env)
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, **rest)
    assert done.returncode == 1
    assert f"port {port}" in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments", [("--port", "0"), ("--port", "99999"), ("--host", "no.such.host.invalid"), ("--workers", "0")]
)
def test_it_refuses_what_cannot_be_served(env, arguments):
    command, rest = mutabaa("serve", *arguments, env=env)
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, **rest)
    assert done.returncode in {1, 2}
    assert arguments[0] in done.stderr
    assert "Traceback" not in done.stderr
