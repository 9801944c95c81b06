"""Which demands are the same. Pure: texts in, pairs and clusters out; nothing of Django or the database."""
