"""The meeting: one screen for two people, one review and nothing else."""
