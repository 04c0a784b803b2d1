/// The response code of a DNS answer, by the names of RFC 6895 section 2.3.
public struct DNSResponseCode: Hashable, Sendable {
  /// -1: no server answered.
  public var number: Int32

  public init(number: Int32) { self.number = number }

  public static let none = DNSResponseCode(number: -1)

  /// nil where no server answered; a code without a name is `RCODE` and its number.
  public var name: String? {
    switch number {
    case ..<0: nil
    case 0: "NOERROR"
    case 1: "FORMERR"
    case 2: "SERVFAIL"
    case 3: "NXDOMAIN"
    case 4: "NOTIMP"
    case 5: "REFUSED"
    case 6: "YXDOMAIN"
    case 7: "YXRRSET"
    case 8: "NXRRSET"
    case 9: "NOTAUTH"
    case 10: "NOTZONE"
    case 11: "DSOTYPENI"
    case 16: "BADVERS"
    default: "RCODE\(number)"
    }
  }
}
