"""Deciding on pairs with one key each, in a real browser, on what the demonstration's worker found by itself."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def pairs(page, sign_in):
    """The list of pairs, once the worker has been through the demonstration's records."""
    sign_in("administrator")
    for _attempt in range(60):
        page.goto("/workspace/recurrence/")
        if page.locator("[data-pair]").count():
            return page
        page.wait_for_timeout(1000)
    raise AssertionError("the worker found no pair")


def waiting(page):
    return int(re.sub(r"\D", "", page.locator("main ul.tabs").nth(1).locator("a").first.inner_text()))


def test_a_key_decides_on_the_first_pair(pairs):
    before, first = waiting(pairs), pairs.locator("[data-pair] h2").first.get_attribute("id")
    pairs.keyboard.press("r")
    expect(pairs.locator(f"#{first}")).to_have_count(0)
    assert waiting(pairs) == before - 1
    assert pairs.complaints == []


def test_a_key_decides_on_the_pair_that_has_the_focus(pairs):
    second = pairs.locator("[data-pair]").nth(1)
    name = second.locator("h2").get_attribute("id")
    second.locator("h2 a").focus()
    pairs.keyboard.press("d")
    expect(pairs.locator(f"#{name}")).to_have_count(0)
    pairs.goto("/workspace/recurrence/?state=different")
    expect(pairs.locator(f"#{name}")).to_have_count(1)


def test_a_letter_in_the_filter_decides_nothing(pairs):
    before = waiting(pairs)
    pairs.locator("[name=q]").press("d")
    pairs.goto("/workspace/recurrence/")
    assert waiting(pairs) == before
