"""Write openapi.json from the routes: ``python -m infra.openapi``; ``--check`` fails if stale.

It stands twice: in the package, which serves it, and nowhere else; the front end generates its
types from the same file.
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "chalicelib" / "api" / "openapi.json"


def text() -> str:
    import app  # noqa: PLC0415 - registering the routes is what makes the description
    from chalicelib.api.description import describe  # noqa: PLC0415

    assert app.app.routes  # noqa: S101
    return json.dumps(describe(), indent=1, sort_keys=True) + "\n"


def main() -> int:
    fresh = text()
    if "--check" not in sys.argv:
        TARGET.write_text(fresh, encoding="utf-8")
        return 0
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == fresh:
        return 0
    print(f"{TARGET.relative_to(ROOT)} is stale: run python -m infra.openapi and commit it.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
