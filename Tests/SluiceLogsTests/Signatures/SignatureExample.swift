import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

/// A line as a product writes it, and what is to be made of it.
struct SignatureExample: Sendable, CustomTestStringConvertible {
  let id: String
  let line: String
  var cause: Cause?
  var others: [Cause] = []
  var sure = Sureness.certain
  var event: LogEvent.Kind?
  /// Of the entry, or of the event.
  var endpoint: String?
  var upstream: String?
  var status: UInt16?
  var who: Owner?

  var testDescription: String { "\(id) \(line.prefix(160))" }

  init(
    _ id: String, _ line: String, _ cause: Cause, or others: [Cause] = [], _ sure: Sureness = .certain,
    at endpoint: String? = nil, in upstream: String? = nil, status: UInt16? = nil, who: Owner? = nil
  ) {
    self.id = id
    self.line = line
    self.cause = cause
    self.others = others
    self.sure = sure
    self.endpoint = endpoint
    self.upstream = upstream
    self.status = status
    self.who = who
  }

  /// A name of its own: with a second `init` the compiler takes minutes for a table.
  static func event(
    _ id: String, _ line: String, _ event: LogEvent.Kind, _ cause: Cause? = nil, at endpoint: String? = nil,
    in upstream: String? = nil
  ) -> SignatureExample {
    SignatureExample(id, line, event: event, cause: cause, endpoint: endpoint, upstream: upstream)
  }

  private init(_ id: String, _ line: String, event: LogEvent.Kind, cause: Cause?, endpoint: String?, upstream: String?)
  {
    self.id = id
    self.line = line
    self.event = event
    self.cause = cause
    self.endpoint = endpoint
    self.upstream = upstream
  }

  func check(_ product: LogProduct) {
    let recognised = LogFormatTable.standard.recognise(line)
    // What many programs write is nobody's until other logs of the run tell whose it is.
    #expect(recognised?.product == product || recognised?.format == "combined")
    #expect(recognised?.isOrdinary == false)
    guard let entry = recognised?.entry else {
      Issue.record("no entry")
      return
    }
    if let event {
      #expect(entry.kind == .event)
      #expect(entry.event?.kind == event)
      #expect(entry.event?.cause == cause)
      #expect(entry.event?.endpoint == endpoint)
      #expect(entry.event?.upstream == upstream)
      #expect(entry.conclusion == nil)
    } else {
      #expect(entry.conclusion?.signature == id)
      #expect(entry.conclusion?.cause == cause)
      #expect(entry.conclusion?.alternatives == others)
      #expect(entry.conclusion?.sure == sure)
      #expect(entry.conclusion?.who == who ?? cause?.owner)
      #expect(entry.endpoint == endpoint)
      #expect(entry.upstream == upstream)
      #expect(entry.event == nil)
    }
    #expect(entry.status == status)
  }
}
