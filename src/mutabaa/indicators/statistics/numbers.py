"""Numbers as statistical services write them: `1 372 [937-1828]`, `12,5`, `<5`, `..`, `:c`, Arabic digits."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬−﹣－", "01234567890123456789.\u00a0---")
_SPACES = re.compile(r"(?<=\d)[\s\u00a0\u202f\u2009'’](?=\d{3}(?!\d))")
_PART = r"[-+]?[\d.,\s\u00a0\u202f'’]*\d"
_BOUNDS = re.compile(
    rf"(?P<value>{_PART})\s*%?\s*[\[(]\s*(?P<low>{_PART})\s*%?\s*(?:-|–|—|to|;|,\s)\s*(?P<high>{_PART})\s*%?\s*[\])]"
)
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+]?\d{1,3}(?:\.\d{3})+,\d+")

MISSING, NOT_APPLICABLE, SUPPRESSED = "missing", "not_applicable", "suppressed"
# By the conventions of statistical services; a bare dash is nought to some and missing to others, and so is none of them.
CODES = dict.fromkeys(["..", "...", "…", ":", "na", "n/a", "n.a.", "nan", "null", "none", "missing"], MISSING)
CODES |= dict.fromkeys(["x", ".", "not applicable", "not_applicable", "n.ap."], NOT_APPLICABLE)
CODES |= dict.fromkeys([":c", "c", "(c)", "*", "suppressed", "conf", "confidential"], SUPPRESSED)
DASHES = frozenset({"-", "–", "—", "--"})
_SMALL = re.compile(r"<\s*\d+")


class NotANumber(ValueError):
    """`code`: "dash", "comma" or "number"; in words in `wording.FAULTS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Written:
    """What a cell says: a value with its bounds, numerator and denominator (`12/40`), or the status that stands for it."""

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    status: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None


def read_cell(text: str, comma: str = "") -> Written | None:
    """None for an empty cell. `comma`: "decimal" or "thousands", where the table has shown which it is. Raises `NotANumber`."""
    cell = text.strip().translate(_DIGITS).strip()
    if not cell:
        return None
    key = cell.casefold()
    if key in CODES:
        return Written(status=CODES[key])
    if cell in DASHES:
        raise NotANumber("dash")
    if _SMALL.fullmatch(cell):
        return Written(status=SUPPRESSED)
    if found := _BOUNDS.fullmatch(cell):
        value, low, high = (read_number(found[part], comma) for part in ("value", "low", "high"))
        return Written(value, low, high)
    if "/" in cell:
        top, _slash, bottom = cell.partition("/")
        return Written(numerator=read_number(top, comma), denominator=read_number(bottom, comma))
    return Written(read_number(cell, comma))


def written(
    value: Decimal | None,
    numerator: Decimal | None,
    denominator: Decimal | None,
    low: Decimal | None,
    high: Decimal | None,
    status: str,
) -> str:
    """The shortest cell that `read_cell` reads back as this figure."""
    if value is None:
        return {MISSING: "..", NOT_APPLICABLE: "x", SUPPRESSED: "c"}.get(status, "")
    if numerator is not None and denominator is not None:
        return f"{plain(numerator)}/{plain(denominator)}"
    if low is not None and high is not None:
        return f"{plain(value)} [{plain(low)} to {plain(high)}]"
    return plain(value)


def plain(number: Decimal) -> str:
    return f"{number.normalize():f}" if number else "0"


def read_number(text: str, comma: str = "") -> Decimal:
    """Raises `NotANumber`, also for `1,234`, which is one number in Nairobi and another in Paris, unless `comma` tells."""
    cell = _SPACES.sub("", text.strip().translate(_DIGITS).removesuffix("%").strip())
    if "," in cell:
        cell = _without_commas(cell, comma)
    try:
        value = Decimal(cell)
    except InvalidOperation as fault:
        raise NotANumber("number") from fault
    if not value.is_finite() or abs(value) >= Decimal(10) ** 14:
        raise NotANumber("number")
    return value


def _without_commas(cell: str, comma: str) -> str:
    if "." in cell:
        if not _GROUPED.fullmatch(cell):
            raise NotANumber("number")
        return cell.replace(",", "") if cell.rindex(".") > cell.rindex(",") else cell.replace(".", "").replace(",", ".")
    whole, _comma, rest = cell.rpartition(",")
    grouped = bool(_GROUPED.fullmatch(cell))
    if grouped and ("," in whole or comma == "thousands"):
        return cell.replace(",", "")
    if "," in whole or (grouped and comma != "decimal" and whole.lstrip("+-") != "0"):
        raise NotANumber("comma" if grouped else "number")
    return f"{whole}.{rest}"
