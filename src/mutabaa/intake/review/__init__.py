"""An official document beside what was read of it: corrected by a person, then imported like any other file."""
