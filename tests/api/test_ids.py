"""An id that no record can have is not found, and is no failure of ours."""

import json

import pytest

from tests.api.conftest import Api

PATHS = (
    "/v1/customers/{}",
    "/v1/invoices/{}",
    "/v1/payments/{}",
    "/v1/imports/{}",
    "/v1/provider-events/stripe/{}",
    "/v1/provider-comparisons/{}",
    "/v1/webhook-endpoints/{}",
)


@pytest.mark.parametrize("path", PATHS)
def test_an_id_longer_than_any_key_is_not_found(api: Api, path: str) -> None:
    answer = api.call("GET", path.format("x" * 3_000), api.credentials("admin", "key"))

    assert answer.status_code == 404
    assert len(json.loads(answer.body)["detail"]) < 100
