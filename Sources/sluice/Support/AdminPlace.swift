import Foundation
import SluiceAdmin
import SluiceConfiguration
import SluiceGateway

/// Where an admin address is asked, and by which name.
struct AdminPlace {
  var url: String
  /// What the name in the URL stands for; nil: where it leads.
  var address: String?
  /// Files whose certificates are believed beside the authorities.
  var believed: [String] = []

  init(url: String) { self.url = url }

  /// As a configuration has it. Over TLS it is asked for by a name of its own certificate, and a certificate that has
  /// signed itself, or a root behind it, is believed: both stand in a file that the configuration names.
  ///
  /// - Throws: `FileFinding` where the certificate cannot be read.
  init(_ admin: AdminConfiguration) throws {
    let host =
      switch admin.host {
      case "0.0.0.0": "127.0.0.1"
      case "::": "::1"
      default: admin.host
      }
    let shown = "\(host.contains(":") ? "[\(host)]" : host):\(admin.port)"
    url = "\(admin.tls == nil ? "http" : "https")://\(shown)"
    guard let file = admin.tls?.certificates.first?.certificate else { return }
    believed = [file.path]
    guard let name = try SecurityReader.names(in: file).first(where: { !$0.hasPrefix("*") }) else { return }
    url = "https://\(name):\(admin.port)"
    address = host
  }

  /// - Parameter seconds: how long an answer may take.
  /// - Throws: `AdminClient.Failure` where a file cannot be used.
  func client(token: String?, _ trust: AdminTrust, seconds: Int64 = 10) throws -> AdminClient {
    var trust = trust
    trust.believed = believed
    return try AdminClient(url: url, at: address, token: token, trust: trust, seconds: seconds)
  }
}
