"""Training that expires: what the school requires of whom, and who has it until when."""
