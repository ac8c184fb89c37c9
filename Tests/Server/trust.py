#!/usr/bin/env python3
"""Webhooks go to a receiver whose certificate the system trusts, and to no other.

usage: trust.py PREAVIS

Five receivers with TLS on loopback, of which one has a certificate of an authority that is put among those of the system,
in a mount namespace of the sender's own. Fails when that one is not sent the message once, with a signature, or when a
receiver gets anything whose certificate is for another host, has expired, is its own authority, or comes of one that the
system does not know. Needs openssl, and unshare with the right to make a mount namespace; where it has none, it says so.
"""

from __future__ import annotations

import argparse
import http.server
import pathlib
import ssl
import subprocess
import sys
import tempfile
import threading
import time

from house import House, iso, nights

from findings import Tally

STORE = "/etc/ssl/certs"
NAMES = ("trusted", "other-host", "expired", "self-signed", "unknown-authority")


def openssl(folder: pathlib.Path, *words: str) -> None:
    done = subprocess.run(
        ["openssl", *words], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60
    )
    if done.returncode != 0:
        raise SystemExit(f"openssl {' '.join(words)}: {done.stderr.strip()[-400:]}")


def key(folder: pathlib.Path, name: str) -> None:
    openssl(folder, "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", f"{name}.key")


def authority(folder: pathlib.Path, name: str) -> None:
    key(folder, name)
    openssl(folder, "req", "-x509", "-new", "-key", f"{name}.key", "-subj", f"/CN={name}", "-days", "2", "-out",
            f"{name}.pem", "-addext", "keyUsage=critical,keyCertSign,cRLSign")  # fmt: skip
    (folder / name).mkdir()
    (folder / name / "index").write_text("")
    (folder / name / "serial").write_text("01\n")
    (folder / f"{name}.cnf").write_text(
        f"[ca]\ndefault_ca=x\n[x]\ndatabase={name}/index\nserial={name}/serial\nnew_certs_dir={name}\n"
        f"certificate={name}.pem\nprivate_key={name}.key\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n"
    )


def certificate(folder: pathlib.Path, name: str, by: str, host: str, days: tuple[int, int]) -> None:
    """For `host`, from so many days after today until so many."""
    key(folder, name)
    openssl(folder, "req", "-new", "-key", f"{name}.key", "-subj", f"/CN={name}", "-out", f"{name}.csr")
    (folder / f"{name}.ext").write_text(
        f"basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectAltName=DNS:{host}\n"
    )
    start, end = (time.strftime("%Y%m%d%H%M%SZ", time.gmtime(time.time() + 86400 * day)) for day in days)
    openssl(folder, "ca", "-batch", "-config", f"{by}.cnf", "-in", f"{name}.csr", "-out", f"{name}.pem", "-notext",
            "-extfile", f"{name}.ext", "-startdate", start, "-enddate", end)  # fmt: skip


def certificates(folder: pathlib.Path) -> None:
    authority(folder, "authority")
    authority(folder, "stranger")
    certificate(folder, "trusted", "authority", "localhost", (-1, 1))
    certificate(folder, "other-host", "authority", "elsewhere.example", (-1, 1))
    certificate(folder, "expired", "authority", "localhost", (-3, -1))
    certificate(folder, "unknown-authority", "stranger", "localhost", (-1, 1))
    key(folder, "self-signed")
    openssl(folder, "req", "-x509", "-new", "-key", "self-signed.key", "-subj", "/CN=localhost", "-days", "2", "-out",
            "self-signed.pem", "-addext", "subjectAltName=DNS:localhost")  # fmt: skip


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.got.append((dict(self.headers), body))  # type: ignore[attr-defined]
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class Receiver(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, folder: pathlib.Path, name: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.visits = 0
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / f"{name}.pem", folder / f"{name}.key")
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def process_request(self, request: object, address: object) -> None:
        self.visits += 1
        super().process_request(request, address)  # type: ignore[arg-type]

    def handle_error(self, *_: object) -> None:
        """A sender that leaves during the handshake is what is wanted."""


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("program")
    options.add_argument("--quick", action="store_true", help="the same: it is short")
    chosen = options.parse_args()
    tally, began = Tally(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="preavis-trust-") as name:
        folder = pathlib.Path(name)
        if subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode != 0:
            tally.skip("all", "no right to make a mount namespace")
            tally.passed += 1
            return tally.finish()
        certificates(folder)
        house = House(chosen.program, folder)
        receivers = {name: Receiver(folder, name) for name in NAMES}
        for receiver in receivers.values():
            house.run("webhook", "create", "--url", f"https://localhost:{receiver.server_port}/preavis", "--allow-private")
        house.run("submit", "--start", iso(nights()[0]), "--duration", "1h", "--title", "Essai")
        within = (
            f'mount -t tmpfs none {STORE} && cp "$0" {STORE}/ca-certificates.crt && exec "$1" deliveries run --allow-private'
        )
        done = subprocess.run(
            ["unshare", "-rm", "sh", "-c", within, str(folder / "authority.pem"), house.binary],
            env=house.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, cwd=folder,
        )  # fmt: skip
        trusted = receivers.pop("trusted")
        tally.expect(len(trusted.got) == 1, "trusted", "sent", f"{len(trusted.got)} messages; {done.stderr[-600:]}")
        if trusted.got:
            fields = {key.lower() for key in trusted.got[0][0]}
            tally.expect({"webhook-id", "webhook-signature"} <= fields, "trusted", "signed", str(fields))
        for name, receiver in receivers.items():
            tally.expect(not receiver.got, name, "sent", f"{len(receiver.got)} messages")
            tally.expect(receiver.visits > 0, name, "came", "nobody came to see the certificate")
        # Reminders wait for their hour.
        rows = [row for row in house.json("deliveries", "list") if "lead_seconds" not in row]
        said = [row["last_error"] for row in rows if row["last_error"]]
        tally.expect(len(said) == 4 and all(text.startswith("TLS: the certificate ") for text in said), "deliveries list",
                     "why not", str(said))  # fmt: skip
        states = sorted(row["state"] for row in rows)
        tally.expect(states.count("delivered") == 1 and len(states) == 5, "deliveries list", "states", str(states))
    print(f"{time.monotonic() - began:.0f} s")
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
