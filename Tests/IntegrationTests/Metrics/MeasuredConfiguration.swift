import Foundation
import TestSupport

/// The file that a `MeasuredGateway` reads.
struct MeasuredConfiguration: Sendable {
  let port: Int
  let admin: Int
  let lab: Int
  let folder: TestFolder
  let files: (certificate: String, key: String, root: String)
  let secure: Int
  let dead: Int

  var routes: [String] {
    let name = MeasuredGateway.oddName.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return [
      "{ path: /app, name: \"\(name)\", upstream: app, stripPrefix: true }",
      "{ path: /half, upstream: half, stripPrefix: true }",
      "{ path: /dead, upstream: dead }",
      "{ path: /secure, upstream: secure }",
      "{ path: /limited, upstream: app, stripPrefix: true, rateLimit: { rate: 1/h, burst: 1 } }",
    ]
  }

  var upstreams: [String] {
    [
      "app: { endpoints: ['http://127.0.0.1:\(lab)'], health: { path: /ok, interval: 200ms, timeout: 150ms } }",
      "half: { endpoints: ['http://127.0.0.1:\(lab)', 'http://127.0.0.1:\(dead)'] }",
      "dead: { endpoints: ['http://127.0.0.1:\(dead)'] }",
      "secure: { endpoints: ['https://127.0.0.1:\(secure)'], tls: { trust: '\(files.root)', serverName: first.test } }",
    ]
  }

  func write(routes: [String], upstreams: [String]) throws {
    let yaml = """
      listeners:
        - address: '127.0.0.1:\(port)'
        - address: '127.0.0.1:\(secure)'
          tls: { certificates: [{ certificate: '\(files.certificate)', key: '\(files.key)' }] }
      admin: { address: '127.0.0.1:\(admin)' }
      routes:
      \(routes.map { "  - \($0)" }.joined(separator: "\n"))
      upstreams:
      \(upstreams.map { "  \($0)" }.joined(separator: "\n"))
      alerts: [{ url: 'http://127.0.0.1:\(dead)/hook' }]
      accessLog: { path: '\(folder.file("access.log"))' }
      incidents: { store: '\(folder.file("incidents.sqlite"))', look: off }
      """
    try yaml.write(toFile: folder.file("sluice.yaml"), atomically: true, encoding: .utf8)
  }
}
