"""The public page of one recommendation, and the same as data."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mutabaa.accounts.access import EVERYONE, allow
from mutabaa.core.installation import current
from mutabaa.core.models import CONTENT_LANGUAGES, Visibility
from mutabaa.followup import public as followup
from mutabaa.norms.public import EVERYONE as VISITOR
from mutabaa.norms.public import instruments_on, linked_instruments, names_on_record
from mutabaa.plans.public import measures_serving
from mutabaa.recommendations.public import (
    Tag,
    citation,
    public_clusters,
    public_recommendations,
    similar_to,
    tag_rows,
    tags_of,
    translations_in,
)


@dataclass(frozen=True)
class RecordPage:
    """Everything published about one recommendation: page and data read the same."""

    record: Any
    tags: dict[str, list[Tag]]
    translations: list[Any]
    positions: list[Any]
    statuses: list[Any]
    updates: list[Any]
    assessments: list[Any]
    comments: list[Any]
    instruments: list[Any]
    similar: list[Any]
    measures: list[Any]
    citation: str

    @property
    def present(self) -> Any:
        """The judgement that stands on the record."""
        own = [e for e in self.statuses if e.component_id is None]
        return next((e for e in own if e.status == self.record.status), None)


def read(public_id: str, installation: Any) -> RecordPage:
    """At most 12 queries. Raises Http404 where the record is not published."""
    record = get_object_or_404(public_recommendations().for_page(), public_id=public_id)
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    first = next((code for code in installation.languages or [] if code in CONTENT_LANGUAGES), "en")
    tags = named(record)
    updates = followup.updates_on(record.pk)
    for update in updates:
        update.shown_obstacles = [tag.name for tag in tags["obstacle"] if tag.of == update.pk]
    return RecordPage(
        record=record,
        tags=tags,
        translations=translations_in(tags),
        positions=record.positions_stated(),
        statuses=followup.statuses_on(record.pk, language, first),
        updates=updates,
        assessments=followup.assessments_on(record.pk),
        comments=followup.comments_on(record.pk),
        instruments=linked_instruments(tags),
        similar=similar_to(record, public_recommendations()),
        measures=measures_serving(record.pk),
        citation=citation(record, [tag.name for tag in tags["state"]]),
    )


def named(record: Any) -> dict[str, list[Tag]]:
    """All that `tags_of` reads, with institutions and obstacles, by kind: one query."""
    held = [
        tag_rows(
            role, record.responsibilities.filter(role=role), "institution__code", "institution__", "institution_id"
        )
        for role in ("lead", "partner")
    ]
    met = tag_rows(
        "obstacle", followup.obstacles_on(record.pk), "obstacle__code", "obstacle__", "obstacle__order", of="update_id"
    )
    return tags_of(record, public_clusters(), [*held, met, *names_on_record(record, VISITOR)])


@allow(EVERYONE)
@require_safe
def recommendation(request: HttpRequest, public_id: str) -> HttpResponse:
    installation = current()
    page = read(public_id, installation)
    return render(
        request,
        "portal/recommendation.html",
        {
            "installation": installation,
            "page": page,
            "record": page.record,
            "tags": page.tags,
            "document_is_public": page.record.document.visibility == Visibility.PUBLIC,
            "address": request.build_absolute_uri(page.record.get_absolute_url()),
        },
    )


@allow(EVERYONE)
@require_safe
def as_json(request: HttpRequest, public_id: str) -> HttpResponse:
    """The record as data, under the same rules as its page."""
    page = read(public_id, current())
    response = JsonResponse(data_of(page, request), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="recommendation-{page.record.public_id}.json"'
    return response


def data_of(page: RecordPage, request: HttpRequest) -> dict[str, Any]:
    record = page.record

    def named(kind: str) -> list[dict[str, str]]:
        return [{"code": tag.code, "name": tag.name} for tag in page.tags[kind]]

    def symbol(document: Any) -> str | None:
        return str(document) if document is not None and document.visibility == Visibility.PUBLIC else None

    return {
        "id": record.public_id,
        "address": request.build_absolute_uri(record.get_absolute_url()),
        "citation": page.citation,
        "state": record.state_id,
        "kind": record.kind,
        "mechanism": {"code": record.mechanism.code, "name": str(record.mechanism), "family": record.mechanism.family},
        "document": {
            "symbol": record.document.symbol, "title": record.document.title, "date": record.document.published_on,
            "address": record.document.url or None,
        },
        "paragraph": record.paragraph,
        "cycle": record.cycle,
        "language": record.language,
        "text": record.text,
        "translations": [{"language": t.language, "official": t.official, "text": t.text} for t in page.translations],
        "recommending_states": named("state"),
        "positions": [
            {"position": p.position, "partial": p.partial, "text": p.text, "date": p.stated_on, "document": symbol(p.document)}
            for p in page.positions
        ],
        "themes": named("theme"),
        "groups": named("group"),
        "sdgs": named("sdg"),
        "clusters": named("cluster"),
        "lead_institution": next(iter(named("lead")), None),
        "partner_institutions": named("partner"),
        "status": record.status,
        "status_on": record.status_on,
        "priority": record.priority or None,
        "components": [
            {"label": c.label, "text": c.text, "status": c.status, "status_on": c.status_on,
             "institution": c.institution.code if c.institution else None}
            for c in record.components.all()
        ],
        "statuses": [
            {"status": e.status, "date": e.on, "criterion": e.criterion, "note": e.note,
             "component": e.component.label if e.component else None,
             "after_update_of": e.shown_update.institution.code if e.shown_update else None}
            for e in page.statuses
        ],
        "updates": [
            {"institution": {"code": u.institution.code, "name": str(u.institution)}, "published_at": u.published_at,
             "language": u.language, "what_was_done": u.what_was_done, "from": u.done_from, "until": u.done_until,
             "for_whom": u.for_whom, "obstacles": u.shown_obstacles, "obstacles_in_words": u.obstacle_text,
             "next_step": u.next_step, "component": u.component.label if u.component else None,
             "evidence": [{"title": e.title, "address": e.url or None, "sha256": e.sha256 or None} for e in u.shown_evidence]}
            for u in page.updates
        ],
        "instruments": [
            {"title": str(i), "kind": i.kind, "state": i.state, "citation": i.citation, "adopted_on": i.adopted_on,
             "adopted_by": i.adopted_by.code if i.adopted_by else None, "text": i.url or None,
             "address": request.build_absolute_uri(i.get_absolute_url())}
            for i in instruments_on(record.pk)
        ],
        "external_assessments": [
            {"assessor": a.assessor, "name": a.assessor_name, "scale": a.grade.scale.code, "grade": a.grade.code,
             "grade_name": a.grade.name, "date": a.on, "text": a.text, "document": symbol(a.document)}
            for a in page.assessments
        ],
        "comments": [
            {"author": str(c.author), "role": c.author.role, "date": c.written_at, "text": c.text} for c in page.comments
        ],
    }  # fmt: skip
