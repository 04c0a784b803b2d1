/// Root causes at the application itself.
extension CauseText {
  static let upstreamDown = CauseText(
    why: ["All endpoints share what failed: a machine, a network, a deploy, a database without which none starts."],
    find: [GuideStep("What do they have in common?", "sluice doctor --config sluice.yaml NAME")],
    now: ["Bring one endpoint back first; the gateway uses it at once."],
    prevent: ["Spread endpoints over machines and zones, and deploy one at a time."])

  static let applicationCrash = CauseText(
    why: [
      "An error that the program does not survive, often for one certain request.", "Memory that ran out.",
      "A signal from outside.",
    ],
    find: [
      GuideStep("How did it end?", "systemctl status UNIT; coredumpctl list | tail -5"),
      GuideStep("What was the last thing it said?", "journalctl -u UNIT -n 50"),
    ],
    now: ["Start it again. Find the request that it had in hand, and keep it out until the error is corrected."],
    prevent: ["Catch errors for each request. Run two endpoints under a supervisor."])

  static let applicationHung = CauseText(
    why: [
      "A deadlock, or a pool (threads, database connections) that is used up and never given back.",
      "A call without a time limit to something that does not answer.",
    ],
    find: [
      GuideStep(
        "What are its threads doing? In Java: jstack PID; in Python: py-spy dump --pid PID.",
        "gdb -p PID -batch -ex 'thread apply all bt'")
    ],
    now: ["Take a stack dump first, then restart it."],
    prevent: ["Give every call and every wait for a pool a time limit."])

  static let slowApplication = CauseText(
    why: [
      "A slow query, as of a missing index.", "Work that grows with the data.",
      "A call to another service for each row of a list.",
    ],
    find: [
      GuideStep(
        "How long, and is it always so?", "curl -s -o /dev/null -w '%{time_starttransfer}\\n' http://HOST:PORT/PATH")
    ],
    now: [
      "Find the slow part with a trace or profile.", "Until then raise `timeouts.responseHead` for this route only.",
    ],
    prevent: ["Watch the slowest one percent of each route, not the mean."])

  static let overload = CauseText(
    why: [
      "A peak of real visitors.", "Crawlers or an attack.",
      "Clients that repeat failed requests at once, and so make the peak larger.",
    ],
    find: [GuideStep("Who asks, and for what?", "sluice logs access.log --json | jq '.problems[].concentrations'")],
    now: ["Refuse early: `rateLimit`, `limits.requests`, `adaptive: on`. Add endpoints."],
    prevent: ["Test how much one endpoint can serve, and set the limits below it."])

  static let workerTimeout = CauseText(
    why: [
      "gunicorn, uWSGI, PHP-FPM and others end a worker that works longer than their own limit. The request dies with it."
    ],
    find: [
      GuideStep("Was a worker ended?", "journalctl -u UNIT -g 'WORKER TIMEOUT|terminating|execution timed out' -n 20")
    ],
    now: ["Make the request faster, or raise the worker's limit above it, and the gateway's above that."],
    prevent: ["Order the limits: client, gateway, worker, calls inside; each shorter than the one before."])

  static let requestsPerConnectionLimit = CauseText(
    why: [
      "A setting such as max requests for each connection, after which the application closes without `Connection: close`."
    ],
    find: [GuideStep("After how many requests do connections end?", "sluice doctor http://HOST:PORT")],
    now: ["Raise the number, or have the application say `Connection: close` in its last answer."],
    prevent: ["Recycle processes, not connections."])

  static let responseBug = CauseText(
    why: ["Headers or lengths that are written by hand.", "A middleware that changes the body and not its length."],
    find: [GuideStep("Which rule was broken?", "sluice why ID")],
    now: ["Correct the part of the application that makes this response."],
    prevent: ["Let the framework write heads and lengths."])

