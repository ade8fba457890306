"""Prints what Python's email package finds in .eml files: a JSON object a line for each file named on standard input."""
import email
import email.policy
import hashlib
import json
import sys


def text_of(part):
    return part.get_content() if part is not None else ""


def body_of(message):
    """The first part that is plain text and no attachment."""
    if not message.is_multipart():
        return message if message.get_content_type() == "text/plain" else None
    first = message.get_payload()[0]
    if first.get_content_disposition() == "attachment":
        return None
    return body_of(first)


def attachment_of(part):
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()[0]
        return {"name": part.get_filename() or "", "hash": None, "embedded": inner["subject"] or ""}
    data = part.get_payload(decode=True)
    return {"name": part.get_filename() or "", "hash": hashlib.sha256(data).hexdigest(), "embedded": None}


def people_of(header):
    if header is None:
        return []
    return [{"name": address.display_name, "address": address.addr_spec} for address in header.addresses]


def read(file):
    with open(file, "rb") as stream:
        message = email.message_from_binary_file(stream, policy=email.policy.default)
    parts = message.get_payload()[1:] if message.get_content_type() == "multipart/mixed" else []
    return {
        "subject": message["subject"] or "",
        "from": people_of(message["from"]),
        "to": people_of(message["to"]),
        "cc": people_of(message["cc"]),
        "body": text_of(body_of(message)),
        "attachments": [attachment_of(part) for part in parts],
    }


for line in sys.stdin.read().splitlines():
    try:
        print(json.dumps(read(line)))
    except Exception as error:  # whatever is wrong with a mail belongs in the report of that file
        print(json.dumps({"error": "%s: %s" % (type(error).__name__, error)}))
