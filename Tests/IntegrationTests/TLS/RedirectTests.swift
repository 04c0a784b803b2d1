import SluiceLab
import TestSupport
import Testing

extension Integration.TLS {
  /// A listener that only leads to https.
  @Suite struct RedirectTests {
    @Test(arguments: [("https", "first.test"), ("https:8443", "first.test:8443")])
    func everyRequestIsLedToHTTPS(_ value: String, _ authority: String) async throws {
      try await withGatewayAndLab(listener: "redirect: '\(value)'") { gateway, lab in
        for (target, location) in [
          ("/", "/"), ("/a/b?c=d&e", "/a/b?c=d&e"), ("/a%20b", "/a%20b"), ("http://first.test/x", "/x"),
        ] {
          let answer = try await gateway.exchange("GET \(target) HTTP/1.1\r\nHost: first.test:80\r\n\r\n")
          #expect(answer.status == 308)
          #expect(answer["location"] == "https://\(authority)\(location)", "\(target)")
        }
        let post = try await gateway.exchange(
          "POST /form HTTP/1.1\r\nHost: first.test\r\nContent-Length: 3\r\n\r\nabc")
        #expect(post.status == 308 && post["location"] == "https://\(authority)/form")
        let nameless = try await gateway.exchange("GET / HTTP/1.0\r\n\r\n")
        #expect(nameless.status == 400)
        #expect(lab.counts.requestsByPath.isEmpty)
        // What renews certificates is routed, and nothing that only looks like it.
        _ = try await gateway.exchange("GET /.well-known/acme-challenge/token HTTP/1.1\r\nHost: first.test\r\n\r\n")
        #expect(lab.counts.requestsByPath["/.well-known/acme-challenge/token"] == 1)
        for path in [
          "/.well-known/acme-challenge", "/.well-known/acme-challenge/", "/.well-known/acme-challenge/../x",
          "/.well-known/security.txt",
        ] {
          let answer = try await gateway.exchange("GET \(path) HTTP/1.1\r\nHost: first.test\r\n\r\n")
          #expect(answer.status == 308, "\(path)")
        }
      }
    }

    @Test func aReloadTakesTheRedirectAwayFromOpenConnectionsToo() async throws {
      try await withLab { lab in
        func yaml(_ listener: String) -> String {
          """
          listeners: [{ address: '127.0.0.1:0'\(listener) }]
          upstreams: { app: { endpoints: ['http://127.0.0.1:\(lab.port)'] } }
          """
        }
        try await withGateway(yaml(", redirect: https")) { gateway in
          let client = try await blocking { [port = gateway.port] in UncheckedBox(try RawClient(port: port)) }
          let request = "GET /ok HTTP/1.1\r\nHost: a\r\n\r\n"
          #expect(try await blocking { client.value.exchange(request).status } == 308)
          try await gateway.gateway.reload(GatewayHarness.load(yaml(""), log: gateway.log.path))
          #expect(try await blocking { client.value.exchange(request).status } == 200)
        }
      }
    }
  }
}
