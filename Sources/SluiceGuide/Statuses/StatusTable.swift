/// All status codes that the guide knows.
public enum StatusTable {
  /// In ascending order.
  public static let entries: [StatusEntry] = (registered + products).sorted { $0.code < $1.code }

  /// What IANA's registry holds.
  public static let registered: [StatusEntry] =
    informational + successful + redirections + clientErrors + gatewayErrors

  /// What products use of their own.
  public static let products: [StatusEntry] = edgeCodes + productCodes + moreProductCodes

  public static subscript(code: Int) -> StatusEntry? { byCode[code] }

  private static let byCode = Dictionary(entries.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })

  /// What can be said of a code that is in no table.
  static func unknown(_ code: Int) -> StatusEntry {
    let kind = StatusClass(code: code)
    return StatusEntry(
      code, "unknown code", "no specification", kind == .failure ? .laterIfIdempotent : .changed,
      registration: .unregistered,
      meaning: "This code is neither in IANA's registry nor among the products' own that this guide knows. "
        + "Its first digit alone has a meaning: \(kind.title). \(kind.unknownCode)",
      action:
        "Read the body and the fields of the response, and ask whoever runs the service what the code means there."
    )
  }

  /// Three digits.
  public static func text(_ code: Int) -> String {
    let digits = String(code)
    return String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }
}
