"""Suggestions gone through by keys alone, and without any script."""

import re
import time

from tests.browser.test_the_main_job import enter

TRIAGE = "/workspace/classification/"


def waiting(page):
    """Opens the page once the worker has made its suggestions."""
    for _attempt in range(60):
        page.goto(TRIAGE)
        if page.locator("[data-suggestion]").count() > 3:
            return
        time.sleep(1)
    raise AssertionError("the worker made no suggestions")


def address_of(suggestion):
    return suggestion.locator("form").first.get_attribute("action")


def test_keys_accept_reject_and_move(chromium, site, sign_ins):
    page = enter(chromium, site, sign_ins, "secretariat")
    waiting(page)
    first, second, third, fourth = (address_of(page.locator("[data-suggestion]").nth(n)) for n in range(4))
    name = page.locator("[data-suggestion] strong").nth(0).inner_text()

    with page.expect_response("**/accept/") as answer:
        page.keyboard.press("a")
    assert answer.value.status == 204
    page.wait_for_function("a => !document.querySelector(`form[action='${a}']`)", arg=first)
    assert page.locator("[data-said]").inner_text() == f"Accepted: {name}"
    assert address_of(page.locator("[data-suggestion][aria-current]")) == second

    page.keyboard.press("ArrowDown")
    assert address_of(page.locator("[data-suggestion][aria-current]")) == third
    with page.expect_response("**/reject/") as answer:
        page.keyboard.press("r")
    assert answer.value.url.endswith(third.replace("accept", "reject"))
    page.wait_for_function("a => !document.querySelector(`form[action='${a}']`)", arg=third)
    assert address_of(page.locator("[data-suggestion][aria-current]")) == fourth

    page.goto(f"{TRIAGE}?state=accepted")
    assert name in page.locator("main").inner_text()
    page.goto(f"{TRIAGE}?state=rejected")
    assert re.search(r"Propose again", page.content())


def test_letters_typed_into_a_field_decide_nothing(chromium, site, sign_ins):
    page = enter(chromium, site, sign_ins, "secretariat")
    waiting(page)
    before = page.locator("[data-suggestion]").count()
    page.locator("#kind").focus()
    page.keyboard.press("a")
    assert page.locator("[data-suggestion]").count() == before


def test_it_works_without_a_script(chromium, site, sign_ins):
    page = enter(chromium, site, sign_ins, "secretariat")
    waiting(page)
    state = page.context.storage_state()
    bare = chromium.new_context(base_url=site, storage_state=state, java_script_enabled=False).new_page()
    bare.goto(TRIAGE)
    first = address_of(bare.locator("[data-suggestion]").first)
    bare.locator("[data-suggestion] button").first.click()
    bare.wait_for_url(f"**{TRIAGE}")
    assert "The tag was added to the recommendation." in bare.content()
    assert bare.locator(f"form[action='{first}']").count() == 0
