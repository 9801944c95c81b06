"""A document from upload to records in the browser, in English by keyboard and in Arabic; every page of it accessible and whole at 320 px."""

import time

import pytest

from tests.browser.test_every_page import check
from tests.browser.test_the_main_job import enter

TEXT = """United Nations
CEDAW/C/XMU/CO/{n}
Distr.: General
12 March 2025
Committee on the Elimination of Discrimination against Women
Concluding observations on the periodic report of Muvelia

9. The Committee notes with concern that few women in the {place} know of legal aid.

10. The Committee recommends that the State party:
(a) Widen legal aid to all women of the {place} who cannot pay for a lawyer;
(b) Train all judges of the {place} on the Convention every year.
"""


def sent(page, tmp_path, n, place):
    """Uploads a document and waits until it can be reviewed; the address of the review."""
    file = tmp_path / "observations.txt"
    file.write_text(TEXT.format(n=n, place=place), encoding="utf-8")
    page.goto("/workspace/imports/")
    page.set_input_files("input[type=file]", str(file))
    page.locator("form[enctype] button").last.click()
    return until(page, "/document/")


def until(page, part):
    for _attempt in range(60):
        if part in page.url and not page.locator("#progress").count():
            return page.url
        time.sleep(0.5)
        page.goto(page.url)
    raise AssertionError(f"the worker did not come to {part}: {page.url}")


@pytest.mark.parametrize(("language", "n", "place"), [("en", 91, "north"), ("ar", 92, "south")])
def test_every_page_of_a_review(page, sign_in, tmp_path, language, n, place):
    sign_in("administrator", language)
    address = sent(page, tmp_path, n, place)
    item = page.locator(".item a.button").first.get_attribute("href").split("?")[0]
    check(
        page,
        [address, address + "?show=left_out", item, item + "split/", address + "facts/", address + "items/add/"],
        language,
    )


def test_a_document_becomes_records_by_keyboard(chromium, site, sign_ins, tmp_path):
    page = enter(chromium, site, sign_ins, "secretariat")
    review = sent(page, tmp_path, 93, "east")
    assert page.locator(".item").count() == 3
    page.locator(".item").nth(0).get_by_role("button", name="Leave out").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".item.left_out")
    page.get_by_role("button", name="Accept all 2 items").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=2 items were accepted")
    page.get_by_role("button", name="Preview the import of 2 items").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(review.replace("document/", ""))
    until(page, "/imports/")
    page.get_by_role("button", name="Apply").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for _attempt in range(40):
        if page.get_by_text("Undo this import").count():
            break
        time.sleep(0.5)
        page.goto(page.url)
    page.goto("/workspace/recommendations/?q=judges+of+the+east")
    assert page.locator("#results").get_by_text("CEDAW/C/XMU/CO/93").count() == 1
