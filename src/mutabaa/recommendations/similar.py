"""Recommendations like one: shared themes and groups choose the candidates, shared words rank them."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from mutabaa.core.text import words
from mutabaa.recommendations.models import Recommendation

CANDIDATES = 150
AT_LEAST = 0.12


def similar_to(record: Recommendation, among: QuerySet[Recommendation], limit: int = 6) -> list[Any]:
    """The `limit` most alike among visible rows, each with `.likeness` (0–1, share of common words). Two queries.

    Works across languages only through tags; `AT_LEAST` drops rows that share hardly a word.
    """
    themes = record.themes.order_by().values("pk")
    same_text = Q(text_key=record.text_key) & ~Q(text_key="")
    candidates = (
        among.exclude(pk=record.pk)
        .filter(same_text | Q(themes__in=themes))
        .annotate(shared=Count("themes", filter=Q(themes__in=themes), distinct=True))
        .order_by("-shared", "-published_on", "id")
        .values_list("pk", "text")[:CANDIDATES]
    )
    own = significant(record.text)
    scored = []
    for pk, text in candidates:
        other = significant(text)
        union = len(own | other)
        likeness = len(own & other) / union if union else 0.0
        if likeness >= AT_LEAST:
            scored.append((likeness, pk))
    best = {pk: likeness for likeness, pk in sorted(scored, key=lambda s: (-s[0], s[1]))[:limit]}
    found = among.select_related("document", "mechanism").in_bulk(list(best))
    out = [found[pk] for pk in best if pk in found]
    for row in out:
        row.likeness = best[row.pk]  # type: ignore[attr-defined]
    return out


def significant(text: str) -> set[str]:
    """Words of four letters and more (or Chinese characters): short ones say little."""
    return {w for w in words(text) if len(w) > 3 or "\u4e00" <= w[0] <= "\u9fff"}
