"""Bringing the database to what this version needs."""

import importlib.util
from importlib import import_module

from django.apps import apps
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor


def pending_migrations() -> int:
    """How many migrations are not yet applied. Raises `OperationalError` when the database does not answer."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def is_empty() -> bool:
    return not connections[DEFAULT_DB_ALIAS].introspection.table_names()


def prepare() -> None:
    """Tables, the table of the shared cache, and the reference data of every room. Harmless to repeat."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    load_reference()


def load_reference() -> dict[str, int]:
    """Every room's `reference_data.load_reference()`, in the order of the rooms."""
    counts: dict[str, int] = {}
    for app in apps.get_app_configs():
        name = f"{app.name}.reference_data"
        if app.name.startswith("mutabaa.") and importlib.util.find_spec(name):
            counts |= import_module(name).load_reference()
    return counts
