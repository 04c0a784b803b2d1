#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The body of a POST that says everything in its path: `{}`, so that its type is JSON, which no form can send.
enum EmptyBody {
  static let schema: JSONValue = ["type": "object", "additionalProperties": false]

  private struct Nothing: Decodable {
    let names: [String]

    private struct AnyKey: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init?(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
      names = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
    }
  }

  /// nil where it is as it should be.
  static func refusal(of body: [UInt8]) -> AdminAnswer? {
    guard let read = try? JSONDecoder().decode(Nothing.self, from: Data(body)) else {
      return .problem(400, "Bad request", "The body is '{}': all that is asked stands in the path.")
    }
    guard let name = read.names.min() else { return nil }
    return .problem(400, "Bad request", "There is no key '\(PlainName.shown(name))' here; the body is '{}'.")
  }
}
