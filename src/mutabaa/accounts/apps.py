from django.apps import AppConfig


class Accounts(AppConfig):
    name = "mutabaa.accounts"
    label = "accounts"
