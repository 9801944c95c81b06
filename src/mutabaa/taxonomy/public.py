"""What the portal and the open API may see of this room: all of it, the lists are reference data."""

from mutabaa.taxonomy.models import AffectedGroup, Right, Sdg, State, Theme

__all__ = ["AffectedGroup", "Right", "Sdg", "State", "Theme"]
