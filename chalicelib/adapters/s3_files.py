"""The Files port over S3."""

from typing import IO, Any, Final

from chalicelib.usecases.ports import NotKept

_LINK_SECONDS: Final = 300  # a browser follows it at once


class S3Files:
    """Files of one bucket."""

    def __init__(self, client: Any, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, key: str, content: bytes | IO[bytes], content_type: str) -> None:
        """Store a file; the bucket keeps versions, and the same key has the same content."""
        from botocore.exceptions import (  # noqa: PLC0415 - loaded with the client
            BotoCoreError,
            ClientError,
        )

        try:
            self._client.put_object(
                Bucket=self._bucket, Key=key, Body=content, ContentType=content_type
            )
        except (BotoCoreError, ClientError) as exc:
            raise NotKept(f"The file store did not take {key}: {exc}") from exc

    def get(self, key: str) -> bytes | None:
        """Return a stored file, or None."""
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=key)
        except self._client.exceptions.NoSuchKey:
            return None
        content: bytes = answer["Body"].read()
        return content

    def link(self, key: str, file_name: str) -> str:
        """Return an address at which a stored file can be fetched for five minutes."""
        wanted = {
            "Bucket": self._bucket,
            "Key": key,
            "ResponseContentDisposition": f'attachment; filename="{file_name}"',
        }
        address: str = self._client.generate_presigned_url(
            "get_object", Params=wanted, ExpiresIn=_LINK_SECONDS
        )
        return address
