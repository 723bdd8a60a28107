"""What the real table does with answers that no emulator gives: conflicts, throttles, leftovers."""

from collections.abc import Iterator
from typing import Any

import botocore.session
import pytest
from botocore.config import Config
from botocore.stub import Stubber

from chalicelib.adapters.dynamodb.table import Action, Add, Check, DynamoTable, Failed, Put, Query

THING = {"PK": "P", "SK": "#", "kind": "thing", "version": 1}
TWO: list[Action] = [Put(THING, version=0), Check(("P", "other"), version=None)]


@pytest.fixture
def stub() -> Iterator[Stubber]:
    session = botocore.session.Session()
    session.set_credentials("test", "test")
    one_attempt = Config(retries={"total_max_attempts": 1})
    client = session.create_client("dynamodb", region_name="eu-south-2", config=one_attempt)
    with Stubber(client) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


def table_of(stub: Stubber) -> DynamoTable:
    return DynamoTable(stub.client, "saldo")


def cancelled(stub: Stubber, *codes: str) -> None:
    stub.add_client_error(
        "transact_write_items",
        "TransactionCanceledException",
        modeled_fields={"CancellationReasons": [{"Code": code} for code in codes]},
    )


@pytest.mark.parametrize(
    ("codes", "positions"),
    [
        (("ConditionalCheckFailed", "None"), (0,)),
        (("None", "ConditionalCheckFailed"), (1,)),
        (("ConditionalCheckFailed", "ConditionalCheckFailed"), (0, 1)),
        (("TransactionConflict", "None"), ()),
        (("TransactionConflict", "ConditionalCheckFailed"), (1,)),
        (("ThrottlingError", "None"), ()),
        (("None", "ProvisionedThroughputExceeded"), ()),
    ],
)
def test_a_cancelled_transaction_names_the_conditions_that_failed(
    stub: Stubber, codes: tuple[str, ...], positions: tuple[int, ...]
) -> None:
    cancelled(stub, *codes)

    with pytest.raises(Failed) as refusal:
        table_of(stub).write(TWO)

    assert refusal.value.positions == positions


@pytest.mark.parametrize("code", ["ValidationError", "ItemCollectionSizeLimitExceeded"])
def test_a_transaction_that_is_our_mistake_is_not_taken_for_a_conflict(
    stub: Stubber, code: str
) -> None:
    cancelled(stub, code, "None")

    with pytest.raises(ValueError, match=code):
        table_of(stub).write(TWO)


@pytest.mark.parametrize(
    ("code", "positions"),
    [("ConditionalCheckFailedException", (0,)), ("TransactionConflictException", ())],
)
def test_a_single_put_may_meet_a_transaction_on_its_item(
    stub: Stubber, code: str, positions: tuple[int, ...]
) -> None:
    stub.add_client_error("put_item", code)

    with pytest.raises(Failed) as refusal:
        table_of(stub).write([Put(THING, version=0)])

    assert refusal.value.positions == positions


def test_botocore_gives_every_transaction_a_token_so_that_its_own_retries_have_one_effect(
    stub: Stubber,
) -> None:
    transaction = stub.client.meta.service_model.operation_model("TransactWriteItems")

    assert transaction.idempotent_members == ["ClientRequestToken"]


def test_an_increase_adds_without_reading_and_without_condition(stub: Stubber) -> None:
    sent: dict[str, Any] = {}
    stub.client.meta.events.register(
        "provide-client-params.dynamodb.TransactWriteItems",
        lambda params, **_: sent.update(params),
    )
    stub.add_response("transact_write_items", {})

    table_of(stub).write([Add(("TOTALS#M", "2026-01#EUR#0"), "totals", {"due:2026-01-31": 5})])

    assert sent["TransactItems"] == [
        {
            "Update": {
                "TableName": "saldo",
                "Key": {"PK": {"S": "TOTALS#M"}, "SK": {"S": "2026-01#EUR#0"}},
                "UpdateExpression": "SET kind = :kind ADD #c0 :c0",
                "ExpressionAttributeNames": {"#c0": "due:2026-01-31"},
                "ExpressionAttributeValues": {":kind": {"S": "totals"}, ":c0": {"N": "5"}},
            }
        }
    ]


def test_keys_that_a_batch_leaves_unprocessed_are_asked_for_again(stub: Stubber) -> None:
    key = {"PK": {"S": "P"}, "SK": {"S": "#"}}
    rest = {"saldo": {"Keys": [key], "ConsistentRead": True}}
    stub.add_response("batch_get_item", {"Responses": {}, "UnprocessedKeys": rest})
    stub.add_response("batch_get_item", {"Responses": {"saldo": [key]}}, {"RequestItems": rest})

    found = table_of(stub).batch_get([("P", "#")])

    assert found == [{"PK": "P", "SK": "#"}]


def test_a_batch_gives_up_when_keys_stay_unprocessed(stub: Stubber) -> None:
    key = {"PK": {"S": "P"}, "SK": {"S": "#"}}
    rest = {"saldo": {"Keys": [key], "ConsistentRead": True}}
    for _ in range(8):
        stub.add_response("batch_get_item", {"Responses": {}, "UnprocessedKeys": rest})

    with pytest.raises(TimeoutError):
        table_of(stub).batch_get([("P", "#")])


@pytest.mark.parametrize("index", [None, "GSI1"])
def test_reads_of_the_table_are_consistent_and_an_index_cannot_be(
    stub: Stubber, index: str | None
) -> None:
    sent: dict[str, Any] = {}
    stub.client.meta.events.register(
        "provide-client-params.dynamodb.Query", lambda params, **_: sent.update(params)
    )
    stub.add_response("query", {"Items": []})

    table_of(stub).query(Query(index, "P", " ", "~"))

    assert sent.get("ConsistentRead", False) is (index is None)
    assert sent.get("IndexName") == index
