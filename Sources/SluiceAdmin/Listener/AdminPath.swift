/// The form of a route's path: `/api/v1/incidents/{id}` takes any one segment for `id`, `/guide/{+page}` all that is
/// left, slashes included.
public struct AdminPath: Sendable, Hashable, CustomStringConvertible {
  enum Part: Sendable, Hashable {
    case literal(String)
    case one(String)
    case rest(String)
  }

  let parts: [Part]
  public let description: String

  public init(_ template: String) {
    description = template
    parts = template.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { segment in
      guard segment.hasPrefix("{"), segment.hasSuffix("}") else { return .literal(String(segment)) }
      let name = segment.dropFirst().dropLast()
      return name.hasPrefix("+") ? .rest(String(name.dropFirst())) : .one(String(name))
    }
  }

  /// Names of the segments that are taken.
  var names: [String] {
    parts.compactMap { part in
      switch part {
      case .literal: nil
      case .one(let name), .rest(let name): name
      }
    }
  }

  /// The route that says more of the path is the one that is meant.
  var literalCount: Int { parts.count { if case .literal = $0 { true } else { false } } }

  /// What the path has for each name, percent-decoded; nil: it is not of this form.
  ///
  /// A slash that is written as %2F belongs to its segment, so that a URL can be one.
  func match(_ path: String) -> [String: String]? {
    let segments = path.split(separator: "/", omittingEmptySubsequences: false)
    guard segments.first == "", segments.count > 1 else { return nil }
    var rest = segments.dropFirst()
    var values: [String: String] = [:]
    for part in parts {
      switch part {
      case .literal(let text):
        guard rest.popFirst().map(String.init) == text else { return nil }
      case .one(let name):
        guard let segment = rest.popFirst(), !segment.isEmpty, let value = PercentCode.decoded(segment) else {
          return nil
        }
        values[name] = value
      case .rest(let name):
        guard !rest.isEmpty, let value = PercentCode.decoded(rest.joined(separator: "/")[...]) else { return nil }
        values[name] = value
        rest = []
      }
    }
    return rest.isEmpty ? values : nil
  }
}
