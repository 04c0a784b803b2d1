internal import SluiceIncidents

extension Change.Kind {
  /// A word or two, before the change's own text.
  var short: String {
    switch self {
    case .start: "start"
    case .reload: "reload"
    case .reloadRefused: "reload refused"
    case .deploy: "deploy"
    case .drain: "drain"
    case .certificate: "new certificate"
    case .process: "new process"
    case .addresses: "new addresses"
    case .version: "new version"
    case .endpoints: "endpoints"
    }
  }
}
