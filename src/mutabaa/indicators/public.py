"""What the portal and the open API may see of this room: public indicators, and their validated figures without small counts."""

from typing import Any

from mutabaa.core.exports import NAMES
from mutabaa.indicators.exports import download
from mutabaa.indicators.listing import Line, filtered, lines_of
from mutabaa.indicators.models import Indicator
from mutabaa.indicators.presenting import Presentation, present

FILES = [*NAMES.items(), ("sdmx-csv", "SDMX-CSV"), ("sdmx-ml", "SDMX-ML")]


def public_indicators() -> Any:
    return Indicator.objects.visible_to(None)


def public_page(indicator: Indicator, by: str = "") -> Presentation:
    """As a visitor sees it, whoever asks."""
    return present(indicator, None, by)


__all__ = ["FILES", "Line", "download", "filtered", "lines_of", "public_indicators", "public_page"]
