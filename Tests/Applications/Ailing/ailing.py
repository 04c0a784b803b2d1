"""An application that ails in one way. It prints `listening PORT` once it listens.

  ailing.py serve [--host HOST] [--port PORT]    answers 200 to everything
  ailing.py silent [--backlog N]                 listens and never accepts
  ailing.py stuck --dependency HOST:PORT         one thread, which asks the dependency before it answers
  ailing.py busy                                 one thread, which computes for ever on the first request
  ailing.py descriptors --limit N                has as many files open as it may, and then accepts
  ailing.py crash                                listens, and exits with status 3 after 0.7 s
  ailing.py zombie                               a child listens and ends, and its parent never asks how
  ailing.py eater                                takes memory on the first request until something stops it
  ailing.py burn                                 answers, and computes beside that for ever
  ailing.py unix --path PATH                     answers at a Unix socket

With --mark WORD it is told from others that ail in the same way. It ends by itself after five minutes.
"""

import argparse
import os
import resource
import signal
import socket
import sys
import threading
import time

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"


def listen(host, port, backlog=16):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # The test holds the port beside it, so that it is nobody else's when this has ended.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    if family == socket.AF_INET6:
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    listener.bind((host, port))
    listener.listen(backlog)
    print("listening", listener.getsockname()[1], flush=True)
    return listener


def serve(listener, before=lambda: None):
    while True:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            before()
            connection.sendall(ANSWER)


def compute_for_ever():
    while True:
        pass


def ask(dependency):
    host, port = dependency.rsplit(":", 1)
    with socket.create_connection((host, int(port))) as connection:
        connection.recv(1)


def eat():
    kept = []
    while True:
        kept.append(bytearray(b"x" * (1 << 20)))
        time.sleep(0.002)


def zombie(host, port):
    child = os.fork()
    if child == 0:
        listener = listen(host, port)
        time.sleep(4)
        listener.close()
        os._exit(7)
    time.sleep(3600)


def descriptors(listener, limit):
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    kept = []
    try:
        while True:
            kept.append(open("/dev/null"))
    except OSError:
        pass
    print("full", flush=True)
    while True:
        try:
            connection, _ = listener.accept()
            connection.close()
        except OSError:
            time.sleep(0.05)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("way")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--backlog", type=int, default=2)
    parser.add_argument("--dependency")
    parser.add_argument("--limit", type=int, default=64)
    parser.add_argument("--path")
    parser.add_argument("--token")
    parser.add_argument("--mark")
    options = parser.parse_args()
    signal.alarm(300)
    if options.way == "zombie":
        return zombie(options.host, options.port)
    if options.way == "unix":
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(options.path)
        listener.listen(4)
        print("listening 0", flush=True)
        return serve(listener)
    backlog = options.backlog if options.way == "silent" else 16
    listener = listen(options.host, options.port, backlog)
    if options.way == "crash":
        time.sleep(0.7)
        os._exit(3)
    elif options.way == "serve":
        serve(listener)
    elif options.way == "silent":
        time.sleep(3600)
    elif options.way == "stuck":
        serve(listener, lambda: ask(options.dependency))
    elif options.way == "busy":
        serve(listener, compute_for_ever)
    elif options.way == "descriptors":
        descriptors(listener, options.limit)
    elif options.way == "eater":
        serve(listener, eat)
    elif options.way == "burn":
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        compute_for_ever()
    else:
        sys.exit("unknown way: " + options.way)


if __name__ == "__main__":
    main()
