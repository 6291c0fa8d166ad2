"""The Staff tab: everybody in a list, and the record of the one chosen beside it."""
