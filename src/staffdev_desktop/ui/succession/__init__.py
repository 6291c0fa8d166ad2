"""What only those see who may see succession: dialogs over the restricted database."""
