#!/usr/bin/env python3
"""examples/nginx/preavis.conf in front of a running preavis: nginx.py PREAVIS

Starts nginx with the file as it is shipped, but for ports, certificate and name, on the loopback, and asks through it.
Needs nginx and openssl.
"""
import http.client
import pathlib
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time

import running

EXAMPLE = running.ROOT / "examples" / "nginx" / "preavis.conf"
FEED = f"/{running.SERVICE}/feeds/maintenance.fr.ics"
MAIN = """
daemon off; worker_processes 1; pid {0}/nginx.pid; error_log {0}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log {0}/access.log; client_body_temp_path {0}/body; proxy_temp_path {0}/proxy;
  fastcgi_temp_path {0}/fastcgi; uwsgi_temp_path {0}/uwsgi; scgi_temp_path {0}/scgi;
  include {0}/preavis.conf;
}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def configured(work, upstream, secure, plain):
    """The example with the places of this test in it; each of them has to stand there once."""
    text = EXAMPLE.read_text()
    for old, new in {
        "server 127.0.0.1:8080;": f"server 127.0.0.1:{upstream};",
        "    listen 443 ssl;\n": f"    listen 127.0.0.1:{secure} ssl;\n", "    listen [::]:443 ssl;\n": "",
        "    listen 80;\n": f"    listen 127.0.0.1:{plain};\n", "    listen [::]:80;\n": "",
        "/etc/ssl/certs/maintenance.example.org.pem": f"{work}/cert.pem",
        "/etc/ssl/private/maintenance.example.org.key": f"{work}/key.pem",
    }.items():
        if text.count(old) != 1:
            raise running.Failed(f"{EXAMPLE.name}: {old.strip()} stands there {text.count(old)} times")
        text = text.replace(old, new)
    return text


class Proxy:
    def __init__(self, work, upstream):
        self.work, self.secure, self.plain = work, free_port(), free_port()
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
             "-keyout", work / "key.pem", "-out", work / "cert.pem"], check=True, capture_output=True)
        (work / "preavis.conf").write_text(configured(work, upstream, self.secure, self.plain))
        (work / "nginx.conf").write_text(MAIN.format(work))
        work.chmod(0o755)
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        arguments = [nginx, "-c", str(work / "nginx.conf"), "-p", str(work)]
        tried = subprocess.run([*arguments, "-t"], capture_output=True, text=True)
        if tried.returncode:
            raise running.Failed(tried.stderr)
        self.process = subprocess.Popen(arguments, stderr=subprocess.DEVNULL)
        self.context = ssl.create_default_context(cafile=str(work / "cert.pem"))
        self.context.check_hostname = False
        end = time.monotonic() + 10
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self.secure), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise running.Failed("nginx did not start")

    def ask(self, path, method="GET", body=None, source=None, **headers):
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.secure, timeout=20, context=self.context,
            source_address=(source, 0) if source else None)
        connection.request(
            method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer, content

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)


def shown(report, proxy, server, log):
    direct = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    direct.request("GET", FEED, headers={"Accept-Encoding": "gzip"})
    own = direct.getresponse()
    packed = own.read()
    answer, body = proxy.ask(FEED, Accept_Encoding="gzip")
    same = ("etag", "last-modified", "content-encoding", "content-length", "cache-control", "vary", "content-type")
    report.show("a feed comes through as it is", answer.status == 200 and body == packed and all(
        answer.getheader(name) == own.getheader(name) for name in same))
    again, body = proxy.ask(FEED, Accept_Encoding="gzip", If_None_Match=answer.getheader("etag"))
    report.show("revalidation comes through", (again.status, body) == (304, b""))
    page, _ = proxy.ask(f"/{running.SERVICE}/")
    report.show("pages have the fields of both", page.status == 200 and page.getheader("strict-transport-security")
                and "default-src 'none'" in page.getheader("content-security-policy"))
    for path in ("/metrics", "/readyz"):
        report.show(f"{path} is refused", proxy.ask(path)[0].status == 403)
    report.show("/healthz is answered", proxy.ask("/healthz")[0].status == 200)
    plain = http.client.HTTPConnection("127.0.0.1", proxy.plain, timeout=20)
    plain.request("GET", FEED, headers={"Host": "maintenance.example.org"})
    redirect = plain.getresponse()
    report.show("HTTP leads to HTTPS", (redirect.status, redirect.getheader("location")) == (
        301, "https://maintenance.example.org" + FEED))
    answer, _ = proxy.ask("/nothing", X_Request_Id="forged")
    identifier = answer.getheader("x-request-id") or ""
    report.show("the request's identifier is nginx's and stands in our log",
                re.fullmatch("[0-9a-f]{32}", identifier) and eventually(lambda: identifier in log.read_text()))
    proxy.ask("/private/S3CRET-k3y/calendar.ics")
    proxy.ask("/profession-liberale/private/S3CRET-k3y/calendar.ics")
    # The line of a later request: the log has come so far.
    proxy.ask("/nothing-later")
    eventually(lambda: "nothing-later" in log.read_text())
    texts = log.read_text() + (proxy.work / "access.log").read_text()
    report.show("the address of a private feed stands in no log",
                "nothing-later" in texts and "/private/…/" in texts and "S3CRET" not in texts)
    answer, _ = proxy.ask("/api/v1/imports", "POST", b"x" * ((1 << 20) + 1))
    report.show("a body over 1 MiB is refused", answer.status == 413)
    codes = [proxy.ask("/api/v1/services", X_Forwarded_For=f"203.0.113.{number}")[0].status for number in range(8)]
    report.show("calls are counted by the client's address, whatever it says of itself", 429 in codes, str(codes))
    other, _ = proxy.ask("/api/v1/services", source="127.0.0.2")
    report.show("another client is not hurt by that", other.status != 429, str(other.status))


def eventually(holds, seconds=5):
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    report = running.Report()
    with tempfile.TemporaryDirectory(prefix="preavis-nginx-") as folder:
        work = pathlib.Path(folder)
        register = running.register(sys.argv[1], work / "r.sqlite", 100)
        log = work / "preavis.log"
        with running.serving(
                sys.argv[1], register, "--trusted-proxy", "127.0.0.1", "--api-rate", "1", log=log) as server:
            proxy = Proxy(work, server.port)
            try:
                shown(report, proxy, server, log)
            finally:
                proxy.stop()
    report.end()


if __name__ == "__main__":
    try:
        main()
    except running.Failed as failure:
        sys.exit(f"nginx: {failure}")
