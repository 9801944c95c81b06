from django.apps import AppConfig


class Indicators(AppConfig):
    name = "mutabaa.indicators"
    label = "indicators"
