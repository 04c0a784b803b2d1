import Testing

/// Who asks, who answers, and what each of them speaks with the gateway.
struct Meeting: Sendable, CustomTestStringConvertible {
  enum Client: String, Sendable {
    case curl, httpx, node, java, h2load
  }

  /// `h2c` is HTTP/2 with prior knowledge on a plain port; `upgrade` is a plain port, too, where the client offers to
  /// go on with HTTP/2. The others are over TLS.
  enum Version: String, Sendable {
    case h1, h2, h2c, upgrade
  }

  /// Named as the origin's program wants it.
  enum Origin: String, Sendable {
    case http1, h2c, h2
  }

  var client: Client
  var version: Version
  var origin: Origin
  /// Whether bodies of 100 MiB are exchanged, too.
  var hasLargeBodies = false

  var testDescription: String { "\(client) \(version) to \(origin)\(hasLargeBodies ? ", large bodies" : "")" }

  var downstream: Place.Transport { version == .h1 || version == .h2 ? .secure : .plain }
  var upstream: Place.Transport { origin == .h2 ? .secure : .plain }

  func command(_ place: Place) -> [String] {
    let program = ClientProgram.command(ClientProgram.script(script))
    let spoken = version == .upgrade ? Version.h2 : version
    let arguments = ["--url", place.url, "--version", spoken.rawValue] + place.trustArguments
    return program + arguments + (hasLargeBodies ? ["--large"] : [])
  }

  private var script: String {
    switch client {
    case .curl: "curl_client.py"
    case .httpx: "httpx_client.py"
    case .node: "http2_client.mjs"
    case .java: "JavaClient.java"
    case .h2load: "h2load_client.py"
    }
  }

  /// How many verdicts it gives at least.
  var cases: Int { client == .h2load ? 4 : 12 }
}
