from django.apps import AppConfig


class Audit(AppConfig):
    name = "mutabaa.audit"
    label = "audit"
