"""The national list of themes and what each of its themes is in UHRI's."""

from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mutabaa.audit.services import record as audit
from mutabaa.classification.models import Looked, ThemeMapping
from mutabaa.classification.policies import may_map_themes
from mutabaa.classification.services.learning import SUGGEST
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.jobs.services import enqueue_once
from mutabaa.recommendations.models import Recommendation
from mutabaa.taxonomy.models import Theme

NATIONAL, UHRI = "national", "uhri"


def require_mapper(by: Any) -> None:
    if not may_map_themes(by):
        raise NotAllowed(_("Only the secretariat maps themes."))


@transaction.atomic
def add_national_theme(by: Any, *, name: str) -> Theme:
    """A theme of the State's own list, named in the language of the page."""
    require_mapper(by)
    name = " ".join(name.split())
    if not name:
        raise Invalid(_("Give the theme a name."), field="name")
    column = f"name_{(get_language() or 'en')[:2]}"
    if Theme.objects.filter(scheme=NATIONAL, **{column: name}).exists():
        raise Invalid(_("The national list has a theme of this name already."), field="name")
    order = (Theme.objects.aggregate(last=Max("order"))["last"] or 0) + 1
    code = f"national-{slugify(name)[:40] or order}"
    if Theme.objects.filter(code=code).exists():
        code = f"{code}-{order}"
    theme = Theme.objects.create(code=code, scheme=NATIONAL, order=order, **{column: name[:200]})
    audit(by, "theme.added", theme, code=code, name=name)
    return theme


@transaction.atomic
def map_theme(by: Any, *, national: Theme, uhri: Theme) -> ThemeMapping:
    """From now on a record tagged with one is offered the other; records that have one already are looked at again."""
    require_mapper(by)
    if national.scheme != NATIONAL or uhri.scheme != UHRI:
        raise Invalid(_("A mapping leads from a national theme to one of UHRI's."), field="uhri")
    row, new = ThemeMapping.objects.get_or_create(national=national, uhri=uhri, defaults={"created_by": by})
    if new:
        audit(by, "theme.mapped", row, national=national.code, uhri=uhri.code)
        look_again(national, uhri)
    return row


@transaction.atomic
def unmap_theme(by: Any, row: ThemeMapping) -> None:
    """Take a mapping back. Tags that were accepted through it stay; proposals through it go."""
    require_mapper(by)
    audit(by, "theme.unmapped", row, national=row.national.code, uhri=row.uhri.code)
    look_again(row.national, row.uhri)
    row.delete()


def look_again(national: Theme, uhri: Theme) -> None:
    tagged = Recommendation.objects.own().filter(Q(themes=national) | Q(themes=uhri)).values("pk")
    Looked.objects.filter(recommendation__in=tagged).delete()
    enqueue_once(SUGGEST)
