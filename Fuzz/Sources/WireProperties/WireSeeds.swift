/// Messages to begin with. Three bytes that choose role, limits and cut stand before each.
public enum WireSeeds {
  public static let all: [[UInt8]] =
    requests.map { [0, 1, 17] + Array($0.utf8) } + responses.map { [1, 1, 23] + Array($0.utf8) }

  private static let requests = [
    "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
    "GET http://a:80/b/../c?d HTTP/1.1\r\nHost: a\r\nConnection: close, x\r\nX: y\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello", "OPTIONS * HTTP/1.1\r\nHost:\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"b\"\r\nhello\r\n0\r\nX: y\r\n\r\n",
    "CONNECT [::1]:443 HTTP/1.1\r\nHost: [::1]:443\r\n\r\n",
    "\r\nGET / HTTP/1.0\r\nUpgrade: a\r\nTE: trailers\r\nExpect: 100-continue\r\n\r\n",
    "/a/b/../%7e/%2e/c",
  ]

  private static let responses = [
    "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\nX : y\r\nZ: a\r\n b\r\n\r\nhi", "HTTP/1.0 200\r\n\r\nabc",
    "HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n",
    "HTTP/1.1 204 No Content\r\nContent-Length: 1\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nKeep-Alive: timeout=5\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
  ]
}
