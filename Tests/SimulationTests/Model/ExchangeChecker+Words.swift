extension ExchangeChecker {
  enum Permit: Equatable {
    case none, asked, queued, held
  }

  /// What ended the message towards the client.
  enum Ending: Equatable {
    case respond, answer, abort, finishClient
  }

  /// A question that the driver answers before anything else happens.
  enum Question: Equatable {
    case route, admit, pick, askBudget, lease
  }
}
