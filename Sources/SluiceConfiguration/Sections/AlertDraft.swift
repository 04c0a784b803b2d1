internal import SluiceCore

/// One entry of `alerts` before its required keys were checked.
struct AlertDraft {
  var url: WebhookURL?
  var format = AlertConfiguration.Format.json
  var persistsAfter = TimeSpan.seconds(600)
  var events = AlertConfiguration.Event.allCases
  var headers: [Named<Secret>] = []
}
