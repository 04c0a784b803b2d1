internal import SluiceCore

extension Section where Target == AdminDraft {
  static var admin: Section {
    Section(
      "admin",
      "The admin address: an API for deploys, `/metrics` for Prometheus, and `/healthz` and `/readyz` for balancers.",
      defaults: AdminDraft(),
      keys: [
        Key(
          required: "address", \.address, .listenAddress,
          "`host:port` or `[v6]:port`, in plain HTTP. An address that other machines can reach needs a `token`."),
        Key(
          "token", \.token, .adminToken, absent: "none: whoever reaches the address may use it",
          "Asked for as `Authorization: Bearer TOKEN`, except by `/healthz` and `/readyz`. Take it from the "
            + "environment, `${NAME}`; it is never shown."),
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
