"""Writes: groups with their members and meetings; action research from the application to sharing what was found."""
