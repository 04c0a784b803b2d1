internal import SluiceCore

/// The lab's tables for people, 80 columns wide.
public enum LabListing {
  static let columns = 80

  /// What a running lab listens on, and how to try it.
  public static func places(_ plan: LabPlan) -> String {
    let authority = plan.routes.first { $0.path == "/ok" }?.endpoint.authority ?? "\(plan.host):\(plan.port)"
    let groups: [(String, [LabTransport])] = [
      ("HTTP/1.1 in the clear", [.http1]), ("TLS", [.tlsHTTP1, .tlsCertificate]),
      ("HTTP/2 over TLS", [.tlsHTTP2, .tlsAny]), ("HTTP/2 in the clear, by prior knowledge", [.http2]),
    ]
    let blocks = groups.map { title, transports in
      ([title] + shared(transports, plan, authority) + own(transports, plan)).joined(separator: "\n")
    }
    return blocks.joined(separator: "\n\n") + "\n\n" + hints(plan, authority)
  }

  private static let placeWidth = 21

  /// The address of the scenarios with a path.
  private static func shared(_ transports: [LabTransport], _ plan: LabPlan, _ authority: String) -> [String] {
    guard let first = transports.first else { return [] }
    guard let name = first.sharedPort else {
      return [row(authority, "Every scenario with a path. GET / lists them.", width: placeWidth)]
    }
    let folder = LabCatalogue.scenarios.first { scenario in
      if case .path = scenario.reach { scenario.transport == first } else { false }
    }?.target.split(separator: "/").first
    let endpoint = plan.sharedPort(name).map { LabEndpoint.tcp(host: plan.host, port: $0) }
    return [row(place(endpoint), "Every scenario with a path below /\(folder ?? "").", width: placeWidth)]
  }

  private static func own(_ transports: [LabTransport], _ plan: LabPlan) -> [String] {
    LabCatalogue.scenarios.filter { transports.contains($0.transport) }.compactMap { scenario in
      switch scenario.reach {
      case .path: return nil
      case .port, .unix, .address:
        let route = plan.routes.first { $0.name == scenario.name }
        return row(place(route?.endpoint), scenario.summary, width: placeWidth)
      }
    }
  }

  private static func hints(_ plan: LabPlan, _ authority: String) -> String {
    let root = plan.sockets.map { LabTrust(folder: $0).root } ?? "root.pem"
    let tls = LabTransport.tlsHTTP1.sharedPort.flatMap { plan.sharedPort($0) } ?? 0
    return """
      Try one:
        curl -i http://\(authority)/truncated-body/length
        curl -i http://\(authority)/garbage/ssh --http0.9
        curl -i --cacert \(root) \\
          --connect-to ::\(plan.host.contains(":") ? "[\(plan.host)]" : plan.host):\(tls) \\
          https://\(LabCertificates.name)/tls/truncated-length

      Put a gateway in front, and see what it makes of them:
        sluice lab config nginx > nginx.conf
        sluice lab score --gateway http://127.0.0.1:8080 --name nginx

      Certificates are made anew at each start: start gateways after the lab.
      """
  }

  /// One line for each scenario: name, what a gateway should answer, what the origin does.
  public static func catalogue() -> String {
    let head = "\(padded("SCENARIO", 31)) \(padded("EXPECTED", 14)) WHAT THE ORIGIN DOES"
    let lines = LabCatalogue.scenarios.map { scenario in
      let expected = padded(expectation(scenario.expected), 14)
      return row("\(padded(scenario.name, 31)) \(expected)", scenario.summary, width: 46)
    }
    let count = LabCatalogue.scenarios.count
    return ([head] + lines).joined(separator: "\n")
      + "\n\n\(count) scenarios. `sluice lab --list --json` has all there is to know of each."
  }

  /// `200`, `502`, `abort`; with `?` where success is as right.
  static func expectation(_ expected: Expectation) -> String {
    guard let status = expected.status else { return "abort" }
    if expected.cause == .upstreamStatus { return "\(status) its own" }
    return "\(status)" + (expected.cause != nil && expected.maySucceed ? " or 200" : "")
      + (expected.cause != nil && expected.mayAbort ? " or abort" : "")
  }

  private static func place(_ endpoint: LabEndpoint?) -> String {
    switch endpoint {
    case .unix(let path): path
    case .tcp: endpoint?.authority ?? ""
    case nil: ""
    }
  }

  /// The first cell at its width and the text behind it; on a line of its own where the cell is too long for that.
  private static func row(_ cell: String, _ text: String, width: Int) -> String {
    let indent = String(repeating: " ", count: width + 1)
    let lines = wrapped(text, width: columns - width - 1)
    let rest = lines.dropFirst().map { "\n\(indent)\($0)" }.joined()
    if cell.count > width { return ([cell] + lines.map { indent + $0 }).joined(separator: "\n") }
    return "\(padded(cell, width)) \(lines.first ?? "")\(rest)"
  }

  static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// Broken between words; a word that is longer than a line stands alone.
  static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
