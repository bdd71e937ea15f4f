"""Counts for the author alone. No tables and no templates of its own, so it is not among the INSTALLED_APPS."""
