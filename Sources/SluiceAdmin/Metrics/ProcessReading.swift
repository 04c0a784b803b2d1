/// What the process takes of the machine.
public struct ProcessReading: Equatable, Sendable {
  /// User and system together.
  public var cpuSeconds: Double
  public var residentBytes: UInt64
  public var virtualBytes: UInt64
  public var openDescriptors: Int
  public var descriptorsMax: UInt64
  /// Unix time in seconds.
  public var startTime: Double

  public init(
    cpuSeconds: Double, residentBytes: UInt64, virtualBytes: UInt64, openDescriptors: Int, descriptorsMax: UInt64,
    startTime: Double
  ) {
    self.cpuSeconds = cpuSeconds
    self.residentBytes = residentBytes
    self.virtualBytes = virtualBytes
    self.openDescriptors = openDescriptors
    self.descriptorsMax = descriptorsMax
    self.startTime = startTime
  }
}
