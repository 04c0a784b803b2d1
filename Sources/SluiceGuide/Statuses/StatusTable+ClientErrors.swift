internal import SluiceCore

extension StatusTable {
  static let clientErrors: [StatusEntry] = [
    StatusEntry(
      400, "Bad Request", "RFC 9110, section 15.5.1", .never,
      meaning:
        "The request is wrong in itself: broken syntax, a body whose length is unclear, a Host that is missing. An application also uses it for input that it refuses. A gateway answers it before any upstream is asked.",
      action: "Correct the request. The same bytes get the same answer."),
    StatusEntry(
      401, "Unauthorized", "RFC 9110, section 15.5.2", .changed,
      meaning:
        "Nobody is signed in, or the credentials are wrong or too old. WWW-Authenticate says how to sign in. In spite of its name it is about who you are; `403` is about what you may do.",
      action: "Sign in, or renew the token, and ask again once."),
    StatusEntry(
      402, "Payment Required", "RFC 9110, section 15.5.3", .changed,
      meaning:
        "Reserved for later by the standard. Some services use it for an account that has to be paid or has used up its amount.",
      action: "Read the content: what is to be paid depends on the service."),
    StatusEntry(
      403, "Forbidden", "RFC 9110, section 15.5.4", .never,
      meaning:
        "The request was understood and is refused. Other credentials might do, the same will not. A firewall for web applications in front of the service answers so, too.",
      action: "Do not try again unchanged. Ask for the permission, or find out which rule refused it."),
    StatusEntry(
      404, "Not Found", "RFC 9110, section 15.5.5", .never,
      meaning:
        "There is nothing at this address, or nobody wants to say that there is. It does not say whether for now or for good; `410` does. A gateway answers it where no route matches (`route_not_found`).",
      action: "Check the address. Where it was right yesterday, ask whether it was moved."),
    StatusEntry(
      405, "Method Not Allowed", "RFC 9110, section 15.5.6", .changed,
      meaning: "The address exists, but not for this method. Allow must list those that are possible.",
      action: "Use one of the methods in Allow."),
    StatusEntry(
      406, "Not Acceptable", "RFC 9110, section 15.5.7", .changed,
      meaning: "None of the forms that exist is one that the Accept fields allow, and no other is sent instead.",
      action: "Widen Accept, Accept-Language or Accept-Encoding."),
    StatusEntry(
      407, "Proxy Authentication Required", "RFC 9110, section 15.5.8", .changed,
      meaning: "As `401`, for a proxy between: Proxy-Authenticate says how to sign in there.",
      action: "Send Proxy-Authorization, and ask again once."),
    StatusEntry(
      408, "Request Timeout", "RFC 9110, section 15.5.9", .laterIfIdempotent,
      note: "Yes, on a new connection; what may have been carried out only if doing it twice does no harm.",
      meaning:
        "The request did not arrive whole in the time that whoever answers was prepared to wait. The connection is closed with it. A browser that keeps a connection open without asking may get one, too, and ignores it.",
      action: "Send the whole request again on a new connection."),
    StatusEntry(
      409, "Conflict", "RFC 9110, section 15.5.10", .changed,
      meaning:
        "The request does not fit the present state of the thing: somebody changed it meanwhile, or it exists already.",
      action: "Fetch the present state, merge, and ask again."),
    StatusEntry(
      410, "Gone", "RFC 9110, section 15.5.11", .never,
      meaning: "There was something here, and it is gone for good, on purpose.",
      action: "Remove the link."),
    StatusEntry(
      411, "Length Required", "RFC 9110, section 15.5.12", .changed,
      meaning: "The request has to say how long its body is, in Content-Length.",
      action: "Add Content-Length, and ask again."),
    StatusEntry(
      412, "Precondition Failed", "RFC 9110, section 15.5.13", .changed,
      meaning:
        "A condition such as If-Match was not true, so nothing was done. It keeps one writer from overwriting another.",
      action: "Fetch the present version, apply the change to it, and ask again with its ETag."),
    StatusEntry(
      413, "Content Too Large", "RFC 9110, section 15.5.14", .changed,
      note: "Only smaller, or after Retry-After where it is present.",
      meaning:
        "The body of the request is larger than somebody on the way takes. Often it is not the application but a proxy in front of it. The connection may be closed before the body was read.",
      action: "Send less, in parts, or compressed where that is agreed; or have the limit raised at each hop."),
    StatusEntry(
      414, "URI Too Long", "RFC 9110, section 15.5.15", .changed,
      meaning:
        "The address is longer than the answering side takes: a form that was sent with GET, or a redirect that adds to itself in a circle.",
      action: "Send the data in the body of a POST, and look for redirects in a circle."),
    StatusEntry(
      415, "Unsupported Media Type", "RFC 9110, section 15.5.16", .changed,
      meaning:
        "The body is of a type or coding that is not taken here. Accept or Accept-Encoding in the response may say which is.",
      action: "Set Content-Type and Content-Encoding as the service wants them."),
    StatusEntry(
      416, "Range Not Satisfiable", "RFC 9110, section 15.5.17", .changed,
      meaning: "The part that Range asks for does not exist. Content-Range tells the present length.",
      action: "Ask for a part that lies inside, or for the whole."),
    StatusEntry(
      417, "Expectation Failed", "RFC 9110, section 15.5.18", .changed,
      meaning: "Expect asks for something that somebody on the way cannot do. Only 100-continue is defined.",
      action: "Ask again without Expect."),
    StatusEntry(
      418, "(Unused)", "RFC 9110, section 15.5.19", .never, registration: .unused,
      meaning:
        "A joke of 1998 (RFC 2324, 'I'm a teapot'). So many programs know it that the number cannot be given to anything else, and it is kept unused. Some services answer it to requests that they take for a robot's.",
      action: "Treat it as `400`."),
    StatusEntry(
      421, "Misdirected Request", "RFC 9110, section 15.5.20", .otherwise,
      note: "Yes, whatever the method, on a connection of its own for this host.",
      meaning:
        "The request came over a connection on which this host is not served. HTTP/2 clients use one connection for several hosts when one certificate names them all. A proxy must not make a 421 of its own; a gateway in the place of the origin may.",
      action: "Open another connection for this host, and ask again there."),
    StatusEntry(
      422, "Unprocessable Content", "RFC 9110, section 15.5.21", .changed,
      meaning:
        "Type and syntax of the body are right, but what it says cannot be done: a field is missing, or a value is out of its range.",
      action: "Correct the values that the content names."),
    StatusEntry(
      423, "Locked", "RFC 4918, section 11.3", .later,
      meaning: "WebDAV: somebody has locked the thing that was to be changed.",
      action: "Wait until the lock is gone, or send its token."),
    StatusEntry(
      424, "Failed Dependency", "RFC 4918, section 11.4", .changed,
      meaning: "WebDAV: this part was not done since another part of the same request failed.",
      action: "Look for the part that failed first."),
    StatusEntry(
      425, "Too Early", "RFC 8470, section 5.2", .otherwise,
      note: "Yes, whatever the method, once the TLS handshake is complete: the request was not carried out.",
      meaning:
        "The request came in TLS early data, which somebody could have recorded and sent again, and the origin does not want to risk that. Nothing was done.",
      action: "Wait for the handshake, and send the same request again, not in early data."),
    StatusEntry(
      426, "Upgrade Required", "RFC 9110, section 15.5.22", .changed,
      meaning: "The request is refused in this protocol, and taken in the one that Upgrade names.",
      action: "Ask again in that protocol."),
    StatusEntry(
      428, "Precondition Required", "RFC 6585, section 3", .changed,
      meaning: "A change needs a condition, such as If-Match, so that it overwrites nobody else's.",
      action: "Fetch the thing, and send the change with If-Match and its ETag."),
    StatusEntry(
      429, "Too Many Requests", "RFC 6585, section 4", .later,
      note: "Yes, after Retry-After; where it is missing, after a pause that doubles each time.",
      meaning:
        "This client, key or address has asked more often than it may. Retry-After may say when the next request is welcome. The requests before it may have been fine.",
      action: "Wait as long as Retry-After says, and ask more slowly from then on."),
    StatusEntry(
      431, "Request Header Fields Too Large", "RFC 6585, section 5", .changed,
      meaning:
        "The fields of the request are too large in all, or one of them is. Nearly always it is the cookies, sometimes a token or a very long Referer.",
      action: "Remove cookies of this host, and ask again."),
    StatusEntry(
      451, "Unavailable For Legal Reasons", "RFC 7725, section 3", .never,
      meaning: "Somebody is not allowed to show this, by law or by order. A Link field may name who demanded it.",
      action: "Nothing can be done by trying again."),
  ]
}
