"""Writes of reviews: `cycles` makes and moves them, `words` writes in them, `statements` freezes them and follows their papers."""
