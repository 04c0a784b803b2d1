internal import SluiceCore

/// `tracing` before its required keys were checked.
struct TracingDraft {
  var endpoint: WebhookURL?
  var sample = 0.01
  var failures = true
  var untrusted = TracePolicy.Untrusted.goesOn
  var service = "sluice"
  var headers: [Named<Secret>] = []
}
