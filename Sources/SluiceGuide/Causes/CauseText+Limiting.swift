internal import SluiceCore

/// Limits.
extension CauseText {
  static let poolQueueFull = CauseText(
    why: [
      "The application answers so slowly that requests pile up.",
      "More requests come than it can serve: a peak, a crawler, clients that retry.",
      "`limits.requests` is lower than what the application could do.",
    ],
    find: [
      GuideStep("Did answers get slower before?", "sluice doctor --config sluice.yaml NAME"),
      GuideStep("Who asks so much?", "sluice logs access.log --json | jq '.problems[].concentrations'"),
    ],
    now: ["Find what made answers slow.", "Add endpoints, or raise `limits.requests` where the application has room."],
    prevent: ["Use `adaptive: on` and `rateLimit`. Ask clients to pause between their retries."],
    related: [.poolQueueTimeout, .adaptiveLimitShed, .responseHeaderTimeout])

  static let poolQueueTimeout = CauseText(
    why: [
      "The same as for a full queue, only that it is long in time and not in number.",
      "A few very slow requests hold all permits.",
    ],
    find: [
      GuideStep(
        "Which requests take long?",
        "jq 'select(.totalMs > 5000) | .path' access.log | sort | uniq -c | sort -rn | head")
    ],
    now: ["Find the slow requests, and give them an upstream with limits of its own."],
    prevent: ["Keep the queue short: a request that waits for a second is mostly not worth waiting for."],
    related: [.poolQueueFull, .responseHeaderTimeout])

  static let adaptiveLimitShed = CauseText(
    why: [
      "Answers take longer than without load, so that the limit fell.",
      "The application or something that it asks is slow.",
      "A peak that is larger than the application can serve.",
    ],
    find: [GuideStep("What takes the time?", "sluice doctor --config sluice.yaml NAME")],
    now: ["Nothing is broken by itself: what was let through was served. Add endpoints, or find what became slow."],
    prevent: ["Clients should respect Retry-After, so that a peak passes."],
    related: [.poolQueueFull, .admissionShed])

  static let admissionShed = CauseText(
    why: ["So many requests of the upstream fail that only a part is let through, to leave it room to recover."],
    find: [GuideStep("What fails?", "sluice problems --since 1h")],
    now: ["Repair what fails; more is let through as it recovers."],
    prevent: ["Roll out slowly, and stop when failures rise."],
    related: [.circuitOpen, .adaptiveLimitShed, .upstreamStatus])

  static let rateLimited = CauseText(
    why: [
      "A script or crawler asks without pauses.",
      "Many people share one address, behind a proxy or a mobile network, and are counted together.",
      "The client retries failures at once, again and again.",
      "`trusted.proxies` lacks the proxy in front, so that all clients look like one.",
    ],
    find: [GuideStep("When may it come again?", "curl -si http://GATEWAY/PATH | grep -i retry-after")],
    now: ["Wait for Retry-After. Raise the rate, or count by a key or cookie instead of by address."],
    prevent: ["Tell clients their rate, and let them spread their requests."], related: [.adaptiveLimitShed])

  static let proxyDraining = CauseText(
    why: ["The gateway was told to stop, and a request came over a connection that was still open."],
    find: [GuideStep("Is it being restarted?", "systemctl status sluice")],
    now: ["Try again: the next connection goes to a gateway that runs."],
    prevent: [
      "Restart with `--takeover` or socket activation, and set `drain.delay` so that load balancers notice first."
    ],
    related: [.allDraining])

  static let proxyBug = CauseText(
    why: ["A mistake in the gateway's own code: it came into a state that should not exist."],
    find: [GuideStep("What was it doing?", "sluice why ID --json")],
    now: ["Report it with the output of `sluice why`. The one request failed; others go on."],
    prevent: ["Update to the latest version."])
}
