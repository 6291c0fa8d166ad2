"""People, posts held, line management, qualifications, the staff list from a spreadsheet."""
