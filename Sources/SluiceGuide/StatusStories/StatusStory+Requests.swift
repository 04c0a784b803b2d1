internal import SluiceCore

/// The neighbours among the 4xx.
extension StatusStory {
  static let requestTimeout = StatusStory(
    origin: [
      "Whoever reads the request: a gateway, a load balancer or the application. It closes the connection with it."
    ],
    who: "Whoever reads the request: it did not arrive in time.",
    causes: [
      (.clientBodyTimeout, "the body stopped on its way"), (.requestHeadTimeout, "the head was not complete in time"),
    ],
    otherReasons: [
      "A browser's connection that was opened ahead and never used.",
      "A body that is shorter than its Content-Length says.",
    ],
    steps: [
      GuideStep("How much arrived, and after how long?", "jq 'select(.status == 408)' access.log | tail -3"),
      GuideStep(
        "Is it one client, or many?",
        "jq -r 'select(.status == 408) | .client | sub(\":[0-9]+$\"; \"\")' access.log | sort | uniq -c | sort -rn | head"
      ),
    ],
    remedies: ["Slow uploads: raise the listener's `bodyIdle`.", "Correct the client's Content-Length."],
    telling: ["Your request did not arrive whole in time. Check your connection and try again."],
    retrying: [
      "On a new connection, with the whole request. It may have been carried out in part only if the application saw the beginning."
    ],
    questions: [
      GuideQuestion("408 or 504?", "408: the client was too slow. `504`: the next hop was too slow."),
      GuideQuestion(
        "Why are there 408 without a request?",
        "A connection was opened and left unused; some programs answer 408 before they close it."),
    ])

  static let contentTooLarge = StatusStory(
    origin: [
      "The first hop whose limit is reached: often a proxy (nginx: `client_max_body_size`, 1 MB by default), else the application."
    ],
    who: "The first hop on the way whose limit the body exceeds.",
    causes: [
      (.requestBodyTooLarge, "the route's limit was reached"),
      (.earlyFinalResponse, "the application answered before the end"),
    ],
    otherReasons: ["A limit of the framework or of PHP (`post_max_size`)."],
    steps: [
      GuideStep(
        "Who answers?", "curl -si --data-binary @FILE URL | grep -iE '^HTTP|^server|proxy-status'"),
      GuideStep(
        "Which limits are there?", "grep -rn -E 'client_max_body_size|requestBody' /etc/nginx sluice.yaml 2>/dev/null"),
    ],
    remedies: ["Raise the limit at each hop, the outermost included.", "Upload in parts."],
    telling: ["The file is too large. Choose a smaller one; the largest size is …"],
    retrying: ["Not unchanged. With Retry-After the lack is temporary."],
    questions: [
      GuideQuestion(
        "Why is the connection reset instead?",
        "The answer came while the body was still being sent, and the close destroyed it. `Expect: 100-continue` avoids that."
      )
    ])

  static let misdirectedRequest = StatusStory(
    origin: ["The origin, or a gateway in its place: the host of the request is not served on this connection."],
    who: "The origin: this host is not served on this connection.",
    otherReasons: [
      "A client uses one HTTP/2 connection for several hosts, since a certificate names them all, and they are not served at the same place.",
      "Different TLS settings for each host, such as client certificates.",
    ],
    steps: [
      GuideStep("Does it work on a connection of its own?", "curl -sv --http1.1 URL -o /dev/null"),
      GuideStep(
        "Which names does the certificate have?",
        "openssl s_client -connect SITE:443 -servername SITE </dev/null | openssl x509 -noout -ext subjectAltName"),
    ],
    remedies: [
      "Give hosts that are served apart certificates of their own.",
      "Let each host that the certificate names be served.",
    ],
    telling: ["Reload the page."],
    retrying: ["At once, whatever the method, on a new connection for this host (RFC 9110, section 15.5.20)."],
    questions: [GuideQuestion("May a proxy make a 421?", "No. A gateway that stands for the origin may.")])

