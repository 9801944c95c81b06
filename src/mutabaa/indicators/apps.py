from django.apps import AppConfig


class Indicators(AppConfig):
    name = "mutabaa.indicators"
    label = "indicators"

    def ready(self) -> None:
        from mutabaa.indicators import notices, panels

        notices.register_all()
        panels.register_all()
