internal import SluiceCore

extension StatusStory {
  static let badGateway = StatusStory(
    origin: [
      "A gateway or proxy between the client and the application: a load balancer, a CDN, an ingress, a web server in front. Never the application itself, unless it is a proxy, too.",
      "With several proxies in a row, the innermost that failed to reach its next hop; those before it pass it on. The first answer is to find out which one that is.",
    ],
    who: "A gateway or proxy: it reached out to the next hop and got no valid answer.",
    causes: [
      (.connectRefused, "nothing listens: it is down or elsewhere"),
      (.closedBeforeResponse, "it took the request and hung up: a crash"),
      (.staleKeepalive, "an idle connection was closed as it was used"),
      (.resetBeforeResponse, "a reset: a crash or a firewall"),
      (.tlsCertExpired, "a certificate of the endpoint is not valid"),
      (.tlsToPlaintextPort, "wrong scheme: TLS to a port without it"),
      (.dnsNxdomain, "the name of the endpoint does not exist"),
      (.headerSectionTooLarge, "cookies or fields are too large"),
      (.notHttp, "not HTTP: a wrong port or protocol"),
      (.truncatedHeaders, "the answer broke off in its head"),
    ],
    steps: [
      GuideStep(
        "Who made it? Look for Proxy-Status, Via and Server.",
        "curl -si URL | grep -iE '^HTTP|proxy-status|^via|^server'"),
      GuideStep("With Sluice: which cause, and why?", "sluice why ID"),
      GuideStep("Does the application listen?", "ss -ltnp 'sport = :PORT'"),
      GuideStep("Does it answer when it is asked directly?", "curl -v --max-time 5 http://HOST:PORT/PATH"),
      GuideStep("What does the proxy's log say at that second? (nginx)", "tail -n 50 /var/log/nginx/error.log"),
      GuideStep(
        "Was it killed, or was something deployed?", "journalctl -k -g oom --since -1h; journalctl -u UNIT -n 50"),
      GuideStep("Or all of this at once:", "sluice doctor http://HOST:PORT/PATH"),
    ],
    remedies: [
      "Refused: start the application, or correct port and address.",
      "Closed or reset: read why the process ended; give it memory or time.",
      "Now and then: keep-alive of the application longer than the proxy's.",
      "TLS: renew the certificate, or correct name, trust and scheme.",
    ],
    telling: [
      "The service could not be reached for a moment. It is not your connection, your browser or your input.",
      "Try again in a minute. If you had sent an order or a payment, look first whether it arrived.",
      "Tell support the time and the ID on the page.",
    ],
    retrying: [
      "GET, HEAD, PUT and DELETE: once or twice, with a pause of a second that doubles, and some chance in it.",
      "POST: only with a key that lets the service recognise it (Idempotency-Key), or where the answer says that nothing was sent.",
      "A gateway that made the 502 has often tried already. Three layers that try three times each make 27 requests of one.",
    ],
    questions: [
      GuideQuestion(
        "Is a 502 my fault as a visitor?",
        "No. Your request arrived at the gateway. Reloading may help; clearing the cache does not, except where a very large cookie is the reason."
      ),
      GuideQuestion(
        "Why does it come only now and then?",
        "Mostly the keep-alive of the application is shorter than the proxy's (`stale_keepalive`), or one of several endpoints is broken."
      ),
      GuideQuestion(
        "Why does it come during deploys?",
        "The old process ended before the new one listened (`connect_refused`), or it dropped what it had in hand (`closed_before_response`)."
      ),
      GuideQuestion(
        "Does a longer timeout help?",
        "No. A timeout gives `504`. A 502 says that something answered wrongly or hung up."),
      GuideQuestion("Is a cached 502 possible?", "Only where the response allows it; it is not cacheable by default."),
    ])

