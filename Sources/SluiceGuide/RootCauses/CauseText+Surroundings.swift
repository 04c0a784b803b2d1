/// Root causes at what the application depends on, at deploys, settings and networks.
extension CauseText {
  static let dependencyFailed = CauseText(
    why: [
      "A database, cache, queue or service that the application asks is down or refuses it.",
      "Credentials or a certificate for it expired.",
    ],
    find: [
      GuideStep("What does the application's log name?", "journalctl -u UNIT -g 'refused|timed out|unavailable' -n 20"),
      GuideStep("Can it be reached from there?", "nc -vz -w 3 HOST PORT"),
    ],
    now: ["Repair the dependency. Restart the application only if it does not connect again by itself."],
    prevent: ["Let the application go on without what it can do without, and connect again by itself."])

  static let slowDependency = CauseText(
    why: ["A database that is busy, locked, or lacks an index.", "A service of somebody else that is slow."],
    find: [
      GuideStep("What do all endpoints wait for?", "ss -tnp state established | grep PID"),
      GuideStep(
        "In PostgreSQL: what runs long?",
        "psql -c \"select pid, now() - query_start, state, left(query, 60) from pg_stat_activity order by 2 desc limit 5\""
      ),
    ],
    now: ["End what blocks it, or shed load until it recovers."],
    prevent: ["Give calls a time limit, and a limit on how many run at a time."])

  static let deployRestart = CauseText(
    why: [
      "The old process was ended before it had finished its requests.",
      "The new one was given traffic before it was ready.",
    ],
    find: [GuideStep("Did it begin with the deploy?", "sluice doctor --config sluice.yaml NAME")],
    now: ["Nothing: it is over when the deploy is."],
    prevent: [
      "On SIGTERM stop accepting, finish, then end. Replace endpoints one by one, with a readiness check between."
    ])

  static let deployRegression = CauseText(
    why: ["The new version has a mistake, or does not fit its data, settings or neighbours."],
    find: [GuideStep("Compare before and after.", "sluice doctor --config sluice.yaml NAME")],
    now: ["Roll back first, look for the reason afterwards."],
    prevent: ["Send a small share of the traffic to a new version first."])

  static let configurationChange = CauseText(
    why: ["A reload changed an endpoint, a time limit, a route or a certificate."],
    find: [GuideStep("What changed?", "git log -p -1 sluice.yaml; sluice check --config sluice.yaml")],
    now: ["Take the change back, and reload."],
    prevent: ["Keep the configuration under version control, and check it before a reload."])

  static let deployCrash = CauseText(
    why: ["The new version ends as it starts: a missing setting, a migration, a library."],
    find: [GuideStep("What does it say at its start?", "journalctl -u UNIT -n 50")],
    now: ["Roll back."], prevent: ["Start a new version beside the old one, and switch only when it answers."])

  static let deployChangedPort = CauseText(
    why: ["The new version, or its settings, choose another port."],
    find: [GuideStep("Where does it listen now?", "ss -ltnp | grep PID")],
    now: ["Set the old port, or change the endpoint and reload."],
    prevent: ["Give the port from outside, and check it in the deploy."])

  static let deploySlower = CauseText(
    why: ["A new query, a cache that is empty after the start, a debug setting, more work for each request."],
    find: [GuideStep("By how much?", "sluice doctor --config sluice.yaml NAME")],
    now: ["Roll back if it hurts; else wait for caches to fill."],
    prevent: ["Compare latencies before and after each deploy, and use `slowStart`."])

  static let deployChangedCertificate = CauseText(
    why: ["A renewed certificate with other names, another issuer or without its intermediates."],
    find: [
      GuideStep(
        "What does it say?",
        "openssl s_client -connect HOST:PORT -servername NAME </dev/null | openssl x509 -noout -subject -issuer -dates -ext subjectAltName"
      )
    ],
    now: ["Install the full chain with all names, and reload."],
    prevent: ["Compare old and new before a certificate is installed."])

  static let deployChangedProtocol = CauseText(
    why: ["The new version switched TLS on or off, or speaks HTTP/2 only."],
    find: [GuideStep("What does the port speak?", "sluice doctor http://HOST:PORT")],
    now: ["Change the scheme or `protocol` of the upstream, or take the change back."],
    prevent: ["Change both sides in one step, or let the port speak both for a while."])

  static let wrongPort = CauseText(
    why: ["A typing error, or another program that took the port first."],
    find: [GuideStep("Who listens there?", "ss -ltnp 'sport = :PORT'")],
    now: ["Correct the port of the endpoint, or move the other program."],
    prevent: ["Keep a list of ports, or use Unix sockets with names."])

  static let wrongScheme = CauseText(
    why: ["http in the URL for a port with TLS, or https for one without."],
    find: [GuideStep("What does it speak?", "sluice doctor http://HOST:PORT")],
    now: ["Correct the scheme of the endpoint's URL."], prevent: ["Check a new upstream with the doctor first."])

