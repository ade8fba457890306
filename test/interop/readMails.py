"""Prints what Python's email package finds in .eml files: a JSON object a line for each file named on standard input."""
import email
import email.header
import email.policy
import hashlib
import json
import re
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


def text_of_line(line):
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def headers_of(data):
    """The header fields by lower-case name: unfolded, encoded words decoded, other bytes in UTF-8 or else Latin-1."""
    head = re.split(rb"\r?\n\r?\n", data, maxsplit=1)[0]
    fields = {}
    for line in re.sub(rb"\r?\n[ \t]+", b" ", head).splitlines():
        name, _, value = text_of_line(line).partition(":")
        fields[name.lower()] = str(email.header.make_header(email.header.decode_header(value.strip())))
    return fields


def read(file):
    with open(file, "rb") as stream:
        data = stream.read()
    headers = headers_of(data)
    message = email.message_from_bytes(data, policy=email.policy.default)
    parts = message.get_payload()[1:] if message.get_content_type() == "multipart/mixed" else []
    return {
        "subject": headers.get("subject", ""),
        "from": headers.get("from", ""),
        "to": headers.get("to", ""),
        "cc": headers.get("cc", ""),
        "body": text_of(body_of(message)),
        "attachments": [attachment_of(part) for part in parts],
    }


for line in sys.stdin.read().splitlines():
    try:
        print(json.dumps(read(line)))
    except Exception as error:  # whatever is wrong with a mail belongs in the report of that file
        print(json.dumps({"error": "%s: %s" % (type(error).__name__, error)}))
