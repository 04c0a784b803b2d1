#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What the admin address answers.
public struct AdminAnswer: Sendable {
  public var status: Int
  public var contentType: String
  /// Beside Content-Type and Content-Length.
  public var fields: [Field] = []
  public var body: [UInt8]
  /// What follows `body` as it comes, until it ends or the client goes; nil: nothing.
  public var stream: AsyncStream<[UInt8]>?

  public struct Field: Sendable, Equatable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  public init(status: Int, contentType: String, body: [UInt8]) {
    self.status = status
    self.contentType = contentType
    self.body = body
  }

  static func text(_ status: Int, _ text: String) -> AdminAnswer {
    AdminAnswer(status: status, contentType: "text/plain; charset=utf-8", body: Array((text + "\n").utf8))
  }

  static func json(_ status: Int, _ value: some Encodable) -> AdminAnswer {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else {
      return problem(500, "Internal error", "The answer could not be written.")
    }
    return AdminAnswer(status: status, contentType: "application/json", body: Array(data) + [0x0A])
  }

  /// Whose body is a problem document already.
  var asProblem: AdminAnswer {
    var answer = self
    answer.contentType = "application/problem+json"
    return answer
  }

  /// What is wrong, as RFC 9457 has it.
  static func problem(_ status: Int, _ title: String, _ detail: String, _ fields: [Field] = []) -> AdminAnswer {
    var answer = json(status, ProblemReport(title: title, status: status, detail: detail)).asProblem
    answer.fields = fields
    return answer
  }
}

extension AdminAnswer: Equatable {
  /// Two streams are never the same.
  public static func == (left: AdminAnswer, right: AdminAnswer) -> Bool {
    left.stream == nil && right.stream == nil && left.status == right.status && left.contentType == right.contentType
      && left.fields == right.fields && left.body == right.body
  }
}
