"""The local cloud keeps what it was given, whatever ends it."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from infra.local import stack as stacks
from infra.local.cloud import CloudError, LocalCloud

pytestmark = pytest.mark.cloud
MIME = b"From: a@saldo.local\r\nTo: b@example.com\r\nSubject: Hi\r\n\r\nHello"

Start = Callable[[], LocalCloud]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started: list[LocalCloud] = []

    def start() -> LocalCloud:
        started.append(LocalCloud(tmp_path))
        return started[-1]

    yield start
    for local_cloud in started:
        local_cloud.stop()


def kill(cloud: LocalCloud) -> None:
    os.kill(cloud._process.pid, signal.SIGKILL)
    cloud._process.wait()


def items(cloud: LocalCloud) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cloud.client("dynamodb").scan(TableName="saldo")["Items"]
    return sorted(found, key=lambda item: str(item["PK"]))


def item(key: str, amount: int) -> dict[str, Any]:
    return {"PK": {"S": key}, "SK": {"S": "-"}, "amount": {"N": str(amount)}}


def write_in_every_way(cloud: LocalCloud) -> None:
    dynamodb = cloud.client("dynamodb")
    for key in ("put", "updated", "deleted", "tx-updated", "tx-deleted", "batch-deleted"):
        dynamodb.put_item(TableName="saldo", Item=item(key, 1))
    add = {
        "UpdateExpression": "ADD amount :n",
        "ExpressionAttributeValues": {":n": {"N": "4"}},
        "TableName": "saldo",
    }
    dynamodb.update_item(Key={"PK": {"S": "updated"}, "SK": {"S": "-"}}, **add)
    dynamodb.delete_item(TableName="saldo", Key={"PK": {"S": "deleted"}, "SK": {"S": "-"}})
    gone = {"PK": {"S": "tx-deleted"}, "SK": {"S": "-"}}
    dynamodb.transact_write_items(
        TransactItems=[
            {"Update": add | {"Key": {"PK": {"S": "tx-updated"}, "SK": {"S": "-"}}}},
            {"Put": {"TableName": "saldo", "Item": item("tx-put", 7)}},
            {"Delete": {"TableName": "saldo", "Key": gone}},
        ]
    )
    gone = {"PK": {"S": "batch-deleted"}, "SK": {"S": "-"}}
    dynamodb.batch_write_item(
        RequestItems={
            "saldo": [
                {"PutRequest": {"Item": item("batch-put", 9)}},
                {"DeleteRequest": {"Key": gone}},
            ]
        }
    )


WRITTEN = [
    item("batch-put", 9),
    item("put", 1),
    item("tx-put", 7),
    item("tx-updated", 5),
    item("updated", 5),
]


@pytest.mark.parametrize("end", [kill, LocalCloud.stop], ids=["killed", "stopped"])
def test_items_outlive_the_end_of_the_local_cloud(
    start: Start, end: Callable[[LocalCloud], None]
) -> None:
    cloud = start()
    stacks.apply(cloud, "saldo", "http://localhost:8000")
    write_in_every_way(cloud)
    assert items(cloud) == WRITTEN

    end(cloud)

    assert items(start()) == WRITTEN


def test_a_journal_that_a_crash_cut_off_gives_back_what_was_answered(
    start: Start, tmp_path: Path
) -> None:
    cloud = start()
    stacks.apply(cloud, "saldo", "http://localhost:8000")
    cloud.client("dynamodb").put_item(TableName="saldo", Item=item("kept", 1))
    kill(cloud)
    with (tmp_path / "cloud" / "journal").open("ab") as journal:
        journal.write(b'{"account":"0000')

    restarted = start()

    assert items(restarted) == [item("kept", 1)]


def test_replaying_a_journal_over_its_own_snapshot_changes_nothing(
    start: Start, tmp_path: Path
) -> None:
    cloud = start()
    stacks.apply(cloud, "saldo", "http://localhost:8000")
    write_in_every_way(cloud)
    journal = (tmp_path / "cloud" / "journal").read_bytes()
    cloud.stop()
    (tmp_path / "cloud" / "journal").write_bytes(journal)

    restarted = start()

    assert items(restarted) == WRITTEN


def test_applying_the_template_again_keeps_names_secrets_and_items(start: Start) -> None:
    cloud = start()
    first = stacks.apply(cloud, "saldo", "http://localhost:8000")
    cloud.client("dynamodb").put_item(TableName="saldo", Item=item("kept", 1))
    settings = stacks.settings(first, "http://localhost:8000")

    second = stacks.apply(cloud, "saldo", "http://localhost:9000")

    assert stacks.settings(second, "http://localhost:8000") == settings
    assert items(cloud) == [item("kept", 1)]


def test_a_mail_is_kept_whole_before_its_sender_gets_the_answer(
    start: Start, tmp_path: Path
) -> None:
    cloud = start()
    stacks.apply(cloud, "saldo", "http://localhost:8000")

    cloud.client("sesv2").send_email(
        FromEmailAddress="cobros@saldo.local",
        Destination={"ToAddresses": ["b@example.com"]},
        Content={"Raw": {"Data": MIME}},
        EmailTags=[{"Name": "message", "Value": "m1"}],
    )
    kill(cloud)

    lines = (tmp_path / "mailbox.jsonl").read_text().splitlines()
    assert len(lines) == 1
    assert '"Value": "m1"' in lines[0]


def test_a_message_that_moves_to_the_queue_of_failed_work_stays_there(start: Start) -> None:
    stack = stacks.apply(start(), "saldo", "http://localhost:8000")
    sqs = stack.cloud.client("sqs")
    mail, failed = stack.queue_url("saldo-mail"), stack.queue_url("saldo-failed-work")
    sqs.send_message(QueueUrl=mail, MessageBody="poison")

    for _ in range(5):
        sqs.receive_message(QueueUrl=mail, VisibilityTimeout=0, WaitTimeSeconds=0)
    sqs.receive_message(QueueUrl=mail, WaitTimeSeconds=0)

    received = sqs.receive_message(QueueUrl=failed, WaitTimeSeconds=0, AttributeNames=["All"])
    (message,) = received["Messages"]
    assert message["Body"] == "poison"
    assert message["Attributes"]["ApproximateReceiveCount"] == "1"


def test_two_local_clouds_do_not_share_a_folder(start: Start, tmp_path: Path) -> None:
    start()

    with pytest.raises(CloudError, match="in use by another Saldo"):
        LocalCloud(tmp_path, patience_seconds=0)
