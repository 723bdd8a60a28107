"""Text as it is compared in a search."""

import re
import unicodedata


def normal(text: str) -> str:
    """Return text as it is compared in a search: lower case, no accents, single spaces."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", bare.lower()))
