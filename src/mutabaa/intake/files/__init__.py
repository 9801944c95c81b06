"""Reading files row by row. Pure: knows nothing of Django or the database."""
