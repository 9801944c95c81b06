"""What imports cannot show: the direction of foreign keys, where rows are written, and what the repository must not hold."""

import ast
import configparser
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.PACKAGE).parent.parent


def heights():
    """Room → its height in the layers of `.importlinter`, the lowest 0."""
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter")
    lines = [line for line in config["importlinter:contract:rooms"]["layers"].strip().splitlines() if line.strip()]
    return {room.strip(): level for level, line in enumerate(reversed(lines)) for room in line.split("|")}


def test_no_foreign_key_points_upwards():
    level = heights()
    upward = []
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("mutabaa."):
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if (
                field.auto_created
                or target is None
                or isinstance(target, str)
                or not target.__module__.startswith("mutabaa.")
            ):
                continue
            if level[target._meta.app_label] > level[model._meta.app_label]:
                upward.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    assert upward == []


def python_files():
    return [p for p in settings.PACKAGE.rglob("*.py") if "migrations" not in p.parts]


WRITERS = re.compile(
    r"/(services(/\w+)?|clustering|writer|undo|apply|work|reference_data|bulk|reminders|mails|jobs|schedule|loader|init|database|mail|receiving|merging|changes|attaching)\.py$"
)


def test_rows_are_updated_in_services_only():
    """`.update()` writes without history and without checks: it stands in services and importers alone."""
    outside = []
    for path in python_files():
        name = "/" + path.relative_to(settings.PACKAGE).as_posix()
        if WRITERS.search(name):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"update", "bulk_update", "delete"}
            ):
                chain = ast.unparse(node.func.value)
                if ".objects" in chain or ".filter(" in chain:
                    outside.append(f"{name}:{node.lineno}")
    assert outside == []


def test_no_module_is_named_for_nothing():
    assert [p.name for p in python_files() if p.stem in {"utils", "helpers", "common", "misc"}] == []


def test_nothing_is_fetched_from_other_hosts_at_run_time():
    found = []
    for path in [*settings.PACKAGE.rglob("templates/**/*.html"), *settings.PACKAGE.rglob("static/**/*.css")]:
        text = path.read_text(encoding="utf-8")
        found += [
            f"{path.name}: {m}"
            for m in re.findall(r"""(?:src|href)=["']https?://[^"']+|url\(\s*["']?https?:[^)]*|@import[^;]*""", text)
        ]
    assert [f for f in found if 'href="https://www.example.org' not in f] == []


@pytest.mark.parametrize("attribute", [r"\sstyle=", r"\son[a-z]+=\"", r"<script(?![^>]*\ssrc=)[^>]*>", r"javascript:"])
def test_templates_hold_no_inline_style_or_script(attribute):
    found = []
    for path in settings.PACKAGE.rglob("templates/**/*.html"):
        if re.search(attribute, path.read_text(encoding="utf-8")):
            found.append(path.relative_to(settings.PACKAGE).as_posix())
    assert found == []


def test_the_repository_holds_no_machine_paths_or_secrets():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    if not tracked:
        pytest.skip("this is not a git checkout")
    patterns = re.compile(r"/(?:home|root|Users)/\w+/|BEGIN (?:RSA|OPENSSH|EC) PRIVATE KEY")
    found = []
    for name in tracked:
        path = ROOT / name
        if path.suffix in {".png", ".lock"} or not path.is_file() or name == "tests/test_house.py":
            continue
        if patterns.search(path.read_text(encoding="utf-8", errors="ignore")):
            found.append(name)
    assert found == []
