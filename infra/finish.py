"""The edits to chalice's template that no merge can express: list items, references for text.

Works on the plain template and knows no file.
"""

import json
from collections.abc import Iterator
from typing import Any, Final

Template = dict[str, Any]

_TABLE_ARN: Final = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Name}"


def finish(template: Template, *, runtime: str, code_uri: str) -> Template:
    """Return chalice's merged template made deployable; the argument is changed in place.

    `runtime` is Lambda's name of the stage's Python: chalice writes the one that it runs on itself.
    Raises KeyError when a queue or the API is not in the template.
    """
    for function in _properties(template, "AWS::Serverless::Function"):
        function["Runtime"] = runtime
        function["CodeUri"] = code_uri
        for event in function.get("Events", {}).values():
            if event["Type"] == "SQS":
                _connect_queue(template, event["Properties"])
    _name_api_log_group(template)
    _pass_bytes_through(template)
    _follow_restored_table(template)
    _lead_api_paths_to_api(template)
    return template


def _properties(template: Template, kind: str) -> Iterator[dict[str, Any]]:
    for resource in template["Resources"].values():
        if resource["Type"] == kind:
            yield resource["Properties"]


def _connect_queue(template: Template, mapping: dict[str, Any]) -> None:
    """Point at this stack's queue, and let one bad message fail without its batch."""
    mapping["Queue"] = {"Fn::GetAtt": [_queue_named(template, mapping["Queue"]), "Arn"]}
    mapping["FunctionResponseTypes"] = ["ReportBatchItemFailures"]


def _queue_named(template: Template, arn: dict[str, str]) -> str:
    """Logical id of the queue: app.py says saldo-x where the template says ${AWS::StackName}-x."""
    wanted = arn["Fn::Sub"].rpartition(":saldo-")[2]
    for logical_id, resource in template["Resources"].items():
        if resource["Type"] == "AWS::SQS::Queue":
            name = resource["Properties"]["QueueName"]["Fn::Sub"]
            if name == "${AWS::StackName}-" + wanted:
                return str(logical_id)
    raise KeyError(wanted)


def _name_api_log_group(template: Template) -> None:
    """Chalice renames the API's Lambda to APIHandler but leaves the old name in its log group."""
    log_group = template["Resources"]["ApiHandlerLogGroup"]["Properties"]
    log_group["LogGroupName"] = {"Fn::Sub": "/aws/lambda/${APIHandler}"}


def _pass_bytes_through(template: Template) -> None:
    """API Gateway hands bodies on unread; else a browser's link to a PDF would get base64 text."""
    definition = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]
    definition["x-amazon-apigateway-binary-media-types"] = ["*/*"]


def _follow_restored_table(template: Template) -> None:
    """After a restore the Lambdas work on RestoredTable, and may use it where they might Table."""
    name = {"Fn::If": ["IsRestored", {"Ref": "RestoredTable"}, {"Ref": "Table"}]}
    arn = {"Fn::Sub": [_TABLE_ARN, {"Name": name}]}
    in_place_of = {
        _text({"Fn::GetAtt": ["Table", "Arn"]}): arn,
        _text({"Fn::Sub": "${Table.Arn}/index/*"}): {
            "Fn::Sub": [f"{_TABLE_ARN}/index/*", {"Name": name}]
        },
    }
    template["Globals"]["Function"]["Environment"]["Variables"]["SALDO_TABLE"] = name
    for role in _properties(template, "AWS::IAM::Role"):
        for policy in role["Policies"]:
            for statement in policy["PolicyDocument"]["Statement"]:
                listed = statement["Resource"]
                targets = listed if isinstance(listed, list) else [listed]
                statement["Resource"] = [in_place_of.get(_text(each), each) for each in targets]


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _lead_api_paths_to_api(template: Template) -> None:
    """CloudFront sends to the API what the API serves; all other paths are the site's."""
    resources = template["Resources"]
    paths = resources["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    distribution = resources["Entrance"]["Properties"]["DistributionConfig"]
    distribution["CacheBehaviors"] = [_behaviour(pattern) for pattern in _patterns(paths)]


def _patterns(paths: list[str]) -> list[str]:
    """The fewest path patterns that cover the paths: /v1/health and /v1/invoices make /v1/*."""
    patterns = set()
    for path in paths:
        head, slash, _ = path.lstrip("/").partition("/")
        patterns.add(f"/{head}{slash}*" if slash else f"/{head}")
    return sorted(patterns)


def _behaviour(pattern: str) -> dict[str, Any]:
    return {
        "PathPattern": pattern,
        "TargetOriginId": "api",
        "ViewerProtocolPolicy": "https-only",
        "AllowedMethods": ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
        "Compress": True,
        "CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",  # managed: CachingDisabled
        # Managed: AllViewerExceptHostHeader. API Gateway answers only to its own host name.
        "OriginRequestPolicyId": "b689b0a8-53d0-40ab-baf2-38268e66ac4e",
        "ResponseHeadersPolicyId": {"Ref": "Headers"},
    }
