"""`mutabaa import uhri|table|upr-list FILE`: the same as the imports page, for whoever runs the server."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError

from mutabaa.core.errors import Refusal
from mutabaa.intake.services import COUNTED, import_file
from mutabaa.intake.states import QUIRKS

JSON_KEYS = (*COUNTED, "seconds")


class Command(BaseCommand):
    help = "Imports recommendations from a file. Importing the same file again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="format", required=True, metavar="uhri|table|upr-list")
        told = {
            "uhri": "an export of the Universal Human Rights Index, JSON or XLSX",
            "table": "a CSV or XLSX table whose columns are known: UPR Info, SDG-Human Rights Data Explorer, or mapped on the imports page",
            "upr-list": "OHCHR's thematic list of UPR recommendations, .docx",
        }
        for name, text in told.items():
            sub = kinds.add_parser(name, help=text, description=text)
            sub.add_argument("file", type=Path)
            scope = sub.add_mutually_exclusive_group()
            scope.add_argument(
                "--state", metavar="ISO3", default="", help="records of this State alone (default: the installation's)"
            )
            if name != "upr-list":
                scope.add_argument("--all", action="store_true", help="records of every State, for comparison")
            sub.add_argument("--dry-run", action="store_true", help="tell what would change, and change nothing")
            sub.add_argument("--json", action="store_true", help="print the counts as one JSON object and nothing else")
            if name == "table":
                sub.add_argument(
                    "--mapping",
                    metavar="NAME",
                    default="",
                    help="a kept column mapping; without it, found by the header",
                )

    def handle(self, *args: Any, **options: Any) -> None:
        options_of_format = {"mapping_name": options["mapping"]} if options.get("mapping") else {}
        try:
            counts = import_file(
                options["file"],
                format=options["format"],
                state="*" if options.get("all") else options["state"],
                dry_run=options["dry_run"],
                options=options_of_format,
            )
        except Refusal as refusal:
            raise CommandError(str(refusal.message), returncode=2) from refusal
        except (OperationalError, ProgrammingError) as fault:
            raise CommandError(
                f"The database cannot take it: {fault}. Is it set up (mutabaa init)?", returncode=2
            ) from fault
        if options["json"]:
            self.stdout.write(json.dumps({key: counts[key] for key in JSON_KEYS}))
            return
        self.report(counts, options["dry_run"])

    def report(self, counts: dict[str, Any], dry_run: bool) -> None:
        self.stdout.write("Nothing was changed: this is what an import would do." if dry_run else "Imported.")
        for key in COUNTED:
            self.stdout.write(f"  {key:<10} {counts[key]:>9,}")
        if counts["passed_over"]:
            self.stdout.write(
                f"  {counts['passed_over']:,} rows of other States were passed over (--all takes them too)."
            )
        self.stdout.write(f"  {counts['records']:,} records, {counts['seconds']:.1f} seconds")
        if counts["quirks"]:
            self.stdout.write("Put right on the way:")
            for name, count in counts["quirks"].items():
                self.stdout.write(f"  {count:>9,}  {QUIRKS.get(name, name)}")
