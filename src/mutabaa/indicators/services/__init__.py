"""The verbs of the room."""

from mutabaa.indicators.services.deliveries import apply_delivery, discard_delivery, take_in, undo_delivery
from mutabaa.indicators.services.entering import Refused, enter, sort_out, withdraw
from mutabaa.indicators.services.managing import create_indicator, set_path, update_indicator
from mutabaa.indicators.services.requests import answer, ask_for_figures, close_request
from mutabaa.indicators.services.validating import return_figure, validate

__all__ = [
    "Refused",
    "answer",
    "apply_delivery",
    "ask_for_figures",
    "close_request",
    "create_indicator",
    "discard_delivery",
    "enter",
    "return_figure",
    "set_path",
    "sort_out",
    "take_in",
    "undo_delivery",
    "update_indicator",
    "validate",
    "withdraw",
]