  static let unavailable = StatusStory(
    origin: [
      "The application, when it is overloaded or in maintenance.",
      "A gateway, when no endpoint is available or a limit is reached: it refuses without asking anybody. HAProxy, Envoy, Varnish and Apache also answer it when a connection fails, for which the exact code is `502` or `504`.",
    ],
    who: "The application (overload, maintenance), or a gateway that has nobody to ask.",
    causes: [
      (.allUnhealthy, "health checks failed everywhere"),
      (.poolQueueFull, "too many requests wait already"),
      (.poolQueueTimeout, "the request waited too long for its turn"),
      (.allDraining, "a deploy drained all endpoints at once"),
      (.poolEmpty, "the upstream has no endpoints"),
      (.adaptiveLimitShed, "load was shed to keep answers fast"),
      (.backlogFull, "the application accepts too slowly"),
      (.localFdsOrMemory, "the gateway is out of descriptors"),
      (.proxyDraining, "the gateway is being restarted"),
    ],
    otherReasons: [
      "The application's own maintenance page.", "A queue or thread pool inside of the application that is full.",
    ],
    steps: [
      GuideStep(
        "Who made it, and when may one come again?",
        "curl -si URL | grep -iE '^HTTP|proxy-status|retry-after|^server'"),
      GuideStep("With Sluice: which cause, and why?", "sluice why ID"),
      GuideStep("Which endpoints are left out, and why?", "sluice problems --since 1h"),
      GuideStep("Ask what the health check asks.", "curl -i --max-time 1 http://HOST:PORT/healthz"),
      GuideStep("Is the application overloaded?", "sluice doctor --config sluice.yaml NAME"),
      GuideStep("Does its accept queue overflow?", "ss -ltn 'sport = :PORT'; nstat -az TcpExtListenOverflows"),
    ],
    remedies: [
      "No healthy endpoint: repair what failed first, or a check that is too strict.",
      "Queue or limit: find what got slow; then add endpoints or raise the limit.",
      "Deploys: keep old endpoints until new ones are ready.",
      "Maintenance: send Retry-After.",
    ],
    telling: [
      "The service has more to do than it can, or is in maintenance. Most probably your request was not carried out.",
      "Try again after the time that the page names, else in a few minutes.",
    ],
    retrying: [
      "Any method, where a gateway says that it refused the request: Proxy-Status with destination_unavailable or connection_limit_reached. Nothing was done then. Wait for Retry-After.",
      "Otherwise only what does no harm when it is done twice: Envoy and Varnish answer 503 for a connection that broke after the request was sent, too.",
      "Without Retry-After: a pause that doubles each time, with chance in it, and an end.",
      "All clients that come back in the same second make the next 503.",
    ],
    questions: [
      GuideQuestion(
        "Is it the same as 500?",
        "No. `500` says that something broke, 503 that the service will not or cannot take the request now."),
      GuideQuestion(
        "Should maintenance be 503?", "Yes, with Retry-After. Search engines then come back later and keep the page."),
      GuideQuestion(
        "HAProxy shows 503 with SC. Is it overload?",
        "No. It could not connect (`connect_refused` and others), or no endpoint is left (<NOSRV>)."),
      GuideQuestion(
        "Is 503 better than a slow answer?",
        "Under overload, yes: what is refused at once costs little, and what is let through is served in time."),
    ])

