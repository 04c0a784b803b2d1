internal import HTTPTypes

/// What browsers are told of every answer, and of pages.
enum PageProtection {
  /// A page takes scripts, styles and data from here only, runs nothing that stands in it, and is framed by nobody.
  static let policy = [
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "manifest-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
  ].joined(separator: "; ")

  /// A field of the answer's own takes the place of one of these.
  static func fields(for answer: AdminAnswer) -> [(HTTPField.Name, String)] {
    var fields: [(String, String)] = [
      ("Cross-Origin-Resource-Policy", "same-origin"), ("Referrer-Policy", "no-referrer"),
    ]
    if answer.contentType.hasPrefix("text/html") {
      fields += [("Content-Security-Policy", policy), ("Cross-Origin-Opener-Policy", "same-origin")]
    }
    return fields.compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }
  }
}
