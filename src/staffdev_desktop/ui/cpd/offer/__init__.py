"""The view ‘Directory’: what can be booked and from whom, and the two grids of the school’s offer."""
