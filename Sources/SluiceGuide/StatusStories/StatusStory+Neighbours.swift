internal import SluiceCore

/// The neighbours among the 5xx.
extension StatusStory {
  static let notImplemented = StatusStory(
    origin: [
      "An application or framework that does not know the method.",
      "A gateway, for a transfer coding other than chunked (RFC 9112, section 6.1).",
    ],
    who: "Whoever answers does not have what the request needs.",
    causes: [(.requestCodingUnsupported, "a transfer coding other than chunked")],
    otherReasons: ["A method that is misspelled, or of another protocol such as WebDAV."],
    steps: [
      GuideStep("Which method and coding are sent?", "curl -sv -X METHOD http://HOST/PATH 2>&1 | grep '^>'"),
      GuideStep("Which methods are known?", "curl -si -X OPTIONS http://HOST/PATH | grep -i allow"),
    ],
    remedies: ["Use a method that is known.", "Send the body without a transfer coding of your own."],
    telling: ["This service cannot do what was asked."],
    retrying: ["Not unchanged. It is cacheable by default, so a correction may show late."],
    questions: [
      GuideQuestion(
        "501 or 405?", "501: the method is not known at all. `405`: it is known, but not allowed at this address.")
    ])

  static let versionNotSupported = StatusStory(
    origin: ["Whoever reads the request first: mostly a gateway."],
    who: "The one who reads the request first; the version in it is not spoken there.",
    causes: [(.requestVersionUnsupported, "the version is not 1.0, 1.1 or 2")],
    otherReasons: [
      "A client with a mistake that writes the version wrongly.",
      "A path with a space in it, so that its rest is read as the version.",
    ],
    steps: [GuideStep("Which request line is sent?", "curl -sv http://HOST/PATH 2>&1 | grep '^> ' | head -1")],
    remedies: ["Escape spaces in the path.", "Speak HTTP/1.1 or HTTP/2."],
    telling: ["The program that you use speaks a version of HTTP that is not spoken here."],
    retrying: ["Not unchanged."],
    questions: [
      GuideQuestion(
        "Does HTTP/3 give 505?",
        "No. HTTP/3 runs over another transport: where it is not served, the connection fails instead.")
    ])

  static let insufficientStorage = StatusStory(
    origin: [
      "A WebDAV service whose disk or quota is full.",
      "Envoy, for a body that does not fit into its buffer for retries.",
    ],
    who: "The service: there is no room for what the request would store.",
    otherReasons: ["A quota of the user.", "A full disk (`disk_full`)."],
    steps: [
      GuideStep("Is there room?", "df -h; df -i"),
      GuideStep("Is it the body's size? Try a small one.", "curl -i --data x http://HOST/PATH"),
    ],
    remedies: [
      "Make room, or raise the quota.", "In Envoy, raise the buffer limit or switch retries off for the route.",
    ],
    telling: ["There is no room left to store this."],
    retrying: ["Not by itself: somebody has to make room first (RFC 4918, section 11.5)."],
    questions: [GuideQuestion("507 or 413?", "`413`: this one body is too large. 507: the store is full.")])

  static let loopDetected = StatusStory(
    origin: [
      "A WebDAV service that found a circle of collections.",
      "Some gateways, for a request that came back to them. This gateway answers `502` with the type `proxy_loop_detected`, as RFC 9209 recommends.",
    ],
    who: "The service, or a gateway that met its own request again.",
    causes: [(.loopDetected, "the request came back to the gateway")],
    otherReasons: ["A Depth: infinity request over collections that contain each other."],
    steps: [
      GuideStep("Which hops did it pass?", "curl -si http://HOST/PATH | grep -i via"),
      GuideStep("Where does the endpoint's name lead?", "getent ahosts NAME"),
    ],
    remedies: ["Set the endpoint to the application's own address."],
    telling: ["The service is set up wrongly. Trying again does not help."],
    retrying: ["Not at all, until the circle is removed."],
    questions: [
      GuideQuestion(
        "How does a gateway notice?",
        "It finds its own name in Via (RFC 9110, section 7.6.3), or in CDN-Loop (RFC 8586).")
    ])

