"""A WSGI application that answers at once, and at /slow after ten minutes."""

import time


def application(environ, start_response):
    if environ["PATH_INFO"] == "/slow":
        time.sleep(600)
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok"]
