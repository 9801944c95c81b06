"""Reading official documents: from a Word, PDF, HTML or text file to its items. Pure: knows nothing of Django or the database."""
