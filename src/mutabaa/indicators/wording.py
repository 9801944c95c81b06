"""Why something was refused, and what a reader must know, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mutabaa.indicators.statistics.trends import Course

FAULTS = {
    "beyond_whole": _("A proportion lies between 0 and 100 per cent."),
    "negative": _("The value is negative."),
    "negative_part": _("Numerator or denominator is negative."),
    "not_yes_or_no": _("Write 1 where it exists and 0 where it does not."),
    "part_of_a_count": _("A number of cases is a whole number."),
    "nothing_to_share": _("The denominator is 0: a share of nobody is not applicable, it is not 0."),
    "part_beyond_whole": _("The numerator is larger than the denominator."),
    "value_disagrees": _("The value is not what numerator and denominator give."),
    "half_an_interval": _("An interval has a lower and an upper bound."),
    "value_outside_interval": _("The value lies outside its interval."),
    "too_large": _("The number is too large."),
    "value_and_reason": _("There is a value, and a reason why there is none."),
    "no_value": _("The value is missing. Where there is none, say why: missing, not applicable or suppressed."),
    "dash": _("A dash can mean 0 or missing. Write 0, or “..” for missing."),
    "comma": _("The comma can part thousands or decimals. Say which it does in this table."),
    "number": _("This is not a number."),
    "no_period": _("This is not a period. Write 2024, 2024-Q2, 2024-05 or 2019-2021."),
    "unknown_group": _("There is no such group."),
    "unknown_indicator": _("There is no such indicator."),
    "unknown_area": _("There is no such State or area."),
    "twice": _("The same period and group stands in the file twice."),
    "unit": _("The unit is another one than that of the indicator."),
    "not_yours": _("Your institution does not hold the data of this indicator."),
    "series_unknown": _("This series belongs to no indicator of the list."),
    "future": _("The period has not begun yet."),
}  # fmt: skip

NOT_COMPARED = {
    "another_indicator": _("These are two indicators."),
    "counts": _("Numbers of cases are not compared: they depend on how many people there are. Compare a proportion, rate, ratio or index."),
    "no_quantity": _("Whether something exists is no quantity."),
    "another_unit": _("The units differ."),
    "another_period": _("The periods differ. Compare the same period on both sides."),
    "break_between": _("Between the two periods the definition or the source changed: there is a break in the series."),
    "no_figure": _("One of the two has no figure."),
    "same_thing": _("Both sides are the same figure."),
}  # fmt: skip

CAUTIONS = {
    "another_source": _("The two figures come from different sources."),
    "few_asked": _("Fewer than 30 people were asked on one side: the figure says little."),
    "intervals_apart": _("The confidence intervals do not overlap: the difference is clear."),
    "intervals_overlap": _("The confidence intervals overlap: the difference may be chance."),
}

NOT_COMBINED = {
    "nothing": _("There is nothing to put together."),
    "no_parts": _("Percentages are never averaged. Without numerator and denominator of each group there is no figure for all of them."),
    "absent": _("A group has no figure, so that nothing can be said of all of them."),
    "index": _("An index cannot be put together from its parts."),
    "existence": _("Whether something exists is no quantity."),
}  # fmt: skip

COURSES = {
    Course.IMPROVING: pgettext_lazy("trend", "Improving"),
    Course.WORSENING: pgettext_lazy("trend", "Worsening"),
    Course.RISING: pgettext_lazy("trend", "Rising"),
    Course.FALLING: pgettext_lazy("trend", "Falling"),
    Course.STEADY: pgettext_lazy("trend", "No clear change"),
    Course.TOO_SHORT: pgettext_lazy("trend", "Fewer than three points: no trend is stated"),
}
COURSE_TONE = {Course.IMPROVING: "good", Course.WORSENING: "bad"}


def faults_in_words(codes: Iterable[str]) -> str:
    return " ".join(str(FAULTS.get(code, code)) for code in codes)
