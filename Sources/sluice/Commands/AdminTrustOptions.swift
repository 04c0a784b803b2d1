import ArgumentParser
import SluiceAdmin

/// Whom a command believes that asks an https admin address, and what it shows there.
struct AdminTrustOptions: ParsableArguments {
  @Option(help: "The authorities that an https admin address is believed by, as a PEM file. (default: the system's)")
  var trust: String?

  @Option(help: "The certificate for an admin address that asks for one, as a PEM file.")
  var certificate: String?

  @Option(help: "The PEM file of its key. (default: the certificate's file)")
  var key: String?

  func validate() throws {
    if key != nil, certificate == nil {
      throw ValidationError("--key belongs to a certificate; give --certificate too")
    }
  }

  var isGiven: Bool { trust != nil || certificate != nil }

  var value: AdminTrust { AdminTrust(authorities: trust, certificate: certificate, key: key) }
}
