"""Programmes and their parts, who is on them, how far they are, and what they came to."""
