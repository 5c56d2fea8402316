"""webhooks unwrap: Standard Webhooks, judged by Python's own hmac."""

import base64
import hashlib
import hmac
import os
import time
import unittest

from support import BASH, Case

KEY = bytes(range(90, 122))
SECRET = "whsec_" + base64.b64encode(KEY).decode()
BODY = '{"type":"order.made","note":"é\\u0000 $(touch canary)"}\n'.encode()


def signed(body=BODY, key=KEY, at=None, identifier="msg_1"):
    """The headers that a sender would make."""
    at = str(int(time.time()) if at is None else at)
    digest = hmac.new(key, f"{identifier}.{at}.".encode() + body, hashlib.sha256).digest()
    return {"webhook-id": identifier, "webhook-timestamp": at, "webhook-signature": "v1," + base64.b64encode(digest).decode()}


class Webhooks(Case):
    def unwrap(self, headers, body=BODY, secret=SECRET, arguments=(), path=None, **options):
        words = [word for name, value in headers.items() for word in ("--header", f"{name}: {value}")]
        env = {"SHOP_WEBHOOK_SECRET": secret, **({"PATH": str(path)} if path else {})}
        return self.shop("webhooks", "unwrap", *words, *arguments, input=body, env=env, **options)

    def test_a_signed_event_is_printed_as_it_came(self):
        for key in (KEY, b"\0" * 24, bytes(range(200, 256)) * 2, b"k"):
            secret = base64.b64encode(key).decode()
            done = self.unwrap(signed(key=key), secret=secret)
            self.assertEqual((done.code, done.out.encode(), done.err), (0, BODY, ""), key)
        (self.folder / "event").write_bytes(BODY)
        done = self.unwrap({name.upper(): value for name, value in signed().items()}, body=b"", arguments=["--body-file", "event"])
        self.assertEqual((done.code, done.out.encode()), (0, BODY), done)
        self.assertEqual(self.unwrap({name.replace("webhook", "svix"): value for name, value in signed().items()}).code, 0)
        self.assertFalse((self.folder / "canary").exists())
        self.assertEqual([name for name in os.listdir(self.folder) if name.startswith("shop.")], [])

    def test_several_signatures_and_several_secrets_may_be(self):
        other = signed(key=b"old")
        both = {**signed(), "webhook-signature": f"v1a,x {other['webhook-signature']} {signed()['webhook-signature']}"}
        self.assertEqual(self.unwrap(both).code, 0)
        self.assertEqual(self.unwrap(other, secret=f"{SECRET} {base64.b64encode(b'old').decode()}").code, 0)

    def test_what_is_not_signed_is_refused(self):
        now = int(time.time())
        right = signed()
        for headers, body, words in [
            (signed(key=b"other"), BODY, "no signature is by this secret"),
            (right, BODY + b" ", "no signature is by this secret"),
            ({**right, "webhook-id": "msg_2"}, BODY, "no signature is by this secret"),
            ({**right, "webhook-signature": "v1,"}, BODY, "no signature is by this secret"),
            ({**right, "webhook-signature": right["webhook-signature"][:-2] + "A="}, BODY, "no signature is by this secret"),
            (signed(at=now - 400), BODY, "the webhook is too old"),
            (signed(at=now + 400), BODY, "the webhook is from the future"),
            ({**right, "webhook-timestamp": "x[$(touch canary)]"}, BODY, "webhook-timestamp is no number"),
            (signed(body=b"{"), b"{", "the webhook is signed, but it is no JSON"),
        ]:
            done = self.unwrap(headers, body)
            self.assertEqual((done.code, done.out, done.err), (4, "", f"shop: {words}\n"))
        done = self.unwrap(right, secret="not base64")
        self.assertEqual((done.code, done.err), (4, "shop: SHOP_WEBHOOK_SECRET is not base64, as in whsec_...\n"))
        self.assertFalse((self.folder / "canary").exists())

    def test_the_secret_is_in_no_trace(self):
        done = self.unwrap(signed(), bash=(BASH, "-x"))
        self.assertEqual(done.code, 0)
        for hidden in (SECRET, SECRET[6:], KEY.hex(), SECRET[10:30]):
            self.assertNotIn(hidden, done.err)

    def test_any_of_three_programs_makes_the_digest(self):
        for tool in ("openssl", "sha256sum", "shasum", None):
            bin_ = self.folder / f"bin-{tool}"
            bin_.mkdir()
            for name in ("bash", "cat", "tr", "sed", "mktemp", "rm", "date", "dirname", tool):
                if name == "shasum":
                    (bin_ / name).write_text('#!/bin/sh\n[ "$1 $2" = "-a 256" ] && exec /usr/bin/sha256sum\n')
                    (bin_ / name).chmod(0o755)
                elif name:
                    (bin_ / name).symlink_to(f"/usr/bin/{name}")
            done = self.unwrap(signed(), path=bin_)
            words = "" if tool else "shop: openssl, sha256sum or shasum is needed to verify a signature; none is installed\n"
            self.assertEqual((done.code, done.err), (0 if tool else 2, words), tool)

    def test_usage(self):
        self.assertIn("order.made", self.shop("webhooks", "unwrap", "--help").out)
        for arguments in ([], ["--header", "webhook-id: 1"], ["--none"], ["--header"]):
            self.assertEqual(self.shop("webhooks", "unwrap", *arguments, input=b"").code, 2)
        self.assertEqual(self.unwrap(signed(), secret="").err, "shop: no secret: set SHOP_WEBHOOK_SECRET\n")


if __name__ == "__main__":
    unittest.main()