  static let tooEarly = StatusStory(
    origin: ["An origin that does not want to act on TLS early data, which could be a replay."],
    who: "The origin: the request came in early data, and could be a replay.",
    otherReasons: ["A proxy that accepts early data and passes it on with Early-Data: 1."],
    steps: [GuideStep("Does it work without early data?", "curl -sv URL -o /dev/null")],
    remedies: ["Switch early data off at the edge, or only for methods that change something."],
    telling: ["Nothing: clients repeat it by themselves."],
    retrying: ["At once after the handshake, whatever the method, and not in early data (RFC 8470, section 5.2)."],
    questions: [GuideQuestion("Was anything done?", "No.")])

  static let tooManyRequests = StatusStory(
    origin: ["A rate limit: of a gateway, a CDN, an API or the application."],
    who: "A rate limit, of a gateway, a CDN or the application.",
    causes: [(.rateLimited, "the client asked more often than it may")],
    otherReasons: [
      "Many people behind one address.", "A retry without pauses.", "Traefik: a limit on requests in progress.",
    ],
    steps: [
      GuideStep(
        "Who limits, and when may it come again?",
        "curl -si URL | grep -iE '^HTTP|retry-after|ratelimit|^server|proxy-status'"),
      GuideStep(
        "Who asks how much?",
        "jq -r '.client | sub(\":[0-9]+$\"; \"\")' access.log | sort | uniq -c | sort -rn | head"),
    ],
    remedies: [
      "Slow the client down, or raise its rate.",
      "Behind a proxy: set `trusted.proxies`, so that clients are told apart.",
    ],
    telling: ["You have asked too often. Please wait for … seconds."],
    retrying: [
      "After Retry-After, never before. Without it, a pause that doubles each time.",
      "Spread the requests afterwards, or it begins again.",
    ],
    questions: [
      GuideQuestion("429 or 503?", "429: this client asks too much. `503`: the service cannot, whoever asks."),
      GuideQuestion("May it be cached?", "No, a cache must not store it (RFC 6585, section 4)."),
    ])

  static let fieldsTooLarge = StatusStory(
    origin: ["The first hop whose limit on the head is reached. nginx answers `400` and logs 494 instead."],
    who: "The first hop on the way whose limit on fields is reached.",
    causes: [(.requestHeadTooLarge, "cookies or tokens are too large")],
    otherReasons: [
      "Cookies of many applications below one domain.", "A single sign-on that left many cookies behind.",
    ],
    steps: [
      GuideStep("Which cookies are sent? In a browser: developer tools, application, cookies."),
      GuideStep("Does it work without cookies?", "curl -si URL | head -1"),
    ],
    remedies: [
      "Remove the cookies of the site.", "Set cookies only where they are needed, and short.",
      "Raise `limits.head` and those behind it.",
    ],
    telling: ["Remove the cookies of this site in your browser, and try again."], retrying: ["Only smaller."],
    questions: [GuideQuestion("Why only for some people?", "Their cookies have grown over time.")])

  static let clientClosed = StatusStory(
    origin: ["The log of a proxy. It is never sent: the client has left."],
    who: "A proxy's log, about a client that left before its answer.",
    causes: [(.clientAborted, "the client closed first")],
    otherReasons: [
      "Answers became slower than the clients' limit.", "People go on before the page is there.",
      "A load balancer in front gives up first.",
    ],
    steps: [
      GuideStep(
        "After how long do they leave? One and the same time is a limit.",
        "jq 'select(.status == 499) | .totalMs / 1000 | round' access.log | sort -n | uniq -c"),
      GuideStep(
        "Which routes?", "jq -r 'select(.status == 499) | .route' access.log | sort | uniq -c | sort -rn | head"),
      GuideStep("What makes them slow?", "sluice doctor --config sluice.yaml NAME"),
    ],
    remedies: ["Make the slow answers faster.", "Order the limits: the client's longest, each one inwards shorter."],
    telling: ["Nothing: nobody is there."],
    retrying: ["Clients that leave and come back double the load: let them wait longer instead."],
    questions: [
      GuideQuestion("Is 499 an error of mine?", "A few are normal. A wave means that something became slow."),
      GuideQuestion("Does the application stop its work?", "Only if it watches the connection."),
    ])
}
