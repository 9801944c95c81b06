"""Remarks on items, and their moderation."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.followup.models import Comment
from mutabaa.followup.policies import can_see, may_comment, may_hide_comment
from mutabaa.followup.services.rows import required
from mutabaa.notifications.services import notify
from mutabaa.recommendations.models import Recommendation

MAX_COMMENT = 10_000  # characters


@transaction.atomic
def add_comment(by: Any, recommendation: Recommendation, text: str, *, public: bool = True) -> Comment:
    """A remark under the person's name. Nobody can change it afterwards."""
    if not can_see(by, recommendation) or not may_comment(by, recommendation):
        raise NotAllowed(_("You cannot comment on this recommendation."))
    text = required(text, _("Write your comment first."), "text")
    if len(text) > MAX_COMMENT:
        raise Invalid(_("The comment is too long. Shorten it, or add the long text as a link."), field="text")
    row = Comment.objects.create(recommendation=recommendation, author=by, text=text, public=public)
    record(by, "comment.added", recommendation, comment=row.pk, public=public)
    return row


@transaction.atomic
def hide_comment(by: Any, comment: Comment, reason: str) -> Comment:
    """Take a comment out of sight, with a reason that the author is told. The text stays on record."""
    row = (
        Comment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("author", "recommendation__document")
        .get(pk=comment.pk)
    )
    if not may_hide_comment(by, row):
        raise NotAllowed(_("This comment is hidden already, or you cannot hide it."))
    row.hidden_because = required(
        reason, _("Say why the comment is hidden. Its author will read the reason."), "reason"
    )
    row.save(update_fields=["hidden_because"])
    record(by, "comment.hidden", row.recommendation, comment=row.pk, reason=row.hidden_because)
    if row.author_id != by.pk:
        notify(
            [row.author],
            kind="followup.comment_hidden",
            key=f"comment-hidden:{row.pk}",
            url=row.recommendation.workspace_url(),
            reference=row.recommendation.reference,
            reason=row.hidden_because,
        )
    return row
