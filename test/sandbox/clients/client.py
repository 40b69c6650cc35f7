"""Does the task on standard input with Twilio's Python library, and prints what it found."""
import datetime
import json
import re
import sys
from urllib.parse import urlsplit

from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client

task = json.load(sys.stdin)


class Redirected(TwilioHttpClient):
    def request(self, method, url, *args, **kwargs):
        parts = urlsplit(url)
        product = parts.hostname.split(".")[0]
        path = ("" if product == "api" else "/" + product) + parts.path
        query = "?" + parts.query if parts.query else ""
        return super().request(method, task["url"] + path + query, *args, **kwargs)


def client(user, password, account_sid=None):
    return Client(user, password, account_sid, http_client=Redirected())


def refusal(call):
    try:
        call()
    except TwilioRestException as error:
        return {"code": error.code, "status": error.status, "message": error.msg}
    raise AssertionError("This should have been refused")


own = client(task["accountSid"], task["authToken"])
pictures = ["https://example.com/a.png", "https://example.com/b.png"]
sent = own.messages.create(to=task["to"], from_=task["from"], body="Grüße & 1+1", media_url=pictures)
day = datetime.datetime.fromisoformat(task["day"].replace("Z", "+00:00"))
found = own.available_phone_numbers("US").local.list(contains="415*******")
trial = client(task["trialSid"], task["trialToken"])
key = own.new_keys.create(friendly_name="Inbox")
with_key = client(key.sid, key.secret, task["accountSid"])
webhook = task["webhook"]

print(
    json.dumps(
        {
            "accountName": own.api.accounts(task["accountSid"]).fetch().friendly_name,
            "ownerOfBranch": own.api.accounts.create(friendly_name="Branch").owner_account_sid,
            "sent": {"status": sent.status, "body": sent.body, "media": sent.num_media},
            "feedback": own.messages(sent.sid).feedback.create(outcome="confirmed").outcome,
            "redacted": own.messages(sent.sid).update(body="").body,
            "ofTheDay": len(own.messages.list(date_sent=day, page_size=500)),
            "starsFit": len(found) > 0 and all(re.search(r"415\d{7}$", each.phone_number) for each in found),
            "refusal": refusal(lambda: trial.incoming_phone_numbers.create(area_code="415")),
            "keySees": len(with_key.messages.list(limit=3, page_size=3)),
            "keyIsRefused": refusal(lambda: with_key.api.accounts(task["accountSid"]).fetch())["status"],
            "country": own.lookups.v1.phone_numbers(task["to"]).fetch().country_code,
            "priceUnit": own.pricing.v1.messaging.countries("US").fetch().price_unit,
            "serviceName": own.messaging.v1.services.create(friendly_name="Support").friendly_name,
            "signatureHolds": RequestValidator(task["authToken"]).validate(
                webhook["url"], webhook["form"], webhook["signature"]
            ),
        }
    )
)
