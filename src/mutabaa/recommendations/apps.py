from django.apps import AppConfig


class Recommendations(AppConfig):
    name = "mutabaa.recommendations"
    label = "recommendations"
