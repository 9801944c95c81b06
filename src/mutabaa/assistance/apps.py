from django.apps import AppConfig


class Assistance(AppConfig):
    name = "mutabaa.assistance"
    label = "assistance"

    def ready(self) -> None:
        from mutabaa.assistance import notices, panels

        notices.register_all()
        panels.register_all()
