"""What the portal and the open API may see of this room: mechanisms, and documents that are public."""

from django.db.models import QuerySet

from mutabaa.core.models import Visibility
from mutabaa.mechanisms.models import Document, Family, Mechanism


def public_documents() -> QuerySet[Document]:
    """Documents open to everyone, of any State: callers narrow them to those of records that a visitor may read."""
    return Document.objects.filter(visibility=Visibility.PUBLIC)


__all__ = ["Document", "Family", "Mechanism", "public_documents"]