  static let networkAuthentication = StatusStory(
    origin: ["A box in the network that wants a sign-in: a hotel, an airport, a guest network. Never the site."],
    who: "The network between, not the site: it wants a sign-in first.",
    otherReasons: [
      "The sign-in to the guest network has run out.", "A program of its own that cannot show the sign-in page.",
    ],
    steps: [GuideStep("Does a plain address lead to a sign-in page?", "curl -i http://example.com/")],
    remedies: ["Sign in to the network."], telling: ["Open a browser and sign in to this network."],
    retrying: ["After the sign-in. Programs should not retry in a circle."],
    questions: [
      GuideQuestion(
        "Why does https only fail without a page?",
        "A box cannot answer in the name of a site that it has no certificate for.")
    ])

  private static let edgeTelling = [
    "The site could not be reached behind its CDN. It is not your connection.", "Try again in a few minutes.",
  ]
  private static let edgeRetry = [
    "As for a `502` or `504`: what does no harm when it is done twice, with pauses that grow. Many libraries do not know these codes and do not repeat them."
  ]

  static let edgeUnknown = StatusStory(
    origin: ["Cloudflare's edge: the origin's answer was empty or could not be read."],
    who: "Cloudflare's edge, about an answer of the origin that it could not use.",
    causes: [
      (.closedBeforeResponse, "the origin crashed or closed"), (.resetBeforeResponse, "the connection was reset"),
      (.headerSectionTooLarge, "fields above 128 KB, mostly cookies"), (.notHttp, "what came was no HTTP"),
      (.staleKeepalive, "an idle connection was closed just as it was used"),
    ],
    steps: [
      GuideStep(
        "Ask the origin itself, past the edge.", "curl -sv --resolve SITE:443:ORIGIN URL -o /dev/null"),
      GuideStep("Does the origin keep connections longer than the edge?", "sluice doctor https://ORIGIN"),
    ],
    remedies: [
      "Let the origin's keep-alive be longer than 900 seconds, or at least not short.", "Make cookies smaller.",
      "Read why the origin closes.",
    ],
    telling: edgeTelling, retrying: edgeRetry,
    questions: [
      GuideQuestion(
        "Why not 502?",
        "Cloudflare uses 520 to 526 for what it finds at the origin. A 502 or 504 page with its brand passes on what the origin answered, one without comes from Cloudflare itself."
      )
    ])

  static let edgeDown = StatusStory(
    origin: ["Cloudflare's edge: the origin refused the connection."],
    who: "Cloudflare's edge; the origin refuses connections.",
    causes: [(.connectRefused, "the origin is down, or refuses Cloudflare's addresses")],
    steps: [
      GuideStep("Does the origin listen?", "ss -ltnp 'sport = :443'"),
      GuideStep("Does its firewall let Cloudflare in?", "nft list ruleset | less"),
    ],
    remedies: ["Start the web server of the origin.", "Let Cloudflare's address ranges in; do not rate-limit them."],
    telling: edgeTelling, retrying: edgeRetry,
    questions: [
      GuideQuestion(
        "It works when I ask the origin myself. Why?",
        "A firewall or a ban list at the origin refuses Cloudflare's addresses, through which all visitors come.")
    ])

  static let edgeConnectTimeout = StatusStory(
    origin: ["Cloudflare's edge: no connection to the origin came about in time."],
    who: "Cloudflare's edge; the origin does not answer connections.",
    causes: [
      (.connectTimeout, "packets are dropped, or the origin is overloaded"),
      (.backlogFull, "the origin does not accept quickly enough"),
    ],
    steps: [
      GuideStep("Does the accept queue overflow?", "ss -ltn; nstat -az TcpExtListenOverflows"),
      GuideStep("Do the packets arrive?", "tcpdump -ni any 'tcp port 443 and tcp[tcpflags] & tcp-syn != 0'"),
    ],
    remedies: ["Let Cloudflare's address ranges through every firewall.", "Relieve the origin."], telling: edgeTelling,
    retrying: edgeRetry,
    questions: [GuideQuestion("522 or 524?", "522: no connection. `524`: a connection, and no answer.")])

