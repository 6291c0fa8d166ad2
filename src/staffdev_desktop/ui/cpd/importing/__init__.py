"""Taking entries of CPD in from a spreadsheet."""
