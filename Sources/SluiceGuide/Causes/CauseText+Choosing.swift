internal import SluiceCore

/// Choosing where a request goes.
extension CauseText {
  static let routeNotFound = CauseText(
    why: [
      "The host or the path of the request is in no route: a new name, a typing error, a path that the routes leave out.",
      "The routes name a host, and the client asked by address or by another name.",
      "A route demands a header or a query parameter that the request lacks.",
    ],
    find: [
      GuideStep("Ask as the client does, and see who answers.", "curl -i -H 'Host: NAME' http://HOST:PORT/PATH"),
      GuideStep("Which routes are there?", "sluice check --config sluice.yaml --json | jq .routes"),
    ],
    now: [
      "Add a route for the host and path, or correct the request.",
      "For everything else, add a last route with the path `/`.",
    ],
    prevent: ["Test each public address after a change of the routes."], related: [.methodNotAllowed])

  static let methodNotAllowed = CauseText(
    why: [
      "The routes for this path list `methods`, and the request's is not among them.",
      "A form or a client library sends POST where PUT is wanted, or the other way round.",
      "A browser asks with OPTIONS before a request to another origin, and no route takes OPTIONS.",
    ],
    find: [GuideStep("Which methods does the answer name in Allow?", "curl -i -X METHOD http://HOST:PORT/PATH")],
    now: ["Use a method of Allow, or add the method to the route."],
    prevent: ["Leave `methods` out where the application decides about methods itself."], related: [.routeNotFound])

  static let poolEmpty = CauseText(
    why: [
      "The upstream was configured with no endpoint, or a template filled in none.",
      "Discovery returned an empty list: nothing is ready, or the selector matches nothing.",
      "A scale-down removed the last endpoint.",
    ],
    find: [
      GuideStep("Which endpoints does the configuration name?", "grep -n -A3 endpoints sluice.yaml"),
      GuideStep(
        "In Kubernetes: are there ready addresses?", "kubectl get endpointslices -l kubernetes.io/service-name=NAME"),
    ],
    now: ["Add an endpoint and reload, or bring the application up."],
    prevent: ["Have the deploy check that at least one endpoint is ready before the old ones go."],
    related: [.allUnhealthy, .allDraining])

  static let allUnhealthy = CauseText(
    why: [
      "The application is down everywhere: a bad deploy, a database that all of them need, a crash under load.",
      "The health check asks for something that fails although requests would work: a wrong path, a wrong Host, a status outside of `statuses`.",
      "The check's timeout is shorter than the application needs under load, so that load takes all endpoints out at once.",
      "The network between the gateway and the endpoints is cut.",
    ],
    find: [
      GuideStep(
        "What happened first? The incidents before this one name the true cause.", "sluice problems --since 1h"),
      GuideStep("Examine every endpoint of the upstream.", "sluice doctor --config sluice.yaml NAME"),
      GuideStep("Ask what the health check asks.", "curl -i --max-time 1 http://HOST:PORT/healthz"),
    ],
    now: [
      "Repair what took the endpoints out: this cause is always the second one.",
      "Where only the check is wrong, correct its path or give it more time.",
      "Leave `panic` on: where no endpoint is left, all of them are tried.",
    ],
    prevent: [
      "Let the check ask for what one endpoint needs itself, not for a database that all share.",
      "Roll out one endpoint at a time, and stop when the first one fails.",
    ], related: [.connectRefused, .connectTimeout, .circuitOpen, .poolEmpty])

  static let allDraining = CauseText(
    why: [
      "A deploy drained all endpoints before a new one was ready.",
      "`drain: true` was left in the configuration after maintenance.",
      "Somebody drained the endpoints through the admin address.",
    ],
    find: [GuideStep("Which endpoints are set to drain?", "grep -n drain sluice.yaml")],
    now: ["Take one endpoint back into use."],
    prevent: ["In a rolling deploy, wait until the new endpoint answers before the next one drains."],
    related: [.proxyDraining, .poolEmpty])

  static let circuitOpen = CauseText(
    why: [
      "So many requests failed that the proxy stopped asking for a while.",
      "One slow dependency made requests pile up until the breaker's limit was reached.",
      "The limits of the breaker are lower than ordinary load.",
    ],
    find: [GuideStep("What failed before it opened?", "sluice logs FILE --since 1h")],
    now: [
      "Repair what failed first; the breaker closes by itself.",
      "Where it opens under ordinary load, raise its limits.",
    ],
    prevent: ["Prefer limits on requests in progress over breakers on errors: they let through what can be served."],
    related: [.allUnhealthy, .poolQueueFull, .admissionShed])

  static let loopDetected = CauseText(
    why: [
      "An endpoint of the upstream is the gateway's own address, or another proxy that leads back to it.",
      "A name that should lead to the application resolves to the gateway, often inside of a cluster or behind a public name.",
      "Two gateways name each other as upstreams.",
    ],
    find: [
      GuideStep(
        "Which hops did the request pass? Each adds itself to Via.", "curl -sv http://HOST:PORT/PATH 2>&1 | grep -i via"
      ),
      GuideStep("Where does the endpoint's name lead?", "getent ahosts NAME"),
    ],
    now: ["Set the endpoint to the application's own address."],
    prevent: ["Use internal names for endpoints, never the public name that clients use."],
    related: [.routeNotFound])
}
