"""The house style of paper: fonts, words, blocks, the page's frame, any form drawn on it (DESIGN-LANGUAGE section 7).

A paper is a list of blocks (`parts`, `grid`, `words.Text`) handed to `page.paper` with a `page.House`, which says what stands on
every page. Lengths are points. Words are plain text: nothing needs escaping, and no character is dropped (`fonts`).
"""
