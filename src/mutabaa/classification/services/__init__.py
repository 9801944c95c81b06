"""The verbs of the room. Other rooms call these: `suggest_texts` for items that are not in the database yet."""

from mutabaa.classification.services.deciding import accept, reconsider, reject
from mutabaa.classification.services.learning import run_training, start_training, train
from mutabaa.classification.services.mapping import add_national_theme, map_theme, unmap_theme
from mutabaa.classification.services.suggesting import Suggested, suggest_for, suggest_new, suggest_texts

__all__ = [
    "Suggested",
    "accept",
    "add_national_theme",
    "map_theme",
    "reconsider",
    "reject",
    "run_training",
    "start_training",
    "suggest_for",
    "suggest_new",
    "suggest_texts",
    "train",
    "unmap_theme",
]
