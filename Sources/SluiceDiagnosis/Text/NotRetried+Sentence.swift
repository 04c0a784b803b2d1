package import SluiceCore

extension NotRetried {
  /// Why a failed attempt was not followed by another, in half a sentence.
  package var sentence: String {
    switch self {
    case .method: "a request of this method may have done its work already"
    case .bytesSent: "bytes of the request had been sent"
    case .bodyNotBuffered: "the request's body was not kept"
    case .budget: "the budget for further attempts was used up"
    case .deadline: "the time for the whole request was over"
    case .attemptsMax: "as many attempts as may be were made"
    case .responseStarted: "the response had begun to go to the client"
    case .policy: "such a failure is not tried again"
    case .noOtherEndpoint: "every endpoint of the upstream was tried"
    case .clientGone: "the client had gone"
    }
  }
}
