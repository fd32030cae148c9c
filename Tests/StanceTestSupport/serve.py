"""Serves a folder's files on a port of this machine, as well and as badly as servers do.

    serve.py FOLDER LOG

    /whole/NAME     parts too, with an entity tag
    /cut/NAME       the same, but each answer ends after 10,000 bytes
    /plain/NAME     neither parts nor entity tags
    /redirect/NAME  sends on to /whole/NAME

Prints the port, and writes path and Range header of each request to LOG.
"""

import http.server
import pathlib
import re
import sys
import zlib

FOLDER, LOG = map(pathlib.Path, sys.argv[1:])


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        wanted = self.headers.get("Range", "")
        with LOG.open("a") as log:
            log.write(f"{self.path} {wanted}".rstrip() + "\n")
        way, _, name = self.path.strip("/").partition("/")
        file = FOLDER / name
        if way not in ("whole", "cut", "plain", "redirect") or not file.is_file():
            return self.send_error(404)
        if way == "redirect":
            self.send_response(302)
            self.send_header("Location", f"/whole/{name}")
            return self.end_headers()
        self.answer(file.read_bytes(), way, re.fullmatch(r"bytes=(\d+)-", wanted))

    def answer(self, content, way, wanted):
        tag = f'"{zlib.crc32(content)}"'
        start = 0
        if wanted and way != "plain" and self.headers.get("If-Range", tag) == tag:
            start = int(wanted[1])
            if start >= len(content):
                return self.send_error(416)
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", len(content) - start)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        if way != "plain":
            self.send_header("ETag", tag)
        self.end_headers()
        self.wfile.write(content[start:start + 10_000] if way == "cut" else content[start:])

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
