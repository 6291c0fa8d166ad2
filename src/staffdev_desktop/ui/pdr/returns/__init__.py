"""Fillable forms: saved for everybody at once, and read when they come back."""
