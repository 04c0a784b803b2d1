internal import SluiceCore

extension Section where Target == AdminDraft {
  static var admin: Section {
    Section(
      "admin",
      "The admin address: a dashboard, the guide, an [API](API.md) that tells what the gateway knows and takes deploys "
        + "and drains, `/metrics` for Prometheus, and `/healthz` and `/readyz` for balancers.",
      defaults: AdminDraft(),
      keys: [
        Key(
          required: "address", \.address, .listenAddress,
          "`host:port` or `[v6]:port`. One that other machines can reach needs a `token`, or `tls` with "
            + "`clientCertificates: { mode: required }`. With both, both are asked for."),
        Key(
          "token", \.token, .adminToken, absent: "none: whoever reaches the address may use it",
          "Asked for as `Authorization: Bearer TOKEN`, except by `/healthz` and `/readyz`. Take it from the "
            + "environment, `${NAME}`; it is never shown."),
        Key(
          "tls", \.tls, .section(.adminTLS), absent: "none: it speaks plain HTTP",
          "TLS, with certificates of clients where they are asked for. `/healthz` and `/readyz` lie behind it, too."),
      ])
  }
}

extension ValueType where Value == Secret {
  fileprivate static var adminToken: ValueType {
    .parsed(
      "text", expected: "a token of at least \(AdminConfiguration.tokenMin) characters",
      schema: .object(["type": .string("string")]),
      parse: { text throws(Mistake) in
        guard text.utf8.count >= AdminConfiguration.tokenMin, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
          throw Mistake("a token has at least \(AdminConfiguration.tokenMin) printable characters and no space")
        }
        return Secret(text)
      })
  }
}
