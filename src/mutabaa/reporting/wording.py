"""What came out of a report, in words."""

from collections.abc import Iterator

from django.utils.translation import ngettext, ngettext_lazy

from mutabaa.core.wording import number_text
from mutabaa.reporting.models import GeneratedReport

OUTCOMES = {
    "recommendations": ngettext_lazy(
        "It covers %(shown)s recommendation.", "It covers %(shown)s recommendations.", "n"
    ),
    "filled": ngettext_lazy("%(shown)s row was filled in.", "%(shown)s rows were filled in.", "n"),
    "nothing_said": ngettext_lazy(
        "%(shown)s row was left empty: its recommendation is neither assessed nor updated.",
        "%(shown)s rows were left empty: their recommendations are neither assessed nor updated.",
        "n",
    ),
    "not_found": ngettext_lazy(
        "%(shown)s row was left empty: the report may not tell of its recommendation, or none was found for it.",
        "%(shown)s rows were left empty: the report may not tell of their recommendations, or none were found for them.",
        "n",
    ),
    "occupied": ngettext_lazy(
        "%(shown)s row was left as it is: its cell held text already.",
        "%(shown)s rows were left as they are: their cells held text already.",
        "n",
    ),
}


def outcomes(report: GeneratedReport) -> Iterator[str]:
    """One sentence per count; zeros only for the first, which says what the report is about."""
    for number, name in enumerate(name for name in OUTCOMES if name in report.counts):
        n = report.counts[name]
        if n or number == 0:
            yield str(OUTCOMES[name] % {"n": n, "shown": number_text(n)})


def covers(n: int, internal: bool) -> str:
    """How many recommendations a report would cover."""
    if internal:
        told = ngettext(
            "%(shown)s recommendation, with those that are not published",
            "%(shown)s recommendations, with those that are not published",
            n,
        )
    else:
        told = ngettext("%(shown)s published recommendation", "%(shown)s published recommendations", n)
    return told % {"shown": number_text(n)}
