extension Comparison {
  static let errorAndBadGateway = Comparison(
    [500, 502],
    "A 500 comes from the application: it was reached, and it failed. A 502 comes from a gateway: it could not get a valid answer from the application. With a 500 look into the application's code and log; with a 502 look first whether the application runs and can be reached.",
    rows: [
      ("Who says it", ["the application", "a gateway or proxy in front of it"]),
      ("Did the request reach the application", ["yes", "perhaps not, or it broke on the way"]),
      ("Where to look first", ["the application's log", "the gateway's log: which cause"]),
      ("Typical reason", ["an error that was not caught", "nothing listens, a crash, keep-alive, TLS"]),
      ("Does a restart help", ["seldom", "often, for the moment"]),
    ],
    steps: [
      GuideStep("Ask the application directly: does it answer 500 itself?", "curl -i http://HOST:PORT/PATH"),
      GuideStep(
        "Does the answer have an error in Proxy-Status? Then a gateway made it.",
        "curl -si URL | grep -i proxy-status"),
    ],
    confusions: [
      "Traefik answers 500 where a certificate of the upstream is not valid, and Apache where its name does not resolve: exact would be 502.",
      "An application that is itself a proxy answers 502 of its own, and everybody looks at the wrong gateway.",
    ])

  static let badGatewayAndUnavailable = Comparison(
    [502, 503],
    "A 502 says: I tried, and what came back was not valid. A 503 says: I did not try, or I will not take it now. Neither code promises that nothing was done: send again by yourself only what does no harm when it is done twice, after a 503 when Retry-After is over. Anything may be sent again where a gateway says that it refused the request.",
    rows: [
      ("Was the next hop asked", ["yes, or a connection was tried", "mostly not: it was refused before"]),
      ("Is it expected to pass", ["it does not say", "yes, that is its meaning"]),
      ("Retry-After", ["not usual", "usual"]),
      ("Typical reason", ["refused, reset, closed, TLS, not HTTP", "overload, maintenance, no healthy endpoint"]),
      ("May a POST be repeated", ["only where nothing was sent", "where a gateway says that it refused it"]),
      ("Where to look first", ["the one connection that failed", "health checks, limits and load"]),
    ],
    steps: [
      GuideStep(
        "Which type does Proxy-Status name? destination_unavailable and connection_limit_reached are 503.",
        "curl -si URL | grep -iE 'proxy-status|retry-after'"),
      GuideStep("Is any endpoint left out?", "sluice problems --since 1h"),
    ],
    confusions: [
      "HAProxy, Envoy, Varnish and Apache answer 503 for a refused connection, nginx and Caddy 502. The number alone does not tell.",
      "nginx answers 502 where no endpoint is left ('no live upstreams'): exact would be 503.",
      "First a 502 for each request, then, when health checks have noticed, a 503: it is the same failure.",
    ])

  static let badGatewayAndTimeout = Comparison(
    [502, 504],
    "A 502 is a wrong answer or a broken connection, and it comes quickly. A 504 is no answer in time, and it comes after the full wait. Quick and empty: look for a process that is gone. After exactly so many seconds: look for something slow, or for packets that are dropped.",
    rows: [
      ("What came back", ["something invalid, or an end", "nothing, until the time was over"]),
      ("How long it takes", ["often milliseconds", "a round number of seconds: 10, 30, 60"]),
      ("Is the application alive", ["often not", "mostly yes, but slow or stuck"]),
      ("May the work go on behind", ["seldom", "yes"]),
      ("Does a longer timeout help", ["no", "only for work that takes that long"]),
      ("Typical reason", ["refused, crash, keep-alive, TLS", "slow query, pool used up, dropped packets"]),
    ],
    steps: [
      GuideStep(
        "How long does the failure take?", "curl -s -o /dev/null -w '%{http_code} %{time_total}\\n' URL"),
      GuideStep(
        "Is the connection the problem, or the answer?",
        "curl -s -o /dev/null -w '%{time_connect} %{time_starttransfer}\\n' http://HOST:PORT/PATH"),
    ],
    confusions: [
      "Apache and Pingora answer 502 for an answer that came too late, and HAProxy and Envoy 503 for a connection that did not come about.",
      "A worker's own time limit (gunicorn, PHP-FPM) ends slow work with a broken connection: a 502 whose reason is slowness (`worker_timeout`).",
    ])

  static let unavailableAndTimeout = Comparison(
    [503, 504],
    "A 503 is a refusal, at once: the service cannot take the request now. A 504 is a wait that led to nothing: the request was given to the next hop, which did not answer in time. After a 503 mostly nothing was done, though the code does not promise it; after a 504 the work may be done all the same.",
    rows: [
      ("Was the next hop asked", ["mostly not", "yes, or a connection was tried"]),
      ("How long it takes", ["at once, or as long as the queue allows", "as long as the limit"]),
      ("May the work have been done", ["seldom: some proxies answer it for a connection that broke", "yes"]),
      ("Retry-After", ["usual", "not usual"]),
      ("Typical reason", ["overload, maintenance, no healthy endpoint", "slow application, dropped packets"]),
    ],
    steps: [
      GuideStep(
        "How long does the failure take?", "curl -s -o /dev/null -w '%{http_code} %{time_total}\\n' URL"),
      GuideStep("Are requests waiting?", "ss -ltn 'sport = :PORT'"),
    ],
    confusions: [
      "The same overload shows as 504 where everything is let in, and as 503 where a limit refuses early. The second is better: the rest is served in time.",
      "A wait in the gateway's own queue that is over is a 503 (`pool_queue_timeout`): nobody was asked.",
    ])

  static let allFour = Comparison(
    [500, 502, 503, 504],
    "500: the application was reached and failed. 502: the gateway got a wrong answer or a broken connection. 503: the request was refused for now. 504: no answer came in time. The first is the application's, the others are told by whoever stands in front of something.",
    rows: [
      ("Who says it", ["the application", "a gateway", "application or gateway", "a gateway"]),
      ("In one word", ["failed", "broken", "refused", "late"]),
      ("How quickly", ["any", "mostly at once", "at once", "after the limit"]),
      ("Nothing was done", ["not certain", "not certain", "likely", "not certain"]),
      ("Look first at", ["its log", "process, port, TLS", "health, limits, load", "slow calls, packets"]),
      ("Retry-After", ["no", "no", "yes", "no"]),
    ],
    steps: [
      GuideStep(
        "Status, who, and how long, in one line:",
        "curl -s -o /dev/null -D - -w '%{time_total}\\n' URL | grep -iE '^HTTP|proxy-status|retry-after|^[0-9.]+$'"
      ),
      GuideStep("Then ask the application directly.", "curl -i http://HOST:PORT/PATH"),
    ],
    confusions: [
      "No two proxies agree on all failures: see the table of answers by product. The cause counts, not the number.",
      "Clients and monitors that count '5xx' mix four different failures.",
    ])
}
