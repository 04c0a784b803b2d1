/// What a person would look at one after the other (DESIGN section 6).
public enum Step: String, Codable, Sendable, CaseIterable {
  case process
  case gatewayRecord
  case applicationLog
  case direct
  case resources
  case deploys

  /// The question that the step answers.
  public var question: String {
    switch self {
    case .process: "Is the process alive?"
    case .gatewayRecord: "What did the gateway see?"
    case .applicationLog: "What does the application's log say?"
    case .direct: "What does the endpoint answer when it is asked directly?"
    case .resources: "Does the machine have what the application needs?"
    case .deploys: "Did it begin with a change?"
    }
  }
}
