internal import AsyncHTTPClient
#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
internal import NIOCore
public import SluiceIncidents

/// Asks the admin address of a running gateway.
public struct AdminClient: Sendable {
  public struct Failure: Error, CustomStringConvertible {
    public var description: String
  }

  /// Bytes of an answer that are read.
  private static let answerMax = 64 << 10
  static let tryTime = TimeAmount.seconds(10)

  let url: String
  let token: String?

  /// - Parameters:
  ///   - url: as in `http://127.0.0.1:9180`; a path is not kept.
  ///   - token: sent as a bearer; nil: none.
  public init(url: String, token: String?) {
    self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
    self.token = token
  }

  /// Marks a deploy.
  ///
  /// - Returns: the change as the gateway has taken it.
  /// - Throws: `Failure`, with what the gateway said.
  public func mark(_ text: String, upstream: String?) async throws -> Change {
    struct Mark: Encodable {
      var text: String
      var upstream: String?
    }
    struct Problem: Decodable {
      var detail: String?
    }
    var request = HTTPClientRequest(url: url + DeployRoutes.path)
    request.method = .POST
    request.headers.add(name: "content-type", value: "application/json")
    if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
    request.body = .bytes(try JSONEncoder().encode(Mark(text: text, upstream: upstream)))
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.httpVersion = .http1Only
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    let answered: Result<(UInt, Data), Failure>
    do {
      let response = try await client.execute(request, timeout: Self.tryTime)
      let body = try await response.body.collect(upTo: Self.answerMax)
      answered = .success((response.status.code, Data(body.readableBytesView)))
    } catch {
      answered = .failure(Failure(description: "\(error)"))
    }
    try? await client.shutdown()
    let (status, body) = try answered.get()
    guard status == 200 || status == 201 else {
      let detail = (try? JSONDecoder().decode(Problem.self, from: body))?.detail
      throw Failure(description: "it answers \(status)" + (detail.map { ": \($0)" } ?? ""))
    }
    guard let change = try? JSONDecoder().decode(Change.self, from: body) else {
      throw Failure(description: "it answers \(status), but not as an admin address does")
    }
    return change
  }
}
