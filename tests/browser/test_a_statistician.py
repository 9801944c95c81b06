"""A statistician without a manual: a file, its validation, the chart; an impossible comparison; a focal point's answer."""


def test_from_a_table_to_the_chart(page, sign_in, tmp_path):
    sign_in("statistician (main)", "en")
    table = tmp_path / "turnout.csv"
    table.write_text(
        "Table 3;;\nYear;Sex;Value\n2016;Total;61,5\n2020;Total;58,2\n2024;Total;66,0\n2024;Female;64,1\n2024;Male;67,9\n",
        encoding="utf-8",
    )
    page.click("text=Bring in a file of figures")
    page.set_input_files("input[type=file]", str(table))
    page.click("summary:has-text('Where the file does not say it itself')")
    page.select_option("select[name=indicator]", "voter-turnout")
    page.click("button:has-text('Send and preview')")
    page.wait_for_selector("text=The first rows as they were understood")
    page.click("button:has-text('Import the figures')")
    page.click("text=Look at the figures and validate them")
    page.click("button:has-text('Validate all')")
    page.wait_for_selector("text=are in force")
    page.goto("/workspace/indicators/voter-turnout/")
    assert page.locator("svg.drawing").count() == 2
    assert "66.0" in page.locator(".key-figures").inner_text()
    page.goto("/indicators/voter-turnout/")
    assert "66.0" in page.locator(".key-figures").inner_text()


def test_an_impossible_comparison_is_refused(page, sign_in):
    sign_in("administrator", "en")
    page.goto("/workspace/indicators/compare/?indicator=sdg-16-10-1")
    page.select_option("#one", index=0)
    page.select_option("#other", index=1)
    page.click("main form button")
    assert "Numbers of cases are not compared" in page.locator("[role=alert]").inner_text()


def test_a_series_is_entered_in_the_grid_and_an_error_stands_at_its_cell(page, sign_in):
    sign_in("statistician (main)", "en")
    page.goto("/workspace/indicators/sdg-8-5-2/enter/?periods=2022 2023 2024")
    page.fill("[name=c-0-2022]", "9.4")
    page.fill("[name=c-0-2023]", "190")
    page.click("main form button:has-text('Save')")
    assert "between 0 and 100" in page.locator("#c-0-2023-error").inner_text()
    page.fill("[name=c-0-2023]", "9.0")
    page.fill("[name=c-0-2024]", "84/1000")
    page.click("main form button:has-text('Save')")
    page.wait_for_selector("text=3 figures were kept")
