from typing import Any

import pytest

from infra.finish import finish


def a_template(*paths: str, queue: str = "saldo-mail") -> dict[str, Any]:
    mapping = {
        "Queue": {"Fn::Sub": "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:" + queue},
        "BatchSize": 1,
    }
    function = {"Events": {"Source": {"Type": "SQS", "Properties": mapping}}}
    statement = {
        "Action": ["dynamodb:Query"],
        "Resource": [{"Fn::GetAtt": ["Table", "Arn"]}, {"Fn::Sub": "${Table.Arn}/index/*"}],
    }
    return {
        "Globals": {"Function": {"Environment": {"Variables": {"SALDO_TABLE": {"Ref": "Table"}}}}},
        "Resources": {
            "OnMailRole": {
                "Type": "AWS::IAM::Role",
                "Properties": {"Policies": [{"PolicyDocument": {"Statement": [statement]}}]},
            },
            "OnMail": {"Type": "AWS::Serverless::Function", "Properties": function},
            "MailQueue": {
                "Type": "AWS::SQS::Queue",
                "Properties": {"QueueName": {"Fn::Sub": "${AWS::StackName}-mail"}},
            },
            "ApiHandlerLogGroup": {"Type": "AWS::Logs::LogGroup", "Properties": {}},
            "RestAPI": {
                "Type": "AWS::Serverless::Api",
                "Properties": {"DefinitionBody": {"paths": {path: {} for path in paths}}},
            },
            "Entrance": {
                "Type": "AWS::CloudFront::Distribution",
                "Properties": {"DistributionConfig": {}},
            },
        },
    }


def test_a_consumer_is_connected_to_the_queue_of_its_stack_and_fails_message_by_message() -> None:
    template = a_template()

    finished = finish(template, runtime="python3.13", code_uri="./code.zip")

    function = finished["Resources"]["OnMail"]["Properties"]
    assert (function["Runtime"], function["CodeUri"]) == ("python3.13", "./code.zip")
    assert function["Events"]["Source"]["Properties"] == {
        "Queue": {"Fn::GetAtt": ["MailQueue", "Arn"]},
        "BatchSize": 1,
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
    }


def test_a_consumer_of_a_queue_that_nobody_makes_is_refused() -> None:
    template = a_template(queue="saldo-nowhere")

    with pytest.raises(KeyError, match="nowhere"):
        finish(template, runtime="python3.13", code_uri="./code.zip")


def test_cloudfront_leads_to_the_api_exactly_what_the_api_serves() -> None:
    template = a_template(
        "/v1/health", "/v1/invoices/{id}", "/portal", "/portal/pay", "/openapi.json"
    )

    finished = finish(template, runtime="python3.13", code_uri="./code.zip")

    distribution = finished["Resources"]["Entrance"]["Properties"]["DistributionConfig"]
    patterns = [each["PathPattern"] for each in distribution["CacheBehaviors"]]
    assert patterns == ["/openapi.json", "/portal", "/portal/*", "/v1/*"]
    for behaviour in distribution["CacheBehaviors"]:
        assert behaviour["TargetOriginId"] == "api"
        assert behaviour["ResponseHeadersPolicyId"] == {"Ref": "Headers"}


def test_after_a_restore_the_lambdas_get_and_may_use_the_restored_table() -> None:
    template = a_template()
    books = {"Name": {"Fn::If": ["IsRestored", {"Ref": "RestoredTable"}, {"Ref": "Table"}]}}
    table = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Name}"

    finished = finish(template, runtime="python3.13", code_uri="./code.zip")

    variables = finished["Globals"]["Function"]["Environment"]["Variables"]
    role = finished["Resources"]["OnMailRole"]["Properties"]
    assert variables == {"SALDO_TABLE": books["Name"]}
    assert role["Policies"][0]["PolicyDocument"]["Statement"][0]["Resource"] == [
        {"Fn::Sub": [table, books]},
        {"Fn::Sub": [f"{table}/index/*", books]},
    ]


def test_a_document_reaches_a_browser_as_it_is() -> None:
    template = a_template("/v1/invoices/{id}/pdf")

    finished = finish(template, runtime="python3.13", code_uri="./code.zip")

    definition = finished["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]
    assert definition["x-amazon-apigateway-binary-media-types"] == ["*/*"]
