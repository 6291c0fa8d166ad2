"""The practice school: invented people with three years of reviews in every stage, the same each time for the same seed and day."""

from staffdev_desktop.practice.making import PASSWORD, SCHOOL_NAME, make

__all__ = ["PASSWORD", "SCHOOL_NAME", "make"]
