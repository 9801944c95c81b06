"""The words of the intake room: plain data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Format(models.TextChoices):
    UHRI = "uhri", _("Universal Human Rights Index (JSON or XLSX)")
    UPR_LIST = "upr-list", _("OHCHR's thematic list of UPR recommendations (Word)")
    DOCUMENT = "document", _("Official document (Word, PDF, HTML or text)")
    PLAN = "plan", _("An existing plan (Word or Excel table)")
    TABLE = "table", _("Table (CSV or XLSX): UPR Info, SDG–Human Rights Data Explorer, or your own")


class BatchState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("import", "Waiting")
    MAPPING = "mapping", pgettext_lazy("import", "Waiting for its columns")
    REVIEW = "review", pgettext_lazy("import", "Waiting for your review")
    READING = "reading", pgettext_lazy("import", "Being read")
    PREVIEWED = "previewed", pgettext_lazy("import", "Ready for your decision")
    APPLYING = "applying", pgettext_lazy("import", "Being applied")
    APPLIED = "applied", pgettext_lazy("import", "Applied")
    REFUSED = "refused", pgettext_lazy("import", "Could not be read")
    DISCARDED = "discarded", pgettext_lazy("import", "Discarded")
    UNDONE = "undone", pgettext_lazy("import", "Undone")


BATCH_TONE = {
    "previewed": "warn",
    "mapping": "warn",
    "review": "warn",
    "applied": "good",
    "refused": "bad",
    "reading": "fair",
    "applying": "fair",
}


class Purpose(models.TextChoices):
    """What becomes of a document that was read."""

    RECORDS = "records", _("New records")
    TRANSLATION = "translation", _("Official translations of records that are here")
    POSITIONS = "positions", _("The State's positions on recommendations that are here")


class ItemState(models.TextChoices):
    """Nothing of a document enters the database before a person has said so of each item, or of all."""

    PROPOSED = "proposed", pgettext_lazy("item", "To be reviewed")
    ACCEPTED = "accepted", pgettext_lazy("item", "Accepted")
    LEFT_OUT = "left_out", pgettext_lazy("item", "Left out")


ITEM_TONE = {"proposed": "warn", "accepted": "good", "left_out": ""}


class Outcome(models.TextChoices):
    """Each row has exactly one, so that they add up to the rows."""

    NEW = "new", pgettext_lazy("import row", "New")
    CHANGED = "changed", pgettext_lazy("import row", "Changed")
    UNCHANGED = "unchanged", pgettext_lazy("import row", "Unchanged")
    DOUBTFUL = "doubtful", pgettext_lazy("import row", "Doubtful")
    REFUSED = "refused", pgettext_lazy("import row", "Not imported")


# Why a row is doubtful (imported, but a person should look) or refused (not imported). `%(detail)s` comes from the row.
REASONS = {
    "type_assumed": _("The type is missing or unreadable; it was taken as a recommendation."),
    "position_split": _("The position is given as supported and noted at once; it was recorded as supported in part."),
    "position_unknown": _("The position “%(detail)s” is not known; none was recorded."),
    "unknown_theme": _("The theme “%(detail)s” was not known; it was added to the list under this name."),
    "unknown_group": _("The affected group “%(detail)s” was not known; it was added to the list under this name."),
    "unknown_sdg": _("The Sustainable Development Goal or target “%(detail)s” is not known and was left out."),
    "unknown_body": _("The mechanism “%(detail)s” was not known; it was added to the list under this name."),
    "unknown_recommending": _("The recommending State “%(detail)s” is not known and was left out."),
    "several_states": _(
        "The row names several States (%(detail)s); it was recorded under the first, or under this State where named."
    ),
    "state_from_symbol": _("No State is named; “%(detail)s” was taken from the document symbol."),
    "id_clash": _("Another record carries the same identifier (%(detail)s) with other content; both were kept."),
    "no_id": _("The row has no identifier; it will be recognized by its content."),
    "same_paragraph": _("The document already has another text under paragraph %(detail)s; both were kept."),
    "kept_ours": _("The source changed “%(detail)s”, and so did a person here; what the person wrote was kept."),
    "date_unreadable": _("The date “%(detail)s” could not be read and was left out."),
    "cycle_differs": _("The cycle given differs from that of the session (%(detail)s); the session's was recorded."),
    "extra_cells": _("The row has more cells than the header has columns; the extra ones were left out: %(detail)s"),
    "several_matches": _("Several records have this text; none of them was matched, and the row was kept apart."),
    "language_unsure": _("The language of the text could not be told with certainty; it was recorded as “%(detail)s”."),
    "value_unknown": _("The value “%(detail)s” is not in the mapping and was left out."),
    "covers_several": _(
        "The row holds the texts of several records of this document at once; its tags went to the first of them, and no record was made."
    ),
    "no_such_record": _("No record of this review has the paragraph %(detail)s. Import the document itself first."),
    "no_position": _("The document does not say what the State's position is."),
    "same_language": _("The record is in this language already."),
    "empty_text": _("The text is empty."),
    "no_state": _("No State is named, and the document symbol has none."),
    "unknown_state": _("The State “%(detail)s” is not known."),
    "no_body": _("No mechanism is named."),
    "bad_field": _("The field “%(detail)s” does not hold what it should."),
}

# What a person should know of the reading of a document; `%(detail)s` comes with the notice.
NOTICES = {
    "pages_without_text": _("Some pages hold no text, only pictures, and were not read: %(detail)s."),
    "no_items": _("Nothing was found in the document that could be a recommendation or another item."),
}

# Why an item found in a document is doubtful; "type_assumed" is among the reasons above.
DOUBTS = {
    "no_states": _("No recommending State was found at its end."),
    "no_position": _("The document does not say whether it is supported."),
    "no_number": _("Its number was not found."),
}

# Defects of outside files that are put right silently, and counted. Names in the interface.
QUIRKS = {
    "html": _("HTML markup removed"),
    "nbsp": _("non-breaking spaces made plain"),
    "hyphen_split": _("words split by a hyphen joined"),
    "double_space": _("double spaces removed"),
    "type_missing": _("type missing"),
    "type_uuid": _("identifier in place of the type"),
    "long_body_name": _("mechanism under its long name"),
    "iso2_country": _("country code among the names of countries"),
    "asterisk": _("asterisk after the name of a State"),
    "country_from_symbol": _("State taken from the document symbol"),
    "european_union": _("records on the European Union"),
    "duplicate_same": _("the same record twice"),
    "duplicate_other": _("the same identifier on two different records"),
    "empty_text": _("text empty"),
    "upr_paragraph": _("paragraph number at the start of the text"),
    "upr_no_paragraph": _("UPR text without a paragraph number"),
    "upr_states_in_text": _("recommending States at the end of the text"),
    "upr_row_per_state": _("one row per recommending State, put together"),
    "same_text_twice": _("the same text twice in a document under two identifiers, put together"),
    "position_split": _("supported and noted at once"),
    "unknown_label": _("label not known"),
    "excel_date": _("date as an Excel serial number"),
    "several_dates": _("one document under several dates"),
    "ragged": _("row with fewer or more cells than the header"),
}
