"""The school's own forms: which are in use, and the editor that shows screen and paper as they will be."""
