"""What the school offers: the entitlement matrix, and the directory of opportunities and providers."""
