/// A thing to look at when a failure is to be explained.
public enum Check: UInt8, CaseIterable, Hashable, Sendable {
  case process
  case applicationLog
  case directProbe
  case resources
  case deploys
  case nameResolution
  case certificates
  case portAndScheme
  case kernelLimits
  case timeoutLadder

  /// The letter in the catalogue.
  public var letter: Character {
    switch self {
    case .process: "P"
    case .applicationLog: "L"
    case .directProbe: "D"
    case .resources: "O"
    case .deploys: "E"
    case .nameResolution: "N"
    case .certificates: "C"
    case .portAndScheme: "W"
    case .kernelLimits: "K"
    case .timeoutLadder: "T"
    }
  }

  /// What to do, for a person.
  public var sentence: String {
    switch self {
    case .process: "Is the process alive, and does it listen on that port?"
    case .applicationLog: "What does the application's log say at that moment?"
    case .directProbe: "Does the endpoint answer when it is asked directly?"
    case .resources: "Was the process killed for memory, or throttled?"
    case .deploys: "Was something deployed or scaled within two minutes?"
    case .nameResolution: "Does the name resolve to the addresses in use?"
    case .certificates: "Are the chain, dates and names of the certificate right?"
    case .portAndScheme: "Are the port and the scheme right?"
    case .kernelLimits: "Are ports, descriptors or the backlog used up?"
    case .timeoutLadder: "Is each timeout longer than that of the hop behind it?"
    }
  }
}
