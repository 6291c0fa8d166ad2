"""What may be attached. Pure."""

from staffdev_desktop.kernel.errors import UserError

LARGEST = 20 * 1024 * 1024  # bytes (DESIGN section 3)
_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)


def media_type_of(content: bytes) -> str | None:
    """What a file is by its first bytes, whatever its name says: a PDF, PNG or JPEG, else None."""
    return next((kind for start, kind in _SIGNATURES if content.startswith(start)), None)


def check_attachment(name: str, content: bytes) -> str:
    """The media type of a file that may be kept. Raises UserError if it is too large, empty or of another kind."""
    if not content:
        raise UserError(f"‘{name}’ is empty.", field="file")
    if len(content) > LARGEST:
        raise UserError(f"‘{name}’ is larger than 20 MB. Scan it again in black and white or at a lower resolution.", field="file")
    media_type = media_type_of(content)
    if media_type is None:
        raise UserError(f"‘{name}’ is not a PDF, PNG or JPEG.", field="file")
    return media_type
