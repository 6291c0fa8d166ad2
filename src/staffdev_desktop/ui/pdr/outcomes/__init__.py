"""What comes out of reviews: the needs as a work list, progress and the chase list, a person's history, appeals, addenda."""
