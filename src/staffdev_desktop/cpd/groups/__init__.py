"""People who learn together: learning groups, teaching and learning teams, and action research."""
