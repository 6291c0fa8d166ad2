"""The log: what people did to learn, in hours, with what came of it, and what they ask for beforehand."""
