"""A Lambda that tries a few things and tells which of them its role lets it do."""

from typing import Any

import botocore.session
from botocore.exceptions import ClientError


def probe(outputs: dict[str, str], _context: object) -> dict[str, str]:
    """The error code of each attempt, empty where it was allowed."""
    table, key = outputs["TableName"], {"PK": {"S": "PROBE"}, "SK": {"S": "#"}}
    text = {"Data": "probe"}
    mail = {"Simple": {"Subject": text, "Body": {"Text": text}}}
    documents = outputs["DocumentBucketName"]
    secret = outputs["SignInClientSecretArn"]
    kept = f"{outputs['VaultPath']}/probe"
    return {
        "read": tried("dynamodb", "get_item", TableName=table, Key=key),
        "write": tried("dynamodb", "put_item", TableName=table, Item=key),
        "read all": tried("dynamodb", "scan", TableName=table),
        "delete the table": tried("dynamodb", "delete_table", TableName=table),
        "hand over mail": tried(
            "sqs", "send_message", QueueUrl=outputs["MailQueueUrl"], MessageBody="{}"
        ),
        "send mail": tried(
            "sesv2",
            "send_email",
            FromEmailAddress="cobros@saldo.test",
            Destination={"ToAddresses": ["probe@saldo.test"]},
            Content=mail,
            ConfigurationSetName=outputs["ConfigurationSet"],
        ),
        "read a secret": tried("secretsmanager", "get_secret_value", SecretId=secret),
        "read a key": tried("ssm", "get_parameter", Name=kept, WithDecryption=True),
        "keep a key": tried(
            "ssm", "put_parameter", Name=kept, Value="x", Type="SecureString", Overwrite=True
        ),
        "read a document": tried("s3", "head_object", Bucket=documents, Key="probe"),
    }


def tried(service: str, operation: str, **arguments: Any) -> str:
    client = botocore.session.get_session().create_client(service)
    try:
        getattr(client, operation)(**arguments)
    except ClientError as error:
        code = str(error.response["Error"]["Code"])
        # Allowed to look, and told that there is nothing.
        return "" if code in {"404", "NoSuchKey", "ParameterNotFound"} else code
    return ""
