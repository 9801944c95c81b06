"""Plans in the browser: each page in English and Arabic, and the way from a cluster to a published plan with the keyboard alone."""

import pytest

from mutabaa.demo.services import read as demonstration
from tests.browser.test_every_page import check, violations

HOME = "/workspace/plans/"
PLACES = ("justice", "health", "education")


def plan_of(page, number=0):
    """The address of a plan of the list: the first is the one still being made."""
    page.goto(HOME)
    return page.locator("main tbody th a").nth(number).get_attribute("href")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_of_a_plan(page, sign_in, language):
    sign_in("secretariat", language)
    plan = plan_of(page, 1)
    page.goto(plan)
    outcome = page.locator(".outcome a[href*='/outcomes/']").first.get_attribute("href")
    measure = page.locator(".outcome th a").first.get_attribute("href")
    page.goto(measure)
    milestone = page.locator("#milestones a[href*='/milestones/']").first.get_attribute("href")
    line = page.locator("#budget a[href*='/budget-lines/']").first.get_attribute("href")
    of_plan = [
        plan + end
        for end in ("", "edit/", "clusters/", "outcomes/new/", "recommendations/", "approval/", "editions/1/")
    ]
    of_measure = [measure + end for end in ("", "edit/", "report/", "history/")]
    check(page, [*of_plan, *of_measure, outcome, f"{outcome}measures/new/", milestone, line], language)


def test_an_institution_answers(page, sign_in):
    sign_in("contributor (validating)")
    page.goto(f"{HOME}agreements/")
    waiting = page.locator("main tbody th a").first.get_attribute("href")
    for language in ("ar", "en"):
        check(page, [f"{HOME}agreements/", waiting], language)
    page.goto(waiting)
    page.fill("textarea[name=reason]", "Not before 2028.")
    page.locator("form[action$='/decline/'] button").click()
    page.wait_for_url(f"**{HOME}agreements/")
    page.goto(waiting)
    assert "Not before 2028." in page.locator("aside").inner_text()


def test_from_a_cluster_to_a_published_plan(page, sign_in):
    """With the keyboard alone: fields are reached by their labels, and forms are sent by Enter or by a focused button."""
    sign_in("secretariat")
    refused = []
    page.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
    page.goto(f"{HOME}new/")

    def write(label, text):
        field = page.get_by_label(label).first
        field.focus()
        page.keyboard.press("Control+A")
        page.keyboard.type(text)

    def press(name, within="main"):
        page.locator(within).get_by_role("button", name=name, exact=True).first.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")

    write("Title – English", "Plan for the old town")
    page.get_by_label("Begins on").fill("2026-01-01")
    page.get_by_label("Ends on").fill("2029-12-31")
    write("Currency", "EUR")
    press("Save")
    plan = page.url
    page.goto(f"{plan}clusters/")
    page.locator("main tbody a[href*='outcomes/new']").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert violations(page) == []
    write("Desired outcome", "People live where they want to.")
    press("Save and add measures")
    assert "Say" in page.locator(".error-text").first.inner_text() or page.locator(".has-error").count()
    write("Target", "No eviction without a court by 2028.")
    press("Save and add measures")
    write("Measure", "Stop evictions until the law is changed")
    page.locator("input[name=recommendations]").first.focus()
    page.keyboard.press("Space")
    page.select_option("select[name=lead]", label="Ministry of Justice and Human Rights")
    page.get_by_label("Due", exact=False).last.fill("2027-06-30")
    press("Save")
    measure = page.url
    assert "/measures/" in measure
    page.locator("#milestone_title").focus()
    page.keyboard.type("Moratorium declared")
    page.locator("#milestones input[type=date]").fill("2026-12-01")
    press("Add the milestone")
    assert "Moratorium declared" in page.locator("#milestones").inner_text()
    write("Amount", "25000")
    press("Add the budget line")
    assert "25,000" in page.locator("#budget").inner_text()
    page.goto(f"{plan}approval/")
    write("Approved by", "Council of Ministers")
    page.get_by_label("Approved on").fill("2026-02-01")
    write("Act of approval", "Decision 7")
    write("Why it was approved", "Agreed in the meeting.")
    press("Record the approval")
    page.locator("details.menu summary", has_text="Change").focus()
    page.keyboard.press("Enter")
    press("Publish")
    page.goto("/plans/")
    page.get_by_role("link", name="Plan for the old town").click()
    assert "Stop evictions until the law is changed" in page.locator("main").inner_text()
    assert ["outcomes/new" in url for url in refused] == [True], refused


def test_three_institutions_agree_in_arabic(page, sign_in, sign_ins):
    """The same in Arabic, with the measures of three institutions, each of which agrees; then Word and PDF of the plan."""
    sign_in("secretariat", "ar")

    def send(button="main form.card .form-actions button >> nth=0"):
        with page.expect_navigation():
            page.locator(button).click()

    page.goto(f"{HOME}new/?lang=ar")
    page.fill("[name=title_ar]", "خطة المياه")
    page.fill("[name=starts_on]", "2026-01-01")
    page.fill("[name=ends_on]", "2029-12-31")
    page.fill("[name=currency]", "USD")
    send()
    plan = page.url.split("?")[0]
    page.goto(f"{plan}clusters/?lang=ar")
    with page.expect_navigation():
        page.locator("main tbody a[href*='outcomes/new']").first.click()
    page.fill("[name=title]", "لكل إنسان ماء مأمون")
    page.fill("[name=target]", "80 في المائة من سكان الريف بحلول عام 2029")
    send()
    measures, new = [], page.url.split("?")[0]
    names = {i["code"]: i["name"]["ar"] for i in demonstration("institutions")["institutions"]}
    for n, place in enumerate(PLACES):
        page.goto(f"{new}?lang=ar")
        page.fill("[name=title]", f"تدبير {n + 1}")
        page.locator("input[name=recommendations]").first.check()
        page.select_option("[name=lead]", label=names[place])
        page.fill("[name=due_on]", "2028-06-30")
        send()
        measures.append(page.url.split("?")[0])
    page.goto(plan)
    assert violations(page) == []
    page.locator("main .page-head details.menu summary").first.click()
    send("form[action$='/agreement/'] button")
    password = sign_ins["secretariat"][1]
    for measure, place in zip(measures, PLACES, strict=True):
        page.context.clear_cookies()
        page.goto("/accounts/login/?lang=ar")
        page.fill("[name=login]", f"validating.{place}@demo.example")
        page.fill("[name=password]", password)
        page.click("main form button")
        page.wait_for_url("**/workspace/**")
        page.goto(f"{measure}?lang=ar")
        send("form[action$='/agree/'] button")
    page.context.clear_cookies()
    sign_in("secretariat", "ar")
    page.goto(f"{plan}approval/?lang=ar")
    assert page.locator("[name=despite]").count() == 0
    page.fill("[name=authority]", "مجلس الوزراء")
    page.fill("[name=approved_on]", "2026-02-01")
    page.fill("[name=instrument_text]", "القرار 7")
    send("main form.card .form-actions button >> nth=0")
    page.goto(plan)
    page.locator("main .page-head details.menu summary").first.click()
    send("form[action$='/publish/'] button")
    for form in ("docx", "pdf"):
        address = page.locator(f"main a[href*='/publication/public/{form}/']").first.get_attribute("href")
        with page.expect_download() as download:
            page.evaluate("address => { location.href = address }", address)
        assert download.value.suggested_filename.endswith(form)
    page.goto("/plans/?lang=ar")
    page.goto(page.get_by_role("link", name="خطة المياه").get_attribute("href") + "?lang=ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert "تدبير 3" in page.locator("main").inner_text()
