"""Documents printed to PDF by a browser, in six languages, read back."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from mutabaa.intake.documents.reading import read
from tests.intake.documents import concluding_texts


@pytest.mark.parametrize("language", concluding_texts.TEXTS)
def test_the_same_items_as_from_the_text(tmp_path: Path, language: str, chromium: Browser) -> None:
    """Printed by a browser, Arabic included: there the words come out of the file in the order in which they are seen."""
    lines = "".join(f"<p>{line}</p>" for line in concluding_texts.TEXTS[language].split("\n") if line)
    page = chromium.new_page()
    page.set_content(
        f'<html dir="{"rtl" if language == "ar" else "ltr"}"><style>p{{font:11pt serif;margin:0 0 8pt}}</style>{lines}</html>'
    )
    page.pdf(
        path=str(tmp_path / "a.pdf"), format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "2.5cm")
    )
    page.close()
    extraction = read(tmp_path / "a.pdf")
    assert [(i.paragraph, i.type) for i in extraction.items] == concluding_texts.EXPECTED
    assert {i.paragraph for i in extraction.items if i.follow_up} == concluding_texts.FOLLOWED_UP
