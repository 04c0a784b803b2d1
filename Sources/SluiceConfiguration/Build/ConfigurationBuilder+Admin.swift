extension ConfigurationBuilder {
  mutating func buildAdmin(_ draft: Located<AdminDraft>, listeners: [ListenerConfiguration]) -> AdminConfiguration? {
    guard let address = draft.value.address else { return nil }
    let place = draft.keys["address"] ?? draft.position
    guard case .tcp(let host, let port) = address else {
      error("the admin address is no Unix socket; give 'host:port'", at: place)
      return nil
    }
    if port != 0, listeners.contains(where: { $0.address == address }) {
      error("'\(address)' is a listener already; the admin address is one of its own", at: place)
    }
    let admin = AdminConfiguration(
      host: host, port: port, token: draft.value.token, tls: draft.value.tls.flatMap { buildTLS($0) })
    if !admin.isLoopback, admin.token == nil, draft.keys["token"] == nil, !asksForCertificates(draft.value) {
      error(
        "other machines can reach '\(address)'; give a 'token', 'tls' with 'clientCertificates: { mode: required }', "
          + "or an address of this machine", at: place)
    } else if !admin.isLoopback, draft.value.tls == nil {
      warning("the admin address '\(address)' speaks plain HTTP: its token can be read on the way", at: place)
    }
    return admin
  }

  /// Where the mode is missing or misread, that was told, and which one was meant is not guessed.
  private func asksForCertificates(_ draft: AdminDraft) -> Bool {
    draft.tls?.value.clientCertificates.map { $0.value.mode != .optional } ?? false
  }
}
