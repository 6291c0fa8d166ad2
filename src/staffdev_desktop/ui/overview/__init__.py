"""The Overview tab: what needs doing now, how far the year is, today's meetings, the last backup."""
