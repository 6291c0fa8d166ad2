"""The ledger on screen: cards of hours, and why each number is what it is."""
