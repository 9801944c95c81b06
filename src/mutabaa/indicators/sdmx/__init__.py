"""Statistical Data and Metadata eXchange: messages in and out. Pure: knows nothing of Django or the database."""
