"""Technical assistance in the browser: its pages in English and Arabic, and the way from an obstacle to a granted request."""

import pytest

from tests.browser.test_every_page import check, violations

HOME = "/workspace/assistance/"


def links(page, listing, part):
    """The addresses in the table of a register."""
    page.goto(listing)
    found = page.locator("main table a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    return [href for href in found if part in href and not href.endswith("/chain/")]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_of_gaps_and_requests(page, sign_in, language):
    sign_in("secretariat", language)
    gap = links(page, f"{HOME}gaps/", "/gaps/")[-1]
    waiting, granted = links(page, HOME, "/requests/")[:2]
    steps = [f"{waiting}steps/{step}/" for step in ("consent", "ask-back", "withdraw")]
    steps += [f"{granted}steps/{step}/" for step in ("complete", "readers")]
    record = page.goto(gap) and page.locator("aside a[href*='/recommendations/']").first.get_attribute("href")
    fragment = f"{HOME}records/{record.rstrip('/').rsplit('/', 1)[1]}/"
    of_gap = [gap + end for end in ("", "edit/", "chain/", "needs/new/")]
    check(page, [*of_gap, waiting, f"{waiting}chain/", granted, f"{granted}chain/", *steps, fragment, record], language)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_person_takes_an_obstacle_to_a_granted_request(page, sign_in, language):
    sign_in("contributor (main)", language)
    page.goto(f"{HOME}obstacles/?waiting=yes")
    page.locator("main table a").first.click()
    page.locator("input[name=from]").first.check()
    page.locator("main form button:not([formaction])").first.click()
    page.fill("input[name=title]", "Registers that nobody keeps")
    if not page.input_value("textarea[name=description]"):
        page.fill("textarea[name=description]", "No staff for it.")
    page.locator(".form-actions button").click()
    page.locator("main a[href$='/needs/new/']").click()
    page.select_option("select[name=kind]", "advisory")
    page.fill("textarea[name=description]", "Advice on electronic registers")
    page.locator(".form-actions button").click()
    page.locator("form[action$='/request/'] button").click()
    assert violations(page) == []
    for name in ("contact", "objective"):
        page.fill(f"textarea[name={name}]", f"Text of {name}")
    page.fill("input[name=addressee]", "Regional office")
    page.fill("input[name=results-0-result]", "Registers are kept")
    page.fill("input[name=lines-0-label]", "Advice")
    page.fill("input[name=lines-0-amount]", "9000")
    page.fill("input[name=lines-0-currency]", "usd")
    page.locator("button[name=then]").click()
    page.locator(".form-actions button").click()
    request = page.url.split("?")[0]
    assert "/steps/" not in request

    def step(slug, **fields):
        page.goto(f"{request}steps/{slug}/")
        for name, value in fields.items():
            page.fill(f"[name={name}]", value)
        if slug == "answer":
            page.check("input[value=granted]")
        page.locator(".form-actions button").click()
        assert page.url.split("?")[0] == request

    def enter(role):
        page.context.clear_cookies()
        sign_in(role, language)

    enter("contributor (validating)")
    step("approve")
    enter("secretariat")
    page.goto("/workspace/")
    address = "/" + request.split("/", 3)[3]
    assert page.locator(f"main a[href='{address}']").count() >= 1
    step("consent", authority="Minister of Foreign Affairs", instrument="Note 7")
    step("submit", how="By note verbale")
    step("answer", what="All of it", amount="9000", currency="USD")
    page.goto(f"{request}chain/")
    path = page.locator("ol.timeline").inner_text()
    for words in (
        "Registers that nobody keeps",
        "Advice on electronic registers",
        "Note 7",
        "By note verbale",
        "All of it",
    ):
        assert words in path
    assert violations(page) == []
