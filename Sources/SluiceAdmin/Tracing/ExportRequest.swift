internal import SluiceIncidents

/// An `ExportTraceServiceRequest` with one resource and one scope, in front of the spans that workers have written.
struct ExportRequest: Sendable {
  /// Who the spans are of.
  struct Resource: Equatable, Sendable {
    /// `service.name`.
    var service: String
    /// The installation's name.
    var gateway: String
    var version: String
  }

  static let scopeName: StaticString = "sluice"
  /// The version of the semantic conventions whose names the spans have.
  static let schema: StaticString = "https://opentelemetry.io/schemas/1.37.0"

  private let resource: ProtobufWriter
  private let scope: ProtobufWriter

  init(_ resource: Resource) {
    var attributes = ProtobufWriter()
    attributes.attribute(1, "service.name", text: resource.service.utf8)
    attributes.attribute(1, "service.instance.id", text: resource.gateway.utf8)
    attributes.attribute(1, "service.version", text: resource.version.utf8)
    self.resource = attributes
    var scope = ProtobufWriter()
    scope.text(1, Self.scopeName)
    scope.bytes(2, resource.version.utf8)
    self.scope = scope
  }

  func encoded(_ blocks: [SpanBlock]) -> [UInt8] {
    var scopeSpans = ProtobufWriter()
    scopeSpans.message(1, scope)
    for block in blocks { scopeSpans.append(fields: block.bytes) }
    scopeSpans.text(3, Self.schema)
    var resourceSpans = ProtobufWriter()
    resourceSpans.message(1, resource)
    resourceSpans.message(2, scopeSpans)
    resourceSpans.text(3, Self.schema)
    var request = ProtobufWriter()
    request.message(1, resourceSpans)
    return request.bytes
  }
}
