from django.apps import AppConfig


class Portal(AppConfig):
    name = "mutabaa.portal"
    label = "portal"
