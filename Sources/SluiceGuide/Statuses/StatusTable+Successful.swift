extension StatusTable {
  static let informational: [StatusEntry] = [
    StatusEntry(
      100, "Continue", "RFC 9110, section 15.2.1", .notApplicable,
      meaning:
        "The head of the request is fine so far, and the body may come. It answers `Expect: 100-continue`, by which a client asks before it sends a large body. A final response follows.",
      action: "Send the body. Do not wait for a 100 forever: after a moment, send the body without it."),
    StatusEntry(
      101, "Switching Protocols", "RFC 9110, section 15.2.2", .notApplicable,
      meaning:
        "The connection changes to the protocol that the client asked for in Upgrade, as for a WebSocket. What follows on the connection is no longer HTTP/1.1. HTTP/2 and HTTP/3 do not have it.",
      action: "Speak the new protocol. Whoever did not ask for an upgrade should end the connection."),
    StatusEntry(
      102, "Processing", "RFC 2518, section 10.1", .notApplicable,
      meaning:
        "The request was taken and takes long. The code comes from the first WebDAV; its successor, RFC 4918, left it out. It is seldom seen.",
      action: "Wait for the final response."),
    StatusEntry(
      103, "Early Hints", "RFC 8297, section 2", .notApplicable,
      meaning:
        "Some fields of the final response, sent ahead of it, mostly Link fields for what a page will need. They are a hint and promise nothing. The final response follows.",
      action: "Load ahead what is named, if that helps. Take nothing in it for the answer."),
    StatusEntry(
      104, "Upload Resumption Supported", "draft-ietf-httpbis-resumable-upload", .notApplicable,
      registration: .temporary,
      meaning:
        "The upload that is under way can be resumed if it breaks: the response names where. The code belongs to a draft, and its registration has to be renewed until the draft is finished.",
      action: "Remember the address that Location names. After a break, ask there how much has arrived."),
  ]

  static let successful: [StatusEntry] = [
    StatusEntry(
      200, "OK", "RFC 9110, section 15.3.1", .notApplicable,
      meaning:
        "The request did what its method asks, and the content is the result: for a GET, the thing that was asked for. Behind some proxies a 200 can still be wrong: an answer that was no HTTP may be passed on as an old HTTP/0.9 response.",
      action: "Use the content. Check that its length is the one that was announced."),
    StatusEntry(
      201, "Created", "RFC 9110, section 15.3.2", .notApplicable,
      meaning:
        "Something new was made. Where Location is present it names it, else it has the address of the request.",
      action: "Keep the address of what was made."),
    StatusEntry(
      202, "Accepted", "RFC 9110, section 15.3.3", .notApplicable,
      meaning:
        "The request was taken, and will be worked on later, perhaps. HTTP has no way to tell afterwards how it ended; the content should say where to ask.",
      action: "Follow what the content names, and ask there until it is done."),
    StatusEntry(
      203, "Non-Authoritative Information", "RFC 9110, section 15.3.4", .notApplicable,
      meaning: "As a 200, but a proxy on the way has changed the content, for instance translated or filtered it.",
      action: "Use the content, and know that the origin had sent another."),
    StatusEntry(
      204, "No Content", "RFC 9110, section 15.3.5", .notApplicable,
      meaning: "It was done, and there is nothing to show. The response ends with its head: a body is not allowed.",
      action: "Stay where you are. Fields such as ETag belong to the thing after the change."),
    StatusEntry(
      205, "Reset Content", "RFC 9110, section 15.3.6", .notApplicable,
      meaning: "It was done, and the form that it came from should be emptied for the next entry. There is no content.",
      action: "Reset the form."),
    StatusEntry(
      206, "Partial Content", "RFC 9110, section 15.3.7", .notApplicable,
      meaning:
        "One or more ranges of the content, as Range asked. Content-Range says which part it is, or the parts are separated as multipart/byteranges.",
      action: "Put the part in its place. Join only parts of the same version: their strong ETags are equal."),
    StatusEntry(
      207, "Multi-Status", "RFC 4918, section 11.1", .notApplicable,
      meaning:
        "A WebDAV request concerned several things, and each has a status of its own in the XML of the content. Some may have failed.",
      action: "Read each status inside. A 207 alone does not mean success."),
    StatusEntry(
      208, "Already Reported", "RFC 5842, section 7.1", .notApplicable,
      meaning:
        "Stands inside of a `207` only: the members of this collection were listed before, under another of its bindings.",
      action: "Use the earlier listing."),
    StatusEntry(
      226, "IM Used", "RFC 3229, section 10.4.1", .notApplicable,
      meaning:
        "The content is not the thing itself but what became of it by the instance manipulations that the IM field names, such as a difference to an older version. Hardly anybody uses it.",
      action: "Apply the content to the version that you have."),
  ]

  static let redirections: [StatusEntry] = [
    StatusEntry(
      300, "Multiple Choices", "RFC 9110, section 15.4.1", .otherwise,
      meaning:
        "There are several forms of the thing, and the client or its user should choose. Location may name a preferred one.",
      action: "Choose one of those that are listed, or follow Location."),
    StatusEntry(
      301, "Moved Permanently", "RFC 9110, section 15.4.2", .otherwise,
      meaning:
        "The thing has a new address for good, which Location names. For historical reasons many clients turn a POST into a GET when they follow it; `308` forbids that.",
      action: "Go to the new address and use it from now on."),
    StatusEntry(
      302, "Found", "RFC 9110, section 15.4.3", .otherwise,
      meaning:
        "The thing is at another address for now. Many clients turn a POST into a GET when they follow it; `307` forbids that, and `303` demands it.",
      action: "Follow Location this time, and ask the old address the next time."),
    StatusEntry(
      303, "See Other", "RFC 9110, section 15.4.4", .otherwise,
      meaning:
        "The answer to the request is elsewhere, and is to be fetched with GET. It is the usual end of a form: a reload then repeats nothing.",
      action: "Fetch Location with GET."),
    StatusEntry(
      304, "Not Modified", "RFC 9110, section 15.4.5", .notApplicable,
      meaning:
        "What the client has stored is still right: it had asked with If-None-Match or If-Modified-Since. The response has no content.",
      action: "Use the stored response, with the fields of this one."),
    StatusEntry(
      305, "Use Proxy", "RFC 9110, section 15.4.6", .never,
      meaning:
        "It once told a client to use a certain proxy. It is deprecated, since a response could send a client to any proxy.",
      action: "Do not follow it."),
    StatusEntry(
      306, "(Unused)", "RFC 9110, section 15.4.7", .never, registration: .unused,
      meaning: "An earlier draft defined it, and no version of HTTP uses it any more. The number is kept free.",
      action: "Treat it as `300`, and tell whoever sends it."),
    StatusEntry(
      307, "Temporary Redirect", "RFC 9110, section 15.4.8", .otherwise,
      meaning: "The thing is at another address for now, and the request must go there with the same method and body.",
      action: "Repeat the request, unchanged, at Location."),
    StatusEntry(
      308, "Permanent Redirect", "RFC 9110, section 15.4.9", .otherwise,
      meaning: "The thing has a new address for good, and the request must go there with the same method and body.",
      action: "Repeat the request, unchanged, at Location, and use that address from now on."),
  ]
}
