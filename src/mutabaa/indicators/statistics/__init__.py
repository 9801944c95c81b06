"""The rules of statistics that the software holds to. Pure: knows nothing of Django or the database."""
