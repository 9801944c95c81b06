"""A real Chromium against a real server that shows the demonstration."""

import os
import shutil

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

# Playwright's loop runs in this thread; Django would refuse plain database calls beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items):
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


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker):
    """The demonstration, loaded once for the module, and taken away after it."""
    from django.core.management import call_command

    from mutabaa.cli.database import load_reference
    from mutabaa.demo import services

    with django_db_blocker.unblock():
        call_command("createcachetable", verbosity=0)
        load_reference()
        services.load()
        yield {role: (email, password) for role, email, password in services.sign_ins()}
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def site(demonstration, django_db_blocker):
    from pytest_django.live_server_helper import LiveServer

    with django_db_blocker.unblock():
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()


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
def sign_in(page, demonstration):
    def enter(role, language="en"):
        email, password = demonstration[role]
        page.goto(f"/accounts/login/?lang={language}")
        page.fill("[name=login]", email)
        page.fill("[name=password]", password)
        page.click("main form button")
        page.wait_for_url("**/workspace/**")
        page.context.add_cookies([{"name": "language", "value": language, "url": page.url}])
        return page

    return enter
