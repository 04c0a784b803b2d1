internal import SluiceCore

/// HTTP/2 to the upstream.
extension CauseText {
  private static let talk = GuideStep("See the frames.", "nghttp -nv http://HOST:PORT/PATH")

  static let h2GoawayUnprocessed = CauseText(
    why: [
      "The endpoint closes its connection in an orderly way: a restart, a deploy, or a largest age of connections.",
      "It has served as many streams as it allows on one connection.",
    ],
    find: [talk],
    now: [
      "Nothing, as a rule: the request was not processed and is sent again. One that fails had used up its attempts."
    ],
    prevent: ["Let endpoints announce the end first, and go on for a moment (RFC 9113, section 6.8)."],
    related: [.h2RefusedStream, .staleKeepalive])

  static let h2RefusedStream = CauseText(
    why: [
      "More streams were opened than the endpoint allows at a time.",
      "The endpoint sheds load.",
    ],
    find: [
      talk,
      GuideStep(
        "Which limit does it announce (SETTINGS_MAX_CONCURRENT_STREAMS)?",
        "nghttp -nv http://HOST:PORT/ | grep -i concurrent"),
    ],
    now: ["Lower `limits.requests` to what the endpoint takes, or add endpoints."],
    prevent: ["Use `adaptive: on`: the limit then follows what the endpoint can do."],
    related: [.h2GoawayUnprocessed, .poolQueueFull])

  static let h2StreamReset = CauseText(
    why: [
      "INTERNAL_ERROR: the application failed and its library ended the stream.",
      "CANCEL: somebody behind the endpoint gave up.",
      "ENHANCE_YOUR_CALM: the endpoint takes the traffic for an attack.",
    ],
    find: [GuideStep("Which code was it?", "sluice why ID"), talk],
    now: ["Read the application's log at that second."],
    prevent: ["Let the application answer with a status instead of ending the stream."],
    related: [.closedBeforeResponse, .h2ProtocolViolation])

  static let h2ProtocolViolation = CauseText(
    why: [
      "The endpoint's HTTP/2 library has a mistake, or its limits and ours disagree.",
      "The port speaks another protocol after all.",
      "A device between changes frames.",
    ],
    find: [GuideStep("Which rule was broken?", "sluice why ID"), talk],
    now: ["Set `protocol: http1` for the upstream until the endpoint is corrected."],
    prevent: ["Keep the endpoint's library up to date."], related: [.notHttp, .h2StreamReset])

  static let h2PingTimeout = CauseText(
    why: [
      "The connection broke without a word: a firewall that forgot it, a machine that is gone.",
      "The endpoint hangs, so that not even its library answers.",
    ],
    find: [GuideStep("Does a new connection work?", "curl -v --http2-prior-knowledge --max-time 5 http://HOST:PORT/")],
    now: ["Look for firewalls that forget idle connections, and for an endpoint that hangs."],
    prevent: ["Let both sides send PING or TCP keep-alive more often than the firewall forgets."],
    related: [.responseHeaderTimeout, .connectTimeout])
}
