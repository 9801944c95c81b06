"""What can be wrong with a row of a plan's table, and how to mend it. `%(detail)s` comes from the row."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    # The row is kept aside.
    "plan_no_outcome": _("The measure stands under no outcome. Name the desired outcome in the row or above it."),
    "plan_no_target": _("The outcome has no target: “%(detail)s”. Fill the target in, or give one for all rows."),
    "plan_no_lead": _("No lead institution is named. Every measure has exactly one."),
    "plan_two_leads": _("Several lead institutions are named: %(detail)s. Leave one; the others are partners."),
    "plan_institution_unknown": _("The institution “%(detail)s” is not known. Choose on this page which one it is, or add it first."),
    "plan_no_reference": _("No recommendation is named that the measure serves. Write document symbol and paragraph. Read: “%(detail)s”"),
    "plan_no_recommendation": _("No recommendation was found for “%(detail)s”. Check symbol and paragraph, or import the document first."),
    "plan_type_unknown": _("The type of the measure is missing or not known: “%(detail)s”. Correct it, or choose a type for all rows."),
    "plan_date_unreadable": _("The date “%(detail)s” cannot be read. Write a day, a month, a quarter or a year."),
    "plan_end_before_start": _("The measure would end before it starts: %(detail)s. Correct one of the two dates."),
    "plan_money_unreadable": _("The amount “%(detail)s” cannot be read. Write one figure, and the currency by its three letters."),
    "plan_money_negative": _("The amount is less than nothing: “%(detail)s”."),
    "plan_money_too_large": _("The amount is too large: “%(detail)s”. Is the currency right?"),
    "plan_currency_unknown": _("“%(detail)s” is no currency code. Use the three letters of ISO 4217, such as USD, EUR or XOF."),
    "plan_no_currency": _("The amount “%(detail)s” has no currency. Name it in the table, or give the plan a currency."),
    "plan_year_unreadable": _("The budget year “%(detail)s” cannot be read."),
    "plan_marker_unreadable": _("The gender marker “%(detail)s” is not one of 0, 1, 2, 3."),
    "plan_refused": "%(detail)s",  # in the words of the rule that refused it
    # The row is imported, and a person should look.
    "plan_due_assumed": _("No due date is given; the end of the plan was taken: %(detail)s."),
    "plan_year_assumed": _("The amount has no year; the year in which the measure starts was taken: %(detail)s."),
    "plan_currency_assumed": _("Beside the amount stands “%(detail)s”; the currency of the table or plan was taken."),
    "plan_partner_unknown": _("The partner “%(detail)s” is not known; the name was kept among the stakeholders."),
    "plan_reference_unknown": _("For “%(detail)s” no recommendation was found; it was left out."),
    "plan_theme_unknown": _("“%(detail)s” is neither a theme nor a cluster here; it was kept in the situation of the outcome."),
    "plan_source_unknown": _("The source of funding “%(detail)s” is not in the list; it was kept as the name of the source."),
    "plan_marker_unexplained": _("The gender marker %(detail)s has no analysis beside it and was left out: say why it fits."),
    "plan_execution_unknown": _("The status “%(detail)s” is not known; it was kept in the description."),
    "plan_lead_among_partners": _("The lead institution stands among the partners too; it was left out there: %(detail)s."),
    "plan_same_twice": _("The same measure stands in the table twice under this outcome; both were kept."),
}  # fmt: skip

FIELD_LABELS = {
    "theme": _("Theme or cluster"),
    "outcome": _("Desired outcome"),
    "target": _("Target"),
    "title": _("Measure"),
    "type": _("Type of measure"),
    "lead": _("Lead institution"),
    "partners": _("Partner institutions"),
    "stakeholders": _("Stakeholders"),
    "period": _("Period (start and end in one column)"),
    "start": _("Start"),
    "due": _("Due"),
    "budget": _("Budget: amount"),
    "currency": _("Budget: currency"),
    "year": _("Budget: year"),
    "source": _("Budget: source"),
    "funding": _("Budget: funded or not"),
    "indicator": _("Indicator"),
    "beneficiaries": _("Beneficiaries"),
    "gender_marker": _("Gender marker"),
    "gender_analysis": _("Gender analysis"),
    "execution": _("Status of the measure"),
    "progress": _("Progress in words"),
    "references": _("Recommendations served"),
}
