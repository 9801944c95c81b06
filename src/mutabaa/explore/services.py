"""Keeping searches and telling what is new in them.

A record is told once per search, whenever it came to match: imported, tagged, translated or made public. What is told is
written down in the transaction that writes the notice, under a lock on the search, so that two workers cannot tell it twice
and a worker that dies tells it later.
"""

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from mutabaa.audit.services import record as audit
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.explore.asking import Asking
from mutabaa.explore.models import SavedSearch, SearchAlert, fresh, packed, unpacked
from mutabaa.explore.notices import ALERT
from mutabaa.explore.policies import may_change_search, may_save_searches
from mutabaa.notifications.services import notify
from mutabaa.search import changes
from mutabaa.search import services as searching

logger = logging.getLogger("mutabaa.explore")

MOST_SAVED = 100  # of one person
MOST_TOLD = 1000  # records that an alert names; the count is always whole
KEPT_ALERTS = 50  # of one search
LONGEST_NAME = 120


@transaction.atomic
def save_search(by: Any, *, name: str, asking: Asking, alerts: bool) -> SavedSearch:
    """Keep a search. What it finds now is known; only what comes later is told. The log holds neither words nor name."""
    if not may_save_searches(by):
        raise NotAllowed(_("Sign in to save searches."))
    name = cleaned(by, name, None)
    if SavedSearch.objects.visible_to(by).count() >= MOST_SAVED:
        raise Invalid(
            ngettext(
                "You have %(n)s saved search, the most there can be. Delete one first.",
                "You have %(n)s saved searches, the most there can be. Delete one first.",
                MOST_SAVED,
            )
            % {"n": MOST_SAVED}
        )
    search = SavedSearch(user=by, name=name, query=asking.query, language=get_language() or "en", alerts=alerts)
    begin_watching(search)
    search.save()
    audit(by, "search.saved", search, alerts=alerts)
    return search


@transaction.atomic
def change_search(by: Any, search: SavedSearch, *, name: str, alerts: bool) -> SavedSearch:
    """Another name; alerts on or off. Switched on, they begin with what is found now."""
    search = SavedSearch.objects.select_for_update(no_key=True).get(pk=search.pk)
    if not may_change_search(by, search):
        raise NotAllowed(_("This search belongs to somebody else."))
    search.name = cleaned(by, name, search)
    if alerts and not search.alerts:
        begin_watching(search)
    search.alerts = alerts
    search.save()
    audit(by, "search.changed", search, alerts=alerts)
    return search


@transaction.atomic
def delete_search(by: Any, search: SavedSearch) -> None:
    """The search and its alerts; notices that were sent remain."""
    search = SavedSearch.objects.select_for_update(no_key=True).get(pk=search.pk)
    if not may_change_search(by, search):
        raise NotAllowed(_("This search belongs to somebody else."))
    audit(by, "search.deleted", search)
    search.delete()


def cleaned(by: Any, name: str, search: SavedSearch | None) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid(_("Give the search a name."), field="name")
    if len(name) > LONGEST_NAME:
        raise Invalid(
            _("The name is longer than %(most)s characters. Shorten it.") % {"most": LONGEST_NAME}, field="name"
        )
    others = SavedSearch.objects.visible_to(by).filter(name=name)
    if (others.exclude(pk=search.pk) if search is not None else others).exists():
        raise Invalid(_("You have a search of this name already. Choose another name."), field="name")
    return name


def found_by(search: SavedSearch) -> list[int] | None:
    """What the search finds for its owner, in order; None where there is no index yet."""
    with override(search.language):
        return searching.every(search.asking.question(), search.user)


def begin_watching(search: SavedSearch) -> None:
    found = found_by(search)
    if found is not None:
        search.known, search.watched_from = packed(found), timezone.now()


# -- Alerts --------------------------------------------------------------------------------------------------------------------

_looked_at = ""


def look_again() -> int:
    """Look for new results of every search with alerts; returns how many alerts were made. A search that fails is logged and
    does not stop the others."""
    global _looked_at
    state = changes.fingerprint()
    waiting = SavedSearch.objects.filter(alerts=True, user__is_active=True)
    if state == _looked_at:
        waiting = waiting.filter(watched_from=None)
    pks = list(waiting.order_by("pk").values_list("pk", flat=True))
    if pks:
        searching.bring_up_to_date()
    made = whole = 0
    for pk in pks:
        try:
            made += tell_news(pk)
            whole += 1
        except Exception:
            logger.exception("saved search %s could not be looked at", pk)
    if whole == len(pks):
        _looked_at = state
    return made


@transaction.atomic
def tell_news(pk: int) -> bool:
    """Tell the owner of one search what matches anew. True where something did. One search and about eight queries."""
    search = (
        SavedSearch.objects.select_for_update(of=("self",), no_key=True)
        .select_related("user")
        .filter(pk=pk, alerts=True)
        .first()
    )
    found = found_by(search) if search is not None else None
    if search is None or found is None:
        return False
    if search.watched_from is None:
        search.known, search.watched_from = packed(found), timezone.now()
        search.save(update_fields=["known", "watched_from"])
        return False
    new = fresh(found, search.known)
    if not new:
        return False
    search.known = packed(unpacked(search.known) | set(new))
    search.save(update_fields=["known"])
    alert = SearchAlert.objects.create(search=search, records=new[:MOST_TOLD], total=len(new))
    old = SearchAlert.objects.filter(search=search).values_list("pk", flat=True)[KEPT_ALERTS:]
    SearchAlert.objects.filter(pk__in=list(old)).delete()
    notify(
        [search.user],
        kind=ALERT,
        key=f"search:{search.public_id}:{alert.pk}",
        url=search.get_absolute_url() + f"?alert={alert.pk}",
        name=search.name,
        count=len(new),
    )
    audit(None, "search.alerted", search, records=len(new))
    return True
