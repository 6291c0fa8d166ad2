"""The diagnostic: areas by role rated once a term by a person and their line manager, agreed together, and whether CPD moved them."""
