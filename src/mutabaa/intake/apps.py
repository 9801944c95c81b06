from django.apps import AppConfig


class Intake(AppConfig):
    name = "mutabaa.intake"
    label = "intake"
