/// The gateway's process.
public struct ProcessDocument: Codable, Equatable, Sendable {
  public var id: Int
  /// Bytes that are resident; nil: the system does not tell.
  public var memoryBytes: Int?
  /// Open descriptors, and how many may be; nil: the system does not tell.
  public var descriptors: Int?
  public var descriptorsMax: Int?

  public init(id: Int, memoryBytes: Int?, descriptors: Int?, descriptorsMax: Int?) {
    self.id = id
    self.memoryBytes = memoryBytes
    self.descriptors = descriptors
    self.descriptorsMax = descriptorsMax
  }
}