  static let programFault = CauseText(
    why: [
      "A mistake in native code: an address that is not valid (SIGSEGV), an instruction that is not (SIGILL), an own abort (SIGABRT).",
      "A binary that was built for another processor.",
    ],
    find: [
      GuideStep("Where did it happen?", "coredumpctl info PID"),
      GuideStep("What did the kernel say?", "journalctl -k -g segfault -n 5"),
    ],
    now: ["Roll back to the version before. Keep the core dump."],
    prevent: ["Build with sanitizers in tests. Keep native libraries up to date."])

  static let applicationExited = CauseText(
    why: [
      "An error at its start or while it ran, after which it ended by itself.", "A setting or secret that is missing.",
      "It finished, since somebody started it as a task and not as a service.",
    ],
    find: [
      GuideStep("With which code did it end, and what did it say?", "systemctl status UNIT; journalctl -u UNIT -n 50")
    ],
    now: ["Correct what it names, and start it."],
    prevent: ["Set Restart=on-failure in the unit."])

  static let heapExhausted = CauseText(
    why: [
      "A memory leak.", "A request that loads too much at once.",
      "A limit of the runtime (Java -Xmx, Node --max-old-space-size, PHP memory_limit) that is too small.",
    ],
    find: [
      GuideStep(
        "What did the runtime say?", "journalctl -u UNIT -g 'OutOfMemory|heap out of memory|Allowed memory size' -n 5")
    ],
    now: ["Raise the runtime's limit if the machine has room, and restart."],
    prevent: ["Take a heap dump at the limit, and find what grows. Answer large results in pages."])

  static let cannotListen = CauseText(
    why: [
      "Another process has the port, often an old instance of the same program.",
      "A port below 1024 without the right to it.", "An address that the machine does not have.",
    ],
    find: [GuideStep("Who has the port?", "ss -ltnp 'sport = :PORT'")],
    now: ["End the other process, or choose another port."],
    prevent: ["Let the supervisor end the old process before it starts the new one, or use socket activation."])

  static let handlerError = CauseText(
    why: ["An exception for this input, or after a change of code or data."],
    find: [
      GuideStep("Which error, with which stack?", "journalctl -u UNIT -g 'Traceback|Exception|panic|Error' -n 20")
    ],
    now: ["Correct it, or roll back."],
    prevent: ["Count errors by route, and test the input that failed."])

  static let notRunning = CauseText(
    why: ["It was never started here.", "The endpoint's address or port is wrong."],
    find: [GuideStep("What listens on this machine?", "ss -ltnp")],
    now: ["Start the application, or correct the endpoint."],
    prevent: ["Enable the unit, so that it starts with the machine."])

  static let crashLoop = CauseText(
    why: [
      "It fails at each start: a setting, a migration, a dependency that is not there.",
      "Its memory limit is too small for its start.", "A health check of the platform kills it before it is ready.",
    ],
    find: [
      GuideStep("How often, and why?", "systemctl show UNIT -p NRestarts; journalctl -u UNIT -n 100"),
      GuideStep("In Kubernetes:", "kubectl logs --previous POD; kubectl describe pod POD"),
    ],
    now: ["Read the end of the log of one start. Roll back if it began with a deploy."],
    prevent: ["Stop a roll-out when the first instance does not become ready."])

  static let workersExhausted = CauseText(
    why: [
      "All workers wait for something slow: a database, another service, a slow client.",
      "There are too few for the load.",
    ],
    find: [
      GuideStep("What do they wait for?", "sluice doctor http://HOST:PORT"),
      GuideStep("Is the accept queue growing?", "ss -ltn 'sport = :PORT'"),
    ],
    now: ["Find what they wait for. More workers help only if the machine has room."],
    prevent: ["Set `limits.requests` to the number of workers: what waits, waits at the gateway, and is seen."])

  static let eventLoopBlocked = CauseText(
    why: ["A computation, a large JSON, a regular expression or a file read on the one thread that serves all."],
    find: [
      GuideStep("Is one thread at 100 percent?", "top -H -p PID"),
      GuideStep("What does it run? In Python: py-spy top --pid PID; Node has node --prof.", "perf top -p PID"),
    ],
    now: ["Restart it if it does not return."],
    prevent: ["Move long work to a worker thread or queue. Run one process for each core."])
}
