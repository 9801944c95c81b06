from django.apps import AppConfig


class Jobs(AppConfig):
    name = "mutabaa.jobs"
    label = "jobs"
