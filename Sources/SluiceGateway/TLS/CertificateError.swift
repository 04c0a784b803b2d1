/// Why a configuration cannot be used: what is wrong with the files that its listeners name.
public struct CertificateError: Error, CustomStringConvertible {
  public let findings: [FileFinding]

  public var description: String {
    let places = findings.map { finding in
      finding.position.line > 0 ? "line \(finding.position.line): \(finding.what)" : finding.what
    }
    return places.joined(separator: "; ")
  }
}
