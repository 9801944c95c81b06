from typing import Any

from django.core.management.base import BaseCommand

from mutabaa.core import catalogues


class Command(BaseCommand):
    help = "Collect the strings of the interface into the six languages' catalogues, and compile them"

    def handle(self, *args: Any, **options: Any) -> None:
        for locale, missing in catalogues.update().items():
            self.stdout.write(f"{locale}: {missing} without translation")
        catalogues.compile_all()
