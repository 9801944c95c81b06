"""What a reader is told where a query was read in another way than it was written."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from mutabaa.search.tree import Notice

MESSAGES: dict[str, Any] = {
    "too_long": _("The query is very long; only its beginning was used."),
    "too_many": _("The query has very many words; only the first ones were used."),
    "too_deep": _("There are too many parentheses inside each other; the innermost were left out."),
    "quote_open": _("A quotation mark is missing; the phrase was taken to end with the query."),
    "parenthesis_open": _("A closing parenthesis is missing; it was taken to stand at the end."),
    "parenthesis_extra": _("A closing parenthesis has no opening one; it was left out."),
    "operator_alone": _("“%(operator)s” has nothing to join; it was left out."),
    "field_unknown": _("There is no field “%(name)s”; it was searched as a word."),
    "field_empty": _("“%(name)s:” has no value; it was left out."),
    "value_unknown": _("“%(value)s” is not known under “%(name)s”; it was searched as words."),
    "year_unreadable": _("“%(value)s” is no year; write for example 2019 or 2019..2023."),
    "years_turned": _("The years were turned round: from %(first)s to %(last)s."),
    "prefix_short": _("A word before * needs two letters at least; “%(word)s” was searched whole."),
    "star_first": _("A word cannot begin with *; “%(word)s” was searched without it."),
    "star_inside": _("* stands only at the end of a word; “%(word)s” was read as “%(read)s”."),
    "left_out": _("Words that say little were left out: %(words)s. In quotation marks they count."),
    "symbol_begins": _("No document has exactly the symbol “%(symbol)s”; all that begin so are shown."),
    "older_state": _("The newest changes are still being taken in; the result may miss them."),
    "in_making": _("The search index is being made. Try again in a moment."),
}


def message(notice: Notice) -> str:
    """The notice in the reader's language."""
    values: Mapping[str, str] = dict(notice.values)
    return str(MESSAGES[notice.code]) % values
