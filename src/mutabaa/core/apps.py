from django.apps import AppConfig


class Core(AppConfig):
    name = "mutabaa.core"
    label = "core"
