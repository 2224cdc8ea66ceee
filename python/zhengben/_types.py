"""What cleaning says of a text, as plain tuples: they compare, pickle and unpack."""

from typing import Literal, NamedTuple, TypeAlias

__all__ = [
    "Damage",
    "Edit",
    "Evidence",
    "Explained",
    "Family",
    "Glossing",
    "Guess",
    "Inserted",
    "Lang",
    "Safety",
    "Script",
    "ScriptEvidence",
]

Script: TypeAlias = Literal["t2s", "tw2s", "tw2sp", "hk2s", "none"]
"""How Traditional characters are converted; OpenCC's names."""

Safety: TypeAlias = Literal["safe", "unsafe", "display"]
"""Applied by default, applied on request, or only ever suggested."""

Lang: TypeAlias = Literal["en", "zh"]
"""The language of reasons."""


class Edit(NamedTuple):
    """A change of a text, made or suggested."""

    start: int
    """Where it begins in the text before cleaning, in characters of a Python string."""
    end: int
    """Where it ends, so that `text[start:end] == original`."""
    original: str
    """What stands there."""
    replacement: str
    """What stands there afterwards."""
    rules: tuple[str, ...]
    """Every rule that touched the place; the last one had the last word."""
    safety: Safety
    """How sure the least sure of the rules is."""
    reason: str
    """Why: the reasons of the rules, in their order."""


class Inserted(NamedTuple):
    """Pinyin that a filter inserted into the bytes of a file."""

    glosses: int
    inside: int
    """Those between the bytes of a character."""


class Damage(NamedTuple):
    """Characters that a filter broke."""

    glosses: int


class Glossing(NamedTuple):
    """Pinyin that a filter inserted into the text."""

    found: bool
    """Whether they are taken for a filter's."""
    glosses: int
    characters: int
    """The different characters that have one."""


class ScriptEvidence(NamedTuple):
    """The script of a text."""

    han: int
    convertible: int
    """Han characters that have another Simplified form."""
    kana: int
    hangul: int


class Family(NamedTuple):
    """Words of one family of spinners."""

    family: str
    found: bool
    """Whether it is taken to have been at work."""
    words: int
    log_odds: float
    """In nats."""


class Evidence(NamedTuple):
    """What a text has shown of itself; the fields of the JSON reports."""

    inserted: Inserted
    damage: Damage
    glossing: Glossing
    script: ScriptEvidence
    spinning: tuple[Family, ...]
    """The likeliest first."""


class Explained(NamedTuple):
    """A restored text, and how it came about."""

    text: str
    explanation: list[Edit]


class Guess(NamedTuple):
    """A decoded text, and the encoding that it was in."""

    text: str
    encoding: str
