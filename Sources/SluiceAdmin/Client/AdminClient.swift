internal import AsyncHTTPClient
#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
internal import Glibc
internal import NIOCore
internal import NIOPosix
public import SluiceIncidents

/// Asks the admin address of a running gateway. Its connections are kept, since whoever looks every second should not
/// connect every second; whoever makes one calls `close` before he lets go of it.
public final class AdminClient: Sendable {
  public struct Failure: Error, CustomStringConvertible {
    public var description: String
    /// Of its answer; nil: there was none.
    public var status: Int?
  }

  /// Bytes of an answer that are read.
  private static let answerMax = 16 << 20

  private let url: String
  private let token: String?
  private let client: HTTPClient
  private let patience: TimeAmount

  /// - Parameters:
  ///   - url: as in `http://127.0.0.1:9180`; a path is not kept.
  ///   - address: where the host of the URL is found; nil: where its name leads.
  ///   - token: sent as a bearer; nil: none.
  ///   - trust: for https.
  ///   - seconds: how long an answer may take.
  /// - Throws: `Failure`, where a file cannot be used.
  public init(
    url: String, at address: String? = nil, token: String?, trust: AdminTrust = AdminTrust(), seconds: Int64 = 10
  ) throws(Failure) {
    patience = .seconds(seconds)
    self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
    self.token = token
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: try trust.library(), redirectConfiguration: .disallow)
    configuration.httpVersion = .http1Only
    // Whoever waits at a terminal is told at once.
    configuration.connectionPool.retryConnectionEstablishment = false
    if let address, let host = URL(string: url)?.host() { configuration.dnsOverride = [host: address] }
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  /// Ends its connections.
  public func close() async { try? await client.shutdown() }

  /// Reads what stands at a path of the API.
  ///
  /// - Throws: `Failure`, with what the gateway said.
  public func read<Document: Decodable>(_ path: String, as type: Document.Type) async throws -> Document {
    try await answer(to: HTTPClientRequest(url: url + path), as: type)
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
    var request = HTTPClientRequest(url: url + DeployRoutes.path)
    request.method = .POST
    request.headers.add(name: "content-type", value: "application/json")
    request.body = .bytes(try JSONEncoder().encode(Mark(text: text, upstream: upstream)))
    return try await answer(to: request, as: Change.self)
  }

  private func answer<Document: Decodable>(
    to request: HTTPClientRequest, as type: Document.Type
  ) async throws -> Document {
    var request = request
    if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
    let (status, body): (UInt, Data)
    do {
      let response = try await client.execute(request, timeout: patience)
      let bytes = try await response.body.collect(upTo: Self.answerMax)
      (status, body) = (response.status.code, Data(bytes.readableBytesView))
    } catch {
      throw Failure(description: sentence(of: error))
    }
    guard status == 200 || status == 201 else {
      let detail = (try? JSONDecoder().decode(ProblemReport.self, from: body))?.detail
      throw Failure(description: "it answers \(status)" + (detail.map { ": \($0)" } ?? ""), status: Int(status))
    }
    guard let document = try? JSONDecoder().decode(type, from: body) else {
      throw Failure(description: "it answers \(status), but not as an admin address does")
    }
    return document
  }

  private func sentence(of error: any Error) -> String {
    let number = ((error as? NIOConnectionError)?.connectionErrors.first?.error ?? error) as? IOError
    if number?.errnoCode == ECONNREFUSED { return "connection refused: nothing listens at \(url)" }
    let failure = DeliveryFailure(error)
    guard failure == .timeout else { return sentence(failure) }
    let seconds = patience.nanoseconds / 1_000_000_000
    return "no answer within \(seconds) s: the gateway hangs, or something on the way drops packets"
  }

  /// In TLS 1.3 a client has finished its handshake before it hears that its certificate is missed: then the connection
  /// merely ends.
  private func sentence(_ failure: DeliveryFailure) -> String {
    let isSecure = url.hasPrefix("https:")
    switch failure {
    case .tls where isSecure:
      return "TLS failed: its certificate is not trusted here (--trust) or not for this name, or it wants one of ours "
        + "(--certificate)"
    case .noResponse where isSecure:
      return "\(failure); it may want a certificate that it trusts (--certificate)"
    default: return failure.description
    }
  }
}
