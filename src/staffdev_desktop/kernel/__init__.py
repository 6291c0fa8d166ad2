"""What every room may use: years and terms, UK dates and names, errors, Changed, the clock. Standard library only."""
