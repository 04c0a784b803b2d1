/// Errors of the connection to an endpoint, as `bc_err` (a number), `bc_err_name` and `bc_err_str` tell them.
///
/// Numbers are those of HAProxy 2.5 to 2.9 (the enum of connection errors in `connection-t.h`); later ones have names.
enum HAProxyConnectionError {
  /// The name that stands in rows of signatures; nil: none is told.
  static func name(number: String?, text: String?, rest: String?) -> String? {
    if let number, let name = named(number) { return name }
    if let text, let name = found(in: text) { return name }
    guard let rest else { return nil }
    if let value = rest.part(behind: "bc_err_name=", until: " ") ?? rest.part(behind: "bc_err_name:", until: " "),
      let name = named(value)
    {
      return name
    }
    if let value = digits(in: rest), let name = named(value) { return name }
    return found(in: rest)
  }

  /// Behind `bc_err=` or `bc_err:`.
  private static func digits(in text: String) -> String? {
    for key in ["bc_err=", "bc_err:"] {
      guard let start = text.place(behind: key) else { continue }
      let digits = text.utf8[start...].prefix { $0 >= 0x30 && $0 <= 0x39 }
      if !digits.isEmpty { return String(Substring(digits)) }
    }
    return nil
  }

  private static func named(_ value: String) -> String? {
    if let number = Int(value) { return numbers.indices.contains(number) && number > 0 ? numbers[number] : nil }
    let word = value.trimmed(of: "\"")
    return names.contains(word) ? word : nil
  }

  private static func found(in text: String) -> String? {
    texts.first { text.holds($0.text) }?.name
  }

  private static let numbers = [
    "", "CONF_FDLIM", "PROC_FDLIM", "SYS_FDLIM", "SYS_MEMLIM", "NOPROTO", "SOCK_ERR", "PORT_RANGE", "CANT_BIND",
    "FREE_PORTS", "ADDR_INUSE", "PRX_EMPTY", "PRX_ABORT", "PRX_TIMEOUT", "PRX_TRUNCATED", "PRX_NOT_HDR", "PRX_BAD_HDR",
    "PRX_BAD_PROTO", "CIP_EMPTY", "CIP_ABORT", "CIP_TIMEOUT", "CIP_TRUNCATED", "CIP_BAD_MAGIC", "CIP_BAD_PROTO",
    "SSL_EMPTY", "SSL_ABORT", "SSL_TIMEOUT", "SSL_TOO_MANY", "SSL_NO_MEM", "SSL_RENEG", "SSL_CA_FAIL", "SSL_CRT_FAIL",
    "SSL_MISMATCH", "SSL_MISMATCH_SNI", "SSL_HANDSHAKE", "SSL_HANDSHAKE_HB",
  ]

  private static let names: Set<String> = Set(
    numbers.dropFirst() + ["SSL_FATAL", "EREFUSED", "ERESET", "EUNREACH", "ENOBUFS", "ENOMEM"])

  private static let texts: [(text: String, name: String)] = [
    ("certificate different from the", "SSL_MISMATCH"), ("SSL handshake failure", "SSL_HANDSHAKE"),
    ("closed during SSL handshake", "SSL_EMPTY"), ("error during SSL handshake", "SSL_ABORT"),
    ("Timeout during SSL handshake", "SSL_TIMEOUT"), ("CA chain cannot be verified", "SSL_CA_FAIL"),
    ("certificate not trusted", "SSL_CRT_FAIL"), ("SSL fatal error", "SSL_FATAL"),
    ("onnection refused", "EREFUSED"), ("onnection reset", "ERESET"), ("unreachable", "EUNREACH"),
    ("No route to host", "EUNREACH"), ("Port range", "PORT_RANGE"), ("ources ports", "FREE_PORTS"),
    ("ource ports", "FREE_PORTS"), ("ddress already in use", "ADDR_INUSE"), ("FD limit", "PROC_FDLIM"),
    ("emory limit", "SYS_MEMLIM"), ("ENOBUFS", "ENOBUFS"), ("ENOMEM", "ENOMEM"),
  ]
}