  static let edgeUnreachable = StatusStory(
    origin: ["Cloudflare's edge: there is no route to the origin's address."],
    who: "Cloudflare's edge; there is no way to the origin.",
    causes: [(.hostUnreachable, "the address is wrong or gone"), (.netUnreachable, "the origin's network is cut off")],
    steps: [
      GuideStep("Which address has the origin's record?", "dig ORIGIN A +short"),
      GuideStep("Can it be reached from elsewhere?", "traceroute -n ORIGIN"),
    ],
    remedies: ["Correct the record of the origin.", "Ask the origin's provider about its network."],
    telling: edgeTelling, retrying: edgeRetry,
    questions: [
      GuideQuestion("After a move to another provider?", "The record at Cloudflare still has the old address.")
    ])

  static let edgeTimeout = StatusStory(
    origin: ["Cloudflare's edge: the origin took the request and did not answer in time."],
    who: "Cloudflare's edge; the origin has the request and is slow.",
    causes: [
      (.responseHeaderTimeout, "no answer within 120 seconds"), (.writeTimeout, "the origin does not take the request"),
    ],
    steps: [
      GuideStep(
        "How long does the origin take?",
        "curl -s -o /dev/null -w '%{time_starttransfer}\\n' --resolve SITE:443:ORIGIN URL")
    ],
    remedies: ["Answer long work with 202, and let clients fetch the result.", "Find the slow part."],
    telling: edgeTelling, retrying: edgeRetry,
    questions: [
      GuideQuestion("Can the limit be raised?", "Only on some plans. Long work is better moved to the background.")
    ])

  static let edgeHandshake = StatusStory(
    origin: ["Cloudflare's edge: the TLS handshake with the origin failed."],
    who: "Cloudflare's edge; TLS with the origin fails.",
    causes: [
      (.tlsHandshakeFailed, "no TLS at that port, or broken settings"), (.tlsVersionMismatch, "no common version"),
      (.tlsClosedInHandshake, "no certificate for the name"),
    ],
    steps: [GuideStep("See the handshake.", "openssl s_client -connect ORIGIN:443 -servername SITE </dev/null")],
    remedies: [
      "Install a certificate for the site at the origin, with TLS 1.2 or 1.3.", "Serve the name (SNI) at the origin.",
    ], telling: edgeTelling,
    retrying: ["Not before the origin was corrected."],
    questions: [
      GuideQuestion("525 or 526?", "525: no handshake. `526`: a handshake with a certificate that is not valid.")
    ])

  static let edgeCertificate = StatusStory(
    origin: ["Cloudflare's edge in the mode Full (strict): the origin's certificate is not valid."],
    who: "Cloudflare's edge; it does not trust the origin's certificate.",
    causes: [
      (.tlsCertExpired, "it has expired"), (.tlsNameMismatch, "it is for another name"),
      (.tlsCertSelfSigned, "it is self-signed"),
      (.tlsCertIncompleteChain, "intermediates are missing"),
    ],
    steps: [
      GuideStep(
        "Whose is it, and until when?",
        "openssl s_client -connect ORIGIN:443 -servername SITE </dev/null | openssl x509 -noout -subject -issuer -dates -ext subjectAltName"
      )
    ],
    remedies: [
      "Renew the certificate, with all names and the full chain.", "Or use an origin certificate of Cloudflare's own.",
    ], telling: edgeTelling,
    retrying: ["Not before the certificate was renewed."],
    questions: [GuideQuestion("Why do browsers not complain?", "They see Cloudflare's certificate, not the origin's.")])
}