  static let wrongName = CauseText(
    why: ["The name in the configuration is not one that the endpoint or DNS knows."],
    find: [
      GuideStep(
        "Where does it lead, and whose certificate is there?",
        "getent ahosts NAME; openssl s_client -connect HOST:PORT -servername NAME </dev/null | openssl x509 -noout -ext subjectAltName"
      )
    ],
    now: ["Correct the name, or set `tls.serverName`."], prevent: ["Write names in full."])

  static let wrongProtocol = CauseText(
    why: [
      "gRPC and other HTTP/2 programs on a plain port do not understand HTTP/1.1; old programs do not understand HTTP/2."
    ],
    find: [
      GuideStep("Does it speak HTTP/2 at once?", "curl -v --http2-prior-knowledge --max-time 5 http://HOST:PORT/")
    ],
    now: ["Set `protocol: http2` or `protocol: http1` for the upstream."],
    prevent: ["Check a new upstream with the doctor first."])

  static let nameMoved = CauseText(
    why: [
      "The record changed, and something still uses the old address.",
      "The record was changed to a place where the application is not yet.",
    ],
    find: [GuideStep("Which addresses does it have now, and for how long?", "dig NAME A")],
    now: ["Correct the record, or start the application there."],
    prevent: ["Lower the record's lifetime before a move, and keep the old place until it has passed."])

  static let idleTimeoutMismatch = CauseText(
    why: [
      "The application's keep-alive time is shorter than the gateway's `timeouts.poolIdle`, so that it closes a connection just as a request is sent."
    ],
    find: [GuideStep("When does it close an idle connection?", "sluice doctor http://HOST:PORT")],
    now: [
      "Lower `timeouts.poolIdle`, or raise the application's keep-alive (Node: `keepAliveTimeout`, gunicorn: `--keep-alive`)."
    ],
    prevent: ["Who opens a connection should give it up first."])

  static let timeoutLadder = CauseText(
    why: ["A hop waits less long than the one behind it, and gives up while that still works."],
    find: [
      GuideStep(
        "Write down the limits from the client inwards.",
        "grep -rn -i timeout sluice.yaml /etc/nginx /etc/haproxy 2>/dev/null")
    ],
    now: ["Make each limit a little longer than the one behind it."],
    prevent: ["Keep all of them in one place."])

  static let limitTooLow = CauseText(
    why: ["`limits.requests` or `limits.connections` is lower than what the application can serve."],
    find: [GuideStep("Does the application have room?", "sluice doctor --config sluice.yaml NAME")],
    now: ["Raise the limit, or use `adaptive: on`."], prevent: ["Set limits from a load test."])

  static let listeningElsewhere = CauseText(
    why: [
      "A default port, an environment variable such as PORT, or a second instance that moved to the next free port."
    ],
    find: [GuideStep("Where does it listen?", "ss -ltnp | grep PID")],
    now: ["Set the port, or correct the endpoint."], prevent: ["Give the port from outside, explicitly."])

  static let listeningOnOtherAddress = CauseText(
    why: [
      "It listens on 127.0.0.1, as frameworks do by default, and is asked from outside of its machine or container.",
      "It listens on IPv6 only, or IPv4 only.",
    ],
    find: [GuideStep("At which address?", "ss -ltn 'sport = :PORT'")],
    now: ["Let it listen on 0.0.0.0 or [::], or on the address that is configured."],
    prevent: ["In containers, always listen on all addresses."])

  static let packetsDropped = CauseText(
    why: [
      "A firewall or security group drops silently.", "A route leads nowhere.",
      "The machine is gone, and nobody answers in its place.",
    ],
    find: [
      GuideStep("Where do they end?", "traceroute -n -T -p PORT HOST"),
      GuideStep("Do they arrive?", "tcpdump -ni any 'tcp port PORT'"),
    ],
    now: ["Open the port for the gateway's address."],
    prevent: ["Test the way from the gateway in each change of the network."])

  static let firewall = CauseText(
    why: ["Something on the way answers with a reset or 'prohibited' in the endpoint's place."],
    find: [
      GuideStep(
        "From where does the answer come? Compare the TTL.",
        "tcpdump -nvi any 'host HOST and (tcp[tcpflags] & tcp-rst != 0 or icmp)'")
    ],
    now: ["Add a rule for the gateway's address."], prevent: ["Log what firewalls refuse."])

  static let gatewayNetwork = CauseText(
    why: ["An interface is down, a route or a VPN is missing, a cable is out."],
    find: [GuideStep("Is the network up?", "ip -br address; ip route; ping -c 3 GATEWAY")],
    now: ["Bring the network of the gateway's machine up."], prevent: ["Run a second gateway on other hardware."])

  static let clientTimeout = CauseText(
    why: [
      "A client library's default limit, often 5, 10 or 30 seconds.",
      "A load balancer in front with an idle limit of 60 seconds.",
    ],
    find: [
      GuideStep(
        "After how long do they leave?",
        "jq 'select(.status == 499) | .totalMs / 1000 | round' access.log | sort -n | uniq -c")
    ],
    now: ["Make the answer faster, or raise the client's limit."], prevent: ["Answer long work with `202`."])
}
