from django.apps import AppConfig


class Plans(AppConfig):
    name = "mutabaa.plans"
    label = "plans"

    def ready(self) -> None:
        from mutabaa.plans import notices

        notices.register_all()
