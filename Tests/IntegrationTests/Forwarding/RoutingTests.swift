import Foundation
import SluiceLab
import TestSupport
import Testing

extension Integration {
  /// What routes do to a request, and answer themselves.
  @Suite struct RoutingTests {
    @Test func aRouteRedirectsWithThePartsOfTheRequest() async throws {
      let routes = """
        routes:
          - { path: /old, redirect: 'https://example.com${path}?${query}' }
          - { path: /moved, redirect: { status: 302, location: 'https://${host}/new' } }
          - { upstream: app }
        """
      try await withGatewayAndLab(routes) { gateway, _ in
        let moved = try await gateway.get("/old/page?a=1")
        #expect(moved.status == 308 && moved["location"] == "https://example.com/old/page?a=1")
        #expect(try await gateway.get("/old")["location"] == "https://example.com/old")
        let found = try await gateway.get("/moved")
        #expect(found.status == 302 && found["location"] == "https://test/new")
        let records = try await gateway.log.records(atLeast: 3)
        #expect(records.allSatisfy { $0.isGenerated == true && $0.cause == nil && $0.attempts == nil })
      }
    }

    @Test func aRouteAnswersWithAFixedResponse() async throws {
      let routes = """
        routes:
          - { path: /robots.txt, respond: { body: "User-agent: *\\n" } }
          - { path: /gone, respond: { status: 410, contentType: text/html, body: '<p>gone</p>' } }
          - { upstream: app }
        """
      try await withGatewayAndLab(routes) { gateway, _ in
        let robots = try await gateway.get("/robots.txt")
        #expect(robots.status == 200 && robots.bodyText == "User-agent: *\n")
        #expect(robots["content-type"] == "text/plain; charset=utf-8")
        let gone = try await gateway.get("/gone/for/ever")
        #expect(gone.status == 410 && gone["content-type"] == "text/html" && gone.bodyText == "<p>gone</p>")
        let head = try await gateway.exchange("HEAD /gone HTTP/1.1\r\nHost: test\r\n\r\n")
        #expect(head["content-length"] == "11" && head.bodyCount == 0)
        let port = gateway.port
        try await blocking {
          let client = try RawClient(port: port)
          let posted = client.exchange("POST /gone HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nhello")
          #expect(posted.status == 410)
          #expect(client.exchange("GET /ok HTTP/1.1\r\nHost: test\r\n\r\n").bodyText == "ok\n")
        }
      }
    }

    @Test func theMatchedPathGoesUpstream() async throws {
      let routes = """
        routes:
          - { path: /api, upstream: app, stripPrefix: true }
          - { upstream: app }
        """
      try await withGatewayAndOrigin(routes) { gateway, origin in
        let expected = [
          "/api/x?q=/api": "/x?q=/api", "/api": "/", "/api/": "/", "/api?q": "/?q", "/apiary": "/apiary",
          "/a/./b/../c": "/a/c", "/%7Euser": "/~user", "/a%20b": "/a%20b", "http://test/abs?x": "/abs?x", "/": "/",
        ]
        for (target, upstream) in expected {
          origin.clear()
          let response = try await gateway.get(target)
          #expect(response.status == 200, "\(target)")
          #expect(
            text(origin.received).hasPrefix("GET \(upstream) HTTP/1.1\r\n"), "\(target): \(text(origin.received))")
        }
        origin.clear()
        #expect(try await gateway.exchange("OPTIONS * HTTP/1.1\r\nHost: test\r\n\r\n").status == 200)
        #expect(text(origin.received).hasPrefix("OPTIONS * HTTP/1.1\r\n"))
      }
    }

    @Test func fieldsAreSetAndRemovedBothWays() async throws {
      let routes = """
        routes:
          - upstream: app
            requestHeaders: { remove: [X-Debug, User-Agent], set: { X-Env: test, Accept: '*/*' } }
            responseHeaders: { remove: [Server, X-Powered-By], set: { X-Frame-Options: DENY } }
        """
      let answer = "HTTP/1.1 200 OK\r\nserver: secret\r\nX-POWERED-BY: php\r\nX-Keep: 1\r\nContent-Length: 0\r\n\r\n"
      try await withGatewayAndOrigin(routes, answer: { _ in Array(answer.utf8) }) { gateway, origin in
        let response = try await gateway.get("/", "x-debug: 1", "user-agent: me", "Accept: text/html", "X-Other: 2")
        #expect(response["server"] == nil && response["x-powered-by"] == nil)
        #expect(response["x-frame-options"] == "DENY" && response["x-keep"] == "1")
        let sent = text(origin.received).lowercased().components(separatedBy: "\r\n")
        #expect(sent.filter { $0.hasPrefix("accept:") } == ["accept: */*"])
        #expect(sent.contains("x-env: test") && sent.contains("x-other: 2"))
        #expect(!sent.contains { $0.hasPrefix("x-debug") || $0.hasPrefix("user-agent") })
      }
    }

    @Test func theHostIsKeptTheEndpointsOrAValue() async throws {
      let routes = """
        routes:
          - { path: /upstream, upstream: app, upstreamHost: upstream }
          - { path: /value, upstream: app, upstreamHost: files.internal }
          - { upstream: app }
        """
      try await withGatewayAndOrigin(routes) { gateway, origin in
        let expected = ["/upstream": "127.0.0.1:\(origin.port)", "/value": "files.internal", "/keep": "test"]
        for (path, host) in expected {
          origin.clear()
          _ = try await gateway.get(path)
          let hosts = text(origin.received).components(separatedBy: "\r\n").filter {
            $0.lowercased().hasPrefix("host:")
          }
          #expect(hosts == ["Host: \(host)"], "\(path)")
          #expect(text(origin.received).contains("X-Forwarded-Host: test\r\n"))
        }
      }
    }

    @Test func whatNoRouteTakesIs404AndTheWrongMethodIs405() async throws {
      let routes = """
        routes:
          - { host: a.test, path: /only, methods: [GET, PUT], upstream: app }
        """
      try await withGatewayAndOrigin(routes) { gateway, origin in
        let missing = try await gateway.get("/elsewhere")
        #expect(missing.status == 404)
        let wrong = try await gateway.exchange("POST /only HTTP/1.1\r\nHost: a.test\r\nContent-Length: 0\r\n\r\n")
        #expect(wrong.status == 405)
        let allowed = (wrong["allow"] ?? "").components(separatedBy: ", ")
        #expect(allowed.contains("GET") && allowed.contains("PUT"), "\(allowed)")
        let right = try await gateway.exchange("PUT /only HTTP/1.1\r\nHost: a.test\r\nContent-Length: 0\r\n\r\n")
        #expect(right.status == 200)
        let records = try await gateway.log.records(atLeast: 3)
        let outcomes = records.map { "\($0.status) \($0.cause ?? "fine")" }.sorted()
        #expect(outcomes == ["200 fine", "404 route_not_found", "405 method_not_allowed"])
        #expect(origin.connections.count == 1)
      }
    }
  }
}
