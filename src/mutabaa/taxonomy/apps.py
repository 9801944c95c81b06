from django.apps import AppConfig


class Taxonomy(AppConfig):
    name = "mutabaa.taxonomy"
    label = "taxonomy"
