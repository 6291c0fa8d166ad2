"""The view ‘Groups and research’: learning groups with their meetings, and action research from application to sharing."""
