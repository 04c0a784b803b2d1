import Logging
import SluiceGateway
import Testing

@Suite struct SinkLogHandlerTests {
  private func logged(_ format: SinkLogHandler.Format, _ log: (Logger) -> Void) throws -> String {
    let folder = try TemporaryFolder()
    let sink = try LogSink(.file(path: "\(folder.path)/error.log"))
    log(Logger(label: "sluice") { SinkLogHandler(label: $0, sink: sink, format: format, wallMilliseconds: { 123 }) })
    sink.stop(within: .seconds(10))
    return String(decoding: contents("\(folder.path)/error.log"), as: UTF8.self)
  }

  @Test func aMessageIsOneReadableLine() throws {
    let text = try logged(.text(colored: false)) { logger in
      var logger = logger
      logger[metadataKey: "upstream"] = "api"
      logger.warning("it said \"no\"\n\u{1b}[31mred", metadata: ["why": "a b", "c": "d\\e"])
      logger.debug("unseen")
    }
    #expect(
      text
        == "1970-01-01T00:00:00.123Z warning it said \"no\"\\n\\u001b[31mred c=d\\e upstream=api why=\"a b\"\n")
  }

  @Test func jsonIsOneObjectForEachMessage() throws {
    let text = try logged(.json) { $0.error("say \"x\"", metadata: ["k\"": "v\n"]) }
    #expect(
      text
        == "{\"time\":\"1970-01-01T00:00:00.123Z\",\"level\":\"error\",\"logger\":\"sluice\","
        + "\"message\":\"say \\\"x\\\"\",\"metadata\":{\"k\\\"\":\"v\\n\"}}\n")
  }

  @Test func coloursAreForTerminalsWithoutNoColor() throws {
    #expect(SinkLogHandler.format(isTerminal: true, noColor: nil, json: false) == .text(colored: true))
    #expect(SinkLogHandler.format(isTerminal: true, noColor: "", json: false) == .text(colored: true))
    #expect(SinkLogHandler.format(isTerminal: true, noColor: "1", json: false) == .text(colored: false))
    #expect(SinkLogHandler.format(isTerminal: false, noColor: nil, json: false) == .text(colored: false))
    #expect(SinkLogHandler.format(isTerminal: true, noColor: nil, json: true) == .json)
    #expect(try logged(.text(colored: true)) { $0.error("x") }.contains("\u{1b}[31merror\u{1b}[0m x"))
  }
}
