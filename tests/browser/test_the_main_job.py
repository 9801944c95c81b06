"""The main job as people do it, each in a browser of their own: assign, accept, answer, approve, publish, show, report."""

import re
import zipfile

WORDS = "The law on legal aid was adopted and forty lawyers were trained."


def enter(chromium, site, sign_ins, role):
    email, password = sign_ins[role]
    page = chromium.new_context(base_url=site, viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(20_000)
    page.goto("/accounts/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.click("main form button")
    page.wait_for_url("**/workspace/**")
    return page


def test_an_unassigned_recommendation_ends_on_the_public_page_and_in_the_report(chromium, site, sign_ins, tmp_path):
    office = enter(chromium, site, sign_ins, "secretariat")
    office.goto("/workspace/recommendations/?assigned=no")
    item = office.locator("#results tbody a").first.get_attribute("href")
    office.locator("input[name=selected]").first.check()
    office.click("button[formaction*='assign']")
    names = office.locator("[name=institution] option").all_inner_texts()
    office.select_option("[name=institution]", label=next(name for name in names if "Justice" in name))
    office.locator("main form button").last.click()
    office.wait_for_url("**" + item)

    focal = enter(chromium, site, sign_ins, "contributor (main)")
    focal.goto(item)
    focal.click("form[action*='accept'] button")
    focal.goto(item)
    focal.click("form[action*='update'] button")
    focal.fill("[name=what_was_done]", WORDS)
    focal.click("button[name=then][value=submit]")
    focal.wait_for_load_state()
    update = re.sub(r"edit/$", "", focal.url)

    validating = enter(chromium, site, sign_ins, "contributor (validating)")
    validating.goto(update)
    validating.click("form[action*='approve'] button")
    validating.wait_for_load_state()

    visitor = chromium.new_context(base_url=site).new_page()
    public = item.replace("/workspace", "")
    visitor.goto(public)
    assert WORDS not in visitor.content()

    office.goto(update)
    office.click("form[action*='publish'] button")
    office.wait_for_load_state()
    visitor.goto(public)
    assert WORDS in visitor.content()

    office.goto("/workspace/reports/status/")
    office.locator("main .form-actions button").first.click()
    office.wait_for_selector("a[href*='/download/']", timeout=90_000)
    with office.expect_download() as download:
        office.locator("a[href*='/download/']").first.click()
    path = tmp_path / "report.docx"
    download.value.save_as(path)
    with zipfile.ZipFile(path) as parts:
        assert WORDS in parts.read("word/document.xml").decode()
    for page in (office, focal, validating, visitor):
        page.context.close()
