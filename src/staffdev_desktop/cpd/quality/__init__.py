"""Quality assurance: did what was done make a difference, and was it worth its hours and its money."""
