"""An empty document by the name of its form. Pure."""

from mutabaa.core.publication import Publication

FORMS = ("docx", "pdf")


def document_of(
    form: str, language: str, title: str, *, author: str = "", landscape: bool = False, footer: str = ""
) -> Publication:
    """A Word document ("docx") or one to print ("pdf"). `footer` stands on every page, before the page's number."""
    made: Publication
    if form == "docx":
        from mutabaa.core.word import WordDocument

        made = WordDocument(language, title, author=author, landscape=landscape, footer=footer)
    elif form == "pdf":
        from mutabaa.core.pdf import PdfDocument

        made = PdfDocument(language, title, author=author, landscape=landscape, footer=footer)
    else:
        raise ValueError(f"no such form of document: {form}")
    return made
