"""Reads of reviews: `boards` for lists of them, `records` for one, `scope` for who may see which."""
