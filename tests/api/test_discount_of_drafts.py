"""Which early-payment discount a draft offers: its own, the customer's, or none."""

from decimal import Decimal
from typing import Any

import pytest

from chalicelib.domain.discount import DiscountTerms
from tests.api.conftest import Api
from tests.api.staff import Staff
from tests.builders import a_customer

TERMS = {"rate": "0.02", "days": 10, "part_payment": "strict", "tax": "included"}
LEFT_OUT: dict[str, Any] = {}
STRICT_10 = DiscountTerms(rate=Decimal("0.02"), days=10)


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        (LEFT_OUT, ("0.02", 10)),
        ({"discount": None}, None),
        ({"discount": TERMS | {"rate": "0.03", "days": 5}}, ("0.03", 5)),
    ],
)
def test_a_draft_offers_what_it_says_or_else_what_the_customer_is_offered(
    api: Api, said: dict[str, Any], offered: tuple[str, int] | None
) -> None:
    customer = a_customer(api.ports, discount=STRICT_10)
    line = {"description": "Libro", "quantity": "1", "unit_price_minor": 100, "tax_rate": "0.21"}
    body = {"customer_id": customer.id, "lines": [line]} | said

    status, draft = Staff(api).send("POST", "/v1/invoices", body)

    terms = draft["discount"]
    assert status == 201
    assert (None if terms is None else (terms["rate"], terms["days"])) == offered
