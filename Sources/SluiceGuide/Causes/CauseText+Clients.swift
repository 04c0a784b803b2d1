internal import SluiceCore

/// The client.
extension CauseText {
  static let clientAborted = CauseText(
    why: [
      "The answer took longer than the client's own time limit.",
      "Somebody closed the page, pressed stop or went on.",
      "A load balancer in front has a shorter time limit than this gateway.",
      "The client's network broke.",
    ],
    find: [
      GuideStep(
        "After how long did they leave? One and the same time for all is a limit.",
        "jq 'select(.status == 499) | .totalMs / 1000 | round' access.log | sort -n | uniq -c | tail")
    ],
    now: ["Make slow answers faster: look at what the same route does otherwise."],
    prevent: ["From the client inwards each time limit should be shorter than the one before."],
    related: [.responseHeaderTimeout, .requestDeadline])

  static let clientBodyTimeout = CauseText(
    why: [
      "A slow or broken network of the client.", "The client announced a longer body than it sends.",
      "An attack that holds connections open.",
    ],
    find: [
      GuideStep("How much came of how much?", "jq 'select(.cause == \"client_body_timeout\")' access.log | tail -3")
    ],
    now: ["Where uploads are slow by nature, raise the listener's `timeouts.bodyIdle`."],
    prevent: ["Send large uploads in parts that can be resumed."], related: [.requestHeadTimeout, .clientAborted])

  static let requestHeadTimeout = CauseText(
    why: [
      "A connection that was opened ahead and never used.", "A scanner that sends half a request.",
      "A client that speaks first another protocol, and waits.",
    ],
    find: [
      GuideStep(
        "From which addresses?",
        "jq -r 'select(.cause == \"request_head_timeout\") | .client | sub(\":[0-9]+$\"; \"\")' access.log | sort | uniq -c | sort -rn | head"
      )
    ],
    now: ["Nothing, mostly. Where a real client is too slow, raise the listener's `timeouts.head`."],
    prevent: ["Keep the time short: it is what ends attacks by slow heads."], related: [.clientBodyTimeout])

  static let clientMalformed = CauseText(
    why: ["The client wrote HTTP by hand, or a device between changed it."],
    find: [GuideStep("Which rule was broken?", "curl -v http://GATEWAY/PATH")],
    now: ["Correct the client."], prevent: ["Use an HTTP library."],
    related: [.requestLineMalformed, .requestFieldInvalid])

  static let requestLineMalformed = CauseText(
    why: [
      "A space or a line break in the path that was not escaped.", "A method that is no token.",
      "A scanner that tries something.",
    ],
    find: [GuideStep("What is sent?", "curl -sv http://GATEWAY/PATH 2>&1 | grep '^>'")],
    now: ["Escape the path (a space is %20)."], prevent: ["Build addresses with a library."],
    related: [.requestTargetRefused, .requestNotHttp])

  static let requestTargetRefused = CauseText(
    why: [
      "A path with %2F, %5C or a backslash, which two programs may read differently.",
      "A broken escape such as %zz, or a zero byte.",
      "A path that leads above the root, as scanners try it.",
    ],
    find: [GuideStep("Which path is it?", "curl -sv --path-as-is http://GATEWAY/PATH 2>&1 | grep -E '^(>|<)'")],
    now: ["Where the application needs such paths, set `allowAmbiguousPath` for its route."],
    prevent: ["Put values with slashes into the query."], related: [.requestLineMalformed])

  static let requestHostInvalid = CauseText(
    why: [
      "A client without Host, such as an old health check.",
      "Host stands twice, or differs from the address in the request line.", "A name with characters that no name has.",
    ],
    find: [GuideStep("What is sent?", "curl -sv http://GATEWAY/ 2>&1 | grep -i '^> host'")],
    now: ["Send exactly one Host, as in the address."], prevent: ["Let health checks send Host."],
    related: [.requestFieldInvalid, .routeNotFound])

  static let requestFieldInvalid = CauseText(
    why: [
      "A header with a space before its colon, or a line break in its value.",
      "In HTTP/2, a name in capitals or a field of the connection.", "An attempt at smuggling.",
    ],
    find: [GuideStep("Which field is it? The answer names the rule.", "curl -si http://GATEWAY/PATH | tail -5")],
    now: ["Correct the client, or the proxy that adds the header."], prevent: ["Set headers through a library only."],
    related: [.requestFramingAmbiguous, .requestHostInvalid])

  static let requestFramingAmbiguous = CauseText(
    why: [
      "Content-Length and Transfer-Encoding together.", "Content-Length twice, or no number.",
      "An attempt at request smuggling.",
    ],
    find: [
      GuideStep(
        "What do the two fields say?",
        "curl -sv --data x http://GATEWAY/PATH 2>&1 | grep -iE '> (content-length|transfer-encoding)'")
    ],
    now: ["Send one of the two. Never let a proxy guess."], prevent: ["Let the library set the length."],
    related: [.requestChunkInvalid, .badFraming])

