"""What the portal and the open API may see of this room: institutions by name, never the people in them."""

from django.db.models import QuerySet

from mutabaa.institutions.models import Institution


def public_institutions() -> QuerySet[Institution]:
    return Institution.objects.all()


__all__ = ["Institution", "public_institutions"]
