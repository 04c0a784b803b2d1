internal import SluiceConfiguration
internal import SluiceIncidents

extension ProblemEvent {
  /// As the configuration names it.
  var kind: AlertConfiguration.Event {
    switch self {
    case .started: .started
    case .persists: .persists
    case .ended: .ended
    }
  }
}

extension AlertConfiguration.Event {
  var identifier: String {
    switch self {
    case .started: "started"
    case .persists: "persists"
    case .ended: "ended"
    }
  }
}
