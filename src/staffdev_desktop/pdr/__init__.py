"""Professional development review: from the self-review sheet to the signed statement."""
