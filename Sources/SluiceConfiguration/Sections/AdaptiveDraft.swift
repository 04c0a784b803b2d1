internal import SluiceCore

/// `adaptive` as written: `on`, `off` or a mapping.
struct AdaptiveDraft {
  var isOn = true
  var policy = AdaptivePolicy()
}
