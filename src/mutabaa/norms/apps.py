from django.apps import AppConfig


class Norms(AppConfig):
    name = "mutabaa.norms"
    label = "norms"
