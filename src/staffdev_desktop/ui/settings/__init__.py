"""The school's settings, and this PC's."""
