"""A user's script for the two other services: prints the error that each returns."""

import datetime
import json

import boto3
import botocore.exceptions


def refused(call, **arguments):
    try:
        call(**arguments)
    except botocore.exceptions.ClientError as error:
        return error.response["Error"]["Code"]
    return "nothing"


event = {"eventType": "watch", "sentAt": datetime.datetime.now()}
campaign = "arn:aws:personalize:us-east-1:000000000000:campaign/films"
runtime, events = boto3.client("personalize-runtime"), boto3.client("personalize-events")
print(
    json.dumps(
        {
            "runtime": refused(runtime.get_recommendations, campaignArn=campaign),
            "events": refused(events.put_events, trackingId="films", sessionId="one", eventList=[event]),
        }
    )
)
