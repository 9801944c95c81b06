"""Tags that every template has: bidi isolation, dates, addresses that keep the view, components."""

import datetime as dt
import functools
from collections.abc import Iterable
from html import escape
from typing import Any

from babel.dates import format_date, format_time, get_datetime_format
from babel.numbers import format_decimal, format_percent
from django import template
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import conditional_escape, format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mutabaa.core.exports import NAMES

register = template.Library()

RIGHT_TO_LEFT = {"ar"}
SELECTED = SafeString(" selected")


def babel_locale() -> str:
    """The CLDR locale of the page. Arabic pages use the digits 0–9, as newer UN Arabic documents do."""
    language = (translation.get_language() or "en")[:2]
    return {"en": "en_GB", "zh": "zh_Hans"}.get(language, language)


@register.filter
def symbol(value: Any) -> SafeString | str:
    """A document symbol or paragraph number: always left to right, isolated from the text around it."""
    return format_html('<bdi dir="ltr" class="symbol">{}</bdi>', value) if value else ""


@register.simple_tag
def reference(record: Any) -> SafeString:
    """Symbol and paragraph of a record: `CRC/C/XMU/CO/4-5, para. 24 (a)`. Reads `document`. Written here, not in a template: a
    list has dozens."""
    told = symbol(record.document.symbol or record.document.title)
    if record.paragraph:
        told += f"{before_paragraph(translation.get_language())}{symbol(record.paragraph)}</span>"
    return SafeString(f"<bdi>{told}</bdi>")


@functools.cache
def before_paragraph(language: str | None) -> SafeString:
    """What stands between a symbol and a paragraph's number in the active language. Kept, for the same reason."""
    return format_html('{}<span class="nowrap">{} ', pgettext("between symbol and paragraph", ", "), _("para."))


@register.filter
def isolate(value: Any) -> SafeString | str:
    """A name or text whose direction is its own."""
    return format_html("<bdi>{}</bdi>", value) if value not in (None, "") else ""


@register.filter
def listed(names: Iterable[Any]) -> SafeString:
    """Names in a row, each with a direction of its own, with the comma of the page's language."""
    comma = list_comma(translation.get_language())
    return SafeString(comma.join(f"<bdi>{conditional_escape(name)}</bdi>" for name in names))


@functools.cache
def list_comma(language: str | None) -> str:
    """Of the active language."""
    return conditional_escape(pgettext("list separator", ", "))


def date_style(style: str, locale: str) -> str:
    """Arabic's medium date is all digits, and reads backwards to many: the long one stands for it."""
    return "long" if style == "medium" and locale == "ar" else style


def written(value: dt.date, style: str = "medium") -> str:
    """A day as it is written in the page's language: `31 May 2026`."""
    locale = babel_locale()
    return str(format_date(value, date_style(style, locale), locale=locale))


@register.filter
def day(value: dt.date | dt.datetime | None, style: str = "medium") -> SafeString | str:
    """A date in the page's language, machine-readable in `<time>`."""
    if not value:
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return time_element(value, style, babel_locale())


@functools.lru_cache(maxsize=4096)
def time_element(value: dt.date, style: str, locale: str) -> SafeString:
    """Kept, because the records of one document have one date, and a table has hundreds."""
    shown = format_date(value, date_style(style, locale), locale=locale)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), shown)


@register.filter
def moment(value: dt.datetime | None) -> SafeString | str:
    """Date and time to the minute."""
    if not value:
        return ""
    local, locale = timezone.localtime(value), babel_locale()
    date = format_date(local, date_style("medium", locale), locale=locale)
    both = str(get_datetime_format("medium", locale)).format(format_time(local, "short", locale=locale), date)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), both.replace("'", ""))


@functools.lru_cache(maxsize=4096)
def decimal(value: float, locale: str) -> str:
    """Kept, because a page of figures writes a thousand numbers, most of them small and the same."""
    return format_decimal(value, locale=locale, numbering_system="latn")


@register.filter
def number(value: float | str | None) -> SafeString | str:
    """A dash where there is none: None, or a name that the page does not know."""
    if value is None or isinstance(value, str):
        return "–"
    return SafeString(f'<bdi dir="ltr">{escape(decimal(value, babel_locale()))}</bdi>')


