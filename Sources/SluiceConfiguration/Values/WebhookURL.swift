/// Where an alert is posted to. Its path is a credential: whoever knows the URL of a Slack webhook may write there.
public struct WebhookURL: Sendable, Hashable {
  /// `https://host[:port]/path?query` or the same with `http`, visible ASCII without user and fragment.
  public let text: Secret
  /// Host, and port where one is written: what may be shown.
  public let place: String
  /// Whether what is posted travels unencrypted to another machine.
  let isExposed: Bool

  init(text: String, place: String, isExposed: Bool) {
    self.text = Secret(text)
    self.place = place
    self.isExposed = isExposed
  }
}
