internal import SluiceCore

/// The connection while a request is sent and its response awaited.
extension CauseText {
  static let staleKeepalive = CauseText(
    why: [
      "The application closes idle connections after a time that is shorter than the proxy's: 5 seconds in Node.js, 2 in others. The request and the close cross on the way.",
      "The application closes after a number of requests, and does not say so with `Connection: close`.",
      "A firewall or load balancer between forgets idle connections.",
      "The application was restarted while connections rested in the pool.",
    ],
    find: [
      GuideStep("How long had the connection rested, and how often was it used?", "sluice why ID"),
      GuideStep("How long does the application keep an idle connection?", "sluice doctor http://HOST:PORT"),
      GuideStep(
        "Does it say so itself?", "curl -sv http://HOST:PORT/ -o /dev/null 2>&1 | grep -i keep-alive"),
    ],
    now: ["Make `timeouts.poolIdle` shorter than the application's keep-alive, or the application's longer."],
    prevent: [
      "The rule for each pair of hops: who opens the connection gives it up first.",
      "Let requests that may be repeated be repeated: this gateway does so, and no client sees the failure.",
    ], related: [.closedBeforeResponse, .resetBeforeResponse, .h2GoawayUnprocessed])

  static let closedBeforeResponse = CauseText(
    why: [
      "The process or worker that had the request crashed, or was killed for memory or by its own time limit.",
      "A deploy ended the application without letting it finish.",
      "The application closes on purpose when it does not like a request, without an answer.",
      "The port belongs to another protocol, whose program hangs up.",
    ],
    find: [
      GuideStep("Did the kernel kill it?", "journalctl -k -g 'oom|Killed process' --since -1h"),
      GuideStep(
        "Did a worker end? (gunicorn, PHP-FPM, uWSGI)",
        "journalctl -u UNIT -g 'worker|signal|timeout|segfault' --since -1h"),
      GuideStep("Does the same request do it each time?", "curl -v --max-time 30 http://HOST:PORT/PATH"),
    ],
    now: ["Read the application's log at that second.", "Give it more memory, or restart it, where it was killed."],
    prevent: [
      "On SIGTERM the application should stop accepting, finish what it has, and then end.",
      "Catch errors of a request in the application, so that they become a `500` and not the end of a process.",
    ], related: [.staleKeepalive, .resetBeforeResponse, .truncatedHeaders])

  static let resetBeforeResponse = CauseText(
    why: [
      "The process crashed with the request unread in its buffers; the kernel then resets.",
      "The application closed its socket before it had read the whole request.",
      "A firewall or load balancer on the way reset the connection, often after a time limit of its own.",
    ],
    find: [
      GuideStep("Who sends the reset?", "tcpdump -nvi any 'tcp[tcpflags] & tcp-rst != 0 and port PORT'"),
      GuideStep("Did the kernel kill the process?", "journalctl -k -g 'oom|segfault' --since -1h"),
    ],
    now: ["Read the application's log at that second.", "Compare the time limits of everything between."],
    prevent: ["Let the application read or refuse a body before it closes."],
    related: [.closedBeforeResponse, .connectReset, .staleKeepalive, .writeFailed])

  static let writeFailed = CauseText(
    why: [
      "The application refused a large body and closed before it was read, without an answer that could be read.",
      "The process ended while a body was being sent.",
      "A limit on bodies in a proxy between, which closes at once.",
    ],
    find: [
      GuideStep(
        "Does it depend on the size?", "head -c 1000000 /dev/zero | curl -v --data-binary @- http://HOST:PORT/PATH")
    ],
    now: [
      "Raise the application's limit on bodies, or set `requestBody` of the route below it: the client is then told `413`."
    ],
    prevent: ["An application that refuses a body should answer first, then read on for a while or close."],
    related: [.earlyFinalResponse, .resetBeforeResponse, .requestBodyTooLarge])

  static let earlyFinalResponse = CauseText(
    why: [
      "The application answers `401`, `413` or a redirect from the head alone, which is its right.",
      "It has a limit on bodies.",
    ],
    find: [
      GuideStep("What does it answer?", "curl -v -H 'Expect: 100-continue' --data-binary @FILE http://HOST:PORT/PATH")
    ],
    now: ["Nothing is broken: the answer was passed on. Look at its status."],
    prevent: ["Clients with large bodies should ask first, with `Expect: 100-continue`."], related: [.writeFailed])

  static let writeTimeout = CauseText(
    why: [
      "The application does not read the body: it is busy, stopped, or waits for something first.",
      "The network to it takes nothing more.",
    ],
    find: [GuideStep("Is data stuck in the buffers (Recv-Q at the endpoint)?", "ss -tn 'sport = :PORT'")],
    now: ["Find out what the application waits for.", "Where uploads are slow by nature, raise `timeouts.bodyIdle`."],
    prevent: ["Read bodies as they come, on their own worker."], related: [.responseHeaderTimeout, .connectTimeout])

  static let responseHeaderTimeout = CauseText(
    why: [
      "A slow query, or a call to another service that does not answer.",
      "All workers or database connections are busy, so that the request waits inside of the application.",
      "The application hangs: a deadlock, or a computation on its only thread.",
      "It is throttled by a CPU quota, or its machine swaps.",
      "The request truly takes that long: a report, an export, an upload that is worked on.",
    ],
    find: [
      GuideStep(
        "How long does it take when it is asked directly?",
        "curl -s -o /dev/null -w '%{http_code} %{time_starttransfer}\\n' http://HOST:PORT/PATH"),
      GuideStep("Is the CPU throttled?", "cat /sys/fs/cgroup/system.slice/UNIT.service/cpu.stat"),
      GuideStep("What is the process waiting for?", "sluice doctor http://HOST:PORT/PATH"),
    ],
    now: [
      "Find the slow part: a trace, the slow query log, a stack dump of the process.",
      "Restart what hangs. Raise `timeouts.responseHead` only where the work truly needs it.",
    ],
    prevent: [
      "Give each call inside of the application a time limit that is shorter than the gateway's.",
      "Answer long work with `202` and let clients fetch the result.",
      "Limit requests in progress, so that a queue does not make all of them late.",
    ], related: [.requestDeadline, .bodyIdleTimeout, .poolQueueTimeout, .clientAborted])

  static let requestDeadline = CauseText(
    why: [
      "Several attempts together took as long as `timeouts.request` allows.",
      "One attempt waited in the queue, connected slowly and then was slow.",
      "`request` is not larger than `responseHead`, so that it ends the first attempt.",
    ],
    find: [GuideStep("What took the time? The incident shows each attempt.", "sluice why ID")],
    now: ["Repair what made the attempts slow.", "Let `timeouts.request` be larger than `responseHead`."],
    prevent: ["From the client inwards each time limit should be shorter than the one before."],
    related: [.responseHeaderTimeout, .connectTimeout, .poolQueueTimeout])

  static let bodyIdleTimeout = CauseText(
    why: [
      "The application stopped in the middle of its answer: it waits for a query, a file or a lock.",
      "A stream that is quiet by nature, such as server-sent events without a heartbeat.",
      "The network to the endpoint broke without a word.",
    ],
    find: [GuideStep("Where does it stop?", "curl -N -v http://HOST:PORT/PATH")],
    now: [
      "Find out what the application waits for.",
      "For streams that are quiet, raise `timeouts.streamIdle` or send a heartbeat.",
    ],
    prevent: ["Send something at least every 15 seconds in long streams."],
    related: [.truncatedBody, .responseHeaderTimeout])
}
