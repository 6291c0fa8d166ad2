"""The recovery code: 130 random bits and two check characters, in seven groups of four that can be read out loud."""

import secrets

from staffdev_desktop.kernel.errors import UserError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: they are misread
CHARACTERS = 26
GROUP = 4
_CHECK_MODULUS = 1021  # the largest prime that two characters can hold: notices any one wrong or two swapped characters


def new_code() -> str:
    """A fresh code, grouped: XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(CHARACTERS))
    return grouped(body + _check(body))


def grouped(plain: str) -> str:
    """Characters in groups of four."""
    return "-".join(plain[i : i + GROUP] for i in range(0, len(plain), GROUP))


def read_code(typed: str) -> str:
    """The code as it was made, from what somebody typed: spaces, dashes, small letters, O for 0 and I or L for 1 are forgiven.

    Raises UserError that says in which group to look where that is known.
    """
    plain = "".join(typed.upper().split()).replace("-", "").replace("–", "").replace("O", "0").replace("I", "1").replace("L", "1")
    for position, character in enumerate(plain):
        if character not in ALPHABET:
            raise UserError(f"‘{character}’ is never part of a recovery code. Look at group {position // GROUP + 1} again.", field="code")
    if len(plain) != CHARACTERS + 2:
        raise UserError(f"A recovery code has {CHARACTERS + 2} letters and digits in seven groups. {len(plain)} were typed.", field="code")
    if _check(plain[:CHARACTERS]) != plain[CHARACTERS:]:
        raise UserError("One letter or digit of the code is wrong. Compare each group with the sheet.", field="code")
    return grouped(plain)


def _check(body: str) -> str:
    value = 0
    for character in body:
        value = (value * 32 + ALPHABET.index(character)) % _CHECK_MODULUS
    return ALPHABET[value // 32] + ALPHABET[value % 32]
