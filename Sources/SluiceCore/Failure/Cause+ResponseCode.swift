extension Cause {
  /// The DNS response code's name (RFC 6895 section 2.3), which Proxy-Status has a parameter for; nil where the cause
  /// is not an answer of a name server.
  public var responseCode: String? {
    if self == .dnsNxdomain { return "NXDOMAIN" }
    if self == .dnsServfail { return "SERVFAIL" }
    if self == .dnsRefused { return "REFUSED" }
    if self == .dnsNoAddress { return "NOERROR" }
    return nil
  }
}
