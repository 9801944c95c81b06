"""An existing plan out of a Word or Excel table. `values`, `words`, `grid` and `rows` know nothing of Django or the database."""
