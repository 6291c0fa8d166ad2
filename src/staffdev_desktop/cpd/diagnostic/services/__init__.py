"""Writes of the diagnostic, a file for each subject."""
