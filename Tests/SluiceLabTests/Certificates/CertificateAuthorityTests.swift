import Foundation
import TestSupport
import Testing

@testable import SluiceLab

/// The certificates, judged by another implementation: the command line of OpenSSL.
struct CertificateAuthorityTests {
  private static func inFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ca-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
  }

  /// What `openssl verify` says of the chain in front of that root: nil where it is content.
  private static func complaint(
    _ certificate: IssuedCertificate, _ authority: CertificateAuthority, _ options: [String] = []
  ) throws -> String? {
    try inFolder { folder in
      let files = try certificate.write(into: folder, name: "leaf")
      let root = try authority.writeRoot(into: folder, name: "root")
      let (status, output) = try openSSL(
        ["verify", "-CAfile", root, "-untrusted", files.certificate] + options + [files.certificate])
      return status == 0 ? nil : output
    }
  }

  private static func openSSL(_ arguments: [String]) throws -> (Int32, String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["openssl"] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  @Test func aChainHoldsForItsNamesAndForNoOthers() throws {
    let authority = try CertificateAuthority()
    let names: [CertificateName] = [.dns("origin.test"), .dns("*.wide.test"), .ip("127.0.0.1"), .ip("::1")]
    let leaf = try authority.intermediate().issue(names)
    #expect(leaf.chain.count == 2)
    for right in [["-verify_hostname", "origin.test"], ["-verify_hostname", "any.wide.test"]] {
      #expect(try Self.complaint(leaf, authority, right) == nil)
    }
    for right in ["127.0.0.1", "::1"] { #expect(try Self.complaint(leaf, authority, ["-verify_ip", right]) == nil) }
    #expect(try Self.complaint(leaf, authority, ["-verify_ip", "127.0.0.2"])?.contains("IP address mismatch") == true)
    #expect(
      try Self.complaint(leaf, authority, ["-verify_hostname", "other.test"])?.contains("hostname mismatch") == true)
  }

  @Test func eachDefectIsTheOneThatWasAskedFor() throws {
    let authority = try CertificateAuthority()
    let names: [CertificateName] = [.dns("origin.test")]
    let between = try authority.intermediate().intermediate(name: "Second")
    #expect(try between.issue(names).chain.count == 3)
    #expect(try Self.complaint(between.issue(names), authority) == nil)
    #expect(
      try Self.complaint(authority.issue(names, validity: .past), authority)?.contains("has expired") == true)
    #expect(
      try Self.complaint(authority.issue(names, validity: .future), authority)?.contains("not yet valid") == true)
    #expect(
      try Self.complaint(between.issue(names).withoutIntermediates, authority)?
        .contains("unable to get local issuer") == true)
    #expect(
      try Self.complaint(CertificateAuthority().issue(names), authority)?.contains("error 20") == true
        || Self.complaint(CertificateAuthority().issue(names), authority)?.contains("signature failure") == true)
    #expect(
      try Self.complaint(CertificateAuthority.selfSigned(names), authority)?.contains("self-signed") == true)
  }

  @Test func aUseIsNotAnother() throws {
    let authority = try CertificateAuthority()
    let client = try authority.issue([], commonName: "a client", use: .connecting)
    #expect(try Self.complaint(client, authority, ["-purpose", "sslclient"]) == nil)
    #expect(try Self.complaint(client, authority, ["-purpose", "sslserver"]) != nil)
    let listening = try authority.issue([.dns("origin.test")])
    #expect(try Self.complaint(listening, authority, ["-purpose", "sslserver"]) == nil)
    #expect(try Self.complaint(listening, authority, ["-purpose", "sslclient"]) != nil)
  }

  @Test func aKeyIsForItsOwnerAlone() throws {
    let leaf = try CertificateAuthority().issue([.dns("origin.test")])
    try Self.inFolder { folder in
      for _ in 0..<2 {
        let files = try leaf.write(into: folder, name: "leaf")
        let rights = { (path: String) in
          try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        #expect(try rights(files.key) == 0o600)
        #expect(try rights(files.certificate) == 0o644)
        #expect(try String(contentsOfFile: files.certificate, encoding: .utf8) == leaf.chainPEM)
        let (status, output) = try Self.openSSL(["pkey", "-in", files.key, "-check", "-noout"])
        #expect(status == 0, "\(output)")
      }
    }
  }

  @Test func aTextThatIsNoAddressIsRefused() throws {
    let authority = try CertificateAuthority()
    #expect(throws: LabError.self) { try authority.issue([.ip("origin.test")]) }
  }
}
