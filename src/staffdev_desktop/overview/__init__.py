"""What needs doing now, and the jobs that touch more than one area: leaving, later the roll-over of the year."""
