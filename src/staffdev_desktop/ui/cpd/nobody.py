"""What a view says in a school that has nobody in it yet."""

NOBODY_HERE = ("Nobody is on the staff list yet", "Add people under Staff, or take in the school’s staff list there.")
