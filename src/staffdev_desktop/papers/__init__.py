"""The house style of paper: fonts, words, blocks, the page's frame, any form drawn on it (DESIGN-LANGUAGE section 7)."""
