from django.apps import AppConfig


class Followup(AppConfig):
    name = "mutabaa.followup"
    label = "followup"
