"""What can go wrong, as exceptions."""

__all__ = [
    "ArrowError",
    "ConfigError",
    "DecodeError",
    "EncodeError",
    "InternalError",
    "PlanError",
    "ZhengbenError",
]


class ZhengbenError(Exception):
    """The base of all exceptions of this package."""


class DecodeError(ZhengbenError, ValueError):
    """Bytes, or a string that carries bytes, cannot be read as Chinese text.

    Nothing is ever replaced or dropped to read them all the same.
    """


class EncodeError(ZhengbenError, ValueError):
    """An encoding cannot hold a restored text."""


class ConfigError(ZhengbenError, ValueError):
    """Settings cannot be used: a value, a file of settings or a file that they name."""


class PlanError(ZhengbenError, ValueError):
    """A list of edits was made for another text."""


class ArrowError(ZhengbenError, ValueError):
    """Arrow data cannot be cleaned, for their type or size, or do not come."""


class InternalError(ZhengbenError, RuntimeError):
    """A fault of this package. The text that shows it is worth a report."""
