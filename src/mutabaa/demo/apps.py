from django.apps import AppConfig


class Demo(AppConfig):
    name = "mutabaa.demo"
    label = "demo"
