"""A plan's table in the browser, from the upload to the preview: accessible, and whole at 320 px."""

import pytest

from tests.browser.test_document_review import until
from tests.browser.test_every_page import check
from tests.intake.plan_tables.made import HEADER, below, row, word


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_of_a_plans_table(page, sign_in, tmp_path, language):
    sign_in("administrator", language)
    file = tmp_path / "plan.docx"
    file.write_bytes(word([HEADER, row(lead="Village choirs"), below(measure="Backwards", start="2029", due="2028")]))
    page.goto("/workspace/imports/")
    page.set_input_files("input[type=file]", str(file))
    page.select_option("select[name=format]", "plan")
    page.locator("form[enctype] button").last.click()
    columns = until(page, "/plan/").split("?")[0]
    check(page, [columns], language)
    page.goto(columns)
    page.fill("input[name=title]", "A plan")
    page.fill("input[name=starts_on]", "2026-01-01")
    page.fill("input[name=ends_on]", "2030-12-31")
    page.locator("main form button").last.click()
    preview = until(page, "/imports/").split("?")[0]
    page.wait_for_selector("select[name=institution_0]")
    check(page, [preview], language)
