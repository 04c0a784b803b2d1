internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceIncidents

/// What a request has for the names of its route's path, and for the query parameters that the route takes. Everything
/// in it is of the kind that the route says.
public struct AdminValues: Sendable, Equatable {
  /// What is wrong with a query.
  struct Mistake: Error, Equatable {
    /// 400: not of its form. 422: of its form, but there is no such value.
    var status: Int
    var detail: String
  }

  /// Parameters of one query.
  static let parametersMax = 64

  private var texts: [String: [String]] = [:]

  public init() {}

  init(path: [String: String]) { texts = path.mapValues { [$0] } }

  public subscript(name: String) -> String? { texts[name]?.first }

  public func all(_ name: String) -> [String] { texts[name] ?? [] }

  public func integer(_ name: String) -> Int64? { self[name].flatMap { Int64($0) } }

  /// - Parameter now: Unix time in milliseconds, from which ages count.
  public func moment(_ name: String, at now: Int64) -> Int64? { self[name].flatMap { MomentText.read($0, now: now) } }

  /// Takes a query as it was sent.
  mutating func add(query: String?, _ parameters: [AdminParameter]) throws(Mistake) {
    guard let query, !query.isEmpty else { return }
    let pairs = query.split(separator: "&")
    guard pairs.count <= Self.parametersMax else {
      throw Mistake(status: 400, detail: "A query takes \(Self.parametersMax) parameters at most.")
    }
    for pair in pairs {
      let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = PercentCode.decoded(halves[0], plus: true),
        let value = PercentCode.decoded(halves.count > 1 ? halves[1] : "", plus: true)
      else { throw Mistake(status: 400, detail: "The query is not percent-encoded as UTF-8.") }
      guard let parameter = parameters.first(where: { $0.name == name }) else {
        throw Self.unknown(name, parameters)
      }
      guard parameter.isRepeatable || texts[name] == nil else {
        throw Mistake(status: 400, detail: "'\(name)' is given twice.")
      }
      guard all(name).count < AdminParameter.repeatsMax else {
        throw Mistake(
          status: 400, detail: "'\(name)' is given more than \(AdminParameter.repeatsMax) times.")
      }
      try Self.check(value, parameter)
      texts[name, default: []].append(value)
    }
  }

  private static func unknown(_ name: String, _ parameters: [AdminParameter]) -> Mistake {
    let names = parameters.map(\.name)
    let nearest = Spelling.nearest(to: name, in: names).map { "; did you mean '\($0)'?" }
    let all = names.isEmpty ? "; this path takes none." : "; there are \(names.joined(separator: ", "))."
    return Mistake(
      status: 400, detail: "There is no query parameter '\(PlainName.shown(name))' here\(nearest ?? all)")
  }

  private static func check(_ value: String, _ parameter: AdminParameter) throws(Mistake) {
    let name = parameter.name
    switch parameter.kind {
    case .text(let max):
      guard (1...max).contains(value.unicodeScalars.count) else {
        throw Mistake(status: 400, detail: "'\(name)' takes 1 to \(max) characters.")
      }
    case .integer(let range):
      let isPlain = value.utf8.allSatisfy { (0x30...0x39).contains($0) }
      guard isPlain, value == "0" || value.first != "0", let number = Int64(value), range.contains(number) else {
        throw Mistake(
          status: 400, detail: "'\(name)' takes an integer from \(range.lowerBound) to \(range.upperBound).")
      }
    case .word(let words):
      guard !words.contains(value) else { return }
      let nearest = Spelling.nearest(to: value, in: words).map { "; did you mean '\($0)'?" }
      let all = words.count > 16 ? "." : "; it takes \(words.joined(separator: ", "))."
      throw Mistake(
        status: 400, detail: "'\(name)': '\(PlainName.shown(value))' is none that there is\(nearest ?? all)")
    case .moment:
      guard MomentText.hasForm(value) else {
        throw Mistake(
          status: 400,
          detail: "'\(name)' takes an age such as 90s, 5m, 1h, 2d or a moment in UTC such as 2026-11-24T10:00.")
      }
      guard MomentText.read(value, now: 0) != nil else {
        throw Mistake(status: 422, detail: "'\(name)': there is no such moment.")
      }
    }
  }
}
