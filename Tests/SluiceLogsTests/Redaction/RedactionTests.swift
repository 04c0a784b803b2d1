import SluiceLogs
import Testing

@Suite("Redaction")
struct RedactionTests {
  @Test(
    "addresses, names, paths and queries are replaced, and nothing else",
    arguments: [
      (
        "10.1.2.3 - bob [26/Nov/2026:20:00:00 +0000] \"GET /users/42?token=abc HTTP/1.1\" 502 157 \"https://shop.example/cart\"",
        "address-1 - user-1 [26/Nov/2026:20:00:00 +0000] \"GET /path-1?... HTTP/1.1\" 502 157 \"https://host-1/path-2\""
      ),
      (
        "connect() failed (111: Connection refused), client: 2001:db8::7, server: api.example, upstream: \"http://10.0.0.5:3000/x\", host: \"api.example:80\"",
        "connect() failed (111: Connection refused), client: address-1, server: host-1, upstream: \"http://address-2:3000/path-1\", host: \"host-1:80\""
      ),
      (
        "10.0.0.9:3312 [26/Nov/2026:20:00:00.123] www api/app2 0/0/3/242/688 200 276 - - ---- 13/63/1/7/0 0/0 \"GET / HTTP/1.1\"",
        "address-1:3312 [26/Nov/2026:20:00:00.123] www api/app2 0/0/3/242/688 200 276 - - ---- 13/63/1/7/0 0/0 \"GET / HTTP/1.1\""
      ),
      (
        "at 20:14:02 127.0.0.1:80 and ::1 of version 1.2.3.4.5", "at 20:14:02 127.0.0.1:80 and ::1 of version 1.2.3.4.5"
      ),
      ("::ffff:10.0.0.7 asked", "address-1 asked"), ("", ""),
    ])
  func replaced(text: String, expected: String) {
    var redaction = Redaction()
    #expect(redaction.text(text) == expected)
  }

  @Test("the same value keeps its name through a run")
  func stable() {
    var redaction = Redaction()
    #expect(redaction.text("10.0.0.1 10.0.0.2 10.0.0.1") == "address-1 address-2 address-1")
    #expect(redaction.text("10.0.0.2") == "address-2")
  }
}
