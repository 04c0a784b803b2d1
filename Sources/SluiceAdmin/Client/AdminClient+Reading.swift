internal import AsyncHTTPClient
#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
internal import NIOCore

extension AdminClient {
  /// Bytes of a document that are read.
  private static let documentMax = 16 << 20

  /// Reads what stands at a path of the API.
  ///
  /// - Throws: `Failure`, with what the gateway said.
  public func read<Document: Decodable>(_ path: String, as type: Document.Type) async throws -> Document {
    var request = HTTPClientRequest(url: url + path)
    if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
    let (status, body): (UInt, Data)
    do {
      // Shared, since whoever looks every second should not connect every second.
      let response = try await HTTPClient.shared.execute(request, timeout: Self.tryTime)
      let bytes = try await response.body.collect(upTo: Self.documentMax)
      (status, body) = (response.status.code, Data(bytes.readableBytesView))
    } catch {
      throw Failure(description: "\(error)")
    }
    guard status == 200 else {
      let detail = (try? JSONDecoder().decode(ProblemReport.self, from: body))?.detail
      throw Failure(description: "it answers \(status)" + (detail.map { ": \($0)" } ?? ""))
    }
    guard let document = try? JSONDecoder().decode(type, from: body) else {
      throw Failure(description: "it answers \(status), but not as an admin address does")
    }
    return document
  }
}
