"""`mutabaa search QUERY` and `mutabaa search rebuild`."""

import argparse
import json
import sys
import time
from typing import Any

import django

EXAMPLES = """examples:
  mutabaa search '"rule of law" NOT independence' --filter body=CEDAW --filter body=CAT
  mutabaa search 'discriminat* year:2019..2023' --scope all --json
  mutabaa search rebuild
"""


def run(argv: list[str]) -> int:
    if argv[:1] == ["rebuild"] and len(argv) == 1:
        django.setup()
        return rebuild()
    p = argparse.ArgumentParser(
        prog="mutabaa search",
        description="Search as a visitor of the public site does, or as a person with an account. `mutabaa search rebuild` makes the index anew.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    p.add_argument(
        "query", help='words, "phrase", -not, AND OR NOT ( ), prefix*, body:CEDAW, year:2019..2023, a symbol'
    )
    p.add_argument("--filter", action="append", default=[], metavar="FACET=CODE", help="may be given several times")
    p.add_argument(
        "--scope",
        choices=["own", "other", "all"],
        default="all",
        help="the State's own records, other States', or all (default)",
    )
    p.add_argument("--sort", choices=["best", "newest", "oldest"], default="best")
    p.add_argument(
        "--language", choices=["en", "ar", "es", "fr", "ru", "zh"], default="en", help="the reader's language"
    )
    p.add_argument("--limit", type=int, default=25)
    p.add_argument("--offset", type=int, default=0)
    p.add_argument("--as", dest="person", metavar="EMAIL", help="search with the rights of this account")
    p.add_argument("--json", action="store_true", help="one JSON object")
    args = p.parse_args(argv)
    django.setup()
    return search(args, p)


def search(args: argparse.Namespace, p: argparse.ArgumentParser) -> int:
    from django.contrib.auth.models import AnonymousUser
    from django.utils.translation import override

    from mutabaa.accounts.models import User
    from mutabaa.recommendations.models import Recommendation
    from mutabaa.search import services
    from mutabaa.search.notices import message
    from mutabaa.search.registry import kinds

    facets = {facet.key for facet in kinds["recommendation"].facets}
    filters: dict[str, list[str]] = {}
    for given in args.filter:
        facet, _sign, code = given.partition("=")
        if facet not in facets or not code:
            p.error(f"--filter {given}: write FACET=CODE; facets are {', '.join(sorted(facets))}")
        filters.setdefault(facet, []).append(code)
    person: Any = AnonymousUser()
    if args.person:
        person = User.objects.filter(email__iexact=args.person, is_active=True).first()
        if person is None:
            p.error(f"--as {args.person}: there is no active account with this address")
    question = services.Question(
        args.query, filters, scope=args.scope, sort=args.sort, language=args.language, limit=max(1, args.limit), offset=max(0, args.offset)
    )  # fmt: skip
    with override({"zh": "zh-hans"}.get(args.language, args.language)):
        services.up_to_date(patient=True)
        started = time.perf_counter()
        answer = services.search(question, person)
        took = time.perf_counter() - started
        notices = [message(notice) for notice in answer.notices]
        rows = Recommendation.objects.select_related("document", "state").in_bulk([hit.pk for hit in answer.hits])
    notices += [f"{typed} → {meant}?" for typed, meant in answer.suggestions]
    if args.json:
        print(json.dumps(as_data(answer, rows, notices), ensure_ascii=False, indent=1))
        return 0
    for notice in notices:
        print(f"! {notice}", file=sys.stderr)
    print(f"{answer.total} found in {took * 1000:.0f} ms")
    for hit in answer.hits:
        row = rows[hit.pk]
        print(f"\n{row.reference}  ·  {row.state}  ·  {row.published_on or ''}\n  {snippet(hit.passage)}")
    return 0


def snippet(passage: Any) -> str:
    """The passage in one line with [brackets] around what matched."""
    text = "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in passage.pieces)
    return ("… " if passage.before else "") + " ".join(text.split()) + (" …" if passage.after else "")


def as_data(answer: Any, rows: dict[int, Any], notices: list[str]) -> dict[str, Any]:
    return {
        "total": answer.total,
        "hits": [
            {
                "id": rows[hit.pk].public_id,
                "symbol": rows[hit.pk].document.symbol,
                "paragraph": rows[hit.pk].paragraph,
                "state": rows[hit.pk].state_id,
                "language": hit.text.language,
                "text": hit.text.text,
                "snippet": snippet(hit.passage),
            }
            for hit in answer.hits
        ],
        "facets": answer.facets,
        "notices": notices,
    }


def rebuild() -> int:
    from mutabaa.search import services
    from mutabaa.search.registry import kinds
    from mutabaa.search.store import Busy

    total = sum(kind.total() for kind in kinds.values())
    started = time.perf_counter()
    shows = sys.stderr.isatty()

    def progress(done: int) -> None:
        if shows or done == total:
            filled = round(30 * done / total) if total else 30
            print(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done:,} of {total:,}", end="", file=sys.stderr, flush=True)

    try:
        services.rebuild(progress)
    except Busy:
        print("Another process is making the index already.", file=sys.stderr)
        return 1
    if total:
        print(file=sys.stderr)
    print(f"{total:,} records indexed in {time.perf_counter() - started:.1f} s")
    return 0
