from django.apps import AppConfig


class Reporting(AppConfig):
    name = "mutabaa.reporting"
    label = "reporting"
