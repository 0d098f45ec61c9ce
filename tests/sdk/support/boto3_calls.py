"""Calls of boto3 for tests in JavaScript: boto3_calls.py URL.

Each line of the input is a call, {"service", "operation", "input"}. Its answer is a line of the output: {"output"} or
{"refused"}. With the input null, the answer says whether the operation is {"unknown"} to the installed boto3.
"""

import json
import sys

import boto3
import botocore
import botocore.exceptions


def answer_of(client, operation, arguments):
    method = getattr(client, botocore.xform_name(operation), None)
    if method is None or arguments is None:
        return {"unknown": method is None}
    try:
        output = method(**arguments)
    except botocore.exceptions.ClientError as error:
        response = error.response
        return {
            "refused": {
                "type": type(error).__name__,
                "code": response["Error"]["Code"],
                "message": response["Error"]["Message"],
                "status": response["ResponseMetadata"]["HTTPStatusCode"],
            }
        }
    del output["ResponseMetadata"]
    return {"output": output}


services = ("personalize", "personalize-runtime", "personalize-events")
clients = {service: boto3.client(service, endpoint_url=sys.argv[1]) for service in services}
for line in sys.stdin:
    call = json.loads(line)
    answer = answer_of(clients[call["service"]], call["operation"], call["input"])
    print(json.dumps(answer, default=str), flush=True)
