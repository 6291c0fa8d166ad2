"""Letters that join, and lines that run from right to left: only for the lines that need it (4.6 times dearer, DESIGN section 9)."""

import re
from functools import cache, lru_cache
from typing import Any

import uharfbuzz
from bidi import algorithm
from reportlab.pdfbase.ttfonts import ShapeData, ShapedStr

from staffdev_desktop.papers.fonts import font

# Hebrew, Arabic and their forms; and combining marks, which must sit on their letter.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_NEEDS_SHAPING = re.compile("[\u0300-\u036f\u0590-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufb1d-\ufdff\ufe20-\ufe2f\ufe70-\ufeff]")


def needs_shaping(text: str) -> bool:
    """Whether a text has letters that join, run right to left or carry marks."""
    return not text.isascii() and _NEEDS_SHAPING.search(text) is not None


def runs_right_to_left(text: str) -> bool:
    """Whether a paragraph, by its first letter with a direction, reads from the right."""
    return _RIGHT_TO_LEFT.search(text) is not None and algorithm.get_base_level(text) == 1


@cache
def _shaper(name: str) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(font(name).face._ttf_data)))


@lru_cache(maxsize=2048)
def shaped(name: str, text: str, right_to_left: bool) -> tuple[ShapedStr, float]:
    """A run's glyphs in the order they are drawn, and their width at size 1."""
    paper_font, shaper = font(name), _shaper(name)
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if right_to_left else "ltr"
    uharfbuzz.shape(shaper, buffer)
    scale = 1000 / shaper.face.upem
    codes: list[str] = []
    places: Any = []  # a list, which the type stubs take for one place
    width = 0.0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        own_width = shaper.get_glyph_h_advance(info.codepoint) * scale
        code = paper_font.code_for(info.codepoint, shaper.glyph_to_string(info.codepoint), own_width)
        advance = position.x_advance * scale
        codes.append(chr(code))
        drawn_width = paper_font.face.charWidths[code]
        places.append(ShapeData(info.cluster, advance, 0, position.x_offset * scale, position.y_offset * scale, drawn_width))
        width += advance / 1000
    return ShapedStr("".join(codes), places), width


def visual_runs(pieces: list[tuple[int, str]], right_to_left: bool) -> list[tuple[int, str, bool]]:
    """Put one line's pieces (a mark of the caller's, text) into the order they are seen in; True for a run from right to left."""
    marks = [mark for mark, text in pieces for _ in text]
    line = "".join(text for _, text in pieces)
    levels = _levels(line, right_to_left)
    found: list[tuple[int, int, list[str]]] = []
    for mark, level, character in zip(marks, levels, line, strict=True):
        if found and found[-1][:2] == (mark, level):
            found[-1][2].append(character)
        else:
            found.append((mark, level, [character]))
    for level in range(max(levels, default=0), 0, -1):
        found = _reversed_from(found, level)
    return [(mark, "".join(characters), level % 2 == 1) for mark, level, characters in found]


def _reversed_from(found: list[tuple[int, int, list[str]]], level: int) -> list[tuple[int, int, list[str]]]:
    """Rule L2 of the bidirectional algorithm over whole runs: a run keeps its letters' order, the shaper draws them."""
    result: list[tuple[int, int, list[str]]] = []
    group: list[tuple[int, int, list[str]]] = []
    for run in found:
        if run[1] >= level:
            group.append(run)
        else:
            result += [*reversed(group), run]
            group = []
    return result + list(reversed(group))


def _levels(line: str, right_to_left: bool) -> list[int]:
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = (1, "R") if right_to_left else (0, "L")
    algorithm.get_embedding_levels(line, storage)
    for place, character in enumerate(storage["chars"]):
        character["place"] = place
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    known = {character["place"]: character["level"] for character in storage["chars"]}
    levels: list[int] = []
    for place in range(len(line)):
        # Joiners are left out of the algorithm: they belong to the letter before them.
        levels.append(known.get(place, levels[-1] if levels else int(right_to_left)))
    return levels