@register.filter
def percent(value: float | None) -> SafeString | str:
    """A share between 0 and 1; None where there is nothing to take a share of."""
    if value is None:
        return "–"
    return format_html('<bdi dir="ltr">{}</bdi>', format_percent(value, locale=babel_locale(), numbering_system="latn"))


@register.filter
def text_direction(language: str) -> str:
    return "rtl" if (language or "")[:2] in RIGHT_TO_LEFT else "ltr"


@register.filter
def html_language(language: str) -> str:
    """The BCP 47 tag for a `lang` attribute."""
    return "zh-Hans" if (language or "").startswith("zh") else language


@register.filter
def paragraphs(text: str) -> SafeString:
    return SafeString(linebreaks(text or "", autoescape=True))  # linebreaks escapes its input


@register.simple_tag(takes_context=True)
def view_address(context: dict[str, Any], **changes: Any) -> str:
    """The query string of the present view with some parameters changed; None or "" drops one; the page always goes."""
    request = context["request"]
    query: QueryDict = request.GET.copy()
    query.pop("page", None)
    query.pop("lang", None)
    for key, value in changes.items():
        if isinstance(value, (list, tuple)):
            query.setlist(key, [str(v) for v in value])
        elif value in (None, ""):
            query.pop(key, None)
        else:
            query[key] = str(value)
    return "?" + query.urlencode()


@register.simple_tag(takes_context=True)
def language_address(context: dict[str, Any]) -> str:
    """The present address, where the language form returns to."""
    return context["request"].get_full_path()


@register.inclusion_tag("core/components/pagination.html", takes_context=True)
def pagination(context: dict[str, Any], page: Any) -> dict[str, Any]:
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    base = view_address(context)
    return {"page": page, "numbers": list(numbers), "base": base if base == "?" else base + "&"}


@register.inclusion_tag("core/components/download_menu.html")
def download_menu(label: str, page: str, query: str = "", small: bool = False) -> dict[str, Any]:
    """A table in every form that it can be downloaded in. `page` names an address whose one argument is the form."""
    suffix = f"?{query}" if query else ""
    forms = [(reverse(page, args=[form]) + suffix, name) for form, name in NAMES.items()]
    return {"label": label, "forms": forms, "small": small}


@register.inclusion_tag("core/components/empty.html")
def empty_state(title: str, text: str = "", url: str = "", action: str = "") -> dict[str, str]:
    """What a page says where it has nothing to show: why, and what to do next."""
    return {"title": title, "text": text, "url": url, "action": action}


@register.inclusion_tag("core/components/field.html")
def field(bound: Any, hint: str = "") -> dict[str, Any]:
    """One form field: label, help, error, control, tied together for assistive technology."""
    described = [f"{bound.id_for_label}-help"] if (hint or bound.help_text) else []
    if bound.errors:
        described.append(f"{bound.id_for_label}-error")
    attrs: dict[str, Any] = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    kind = type(bound.field.widget).__name__
    return {"bound": bound, "control": bound.as_widget(attrs=attrs), "hint": hint or bound.help_text, "kind": kind}


@register.simple_tag
def tag(label: str, url: str = "", kind: str = "") -> SafeString:
    """A small label, a link where it has an address. Written here, not in a template: a table has hundreds."""
    if url:
        return format_html('<a class="tag {}" href="{}"><bdi>{}</bdi></a>', kind, url, label)
    return format_html('<span class="tag {}"><bdi>{}</bdi></span>', kind, label)


@register.simple_tag
def option_list(options: Iterable[Any]) -> SafeString:
    """The `<option>`s of a select, from objects with `value`, `label` and `chosen`. A filter bar has hundreds of them."""
    return format_html_join(
        "", '<option value="{}"{}>{}</option>', ((o.value, SELECTED if o.chosen else "", o.label) for o in options)
    )


@register.filter
def value_of(mapping: dict[str, Any], key: str) -> Any:
    """`mapping[key]`, or an empty list: what Django's dot cannot look up by a variable."""
    return mapping.get(key, [])
