from django.apps import AppConfig


class Institutions(AppConfig):
    name = "mutabaa.institutions"
    label = "institutions"
