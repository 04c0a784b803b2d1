import SluiceCore
import SluiceGuide
import Testing

@Suite("Texts with code and links")
struct MarkupTests {
  @Test("a word between marks is code, and a link where a page has that name")
  func parts() {
    #expect(
      Markup.parts("See `502`, `type:dns_timeout`, `product:haproxy` and `curl -v http://HOST:1/`.") == [
        .plain("See "), .link("502", .status(502)), .plain(", "), .link("dns_timeout", .type(.dnsTimeout)),
        .plain(", "), .link("HAProxy", .product(.haproxy)), .plain(" and "), .code("curl -v http://HOST:1/"),
        .plain("."),
      ])
    #expect(Markup.plain("`list:status` and `compare:502-504`") == "Status codes and 502 and 504")
  }
}
