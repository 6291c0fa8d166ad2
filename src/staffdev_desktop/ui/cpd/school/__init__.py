"""The school at a glance: who is behind, what waits for a check, what it was worth."""
