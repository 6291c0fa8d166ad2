"""The house style of paper: fonts, words, blocks, the page's frame, and any form drawn on it (DESIGN-LANGUAGE section 7). No Qt, no database."""
