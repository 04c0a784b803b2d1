package import SluiceCore

extension Phase {
  /// The phase's name in records.
  package var identifier: StaticString {
    switch self {
    case .accept: "accept"
    case .head: "head"
    case .route: "route"
    case .queue: "queue"
    case .resolve: "resolve"
    case .connect: "connect"
    case .tls: "tls"
    case .send: "send"
    case .wait: "wait"
    case .receive: "receive"
    case .respond: "respond"
    case .tunnel: "tunnel"
    case .done: "done"
    }
  }
}

extension NotRetried {
  /// The reason's name in records.
  package var identifier: StaticString {
    switch self {
    case .method: "method"
    case .bytesSent: "bytes_sent"
    case .bodyNotBuffered: "body_not_buffered"
    case .budget: "budget"
    case .deadline: "deadline"
    case .attemptsMax: "attempts_max"
    case .responseStarted: "response_started"
    case .policy: "policy"
    case .noOtherEndpoint: "no_other_endpoint"
    case .clientGone: "client_gone"
    }
  }
}

extension PickAccess {
  /// The name in records.
  package var identifier: StaticString {
    switch self {
    case .usual: "usual"
    case .backup: "backup"
    case .probe: "probe"
    case .lastResort: "last_resort"
    case .panic: "panic"
    }
  }
}
