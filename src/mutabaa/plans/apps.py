from django.apps import AppConfig


class Plans(AppConfig):
    name = "mutabaa.plans"
    label = "plans"
