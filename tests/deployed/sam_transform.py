"""Turns a SAM template into plain CloudFormation as AWS does: python sam_transform.py IN OUT.

Runs in the local cloud's own environment, where the translator and its pydantic are.
"""

import json
import logging
import sys
from pathlib import Path

from samtranslator.translator.transform import transform


class NoManagedPolicies:
    """The policies of this template are all its own."""

    def load(self) -> dict[str, str]:
        return {}


def main(source: Path, target: Path) -> None:
    logging.disable(logging.WARNING)
    template = json.loads(source.read_text())
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://bucket/code.zip"
    target.write_text(json.dumps(transform(template, {}, NoManagedPolicies())))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
