"""What a year of reviews comes to: needs to arrange, progress, whom to remind; figures without names for governors."""
