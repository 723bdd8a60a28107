"""Files over S3: what is refused or cut off is NotKept; large files are handed on as they are."""

from io import BytesIO
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from chalicelib.adapters.s3_files import S3Files
from chalicelib.usecases.ports import NotKept


class Client:
    """Takes one file, or fails."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.fault = fault
        self.asked: dict[str, Any] = {}

    def put_object(self, **asked: Any) -> None:
        if self.fault is not None:
            raise self.fault
        self.asked = asked


@pytest.mark.parametrize(
    "fault",
    [
        ClientError({"Error": {"Code": "SlowDown", "Message": "x"}}, "PutObject"),
        EndpointConnectionError(endpoint_url="https://s3.example"),
    ],
)
def test_what_s3_does_not_take_is_said_to_be_not_kept(fault: Exception) -> None:
    with pytest.raises(NotKept, match="did not take mails/m-1"):
        S3Files(Client(fault), "bucket").put("mails/m-1", b"x", "application/gzip")


def test_an_open_file_is_handed_on_without_being_read() -> None:
    client, archive = Client(), BytesIO(b"PK")

    S3Files(client, "bucket").put("legal-files/1.zip", archive, "application/zip")

    assert client.asked["Body"] is archive
    assert archive.tell() == 0
    assert (client.asked["Key"], client.asked["ContentType"]) == (
        "legal-files/1.zip", "application/zip"
    )  # fmt: skip