  static let gatewayTimeout = StatusStory(
    origin: [
      "A gateway or proxy whose time ran out: for the connection, the TLS handshake, or the head of the answer.",
      "With several proxies, the one with the shortest limit. Where a client or an outer proxy gives up first, its log shows 499 or a broken connection instead.",
    ],
    who: "A gateway or proxy: the next hop did not answer in time.",
    causes: [
      (.responseHeaderTimeout, "it has the request, and is slow or hangs"),
      (.connectTimeout, "packets are dropped, or its queue is full"),
      (.requestDeadline, "all attempts together took too long"),
      (.dnsTimeout, "no name server answered"),
      (.tlsHandshakeTimeout, "the TLS handshake was not finished"),
      (.writeTimeout, "it does not read the request's body"),
      (.bodyIdleTimeout, "the answer began and stopped"),
    ],
    steps: [
      GuideStep(
        "Who made it, and after how long?",
        "curl -si -w '%{time_total}s\\n' URL | grep -iE '^HTTP|proxy-status|^server|s$'"),
      GuideStep("With Sluice: which phase took the time?", "sluice why ID"),
      GuideStep("Does a connection come about?", "nc -vz -w 3 HOST PORT"),
      GuideStep(
        "How long does the application take?",
        "curl -s -o /dev/null -w '%{http_code} %{time_starttransfer}\\n' http://HOST:PORT/PATH"),
      GuideStep("Is it throttled, swapping or waiting for a dependency?", "sluice doctor http://HOST:PORT/PATH"),
      GuideStep("Which limit is the shortest on the way?", "grep -rn -i timeout sluice.yaml /etc/nginx 2>/dev/null"),
    ],
    remedies: [
      "Slow: find the slow query or call; a longer limit only hides it.",
      "Hangs: take a stack dump, then restart.",
      "No connection: open the firewall, or empty the accept queue.",
      "Work that is long by nature: answer 202 and let clients fetch it.",
    ],
    telling: [
      "The service took too long to answer. Your request may still have been carried out.",
      "Look whether it took effect before you send it again.",
    ],
    retrying: [
      "GET and HEAD: after a pause, a few times at most. A slow service gets slower by them.",
      "Anything else: only where doing it twice does no harm, or with a key by which the service recognises it.",
      "Where the connection never came about (`connect_timeout`, `dns_timeout`) nothing was sent, and any method may be repeated.",
    ],
    questions: [
      GuideQuestion(
        "Should I raise the timeout?",
        "Only for work that truly takes that long. Else more requests wait for what is broken, and the failure spreads."
      ),
      GuideQuestion(
        "Why exactly 60 seconds?",
        "It is the default of nginx, of the AWS load balancer and of this gateway. Cloudflare waits 120 seconds and then shows `524`."
      ),
      GuideQuestion(
        "504 or 408?",
        "`408` means that the client was too slow to send its request. 504 means that the next hop was too slow to answer."
      ),
      GuideQuestion(
        "Did my request go through?",
        "Perhaps. The application does not notice that the gateway gave up, unless it looks whether the connection is still there."
      ),
    ])

  static let internalError = StatusStory(
    origin: [
      "Nearly always the application, or its framework for it: an error that nobody caught.",
      "A gateway only for a mistake of its own, in its code or configuration. Traefik and Apache also answer it for TLS and DNS failures of the upstream, for which the exact code is `502`.",
    ],
    who: "The application: an error that its code did not catch. Seldom a gateway.",
    causes: [
      (.upstreamStatus, "the application itself answered 500"),
      (.unixSocketPermission, "the gateway may not open the endpoint's socket"),
      (.proxyBug, "a mistake in the gateway's own code"),
    ],
    otherReasons: [
      "An exception for this input, or since a deploy.", "A dependency that failed and whose failure was not handled.",
      "A missing setting, file, permission or database migration.", "Memory, disk or descriptors that ran out.",
    ],
    steps: [
      GuideStep(
        "Is it the application's own? Then Proxy-Status has no error.",
        "curl -si URL | grep -iE '^HTTP|proxy-status|^server'"),
      GuideStep(
        "What does its log say at that second?", "journalctl -u UNIT -g 'error|exception|traceback|panic' -n 50"),
      GuideStep("Did it begin with a deploy?", "sluice doctor --config sluice.yaml NAME"),
      GuideStep("Does the same request fail each time?", "curl -i http://HOST:PORT/PATH"),
      GuideStep("Are disk and memory left?", "df -h; free -m"),
    ],
    remedies: [
      "Began with a deploy: roll back.", "One input: correct the code, and test that input.",
      "A dependency: repair it, and handle its failure.",
    ],
    telling: [
      "Something went wrong on our side. It is not your input.", "Tell support the time and the ID of the request.",
    ],
    retrying: [
      "A mistake in the code gives the same answer each time. Once, after a pause, is enough.",
      "Only what does no harm when it is done twice: a part of it may have been done.",
    ],
    questions: [
      GuideQuestion(
        "Where do I find the reason?",
        "In the application's log, never in the browser. A good error page carries an ID by which the log can be searched."
      ),
      GuideQuestion(
        "Is a 500 the proxy's fault?",
        "Seldom. Ask the application directly: if it answers 500 itself, the proxy only passed it on."),
      GuideQuestion(
        "Should an API answer 500 for wrong input?", "No, `400` or `422`. A 500 says that the service has a mistake."),
    ])
}
