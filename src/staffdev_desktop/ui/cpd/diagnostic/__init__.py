"""The view ‘Diagnostic’ of the tab CPD portfolio."""
