"""What is measured, and what was found."""

from mutabaa.indicators.models.figures import Delivery, FigureRequest, Observation
from mutabaa.indicators.models.indicators import SEX, Attribute, Category, Dimension, Indicator, TargetPoint

__all__ = [
    "SEX",
    "Attribute",
    "Category",
    "Delivery",
    "Dimension",
    "FigureRequest",
    "Indicator",
    "Observation",
    "TargetPoint",
]
