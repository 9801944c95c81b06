"""What rooms contribute to pages that no single room owns: the menu, the first page, and parts of a record's page.

A room registers a function at start-up (`AppConfig.ready`); the page calls whatever is registered. So the
recommendation's page can show follow-up without importing it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class MenuItem:
    """One entry of the main menu. `audience` holds role values ("visitor" included); `count` gives a number or 0."""

    label: Any
    url_name: str
    audience: frozenset[str]
    prefix: str
    order: int = 100
    count: Callable[[HttpRequest], int] | None = None


@dataclass(frozen=True)
class Panel:
    """A block on a page: a template and the context for it. None instead of a Panel shows nothing."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 100


menu: list[MenuItem] = []
desk_panels: list[Callable[[HttpRequest], Panel | None]] = []
record_panels: list[Callable[[HttpRequest, Any], Panel | None]] = []
# Parts, made with `recommendations.tagging.tag_rows`, of the one query that reads the names on a record's page; the panels find
# them in `record.named`.
record_names: list[Callable[[Any, Any], list[Any]]] = []
record_likeness_panels: list[Callable[[HttpRequest, Any], Panel | None]] = []  # fetched when a person comes to them
record_side_panels: list[Callable[[HttpRequest, Any], Panel | None]] = []
institution_panels: list[Callable[[HttpRequest, Any], Panel | None]] = []
cluster_panels: list[Callable[[HttpRequest, Any], Panel | None]] = []
instrument_panels: list[Callable[[HttpRequest, Any], Panel | None]] = []
measure_panels: list[Callable[[HttpRequest, Any], Panel | None]] = []


def collect(makers: list[Any], *args: Any) -> list[Panel]:
    """The panels that apply, in order."""
    return sorted((p for make in makers if (p := make(*args)) is not None), key=lambda p: p.order)
