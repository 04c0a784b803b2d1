/// From when until when a certificate holds, in seconds since 1970 (UTC); both ends belong to it.
public struct CertificateValidity: Sendable, Hashable {
  public var notBefore: Int64
  public var notAfter: Int64

  public init(notBefore: Int64, notAfter: Int64) {
    self.notBefore = notBefore
    self.notAfter = notAfter
  }

  /// 2020 to the end of 2098: holds whenever it is looked at, so that nobody has to read a clock.
  public static let usual = CertificateValidity(notBefore: 1_577_836_800, notAfter: 4_070_908_799)
  /// The year 2021.
  public static let past = CertificateValidity(notBefore: 1_609_459_200, notAfter: 1_640_995_199)
  /// The year 2098.
  public static let future = CertificateValidity(notBefore: 4_039_372_800, notAfter: 4_070_908_799)
}
