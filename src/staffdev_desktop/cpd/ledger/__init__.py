"""The ledger: hours against what a staff group is entitled to, with the lines and the rule that made every number."""