  static let requestChunkInvalid = CauseText(
    why: ["A client that writes chunks by hand and counts wrongly.", "An attempt at request smuggling."],
    find: [
      GuideStep(
        "Which client is it?",
        "jq -r 'select(.cause == \"request_chunk_invalid\") | .userAgent' access.log | sort | uniq -c")
    ],
    now: ["Correct the client."], prevent: ["Let the library write chunks."], related: [.requestFramingAmbiguous])

  static let requestNotHttp = CauseText(
    why: [
      "Another protocol on this port: SSH, SMTP, a database client, a scanner.",
      "A PROXY header where none is expected.",
    ],
    find: [
      GuideStep(
        "From which addresses?",
        "jq -r 'select(.cause == \"request_not_http\") | .client | sub(\":[0-9]+$\"; \"\")' access.log | sort | uniq -c | sort -rn | head"
      )
    ],
    now: ["Point the client at the right port, or set `proxyProtocol` where a load balancer sends it."],
    prevent: ["Keep ports of other protocols apart."], related: [.requestTlsOnPlaintextPort])

  static let requestTlsOnPlaintextPort = CauseText(
    why: [
      "An https address with the port of plain HTTP.", "A load balancer that speaks TLS to a listener without TLS.",
    ],
    find: [GuideStep("Does plain HTTP work?", "curl -i http://GATEWAY:PORT/")],
    now: ["Use http, or give the listener `tls`."], prevent: ["Use 80 and 443 for what people expect there."],
    related: [.requestPlaintextOnTlsPort])

  static let requestPlaintextOnTlsPort = CauseText(
    why: [
      "An http address with the port of TLS.",
      "A load balancer that ends TLS itself and passes plain HTTP on to a TLS listener.",
    ],
    find: [GuideStep("Does TLS work?", "curl -ik https://GATEWAY:PORT/")],
    now: ["Use https."], prevent: ["Have a listener on 80 with `redirect: https`."],
    related: [.requestTlsOnPlaintextPort])

  static let requestBodyTooLarge = CauseText(
    why: [
      "An upload that is larger than `requestBody` of the route.",
      "A client that sends a file where only a form was expected.",
    ],
    find: [GuideStep("How large may it be?", "grep -n requestBody sluice.yaml")],
    now: ["Raise `requestBody`, and the limits of everything behind; or send less."],
    prevent: ["Tell people the largest size before they choose a file."], related: [.writeFailed, .earlyFinalResponse])

  static let requestLineTooLong = CauseText(
    why: [
      "A form with much text that is sent with GET.", "A redirect that adds its own address to the query in a circle.",
    ],
    find: [GuideStep("How long is it?", "curl -sv 'http://GATEWAY/PATH?QUERY' 2>&1 | grep '^>' | head -1 | wc -c")],
    now: ["Send the data in the body of a POST."],
    prevent: ["Keep addresses below 8000 bytes, which most programs take."],
    related: [.requestHeadTooLarge])

  static let requestExpectationFailed = CauseText(
    why: ["The client sends Expect with something other than 100-continue."],
    find: [GuideStep("What does it expect?", "curl -sv http://GATEWAY/PATH 2>&1 | grep -i '> expect'")],
    now: ["Remove the field."], prevent: ["Only 100-continue is defined (RFC 9110, section 10.1.1)."])

  static let requestHeadTooLarge = CauseText(
    why: [
      "Cookies that grew with each visit, or of many applications below one domain.",
      "A token with many groups or roles in it.", "A Referer with a very long address.",
    ],
    find: [
      GuideStep(
        "Which field is it? In a browser: developer tools, network, request headers.",
        "curl -s -o /dev/null -w '%{http_code}\\n' -b 'COOKIES' http://GATEWAY/PATH")
    ],
    now: [
      "Remove the cookies of this site.", "Raise the listener's `limits.head` and `limits.field`, and those behind.",
    ],
    prevent: ["Keep sessions at the application, and only an ID in the cookie."],
    related: [.headerSectionTooLarge, .requestLineTooLong])

  static let requestCodingUnsupported = CauseText(
    why: ["The client sends Transfer-Encoding: gzip or another coding than chunked."],
    find: [GuideStep("Which coding is it?", "curl -sv http://GATEWAY/PATH 2>&1 | grep -i '> transfer-encoding'")],
    now: ["Send the body with Content-Encoding, or as it is."],
    prevent: ["Hardly anybody takes other transfer codings."],
    related: [.requestFramingAmbiguous])

  static let requestVersionUnsupported = CauseText(
    why: [
      "A request of HTTP/0.9 or of an invented version.", "Another protocol whose first line looks like a request.",
    ],
    find: [GuideStep("Which version is sent?", "curl -sv http://GATEWAY/ 2>&1 | grep '^>' | head -1")],
    now: ["Speak HTTP/1.1 or HTTP/2."], prevent: ["Use an HTTP library."], related: [.requestNotHttp])
}
