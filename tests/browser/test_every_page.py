"""Every kind of page, in English and Arabic: accessible (axe), quiet in the console, and whole at 320 px."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

AXE = Axe()
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}

PUBLIC = [
    "/", "/recommendations/", "/recommendations/?group_by=theme", "/recommendations/?q=zzzz", "/figures/", "/themes/", "/institutions/",
    "/mechanisms/", "/sdgs/", "/sdgs/16/", "/mechanisms/CRC/", "/institutions/health/", "/about/", "/accounts/login/",
    "/accounts/password/reset/", "/no-such-page/", "/search/", "/search/?q=women", "/search/?q=(zzzz&from=x", "/search/values/theme/", "/search/years/?split=family",
    "/search/matrix/", "/search/raised/", "/search/compare/", "/search/profiles/body/CRC/", "/instruments/", "/instruments/?q=zzzz",
    "/plans/",
]  # fmt: skip
WORKSPACE = [
    "/workspace/", "/workspace/recommendations/", "/workspace/recommendations/?group_by=institution", "/workspace/recommendations/clusters/",
    "/workspace/follow-up/", "/workspace/follow-up/updates/", "/workspace/reports/", "/workspace/reports/status/?family=upr", "/workspace/reports/matrix/", "/workspace/institutions/", "/workspace/notices/",
    "/workspace/account/", "/workspace/imports/", "/workspace/recommendations/new/", "/workspace/recommendations/clusters/new/",
    "/search/saved/", "/search/saved/new/?q=women", "/search/?q=women", "/workspace/classification/", "/workspace/classification/?state=accepted",
    "/workspace/classification/themes/",
    "/workspace/recurrence/", "/workspace/recurrence/?q=zzzz", "/workspace/recurrence/links/", "/workspace/recurrence/clusters/", "/workspace/recurrence/unclustered/",
    "/workspace/plans/", "/workspace/plans/new/", "/workspace/plans/agreements/",
    "/workspace/plans/coverage/", "/workspace/plans/coverage/?list=unbudgeted", "/workspace/plans/matrix/", "/workspace/plans/matrix/?uncovered=1", "/workspace/plans/late/",
    "/workspace/plans/institutions/", "/workspace/plans/budget/", "/workspace/plans/timeline/", "/workspace/plans/guidance/",
    "/workspace/recurrence/search/", "/workspace/recurrence/priorities/", "/workspace/recurrence/priorities/weights/",
    "/workspace/instruments/", "/workspace/instruments/?q=zzzz", "/workspace/instruments/new/",
    "/workspace/assistance/", "/workspace/assistance/?q=zzzz", "/workspace/assistance/gaps/", "/workspace/assistance/gaps/new/", "/workspace/assistance/needs/",
    "/workspace/assistance/obstacles/", "/workspace/assistance/obstacles/list/?obstacle=human-resources", "/workspace/assistance/given/",
    "/workspace/assistance/given/new/", "/workspace/assistance/funds/",
]  # fmt: skip


def violations(page):
    found = AXE.run(page, options=RULES).response["violations"]
    return [(v["id"], v["nodes"][0]["html"][:160]) for v in found]


def first_record(page, listing):
    page.goto(listing)
    return page.locator("#results a[href*='/recommendations/']").evaluate_all(
        "links => links.map(a => a.getAttribute('href')).find(h => /recommendations\\/[\\w-]{12}\\/$/.test(h))"
    )


def faults(page, address, language):
    """What is wrong with the page, in words."""
    page.complaints.clear()
    page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
    wrong = []
    if page.locator("html").get_attribute("dir") != ("rtl" if language == "ar" else "ltr"):
        wrong.append("laid out in the wrong direction")
    wrong += violations(page)
    wrong += [c for c in page.complaints if "/no-such-page/" not in address or "404" not in c]
    page.set_viewport_size({"width": 320, "height": 800})
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
    if wider > 0:
        wrong.append(f"{wider} px too wide at 320 px")
    return [f"{address} ({language}): {fault}" for fault in wrong]


def check(page, addresses, language):
    found = [fault for address in addresses for fault in faults(page, address, language)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_public_pages(page, language):
    record = first_record(page, "/recommendations/")
    assert record
    page.goto("/instruments/")
    instrument = page.locator("main table a").first.get_attribute("href")
    page.goto("/plans/")
    plan = page.locator("main h3 a").first.get_attribute("href")
    check(page, [*PUBLIC, record, instrument, plan], language)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_workspace_pages_of_the_administrator(page, sign_in, language):
    sign_in("administrator", language)
    record = first_record(page, "/workspace/recommendations/?updated=yes")
    cluster = page.goto("/workspace/recommendations/clusters/") and page.locator("main table a").first.get_attribute(
        "href"
    )
    parts = [record + end for end in ("", "edit/", "history/", "split/", "position/", "translation/", "withdraw/")]
    page.goto("/workspace/instruments/")
    instrument = page.locator("main table a").first.get_attribute("href")
    parts += [instrument + end for end in ("", "edit/", "history/", "recommendations/")]
    parts.append("/workspace/instruments/for/" + record.rstrip("/").rsplit("/", 1)[1] + "/")
    more = [cluster, cluster + "priority/", "/workspace/log/", "/workspace/follow-up/criteria/"]
    check(page, [*WORKSPACE, *parts, *more], language)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_workspace_pages_of_a_focal_point(page, sign_in, language):
    sign_in("contributor (main)", language)
    record = first_record(page, "/workspace/recommendations/")
    own = ["assignments/", "updates/", "workbook/"]
    pages = ["/workspace/", "/workspace/recommendations/", record, *(f"/workspace/follow-up/{part}" for part in own)]
    check(page, pages, language)


@pytest.mark.parametrize("language", ["zh", "fr", "es", "ru"])
def test_the_other_languages_speak_on_the_first_pages(page, language):
    for address in ("/", "/recommendations/", "/figures/", "/about/"):
        page.goto(f"{address}?lang={language}")
        assert violations(page) == [], (address, language)
        nav = page.locator("nav.rooms").inner_text()
        assert not re.search(r"\b(Figures|About|Browse|Sign in)\b", nav), nav


def test_the_table_is_filtered_in_place_and_back_works(page):
    page.goto("/recommendations/")
    before = page.locator("#results").inner_text()
    page.fill("input[name=q]", "prison")
    page.click("form[role=search] button")
    page.wait_for_function("before => document.querySelector('#results').innerText !== before", arg=before)
    assert "q=prison" in page.url
    page.go_back()
    page.wait_for_function("before => document.querySelector('#results').innerText === before", arg=before)


def test_a_search_is_narrowed_in_place_with_the_keyboard_and_back_works(page):
    page.goto("/search/?q=women")
    told = page.locator(".results-head strong")
    before, first = told.inner_text(), page.locator(".facet a[id]").first.get_attribute("id")
    page.evaluate("id => document.getElementById(id).focus()", first)
    page.keyboard.press("Enter")
    page.wait_for_function("before => document.querySelector('.results-head strong').innerText !== before", arg=before)
    assert page.evaluate("document.activeElement.id") == first
    assert page.locator(".chosen li").count() == 2
    page.fill("#q", "children")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.title.startsWith('children')")
    page.go_back()
    page.wait_for_function("() => document.querySelector('#q').value === 'women'")
    page.go_back()
    page.wait_for_function("before => document.querySelector('.results-head strong').innerText === before", arg=before)


def test_a_search_is_saved_changed_and_deleted(page, sign_in):
    sign_in("administrator", "en")
    page.goto("/search/?q=women")
    page.click("text=Save this search")
    page.fill("input[name=name]", "Women in all documents")
    page.click("main form button")
    page.wait_for_selector("text=was saved")
    page.click("a:has-text('Change')")
    assert violations(page) == []
    page.uncheck("input[name=alerts]")
    page.click("main form button:has-text('Save')")
    page.wait_for_selector("text=Alerts are off")
    page.click("main form button:has-text('Delete')")
    page.wait_for_selector("text=No search is saved yet")


def test_a_page_works_with_the_keyboard_alone(page):
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(60):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        if page.evaluate("document.activeElement === document.body"):
            break
        assert outline != "none", page.evaluate("document.activeElement.outerHTML.slice(0, 120)")


def test_the_search_works_without_script(chromium, site):
    context = chromium.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/recommendations/")
    page.fill("input[name=q]", "prison")
    page.click("form[role=search] button")
    assert "q=prison" in page.url
    context.close()
