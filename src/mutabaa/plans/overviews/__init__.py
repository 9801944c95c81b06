"""What stands in the plans, seen from several sides: one module per view holds its questions, its rows and its table."""
