"""Everything that needs Qt. Nothing outside this package imports PySide6."""
