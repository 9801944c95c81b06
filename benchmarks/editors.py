"""Twenty people edit the measures of one plan at once, over HTTP. `python -m benchmarks.editors [--minutes 10] [--editors 20]`

Each opens a measure's form, adds a sentence of their own to one of three texts, and saves; where the server says that
somebody else wrote meanwhile, they go on to the page where both texts stand and save what it proposes. At the end every
sentence whose saving was confirmed must stand in the measure, or in a text that is kept for its author. Sends to 127.0.0.1
only, waits between two deeds, and stops by itself. SQLite, or PostgreSQL by `DATABASE_URL`.
"""

import argparse
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from html import unescape
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path

PASSWORD = "twenty people write at once"
FIELDS = ["description", "beneficiaries", "risks"]
MEASURES = 4  # few, so that people meet


class Form(HTMLParser):
    """The fields of the last form of a page that has a field of this name, as a browser would send them."""

    def __init__(self, having: str) -> None:
        super().__init__()
        self.having, self.found, self.fields = having, {}, {}
        self.inside: dict[str, list[str]] | None = None
        self.area = self.select = ""

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        a = {k: v or "" for k, v in pairs}
        has = {k for k, _v in pairs}
        if tag == "form":
            self.inside = {}
        if tag == "select":
            self.select = ""
        if self.inside is None or "disabled" in has:
            return
        name = a.get("name", "")
        if tag == "input" and name and (a.get("type") not in {"checkbox", "radio", "file"} or "checked" in has):
            self.inside.setdefault(name, []).append(a.get("value", ""))
        elif tag == "textarea":
            self.area = name
            self.inside[name] = [""]
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in has and self.select:
            self.inside.setdefault(self.select, []).append(a.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.inside is not None and self.area:
            self.inside[self.area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        elif tag == "form" and self.inside is not None:
            if self.having in self.inside:
                self.found = self.inside
            self.inside = None


class Editor(threading.Thread):
    def __init__(self, number: int, base: str, email: str, measures: list[str], until: float) -> None:
        super().__init__()
        self.number, self.base, self.email, self.measures, self.until = number, base, email, measures, until
        self.web = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.saved: list[tuple[str, str, str]] = []
        self.conflicts = self.refused = self.tries = 0
        self.wrong: list[str] = []
        self.random = random.Random(number)

    def ask(self, address: str, fields: dict[str, list[str]] | None = None) -> tuple[str, str]:
        """The page, and the address at which it stands after redirections."""
        data = urllib.parse.urlencode(fields, doseq=True).encode() if fields is not None else None
        request = urllib.request.Request(self.base + address, data, {"Referer": self.base + address})
        try:
            with self.web.open(request, timeout=60) as answer:
                return answer.read().decode(), answer.geturl().removeprefix(self.base)
        except urllib.error.HTTPError as error:
            return error.read().decode(), f"{error.code} {address}"

    def sign_in(self) -> None:
        page, _at = self.ask("/accounts/login/")
        form = fields_of(page, "login")
        page, at = self.ask("/accounts/login/", form | {"login": [self.email], "password": [PASSWORD]})
        if "login" in at:
            raise RuntimeError(f"{self.email} could not sign in: {plain(page)}")

    def run(self) -> None:
        try:
            self.sign_in()
            while time.time() < self.until:
                self.write(self.random.choice(self.measures), self.random.choice(FIELDS))
                time.sleep(self.random.uniform(0.5, 2.5))
        except Exception as error:
            self.wrong.append(repr(error))

    def write(self, measure: str, field: str) -> None:
        """Open, think, add a sentence, save; put together where both wrote."""
        self.tries += 1
        words = f"Sentence {self.tries} of editor {self.number}."
        page, at = self.ask(f"/workspace/plans/measures/{measure}/edit/")
        form = fields_of(page, field)
        time.sleep(self.random.uniform(0.2, 2.0))
        form[field] = [(form[field][0].strip() + "\n" + words).strip()]
        page, at = self.ask(f"/workspace/plans/measures/{measure}/edit/", form)
        for _attempt in range(6):
            if at == f"/workspace/plans/measures/{measure}/":
                self.saved.append((measure, field, words))
                return
            if "/conflicts/" not in at:
                self.refused += 1
                self.wrong.append(f"{at}: {plain(page)}")
                return
            self.conflicts += 1
            here = at
            form = fields_of(page, field)
            page, at = self.ask(here, form | {"then": ["merge"]})
        # Six times somebody was faster: the text is kept, and counts as kept.
        self.saved.append((measure, field, words))


def plain(page: str) -> str:
    """The first words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2] or page).split())[:300]


def fields_of(page: str, having: str) -> dict[str, list[str]]:
    form = Form(having)
    form.feed(page)
    if not form.found:
        raise RuntimeError(f"no form with {having}: {unescape(page)[:200]}")
    # A textarea begins with a line end that browsers leave out.
    return {
        name: [value.removeprefix("\r\n").removeprefix("\n") for value in values] for name, values in form.found.items()
    }


def start_django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mutabaa.config.settings")
    django.setup()


def prepare(editors: int) -> None:
    """A small State with one plan, and twenty focal points of the institution that leads its measures."""
    start_django()
    from django.contrib.auth.hashers import make_password
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from mutabaa.accounts.models import User
    from tests import world
    from tests.plans import made

    world.installation()
    place = world.institution("health")
    hashed = make_password(PASSWORD)
    outcome = made.outcome(made.plan())
    for _n in range(MEASURES):
        made.measure(outcome).history.all()
    for n in range(editors):
        person = world.person("contributor", place)
        User.objects.filter(pk=person.pk).update(email=f"editor{n}@example.org", password=hashed)
    from mutabaa.plans.models import Measure

    for measure in Measure.objects.all():
        measure.save()  # the history begins with a version that has its links
        print("measure", measure.public_id)


def check(saved: list[tuple[str, str, str]]) -> tuple[int, int, list[tuple[str, str, str]]]:
    """How many sentences stand in the measures, how many are kept for their authors, and those that are nowhere."""
    start_django()
    from mutabaa.plans.models import KeptEdit, Measure

    stands = {(m.public_id, f): getattr(m, f) for m in Measure.objects.all() for f in FIELDS}
    kept = {
        (row.measure.public_id, f): str(row.mine.get(f, ""))
        for row in KeptEdit.objects.filter(resolved_at=None).select_related("measure")
        for f in FIELDS
    }
    lines = {key: set(text.splitlines()) for key, text in stands.items()}
    standing = [s for s in saved if s[2] in lines[s[0], s[1]]]
    elsewhere = [s for s in saved if s not in standing and s[2] in kept.get((s[0], s[1]), "")]
    return len(standing), len(elsewhere), [s for s in saved if s not in standing and s not in elsewhere]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--editors", type=int, default=20)
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="mutabaa-editors-"))
    os.environ["MUTABAA_HOME"] = str(home)
    prepared = subprocess.run(
        [sys.executable, "-c", f"from benchmarks.editors import prepare; prepare({options.editors})"],
        check=True,
        capture_output=True,
        text=True,
    )
    measures = re.findall(r"^measure (\S+)$", prepared.stdout, flags=re.MULTILINE)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (home / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "mutabaa", "serve", "--port", str(port)],
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        for _attempt in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                break
            except OSError:
                time.sleep(0.1)
        until = time.time() + options.minutes * 60
        crew = [
            Editor(n, f"http://127.0.0.1:{port}", f"editor{n}@example.org", measures, until)
            for n in range(options.editors)
        ]
        for editor in crew:
            editor.start()
        for editor in crew:
            editor.join()
    finally:
        os.killpg(server.pid, 15)
        server.wait(30)
    saved = [s for editor in crew for s in editor.saved]
    standing, kept, lost = check(saved)
    wrong = [w for editor in crew for w in editor.wrong]
    print(
        f"{options.editors} editors, {options.minutes:g} minutes, {MEASURES} measures: {len(saved)} texts confirmed, "
        f"{sum(e.conflicts for e in crew)} met another text; {standing} stand, {kept} are kept for their authors, "
        f"{len(lost)} lost; {len(wrong)} other answers"
    )
    for line in [*map(str, lost[:10]), *wrong[:10]]:
        print("  ", line)
    if wrong:  # what the server said of its own faults
        faults = [
            line
            for line in (home / "server.log").read_text().splitlines()
            if re.match(r"\w[\w.]*(Error|Exception)\b", line)
        ]
        print("  ", *sorted(set(faults))[:10], sep="\n   ")
    shutil.rmtree(home, ignore_errors=True)
    return 1 if lost or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
