"""That it lives, and its own description. Open to everybody."""

import json
from functools import lru_cache
from pathlib import Path

from chalice.app import Response

from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas.health import Health
from chalicelib.settings import VERSION

routes = Routes()
_DESCRIPTION = Path(__file__).parent / "openapi.json"


@routes.route("/v1/health", "GET", gives=Health)
def health(request: ApiRequest) -> Reply:
    """Answer that it lives, and which version; touches nothing behind."""
    del request
    return Reply(Health(status="ok", version=VERSION))


@routes.route("/openapi.json", "GET", gives="application/json")
def description(request: ApiRequest) -> Response:
    """The OpenAPI 3.1 description, generated from the models when the package is built."""
    del request
    headers = {"Content-Type": "application/json", "Cache-Control": "public, max-age=300"}
    return Response(_description(), status_code=200, headers=headers)


@lru_cache(maxsize=1)
def _description() -> str:
    return json.dumps(json.loads(_DESCRIPTION.read_text(encoding="utf-8")))
