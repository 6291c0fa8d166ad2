"""The shared parts that every window is built from. Each module is imported on its own: the sign-in window takes only what it shows."""
