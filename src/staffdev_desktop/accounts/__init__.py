"""Users, roles, permissions, and the record of every change (audit trail, undo)."""
