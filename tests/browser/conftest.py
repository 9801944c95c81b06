"""A real Chromium against a real server that shows the demonstration."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest

BROWSER = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items):
    """Browser tests come last: their driver leaves an event loop in the process, in which Django refuses to ask."""
    items.sort(key=lambda item: "tests/browser" in str(item.path))
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if not BROWSER:
                item.add_marker(pytest.mark.skip(reason="there is no Chromium on this machine"))


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of `mutabaa demo`: a process of its own, as a person starts it, with web and worker."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("demonstration")
    environment = os.environ | {"MUTABAA_HOME": str(home), "DATABASE_URL": "", "PYTHONUNBUFFERED": "1"}
    log = home / "server.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "mutabaa", "demo", "--port", str(port)],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        for _attempt in range(1500):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
                break
            assert server.poll() is None, log.read_text()
            time.sleep(0.2)
        else:
            pytest.fail("the demonstration was not ready within five minutes: " + log.read_text())
        yield f"http://127.0.0.1:{port}"
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(20)


@pytest.fixture(scope="session")
def sign_ins():
    from mutabaa.demo.services import sign_ins

    return {role: (email, password) for role, email, password in sign_ins()}


@pytest.fixture
def page(chromium, site):
    """A page that fails the test on anything in the console (a refused script or style is one)."""
    context = chromium.new_context(base_url=site, viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    complaints = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.complaints = complaints
    yield page
    context.close()


@pytest.fixture
def sign_in(page, sign_ins):
    def enter(role, language="en"):
        email, password = sign_ins[role]
        page.goto(f"/accounts/login/?lang={language}")
        page.fill("[name=login]", email)
        page.fill("[name=password]", password)
        page.click("main form button")
        page.wait_for_url("**/workspace/**")
        page.context.add_cookies([{"name": "language", "value": language, "url": page.url}])
        return page

    return enter
