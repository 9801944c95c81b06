"""Learning which tags a text carries. Pure: knows nothing of Django or the database.

scikit-learn, scipy and numpy are imported inside the functions that need them, so that importing the package costs nothing.
"""
