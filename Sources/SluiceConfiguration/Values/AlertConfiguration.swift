public import SluiceCore

/// One webhook that is told of problems.
public struct AlertConfiguration: Sendable, Hashable {
  public enum Format: Sendable, Hashable {
    /// The document of `docs/ALERTS.md`.
    case json
    /// `{"text": …}`, as incoming webhooks of Slack and of those that imitate it take it.
    case slack
  }

  public enum Event: Sendable, Hashable, CaseIterable {
    case started
    case persists
    case ended
  }

  public struct Header: Sendable, Hashable {
    /// Lower case.
    public var name: String
    public var value: Secret
  }

  public var url: WebhookURL
  public var format: Format
  /// From a problem's beginning to the alert that it persists. Default 10 min; 5 min to 7 days.
  public var persistsAfter: TimeSpan
  /// Default: all.
  public var events: Set<Event>
  /// Sent with each alert, such as a token.
  public var headers: [Header]
}

extension Configuration {
  /// The shortest `persistsAfter` of all webhooks that want to be told; nil where none does.
  public var alertPersistence: TimeSpan? {
    alerts.lazy.filter { $0.events.contains(.persists) }.map(\.persistsAfter).min()
  }
}
