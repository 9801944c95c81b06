from django.apps import AppConfig


class Mechanisms(AppConfig):
    name = "mutabaa.mechanisms"
    label = "mechanisms"
