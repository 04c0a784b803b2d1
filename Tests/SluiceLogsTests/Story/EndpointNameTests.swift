import Testing

@testable import SluiceLogs

@Suite("Names of endpoints")
struct EndpointNameTests {
  @Test(
    "the same endpoint has the same name in every line",
    arguments: [
      ("http://10.0.0.5:80/path?x", "10.0.0.5:80"), ("10.0.0.5:80", "10.0.0.5:80"),
      ("unix:/run/a.sock", "unix:/run/a.sock"), ("http://unix:/run/a.sock:/path", "unix:/run/a.sock"),
      ("fastcgi://127.0.0.1:9000", "127.0.0.1:9000"), ("http://api/", "api"), ("api/s1", "api/s1"), ("", ""),
      ("https://[::1]:443/", "[::1]:443"), ("://", ""),
    ])
  func same(text: String, expected: String) {
    #expect(EndpointName.shortened(text) == expected)
  }
}
