"""The steps of a request as pages: what each asks, who finds it, which deed it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from mutabaa.assistance import services
from mutabaa.assistance.forms.requests import (
    AnswerForm,
    ConsentForm,
    EvaluateForm,
    NoteForm,
    PlainForm,
    ReadersForm,
    ReasonForm,
    SubmitForm,
)
from mutabaa.assistance.models import AssistanceRequest
from mutabaa.assistance.policies import (
    may_approve,
    may_ask_back,
    may_conduct,
    may_consent,
    may_edit_request,
    may_publish,
    may_report_on,
    may_withdraw,
)
from mutabaa.assistance.states import REQUEST_STEPS

May = Callable[[Any, AssistanceRequest], bool]


@dataclass(frozen=True)
class StepPage:
    """`to`: the state it leads to, which must be open from the present one; empty where the policy says it all."""

    slug: str
    title: Any
    explanation: Any
    action: Any
    form: Any
    deed: Callable[..., AssistanceRequest]
    may: May
    to: str = ""
    done: Any = _("The step was recorded.")
    quiet: bool = False

    def is_open(self, person: Any, request: AssistanceRequest) -> bool:
        return (not self.to or self.to in REQUEST_STEPS[request.state]) and self.may(person, request)


STEP_PAGES = [
    StepPage(
        "ask-approval", _("Ask for approval"),
        _("The request goes to the validating authority of the institution, then to the State’s authority. Nothing leaves before both agree."),
        _("Ask for approval"), PlainForm, services.ask_approval, may_edit_request,
        done=_("The request was handed in for approval."),
    ),
    StepPage(
        "approve", _("Approve for the institution"),
        _("With your approval the institution stands for the request. The State’s consent is still to come."),
        _("Approve"), PlainForm, services.approve, may_approve, "to_consent",
    ),
    StepPage(
        "consent", _("Record the State’s consent"),
        _("The gate: the authority, the instrument and its date. After this the request may be submitted. You cannot record it for a text that you wrote, where another person can."),
        _("Record the consent"), ConsentForm, services.consent, may_consent, "approved",
    ),
    StepPage(
        "submit", _("Submit to the addressee"), _("Say when and how the request left."),
        _("Record the submission"), SubmitForm, services.submit, may_conduct, "submitted",
    ),
    StepPage(
        "discuss", _("Under discussion"), _("The addressee has taken it up: questions, visits, changes that were agreed."),
        _("Record the discussion"), NoteForm, services.discuss, may_conduct, "under_discussion",
    ),
    StepPage(
        "answer", _("Record the answer"), _("Granted, granted in part, or declined: what, how much, on which conditions."),
        _("Record the answer"), AnswerForm, services.answer, may_conduct, "granted",
    ),
    StepPage(
        "deliver", _("Delivery has begun"), _("The assistance is being provided."),
        _("Record the delivery"), NoteForm, services.deliver, may_report_on, "delivering",
    ),
    StepPage(
        "complete", _("Delivery is complete"), _("All that was granted has been provided."),
        _("Record the completion"), NoteForm, services.complete, may_report_on, "completed",
    ),
    StepPage(
        "evaluate", _("Evaluate"), _("What was achieved against each expected result, and what was learned."),
        _("Record the evaluation"), EvaluateForm, services.evaluate, may_report_on, "evaluated",
    ),
    StepPage(
        "readers", _("Who may read it"), _("A request is internal until the State chooses to share it. “Public” shows it to the national human rights institution, civil society and parliament."),
        _("Save"), ReadersForm, services.show_to, may_publish, quiet=True, done=_("Saved."),
    ),
    StepPage(
        "ask-back", _("Ask back"), _("The writers read your reason and change the draft. A consent that was given falls, because it was given to this text."),
        _("Ask back"), ReasonForm, services.ask_back, may_ask_back, "draft", quiet=True,
    ),
    StepPage(
        "withdraw", _("Withdraw"), _("The request ends here. Its text and its history stay."),
        _("Withdraw the request"), ReasonForm, services.withdraw, may_withdraw, "withdrawn", quiet=True,
    ),
]  # fmt: skip
BY_SLUG = {page.slug: page for page in STEP_PAGES}


def open_steps(person: Any, request: AssistanceRequest) -> list[StepPage]:
    """What this person can do with the request now, in order."""
    return [page for page in STEP_PAGES if page.is_open(person, request)]
