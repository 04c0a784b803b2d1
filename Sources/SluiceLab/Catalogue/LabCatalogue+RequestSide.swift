internal import SluiceCore

/// Rows 28 to 31: what happens while the request is on its way.
extension LabCatalogue {
  /// More than the socket buffers of both sides hold on loopback, in bytes.
  static let largeUpload = 32 << 20

  static let requestSide: [Scenario] = [
    at(
      "/write-reset?ms=50", "Stops reading in the middle of a large upload and resets.", row: 28,
      .fails(
        .writeFailed, 502, .connectionTerminated, .application, or: [.resetBeforeResponse, .staleKeepalive]
      ).looksLike(.resetBeforeResponse, .staleKeepalive),
      request: .post(largeUpload)
    ) { request in
      [.awaitBodyBytes(1), .stopReading, .wait(milliseconds: request.number("ms", default: 50)), .reset]
    },
    at(
      "/write-close?ms=50", "Stops reading in the middle of a large upload and closes: the kernel resets.", row: 28,
      .fails(
        .writeFailed, 502, .connectionTerminated, .application, or: [.resetBeforeResponse, .staleKeepalive]
      ).looksLike(.resetBeforeResponse, .staleKeepalive),
      request: .post(largeUpload)
    ) { request in
      [.awaitBodyBytes(1), .stopReading, .wait(milliseconds: request.number("ms", default: 50)), .closeNow]
    },
    early("413", 413, "reads the rest", []),
    early("401", 401, "reads the rest", []),
    early("413-close", 413, "sends FIN, and reads the rest for a while", [.close]),
    early(
      "413-reset", 413, "stops reading, and closes with the rest unread",
      [.stopReading, .wait(milliseconds: 50), .closeNow]),
    early("200", 200, "reads the rest", []),
    at(
      "/expect-final", "Answers 413 to a request that waits for 100-continue.", row: 29, .passes(413),
      request: .post(1 << 20, headers: [(name: "Expect", value: "100-continue")])
    ) { _ in
      [.send(Reply.bytes(Reply.head(413, "Content-Length: 10", "Connection: close") + "too large\n")), .close]
    },
    at(
      "/expect-continue", "Sends 100 to a request that waits for it, then reads and answers.", .passes(),
      request: .post(1 << 20, headers: [(name: "Expect", value: "100-continue")])
    ) { Reply.text("read whole\n", for: $0) },
    at(
      "/never-reads", "Reads the head of the request and nothing more.", row: 30,
      .fails(
        .writeTimeout, 504, .connectionWriteTimeout, .application, or: [.requestDeadline], timing: .writeTimeout),
      request: .post(largeUpload)
    ) { _ in [.stopReading, .hang] },
    at(
      "/slow-reader?ms=200", "Reads nothing for a while, then everything, and answers.", .passes(timing: .slow),
      request: .post(8 << 20)
    ) { request in
      // The body is in the kernel's hands meanwhile: reading pauses by not being asked for.
      [.pauseReading(milliseconds: request.number("ms", default: 200))] + Reply.text("read whole\n", for: request)
    },
    at(
      "/stall-head?ms=120000", "Reads the request and says nothing for that time.", row: 31,
      .fails(.responseHeaderTimeout, 504, .httpResponseTimeout, .application, timing: .responseHeadTimeout)
    ) { request in
      [.awaitBody, .wait(milliseconds: request.number("ms", default: 120_000))] + Reply.text("late\n", for: request)
    },
    at(
      "/stall-in-head?ms=120000", "Sends half of the response's head and stalls.", row: 31,
      .fails(.responseHeaderTimeout, 504, .httpResponseTimeout, .application, timing: .responseHeadTimeout)
    ) { request in
      [
        .awaitBody, .send(Reply.bytes("HTTP/1.1 200 OK\r\nContent-Le")),
        .wait(milliseconds: request.number("ms", default: 120_000)), .send(Reply.bytes("ngth: 5\r\n\r\nlate\n")),
      ]
    },
  ]

  private static func early(_ name: String, _ status: UInt16, _ manner: String, _ last: [Step]) -> Scenario {
    at(
      "/early-\(name)", "Answers \(status) while a large upload is under way and \(manner).", row: 29,
      .passes(status, noting: [.earlyFinalResponse]), request: .post(largeUpload)
    ) { _ in
      let fields = last.isEmpty ? ["Content-Length: 6"] : ["Content-Length: 6", "Connection: close"]
      let head = "HTTP/1.1 \(status) \(Reply.reason(status))\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n"
      return [.awaitBodyBytes(1), .send(Reply.bytes(head + "early\n"))] + last
    }
  }
}
