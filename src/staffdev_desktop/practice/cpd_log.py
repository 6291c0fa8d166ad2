"""Three years of the log of the practice school: what people did, what came of it, what they asked for beforehand."""
