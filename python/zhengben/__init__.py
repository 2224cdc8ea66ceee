"""Restores the original text of garbled Chinese web reprints.

>>> import zhengben
>>> zhengben.fix_text("新動(dòng)力電池工業(yè)鏈企業(yè)快速集聚")
'新能源电池产业链企业快速集聚'
"""

from zhengben._errors import (
    ArrowError,
    ConfigError,
    DecodeError,
    EncodeError,
    InternalError,
    PlanError,
    ZhengbenError,
)
from zhengben._fix import apply_plan, fix_and_explain, fix_file
from zhengben._types import (
    Damage,
    Edit,
    Evidence,
    Explained,
    Family,
    Glossing,
    Guess,
    Inserted,
    ScriptEvidence,
)
from zhengben._zhengben import (
    ArrowColumn,
    Cleaned,
    Cleaner,
    __version__,
    data_versions,
    fix_encoding,
    fix_text,
    fix_text_arrow,
    guess_bytes,
)

__all__ = [
    "ArrowColumn",
    "ArrowError",
    "Cleaned",
    "Cleaner",
    "ConfigError",
    "Damage",
    "DecodeError",
    "Edit",
    "EncodeError",
    "Evidence",
    "Explained",
    "Family",
    "Glossing",
    "Guess",
    "Inserted",
    "InternalError",
    "PlanError",
    "ScriptEvidence",
    "ZhengbenError",
    "__version__",
    "apply_plan",
    "data_versions",
    "fix_and_explain",
    "fix_encoding",
    "fix_file",
    "fix_text",
    "fix_text_arrow",
    "guess_bytes",
]
