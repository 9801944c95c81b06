"""Whole pages of the search: with four readers at once, as they wait for them; and what one page costs in CPU time."""

import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults


def addresses(asked: list[Any]) -> list[str]:
    """The query string of each question, of all States' records."""
    return [urlencode([("q", q), ("scope", "all"), *((k, v) for k, vs in f.items() for v in vs)]) for _k, q, f in asked]


def cpu(asked: list[Any], rounds: int) -> list[float]:
    """Milliseconds of CPU time that each page costs in one process, from the address to the last byte, the least of the rounds: what
    else the machine does counts little. Django must be set up."""
    from django.core.handlers.wsgi import WSGIHandler

    application = WSGIHandler()

    def read(query: str) -> float:
        began = time.process_time()
        status: list[str] = []
        environment: dict[str, Any] = {"PATH_INFO": "/search/", "QUERY_STRING": query}
        setup_testing_defaults(environment)
        answer = application(environment, lambda line, headers: status.append(line))
        b"".join(answer)
        answer.close()
        if status != ["200 OK"]:
            raise SystemExit(f"/search/?{query}: {status}")
        return (time.process_time() - began) * 1000

    work = addresses(asked)
    for query in work:
        read(query)
    times = [[read(query) for query in work] for _ in range(rounds)]
    return [min(of_one) for of_one in zip(*times, strict=True)]


def pages(home: Path, environment: dict[str, str], asked: list[Any]) -> tuple[list[float], float]:
    """Milliseconds of whole pages with four readers at once, and the memory of the serving process in MB."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mutabaa", "serve", "--port", str(port), "--workers", "2", "--threads", "1"]
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        for _ in range(200):
            try:
                fetch(port, "/search/")
                break
            except OSError:
                time.sleep(0.1)
        times: list[float] = []
        work = addresses(asked)
        for query in work:
            fetch(port, "/search/?" + query)

        def read(part: list[str]) -> None:
            for query in part:
                began = time.perf_counter()
                fetch(port, "/search/?" + query)
                times.append((time.perf_counter() - began) * 1000)

        readers = [threading.Thread(target=read, args=[random.Random(n).sample(work, len(work))]) for n in range(4)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        return times, max(memory(pid) for pid in family(server.pid))
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def fetch(port: int, address: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", address)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{address}: {answer.status}")


def family(pid: int) -> Iterator[int]:
    yield pid
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            yield from family(int(path.parent.name))


def memory(pid: int) -> float:
    text = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) / 1024  # type: ignore[union-attr]
