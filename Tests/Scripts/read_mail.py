#!/usr/bin/env python3
"""read_mail.py FILE.eml...  Reads messages with Python's `email` package and fails on any defect.

Make the files with `PREAVIS_SAMPLES=samples swift test --filter MailTests.SampleFileTests`.
Looked for: defects of the message, of each part and of each header; lines beyond 78 characters, bytes that are not
ASCII, line ends that are not CR LF; encoded words beyond 75 characters; bodies and file names that decode; a calendar
part whose method equals the METHOD of the object.
"""
import email, email.policy, re, sys

failures = 0


def check(path, condition, text):
    global failures
    if not condition:
        failures += 1
        print(f"{path}: {text}")


for path in sys.argv[1:]:
    data = open(path, "rb").read()
    check(path, re.search(rb"(?<!\r)\n|\r(?!\n)", data) is None, "a line end is not CR LF")
    check(path, all(byte < 128 for byte in data), "a byte is not ASCII")
    for line in data.split(b"\r\n"):
        check(path, len(line) <= 78, f"{len(line)} characters: {line[:60]!r}")
        for word in re.findall(rb"=\?[^? ]+\?[QB]\?[^? ]*\?=", line):
            check(path, len(word) <= 75 and len(line) <= 76, f"encoded word or its line too long: {line!r}")
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        check(path, not part.defects, f"{part.get_content_type()}: {part.defects}")
        for name, value in part.items():
            check(path, not value.defects, f"{name}: {value.defects}")
        if not part.is_multipart():
            content = part.get_content()
            check(path, "\ufffd" not in content, f"{part.get_content_type()}: does not decode")
        if part.get_content_type() == "text/calendar":
            method = part["content-type"].params["method"]
            check(path, part.get_content_disposition() == "attachment", "the calendar is no attachment")
            check(path, part.get_filename() == part["content-type"].params["name"], "two names")
            print(f"  calendar: method={method} file={part.get_filename()!r} {len(content)} characters")
    for name in ("From", "To", "Subject", "Date", "Message-ID", "References", "In-Reply-To", "Content-Language"):
        print(f"  {name}: {message[name]}")
    print(f"  parts: {[part.get_content_type() for part in message.walk()]}")
    print(f"  text: {message.get_body(('plain',)).get_content()!r}")
print(f"VERDICT: {'FAIL' if failures else 'PASS'} failures={failures} files={len(sys.argv) - 1}")
sys.exit(bool(failures))
