"""Tokens of fillable forms: what was signed comes back, and nothing else does."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffdev_desktop.exchange.tokens import FormToken, LogToken, sign, verify, verify_log
from staffdev_desktop.kernel.errors import UserError

KEY = bytes(range(32))
TOKEN = FormToken("support-self-review", 3, "PDR-2026-0031", "8f2c", "self-review", 2)


def test_what_was_signed_comes_back() -> None:
    assert verify(sign(TOKEN, KEY), KEY) == TOKEN
    assert verify(f" {sign(TOKEN, KEY)}\n", KEY) == TOKEN


def test_another_key_is_refused() -> None:
    with pytest.raises(UserError, match="not from this school’s file"):
        verify(sign(TOKEN, KEY), bytes(32))


@given(st.data())
def test_no_change_of_a_token_goes_unseen(data: st.DataObject) -> None:
    token = sign(TOKEN, KEY)
    place = data.draw(st.integers(0, len(token) - 1))
    changed = token[:place] + data.draw(st.characters()) + token[place + 1 :]
    if changed.strip() != token:
        with pytest.raises(UserError):
            verify(changed, KEY)


@given(st.text())
def test_rubbish_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        verify(text, KEY)


def test_another_review_cannot_be_written_in() -> None:
    payload, _, signature = sign(TOKEN, KEY).partition(".")
    values = json.loads(base64.urlsafe_b64decode(payload + "=="))
    values[2] = "PDR-2026-0032"
    forged = base64.urlsafe_b64encode(json.dumps(values).encode()).rstrip(b"=").decode()
    with pytest.raises(UserError):
        verify(f"{forged}.{signature}", KEY)


def test_a_key_must_be_long_enough() -> None:
    with pytest.raises(ValueError, match="at least 16 bytes"):
        sign(TOKEN, b"short")


def test_a_log_sheet_and_a_form_never_pass_for_each_other() -> None:
    sheet = LogToken(7, 2026, "8f2c")
    assert verify_log(sign(sheet, KEY), KEY) == sheet
    for check, wrong in ((verify, sign(sheet, KEY)), (verify_log, sign(TOKEN, KEY)), (verify_log, sign(sheet, bytes(32)))):
        with pytest.raises(UserError, match="not from this school’s file"):
            check(wrong, KEY)
