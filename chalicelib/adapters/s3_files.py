"""The Files port over S3."""

from typing import Any


class S3Files:
    """Files of one bucket."""

    def __init__(self, client: Any, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, key: str, content: bytes, content_type: str) -> None:
        """Store a file; the bucket keeps versions, and the same key has the same content."""
        self._client.put_object(
            Bucket=self._bucket, Key=key, Body=content, ContentType=content_type
        )

    def get(self, key: str) -> bytes | None:
        """Return a stored file, or None."""
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=key)
        except self._client.exceptions.NoSuchKey:
            return None
        content: bytes = answer["Body"].read()
        return content
