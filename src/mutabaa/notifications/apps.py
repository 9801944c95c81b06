from django.apps import AppConfig


class Notifications(AppConfig):
    name = "mutabaa.notifications"
    label = "notifications"
