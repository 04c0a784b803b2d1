package import SluiceIncidents

extension Change.Kind {
  /// What happened, in half a sentence.
  package var told: String {
    switch self {
    case .start: "the gateway was started"
    case .reload: "the configuration was reloaded"
    case .reloadRefused: "a reload was refused"
    case .deploy: "a deploy was marked"
    case .drain: "by the operator"
    case .certificate: "a new certificate was seen"
    case .process: "another process was seen"
    case .addresses: "the name's addresses changed"
    case .version: "another version was seen"
    case .endpoints: "a reload changed endpoints"
    }
  }
}
