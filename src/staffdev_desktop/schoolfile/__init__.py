"""The encrypted folder on disk: key slots, create, open, hold, migrate, back up, restore, check (DESIGN section 3)."""
