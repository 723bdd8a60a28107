"""Each Lambda of app.py is configured, may do only its own work, and stands on safe resources."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infra.package import merged_resources

PROJECT = Path(__file__).parents[2]
CONFIG: dict[str, Any] = json.loads((PROJECT / ".chalice/config.json").read_text())
FUNCTIONS: dict[str, Any] = CONFIG["lambda_functions"]
TEMPLATE = merged_resources()
RESOURCES: dict[str, Any] = TEMPLATE["Resources"]

# Where a policy may use a wildcard, and why it cannot do without.
WILDCARDS = {
    "*": "SES knows no resource for its list of addresses that it no longer mails to",
    ":*": "the log streams of a Lambda are named by Lambda at run time",
    "${Table.Arn}/index/*": "the indexes of our own table",
    "${DocumentBucket.Arn}/*": "the objects of our own bucket",
    "-??????": "the six characters that Secrets Manager adds to a name",
}


def lambdas() -> dict[str, str]:
    """Handlers declared in app.py and, for consumers, their queue; the API has no declaration."""
    found = {"api_handler": ""}
    for function in ast.parse((PROJECT / "app.py").read_text()).body:
        if isinstance(function, ast.FunctionDef):
            for decorator in function.decorator_list:
                assert isinstance(decorator, ast.Call)
                queues = [k.value for k in decorator.keywords if k.arg == "queue"]
                found[function.name] = ast.literal_eval(queues[0]) if queues else ""
    return found


def policy(function: str) -> list[dict[str, Any]]:
    text = (PROJECT / ".chalice" / FUNCTIONS[function]["iam_policy_file"]).read_text()
    statements: list[dict[str, Any]] = json.loads(text)["Statement"]
    return statements


def resources_of(statement: dict[str, Any]) -> list[str]:
    """ARNs as text: the inside of Fn::Sub, and ${Id.Arn} for a reference."""
    listed = statement["Resource"]
    if listed == "*":
        return ["*"]
    return [
        each.get("Fn::Sub") or "${" + ".".join(each["Fn::GetAtt"]) + "}"
        for each in (listed if isinstance(listed, list) else [listed])
    ]


def of_type(kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((name, each) for name, each in RESOURCES.items() if each.get("Type") == kind)


def queue_id(queue: str) -> str:
    wanted = "${AWS::StackName}-" + queue.removeprefix("saldo-")
    ids = [
        name
        for name, each in of_type("AWS::SQS::Queue")
        if each["Properties"]["QueueName"]["Fn::Sub"] == wanted
    ]
    return ids[0]


def test_each_lambda_has_memory_time_and_a_policy_of_its_own() -> None:
    needed = {"iam_policy_file", "lambda_memory_size", "lambda_timeout"}

    policies = [settings["iam_policy_file"] for settings in FUNCTIONS.values()]

    assert set(FUNCTIONS) == set(lambdas())
    assert all(needed <= set(settings) for settings in FUNCTIONS.values())
    assert sorted(policies) == sorted(path.name for path in PROJECT.glob(".chalice/policy-*.json"))
    assert CONFIG["autogen_policy"] is False


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_a_policy_names_what_it_allows_and_says_it_once(function: str) -> None:
    names = [statement["Sid"] for statement in policy(function)]

    assert len(names) == len(set(names))
    for statement in policy(function):
        assert isinstance(statement["Action"], list)
        assert not [action for action in statement["Action"] if "*" in action]
        for resource in resources_of(statement):
            if resource == "*":
                assert statement["Action"] == ["ses:DeleteSuppressedDestination"]
                continue
            assert "*" not in resource or resource.endswith(tuple(WILDCARDS)), resource
            assert "?" not in resource or resource.endswith("-??????"), resource


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_a_lambda_writes_only_its_own_log(function: str) -> None:
    logical_id = "APIHandler" if function == "api_handler" else function.title().replace("_", "")

    logs = [each for each in policy(function) if each["Action"][0].startswith("logs:")]

    assert [resources_of(each) for each in logs] == [
        [
            "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/"
            "${AWS::StackName}-" + logical_id + "-*:*"
        ]
    ]


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_a_lambda_takes_only_from_its_own_queue(function: str) -> None:
    queue = lambdas()[function]

    taken = [
        resource
        for each in policy(function)
        if "sqs:ReceiveMessage" in each["Action"]
        for resource in resources_of(each)
    ]

    assert taken == (["${" + queue_id(queue) + ".Arn}"] if queue else [])


def test_no_lambda_may_scan_the_table_or_change_what_the_template_made() -> None:
    allowed = {
        action for function in FUNCTIONS for each in policy(function) for action in each["Action"]
    }

    assert "dynamodb:Scan" not in allowed
    assert not [action for action in allowed if re.search("(Create|Delete|Update)[TBQ]", action)]
    assert not [action for action in allowed if action.startswith(("iam:", "sts:"))]


def test_one_lambda_may_call_another_and_that_one_may_do_nothing() -> None:
    calls = {
        function: resources_of(each)
        for function in FUNCTIONS
        for each in policy(function)
        if any(action.startswith("lambda:") for action in each["Action"])
    }

    assert calls == {"on_webhook": ["${Egress.Arn}"]}
    assert [each["Sid"] for each in policy("egress")] == ["Log"]


def test_whoever_may_change_the_books_may_have_it_announced() -> None:
    # The sweeper looks after what others left; the last resort only makes work items.
    consumers = {name for name, queue in lambdas().items() if queue} - {"on_failed_work"}

    announcing = {
        function
        for function in FUNCTIONS
        for each in policy(function)
        if "sqs:SendMessage" in each["Action"] and "${WebhookQueue.Arn}" in resources_of(each)
    }

    assert announcing == consumers | {"api_handler", "sweep"}


def test_only_the_api_deletes() -> None:
    deleters = [
        function
        for function in FUNCTIONS
        if any("dynamodb:DeleteItem" in each["Action"] for each in policy(function))
    ]

    assert deleters == ["api_handler"]


def test_only_those_who_send_mail_may_send_mail() -> None:
    senders = [
        function
        for function in FUNCTIONS
        if any("ses:SendEmail" in each["Action"] for each in policy(function))
    ]

    # The API sends the trial of a text to whoever writes it.
    assert sorted(senders) == ["api_handler", "on_mail", "on_reminders"]


def test_what_fails_five_times_moves_on_and_ends_where_it_rings() -> None:
    targets = {
        name: each["Properties"]["RedrivePolicy"]
        for name, each in of_type("AWS::SQS::Queue")
        if "RedrivePolicy" in each["Properties"]
    }
    alarm = RESOURCES["DeadWorkAlarm"]["Properties"]

    assert {policy["maxReceiveCount"] for policy in targets.values()} == {5}
    assert {
        name: policy["deadLetterTargetArn"]["Fn::GetAtt"][0] for name, policy in targets.items()
    } == {
        "ProviderEventQueue": "FailedWorkQueue",
        "MailQueue": "FailedWorkQueue",
        "ReminderQueue": "FailedWorkQueue",
        "ChoreQueue": "FailedWorkQueue",
        "MailEventQueue": "FailedWorkQueue",
        "WebhookQueue": "FailedWorkQueue",
        "FailedWorkQueue": "DeadWorkQueue",
    }
    assert alarm["Dimensions"][0]["Value"] == {"Fn::GetAtt": ["DeadWorkQueue", "QueueName"]}
    assert (alarm["Threshold"], alarm["ComparisonOperator"]) == (0, "GreaterThanThreshold")


@pytest.mark.parametrize("queue", ["FailedWorkQueue", "DeadWorkQueue"])
def test_failed_work_is_kept_for_a_fortnight(queue: str) -> None:
    assert RESOURCES[queue]["Properties"]["MessageRetentionPeriod"] == 14 * 24 * 3600


@pytest.mark.parametrize(
    ("function", "queue"), [(name, queue) for name, queue in lambdas().items() if queue]
)
def test_a_message_stays_hidden_six_times_as_long_as_its_lambda_may_take(
    function: str, queue: str
) -> None:
    hidden = RESOURCES[queue_id(queue)]["Properties"]["VisibilityTimeout"]

    assert hidden >= 6 * FUNCTIONS[function]["lambda_timeout"]


def test_what_ses_reports_waits_in_a_queue_that_only_its_rule_may_fill() -> None:
    rule = RESOURCES["MailEventRule"]["Properties"]
    policy = RESOURCES["MailEventQueuePolicy"]["Properties"]
    (statement,) = policy["PolicyDocument"]["Statement"]

    assert rule["EventPattern"] == {"source": ["aws.ses"]}
    assert [target["Arn"] for target in rule["Targets"]] == [
        {"Fn::GetAtt": ["MailEventQueue", "Arn"]}
    ]
    assert policy["Queues"] == [{"Ref": "MailEventQueue"}]
    assert statement["Principal"] == {"Service": "events.amazonaws.com"}
    assert statement["Condition"] == {
        "ArnEquals": {"aws:SourceArn": {"Fn::GetAtt": ["MailEventRule", "Arn"]}}
    }


def test_no_lambda_is_called_by_an_event_that_nobody_keeps() -> None:
    # A schedule that fails is made up for by the next one; anything else waits in a queue.
    tree = ast.parse((PROJECT / "app.py").read_text())

    called = {one.attr for one in ast.walk(tree) if isinstance(one, ast.Attribute)}

    assert "on_cw_event" not in called


def test_the_books_survive_mistakes() -> None:
    table = RESOURCES["Table"]
    recovery = table["Properties"]["PointInTimeRecoverySpecification"]

    assert recovery == {"PointInTimeRecoveryEnabled": True, "RecoveryPeriodInDays": 35}
    assert table["Properties"]["DeletionProtectionEnabled"] == {"Fn::If": ["InAws", True, False]}
    for name in ("Table", "StaffPool", "DocumentBucket"):
        assert RESOURCES[name]["DeletionPolicy"] == "Retain"
        assert RESOURCES[name]["UpdateReplacePolicy"] == "Retain"
    assert RESOURCES["DocumentBucket"]["Properties"]["VersioningConfiguration"] == {
        "Status": "Enabled"
    }


def test_no_bucket_is_public_or_plain() -> None:
    buckets = dict(of_type("AWS::S3::Bucket"))

    assert set(buckets) == {"DocumentBucket", "SiteBucket"}
    for bucket in buckets.values():
        properties = bucket["Properties"]
        assert set(properties["PublicAccessBlockConfiguration"].values()) == {True}
        assert len(properties["PublicAccessBlockConfiguration"]) == 4
        assert "BucketEncryption" in properties
        assert "AccessControl" not in properties


def test_every_answer_carries_the_security_headers() -> None:
    headers = RESOURCES["Headers"]["Properties"]["ResponseHeadersPolicyConfig"]
    security = headers["SecurityHeadersConfig"]
    default = RESOURCES["Entrance"]["Properties"]["DistributionConfig"]["DefaultCacheBehavior"]

    assert default["ResponseHeadersPolicyId"] == {"Ref": "Headers"}
    # A page of the API may say more strictly what others learn of its address.
    yielding = {name for name, each in security.items() if each["Override"] is not True}
    assert yielding == {"ReferrerPolicy"}
    assert security["ContentSecurityPolicy"]["ContentSecurityPolicy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
        "frame-ancestors 'none'; base-uri 'none'; "
        "form-action 'self' https://sis.redsys.es https://sis-t.redsys.es:25443"
    )
    assert security["StrictTransportSecurity"]["AccessControlMaxAgeSec"] == 365 * 24 * 3600
    assert set(security) >= {"ContentTypeOptions", "FrameOptions", "ReferrerPolicy"}
    assert {each["Header"] for each in headers["CustomHeadersConfig"]["Items"]} == {
        "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy",
        "Permissions-Policy",
    }


def test_staff_are_invited_and_sign_in_by_code_only() -> None:
    pool = RESOURCES["StaffPool"]["Properties"]
    client = RESOURCES["StaffClient"]["Properties"]

    assert pool["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": True}
    assert pool["EnabledMfas"] == ["SOFTWARE_TOKEN_MFA"]
    assert client["AllowedOAuthFlows"] == ["code"]
    assert client["GenerateSecret"] is True
    assert client["PreventUserExistenceErrors"] == "ENABLED"


def test_every_alarm_tells_somebody() -> None:
    alarms = dict(of_type("AWS::CloudWatch::Alarm"))

    assert sorted(alarms) == [
        "ApiAlarm",
        "BounceAlarm",
        "ComplaintAlarm",
        "DeadWorkAlarm",
        "HourlyAlarm",
        "LambdaAlarm",
        "NightlyAlarm",
        "ReminderTickAlarm",
        "SweepAlarm",
    ]
    for alarm in alarms.values():
        assert alarm["Properties"]["AlarmActions"] == [{"Ref": "AlarmTopic"}]


def test_mail_stops_well_before_ses_stops_it() -> None:
    bounces, complaints = RESOURCES["BounceAlarm"], RESOURCES["ComplaintAlarm"]

    assert bounces["Properties"]["Threshold"] == 0.02
    assert complaints["Properties"]["Threshold"] == 0.0005
