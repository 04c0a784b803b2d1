extension Section where Target == UpstreamTLSConfiguration {
  static var upstreamTLS: Section {
    Section(
      "upstreams.NAME.tls", "TLS to the `https` endpoints of the upstream. Files are read at start and at each reload.",
      defaults: UpstreamTLSConfiguration(),
      keys: [
        Key(
          "serverName", \.name, .certificateHost, absent: "the endpoint's host",
          "The name that is asked for (SNI), and that the endpoint's certificate must have. An IP address is matched "
            + "and not asked for."),
        Key(
          "trust", \.trust, .pemFile, absent: "the system's roots",
          "A PEM file of the roots, or of the very certificates, that are trusted."),
        Key(
          "certificate", \.certificate, .pemFile, absent: "none",
          "A PEM file with the certificate that the gateway shows to endpoints that want one, then its intermediates."),
        Key("key", \.key, .pemFile, absent: "none", "The PEM file of that certificate's key."),
        Key(
          "verify", \.verify, .choice(["full": .full, "none": .none]),
          "Whether the endpoint's certificate must be valid. With `none` anybody on the way can read and change what is "
            + "sent."),
        Key(
          "minimumVersion", \.minimumVersion,
          .choice(["1.0": .tls10, "1.1": .tls11, "1.2": .tls12, "1.3": .tls13]),
          "The oldest version of TLS that is spoken. Those before 1.2 are broken."),
      ])
  }
}

extension ValueType where Value == String {
  fileprivate static var pemFile: ValueType {
    .parsed(
      "file", expected: "a PEM file such as ca.pem", schema: .object(["type": .string("string")]), show: { $0 },
      parse: { text throws(Mistake) in
        if text.isEmpty { throw Mistake("it is empty") }
        return try LogText.path(text)
      })
  }

  fileprivate static var certificateHost: ValueType {
    .parsed(
      "host", expected: "a name such as origin.test", schema: .object(["type": .string("string")]), show: { $0 },
      parse: { text throws(Mistake) in try HostText.host(text) })
  }
}

extension ConfigurationBuilder {
  mutating func checkTLS(_ draft: Located<UpstreamDraft>) {
    let tls = draft.value.tls
    guard let place = draft.keys["tls"] else { return }
    let endpoints = draft.value.endpoints ?? []
    if !endpoints.isEmpty, !endpoints.contains(where: { $0.value.url?.usesTLS ?? true }) {
      warning("'tls' changes nothing: no endpoint is https", at: place)
    }
    for (one, other) in [("certificate", "key"), ("key", "certificate")] {
      if let place = tls.keys[one], !tls.given.contains(other) {
        error("'\(one)' needs '\(other)' beside it", at: place)
      }
    }
    if let place = tls.keys["trust"], tls.value.verify == .none {
      warning("'trust' changes nothing with 'verify: none'", at: place)
    }
    if let place = tls.keys["verify"], tls.value.verify == .none {
      warning(
        "'verify: none' believes any certificate; 'trust' with the endpoint's own certificate does not, and works too",
        at: place)
    }
    for (name, path) in [("trust", tls.value.trust), ("certificate", tls.value.certificate), ("key", tls.value.key)] {
      guard let place = tls.keys[name], let path, let reason = FileProbe.whyUnreadable(path) else { continue }
      error("'\(name)' is \(Quoting.quoted(path)): \(reason)", at: place)
    }
  }
}
