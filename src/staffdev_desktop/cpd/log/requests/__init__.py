"""Asking before it happens: the line manager’s yes or no, money, supply cover, and what came of it."""
