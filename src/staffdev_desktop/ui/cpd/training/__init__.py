"""The view ‘Training’: the matrix of people and required training, its dialogs and its papers."""
